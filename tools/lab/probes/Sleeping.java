package probes;

/** Waits so many milliseconds with each number, and gives it back. */
public class Sleeping implements org.apache.spark.api.java.function.Function {
    private final int milliseconds;

    public Sleeping(int milliseconds) {
        this.milliseconds = milliseconds;
    }

    public Object call(Object number) throws Exception {
        Thread.sleep(milliseconds);
        return number;
    }
}
