"""What changed for memory since Spark 4.0, oldest first."""

from sparkmem.spark.changes.change import CORE, DRIVER, MEMORY, OVERHEAD, PACKAGE, Change

_SQL_CONF = "sql/catalyst/src/main/scala/org/apache/spark/sql/internal/SQLConf.scala"
_COMMON_BUILDER = "common/utils/src/main/scala/org/apache/spark/internal/config/ConfigBuilder.scala"
_CONDITIONS = "common/utils/src/main/resources/error/error-conditions.json"

CHANGES_4 = (
    Change(
        "minimum-overhead", "4.0", "The least overhead is a setting",
        "spark.executor.minMemoryOverhead and spark.driver.minMemoryOverhead are read (SPARK-47208);"
        " before, 384 MiB was fixed",
        (*OVERHEAD, *DRIVER), PACKAGE, "EXECUTOR_MIN_MEMORY_OVERHEAD",
        words="minMemoryOverhead",
    ),
    Change(
        "texts-end-in-sqlstate", "4.0", "Error texts end in SQLSTATE",
        "error texts end in SQLSTATE, and their advice stands on a line of its own", (), _CONDITIONS,
        "INVALID_EXECUTOR_MEMORY",
        words="SQLSTATE",
    ),
    Change(
        "arrow-batch-bytes", "4.0", "Arrow batches have a limit in bytes",
        "spark.sql.execution.arrow.maxBytesPerBatch ends a batch for a Python worker; before, only the number of rows did",
        (), _SQL_CONF, "ARROW_EXECUTION_MAX_BYTES_PER_BATCH",
    ),
    Change(
        "column-vectors-follow", "4.0", "Column vectors go off heap with execution",
        "spark.sql.columnVector.offheap.enabled follows spark.memory.offHeap.enabled where it is not set", (), _SQL_CONF,
        "COLUMN_VECTOR_OFFHEAP_ENABLED",
    ),
    Change(
        "default-java-options-checked", "4.0", "Executors' default Java options are checked too",
        "spark.executor.defaultJavaOptions may no longer hold -Xmx or -Dspark; spark.executor.extraJavaOptions never could",
        (), CORE + "SparkConf.scala", "validateSettings",
    ),
    Change(
        "page-fits-region-z", "4.1", "A page is 16 bytes less under ZGC and Shenandoah too",
        "a page is 16 bytes less, as under G1 since 3.3", ("page-size",), MEMORY + "MemoryManager.scala",
        "defaultPageSizeBytes", by=-16,
    ),
    Change(
        "invalid-conf-value", "4.1", "Values that cannot be read have an error condition",
        "INVALID_CONF_VALUE takes the place of the older texts for typed entries", (), _COMMON_BUILDER, "checkValue",
        words="[INVALID_CONF_VALUE",
    ),
    Change(
        "unmanaged-memory", "4.1", "Unmanaged memory can be counted",
        "spark.memory.unmanagedMemoryPollingInterval, off by default, counts what RocksDB and the like hold"
        " against what storage and execution may take",
        (),
        MEMORY + "UnifiedMemoryManager.scala", "UnmanagedMemoryConsumer",
    ),
    Change(
        "arrow-groups-in-batches", "4.1", "Groups reach Python in several Arrow batches",
        "groups of applyInPandas, applyInArrow, the cogrouped ones and grouped pandas UDFs keep to the limits of a batch"
        " (SPARK-53562, SPARK-53610); before, each group was one batch",
        (), "sql/core/src/main/scala/org/apache/spark/sql/execution/python/PythonArrowInput.scala",
        "GroupedPythonArrowInput",
    ),
    Change(
        "relation-limited-by-heap", "4.1", "Building the relation of a broadcast join fails sooner",
        "the pages of the relation are limited by the size of the driver's heap (SPARK-54354); before, by nothing, so that"
        " a driver whose heap was too small could go on trying to allocate a page without end",
        (), "sql/core/src/main/scala/org/apache/spark/sql/execution/joins/HashedRelation.scala", "maxMemory",
    ),
    Change(
        "sort-merge-join-by-bytes", "4.1", "Rows of one key in a sort-merge join can be limited by bytes",
        "spark.sql.sortMergeJoinExec.buffer.spill.size.threshold bounds the rows that are kept as objects, and likewise for"
        " window functions (SPARK-49386); it follows spark.shuffle.spill.maxSizeInBytesForSpillThreshold, which by default"
        " bounds nothing",
        (), _SQL_CONF, "SORT_MERGE_JOIN_EXEC_BUFFER_SIZE_SPILL_THRESHOLD",
    ),
    Change(
        "broadcast-table-limit", "4.1", "The largest broadcast table is a setting",
        "spark.sql.maxBroadcastTableSize is read; before, 8 GiB was fixed", (), _SQL_CONF, "MAX_BROADCAST_TABLE_SIZE",
    ),
    Change(
        "binary-suffixes", "4.2", "Sizes may end in Ki, KiB and so on",
        "1GiB and 512Mi are read; before, they were refused", (),
        "common/utils-java/src/main/java/org/apache/spark/network/util/JavaUtils.java", "byteSuffixes",
        words="Invalid suffix",
    ),
    Change(
        "arrow-by-default", "4.2", "Arrow carries Python's data by default",
        "spark.sql.execution.arrow.pyspark.enabled and spark.sql.execution.pythonUDF.arrow.enabled are true where they are"
        " not set",
        (), _SQL_CONF, "ARROW_EXECUTION_ENABLED",
    ),
    Change(
        "driver-without-off-heap", "4.3", "The driver has no off-heap memory outside local mode",
        "the driver's off-heap pools are 0 even where spark.memory.offHeap.size is set", (),
        CORE + "SparkEnv.scala", "initializeMemoryManager",
    ),
    Change(
        "rdd-compress", "4.3", "Serialized blocks are compressed by default",
        "spark.rdd.compress is true where it is not set, as it always was in PySpark (SPARK-57723): cached blocks that are"
        " kept as bytes, a DataFrame's at a serialized level too, take less storage memory and more time on each read",
        (), PACKAGE, "RDD_COMPRESS",
    ),
    Change(
        "worker-share-by-tasks", "4.3", "A Python worker's limit goes by the tasks that run at a time",
        "spark.executor.pyspark.memory is divided by cores / CPUs per task, and refused where a worker would get nothing;"
        " before, by the cores alone",
        (), CORE + "api/python/PythonRunner.scala", "getWorkerMemoryMb",
    ),
    Change(
        "memory-subconditions", "4.3", "Error texts tell heap and setting, executor and driver apart",
        "INVALID_EXECUTOR_MEMORY has the parts SYSTEM_MEMORY and CONFIG_MEMORY, INVALID_DRIVER_MEMORY likewise", (),
        _CONDITIONS, "INVALID_EXECUTOR_MEMORY",
        words="_MEMORY.",
    ),
    Change(
        "conversion-text", "4.3", "A size that is too large is refused in other words",
        "the text names the unit after the number", (),
        "common/utils-java/src/main/java/org/apache/spark/network/util/ByteUnit.java", "convertTo",
        words="exceeds Long.MAX_VALUE in",
    ),
    Change(
        "off-heap-at-least-one-mib", "4.3", "Off-heap memory must be at least 1 MiB in a container",
        "off-heap memory that is enabled must be at least 1 MiB in a container; before, more than 0 in whole MiB", (),
        CORE + "util/Utils.scala",
        "checkOffHeapEnabled",
        words="at least 1MiB",
    ),
)  # fmt: skip
