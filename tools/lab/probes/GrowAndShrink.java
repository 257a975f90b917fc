/** Keeps some MiB on the heap for a while, lets them go, and says what the heap holds and what it has from the system. */
public class GrowAndShrink {
    static byte[][] kept;

    static String heap() {
        Runtime runtime = Runtime.getRuntime();
        return "committed=" + runtime.totalMemory() + " used=" + Step.used() + " max=" + runtime.maxMemory();
    }

    public static void main(String[] arguments) throws Exception {
        int wanted = Integer.parseInt(arguments[0]);
        Step.end(heap());
        kept = new byte[wanted][];
        for (int i = 0; i < wanted; i++) {
            kept[i] = new byte[(1 << 20) - 64];
            java.util.Arrays.fill(kept[i], (byte) 1);
        }
        Step.end(heap());
        kept = null;
        Step.end(heap());
        System.gc();
        Step.end(heap());
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        Step.end(heap());
    }
}
