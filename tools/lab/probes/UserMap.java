package probes;

/** A function of a user: fills a map of its own until the heap is full, and says how Spark's pools stood then. */
public class UserMap implements org.apache.spark.api.java.function.FlatMapFunction {
    private final boolean caught;

    public UserMap(boolean caught) {
        this.caught = caught;
    }

    public java.util.Iterator call(Object numbers) {
        java.util.Map kept = new java.util.HashMap();
        try {
            for (long i = 0; ; i++) {
                kept.put(Long.valueOf(i), new byte[(8 << 20) - 64]);
            }
        } catch (OutOfMemoryError error) {
            if (!caught) {
                throw error;
            }
            int entries = kept.size();
            kept = null;
            org.apache.spark.memory.MemoryManager manager = org.apache.spark.SparkEnv.get().memoryManager();
            java.util.List said = new java.util.ArrayList();
            said.add("entries=" + entries + " execution=" + manager.executionMemoryUsed()
                + " storage=" + manager.storageMemoryUsed() + " text=" + error);
            return said.iterator();
        }
    }
}
