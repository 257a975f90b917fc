package probes;

/** What the gateway cannot ask itself: Spark 4.3 gives SparkEnv a method whose class is not among its jars. */
public class Process {
    public static org.apache.spark.memory.MemoryManager memory() {
        return org.apache.spark.SparkEnv.get().memoryManager();
    }
}
