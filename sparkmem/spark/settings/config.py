"""The entries of Spark's configuration that its memory managers read, each with its default and its check."""

from sparkmem.spark.settings.entry import Entry

MEMORY = "core/src/main/scala/org/apache/spark/memory/"
_TESTS = "core/src/main/scala/org/apache/spark/internal/config/Tests.scala"

LEGACY_MODE = "spark.memory.useLegacyMode"  # read by SparkEnv of 2.4, never an entry
EXECUTOR_MEMORY = Entry("spark.executor.memory", "EXECUTOR_MEMORY", "MiB", "1g")
EXECUTOR_CORES = Entry("spark.executor.cores", "EXECUTOR_CORES", "int", "1")
MEMORY_FRACTION = Entry(
    "spark.memory.fraction", "MEMORY_FRACTION", "double", "0.6",
    declared="3.0", old_path=MEMORY + "UnifiedMemoryManager.scala",
)  # fmt: skip
MEMORY_STORAGE_FRACTION = Entry(
    "spark.memory.storageFraction",
    "MEMORY_STORAGE_FRACTION",
    "double",
    "0.5",
    check=lambda value: 0 <= value < 1,
    rule="Storage fraction must be in [0,1)",
    declared="3.0",
    old_path=MEMORY + "UnifiedMemoryManager.scala",
)
MEMORY_OFFHEAP_ENABLED = Entry("spark.memory.offHeap.enabled", "MEMORY_OFFHEAP_ENABLED", "boolean", "false")
MEMORY_OFFHEAP_SIZE = Entry(
    "spark.memory.offHeap.size",
    "MEMORY_OFFHEAP_SIZE",
    "bytes",
    "0",
    check=lambda value: value >= 0,
    rule="The off-heap memory size must not be negative",
)
BUFFER_PAGESIZE = Entry(
    "spark.buffer.pageSize", "BUFFER_PAGESIZE", "bytes", None, declared="3.0", old_path=MEMORY + "MemoryManager.scala"
)
TEST_MEMORY = Entry(
    "spark.testing.memory", "TEST_MEMORY", "long", None, path=_TESTS,
    declared="3.0", old_path=MEMORY + "UnifiedMemoryManager.scala",
)  # fmt: skip
TEST_RESERVED_MEMORY = Entry(
    "spark.testing.reservedMemory", "TEST_RESERVED_MEMORY", "long", None, path=_TESTS,
    declared="3.0", old_path=MEMORY + "UnifiedMemoryManager.scala",
)  # fmt: skip
UNMANAGED_MEMORY_POLLING_INTERVAL = Entry(
    "spark.memory.unmanagedMemoryPollingInterval", "UNMANAGED_MEMORY_POLLING_INTERVAL", "ms", "0s", declared="4.1"
)
UNROLL_MEMORY_THRESHOLD = Entry(
    "spark.storage.unrollMemoryThreshold", "STORAGE_UNROLL_MEMORY_THRESHOLD", "long", "1048576", declared="3.0",
    old_path="core/src/main/scala/org/apache/spark/storage/memory/MemoryStore.scala",
)  # fmt: skip
EXECUTOR_JAVA_OPTIONS = Entry("spark.executor.extraJavaOptions", "EXECUTOR_JAVA_OPTIONS", "text", None)
DRIVER_JAVA_OPTIONS = Entry("spark.driver.extraJavaOptions", "DRIVER_JAVA_OPTIONS", "text", None)
