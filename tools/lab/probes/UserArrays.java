package probes;

/** A function of a user: holds as many MiB as it is told, and says what the heap then has in use. */
public class UserArrays implements org.apache.spark.api.java.function.FlatMapFunction {
    private final int wanted;

    public UserArrays(int wanted) {
        this.wanted = wanted;
    }

    public java.util.Iterator call(Object numbers) {
        byte[][] kept = new byte[wanted][];
        for (int i = 0; i < wanted; i++) {
            kept[i] = new byte[(1 << 20) - 64];
        }
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        org.apache.spark.memory.MemoryManager manager = org.apache.spark.SparkEnv.get().memoryManager();
        java.util.List said = new java.util.ArrayList();
        said.add("held=" + ((long) kept.length << 20) + " used=" + (runtime.totalMemory() - runtime.freeMemory())
            + " execution=" + manager.executionMemoryUsed() + " storage=" + manager.storageMemoryUsed());
        return said.iterator();
    }
}
