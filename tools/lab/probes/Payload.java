package probes;

/** Makes an array of so many bytes of a number; its content does not compress. */
public class Payload implements org.apache.spark.api.java.function.Function {
    private final int length;

    public Payload(int length) {
        this.length = length;
    }

    public Object call(Object number) {
        byte[] made = new byte[length];
        new java.util.Random(((Number) number).longValue()).nextBytes(made);
        return made;
    }
}
