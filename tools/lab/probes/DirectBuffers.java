package probes;

/** A function of a user: takes as many direct buffers of one MiB as it is told. */
public class DirectBuffers implements org.apache.spark.api.java.function.FlatMapFunction {
    private final int wanted;

    public DirectBuffers(int wanted) {
        this.wanted = wanted;
    }

    public java.util.Iterator call(Object numbers) {
        java.util.List kept = new java.util.ArrayList();
        for (int i = 0; i < wanted; i++) {
            kept.add(java.nio.ByteBuffer.allocateDirect(1 << 20));
        }
        java.util.List said = new java.util.ArrayList();
        said.add("kept=" + kept.size());
        return said.iterator();
    }
}
