/** Says how many bytes of heap a million objects of a kind take, references to them included or not. */
public class Objects {
    public static class Pair {
        Object left;
        Object right;
    }

    static Object[] kept;

    public static void main(String[] arguments) throws Exception {
        int many = 1000000;
        Step.live();
        long empty = Step.live();
        kept = new Object[many];
        long references = Step.live();
        for (int i = 0; i < many; i++) {
            kept[i] = new Pair();
        }
        long pairs = Step.live();
        Step.end("references=" + (references - empty) + " pairs=" + (pairs - references));
    }
}
