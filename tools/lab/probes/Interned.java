/** Interns as many different strings as it is told, and keeps them. */
public class Interned {
    static String[] kept;

    public static void main(String[] arguments) throws Exception {
        int wanted = Integer.parseInt(arguments[0]);
        kept = new String[wanted];
        Step.end("heap=" + Step.live());
        for (int i = 0; i < wanted; i++) {
            kept[i] = ("a string of the probe, number " + i).intern();
        }
        Step.end("heap=" + Step.live());
        kept = null;
        Step.end("heap=" + Step.live());
    }
}
