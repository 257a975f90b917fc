package probes;

/** Makes a string of some length from a number. */
public class Name implements org.apache.spark.api.java.function.Function {
    public Object call(Object number) {
        return "record of the probe, number " + number;
    }
}
