/** Does nothing. */
public class Idle {
    public static void main(String[] arguments) throws Exception {
        Step.end("heap=" + Step.used());
    }
}
