"""What changed for memory between releases of Spark, as data: since when, what it touches, and its witness."""

from __future__ import annotations

from dataclasses import dataclass

from sparkmem.release import release as release_named
from sparkmem.release import since
from sparkmem.source import Source

_CORE = "core/src/main/scala/org/apache/spark/"
_MEMORY = _CORE + "memory/"
_PROFILE = _CORE + "resource/ResourceProfile.scala"
_PACKAGE = _CORE + "internal/config/package.scala"
_BUILDER = _CORE + "internal/config/ConfigBuilder.scala"
_COMMON_BUILDER = "common/utils/src/main/scala/org/apache/spark/internal/config/ConfigBuilder.scala"
_ALLOCATOR = "resource-managers/yarn/src/main/scala/org/apache/spark/deploy/yarn/YarnAllocator.scala"
_SQL_CONF = "sql/catalyst/src/main/scala/org/apache/spark/sql/internal/SQLConf.scala"
_CONDITIONS = "common/utils/src/main/resources/error/error-conditions.json"

_CONTAINER = ("off-heap-memory", "total-request", "container-limit")
_OVERHEAD = ("memory-overhead", "total-request", "container-limit")
_DRIVER = tuple(f"driver-{row}" for row in (*_OVERHEAD, "off-heap-memory"))
_WRITTEN = ("ui-storage-memory", "memory-store-capacity")
_HEAP = (
    "jvm-max-memory", "max-heap-size", "heap-held-back", "user-memory", "spark-memory", "storage-region",
    "execution-region", "page-size", *_WRITTEN,
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One change: ``rows`` are the figures that it can move, ``at`` the release whose source shows it.

    ``words`` stand in a refusal on one side of the change only.  A row counts as moved only if it
    moved ``by`` so many bytes, or ``with_row`` moved as well, where these are given.
    """

    id: str
    since: str
    label: str
    text: str
    rows: tuple[str, ...]
    path: str
    symbol: str
    words: str = ""
    at: str = ""
    by: int = 0
    with_row: str = ""

    def source(self) -> Source | None:
        """Its witness, at the tag of the first release that has it, or of ``at``; None for a choice of ours."""
        if not self.path:
            return None
        return Source("Spark", release_named(self.at or self.since).tag, self.path, self.symbol)


CHANGES = (
    Change(
        "legacy-manager-gone", "3.0", "The static manager is gone",
        "spark.memory.useLegacyMode and the static manager's fractions are no longer read",
        (), _MEMORY + "StaticMemoryManager.scala", "StaticMemoryManager", at="2.4",
    ),
    Change(
        "storage-fraction-checked", "3.0", "The storage fraction is checked",
        "spark.memory.storageFraction must be in [0,1)", (), _PACKAGE, "MEMORY_STORAGE_FRACTION",
        words="in [0,1)",
    ),
    Change(
        "execution-needs-memory", "3.0", "Execution must have memory",
        "fractions that leave the execution pool nothing are refused", (), _MEMORY + "MemoryManager.scala",
        "onHeapExecutionMemory",
        words="onHeapExecutionMemory",
    ),
    Change(
        "yarn-off-heap", "3.0", "YARN containers hold off-heap memory",
        "spark.memory.offHeap.size is a term of its own in a YARN container where it is enabled (SPARK-28577);"
        " before, it had to be part of the overhead",
        _CONTAINER, _ALLOCATOR, "executorOffHeapMemory",
    ),
    Change(
        "entries-checked", "3.0", "More keys are typed entries",
        "the fractions and the page size are read as entries, which say in other words what they cannot read",
        (), _PACKAGE, "MEMORY_FRACTION",
        words="Illegal value for config key",
    ),
    Change(
        "units-named-for-what-they-are", "3.0", "MiB is written MiB",
        "the log writes MiB where it wrote MB, and the web UI counts in steps of 1024, not 1000 (SPARK-25696)",
        _WRITTEN, "core/src/main/resources/org/apache/spark/ui/static/utils.js", "formatBytes",
    ),
    Change(
        "to-pandas-as-it-comes", "3.0", "toPandas with Arrow passes partitions on as they come",
        "the driver sends each partition to Python as it arrives (SPARK-25274); before, it kept those that came too early",
        (), "sql/core/src/main/scala/org/apache/spark/sql/Dataset.scala", "collectAsArrowToPython",
    ),
    Change(
        "kubernetes-off-heap", "3.1", "Kubernetes pods hold off-heap memory",
        "one formula for YARN and Kubernetes: off-heap memory is in the pod's request where it is enabled (SPARK-33288)",
        _CONTAINER, _PROFILE, "getResourcesForClusterManager",
    ),
    Change(
        "map-results-not-counted", "3.1", "Shuffle map tasks do not count against maxResultSize",
        "spark.driver.maxResultSize is held against the tasks of result stages only (SPARK-32470)", (),
        _CORE + "scheduler/TaskSetManager.scala", "isShuffleMapTasks",
    ),
    Change(
        "peak-memory-in-ui", "3.1", "The web UI shows peaks of memory",
        "the Executors tab can show peaks of JVM, execution, storage and pool memory (SPARK-23432); before, they were in"
        " the REST API only",
        (), "core/src/main/resources/org/apache/spark/ui/static/executorspage-template.html", "Peak JVM Memory",
    ),
    Change(
        "refusals-name-key", "3.2", "Refusals name value and key",
        "a value that breaks a rule is quoted with its key", (), _BUILDER, "checkValue",
        words="is invalid. ",
    ),
    Change(
        "safety-fraction-gone", "3.2", "spark.storage.safetyFraction is unknown",
        "the last key of the static manager's fractions is no longer declared", (), _PACKAGE,
        "STORAGE_SAFETY_FRACTION", at="3.1",
    ),
    Change(
        "overhead-factor", "3.3", "The overhead has a factor on YARN and Kubernetes",
        "spark.executor.memoryOverheadFactor and spark.driver.memoryOverheadFactor are read; before, Kubernetes had a factor"
        " of its own and YARN had none",
        (*_OVERHEAD, *_DRIVER), _PACKAGE, "EXECUTOR_MEMORY_OVERHEAD_FACTOR",
        words="emoryOverheadFactor",
    ),
    Change(
        "page-fits-region", "3.3", "A page is 16 bytes less under G1",
        "a page and the header of its array fit one region of G1 together", ("page-size",), _MEMORY + "MemoryManager.scala",
        "defaultPageSizeBytes",
        by=-16,
    ),
    Change(
        "java-taken", "3.3", "Java 17 is taken where you do not say",
        "Java 17 is taken where you do not say, 11 before: a choice of ours; set java to compare releases on one Java",
        _HEAP, "", "",
        with_row="jvm-max-memory",
    ),
    Change(
        "result-metadata-not-counted", "3.4", "Metrics of tasks do not count against maxResultSize",
        "of a result that is sent directly only the value counts (SPARK-40261); before, the metrics beside it counted too,"
        " so that many tasks without any result could exceed spark.driver.maxResultSize",
        (), _CORE + "scheduler/TaskResultGetter.scala", "canFetchMoreResults",
    ),
    Change(
        "memory-conditions", "3.5", "Too little memory has an error condition",
        "the texts start with INVALID_DRIVER_MEMORY or INVALID_EXECUTOR_MEMORY and quote the key", (),
        "common/utils/src/main/resources/error/error-classes.json", "INVALID_EXECUTOR_MEMORY",
        words="[INVALID_",
    ),
    Change(
        "decimals-of-doubles", "3.5", "Sizes in the log are rounded from doubles",
        "a size within a rounding error of a half may show another last digit", ("memory-store-capacity",),
        _CORE + "util/Utils.scala", "bytesToString",
    ),
    Change(
        "minimum-overhead", "4.0", "The least overhead is a setting",
        "spark.executor.minMemoryOverhead and spark.driver.minMemoryOverhead are read (SPARK-47208);"
        " before, 384 MiB was fixed",
        (*_OVERHEAD, *_DRIVER), _PACKAGE, "EXECUTOR_MIN_MEMORY_OVERHEAD",
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
        "page-fits-region-z", "4.1", "A page is 16 bytes less under ZGC and Shenandoah too",
        "a page is 16 bytes less, as under G1 since 3.3", ("page-size",), _MEMORY + "MemoryManager.scala",
        "defaultPageSizeBytes", by=-16,
    ),
    Change(
        "invalid-conf-value", "4.1", "Values that cannot be read have an error condition",
        "INVALID_CONF_VALUE takes the place of the older texts for typed entries", (), _COMMON_BUILDER, "checkValue",
        words="[INVALID_CONF_VALUE",
    ),
    Change(
        "unmanaged-memory", "4.1", "Unmanaged memory can be counted",
        "spark.memory.unmanagedMemoryPollingInterval, off by default, takes what RocksDB and the like hold off the pools",
        (),
        _MEMORY + "UnifiedMemoryManager.scala", "UnmanagedMemoryConsumer",
    ),
    Change(
        "arrow-groups-in-batches", "4.1", "Groups reach Python in several Arrow batches",
        "applyInPandas, applyInArrow and the cogrouped ones keep to the limits of a batch (SPARK-53562, SPARK-53610);"
        " before, each group was one batch",
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
        "1GiB and 512Mi are read; before, they are refused", (),
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
        _CORE + "SparkEnv.scala", "initializeMemoryManager",
    ),
    Change(
        "rdd-compress", "4.3", "Serialized blocks are compressed by default",
        "spark.rdd.compress is true where it is not set, as it always was in PySpark (SPARK-57723): cached blocks that are"
        " kept as bytes, a DataFrame's at a serialized level too, take less storage memory and more time on each read",
        (), _PACKAGE, "RDD_COMPRESS",
    ),
    Change(
        "worker-share-by-tasks", "4.3", "A Python worker's limit goes by the tasks that run at a time",
        "spark.executor.pyspark.memory is divided by cores / CPUs per task, and refused where a worker would get nothing;"
        " before, by the cores alone",
        (), _CORE + "api/python/PythonRunner.scala", "getWorkerMemoryMb",
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
        _CORE + "util/Utils.scala",
        "checkOffHeapEnabled",
        words="at least 1MiB",
    ),
)  # fmt: skip


def changes_between(one: str, other: str) -> tuple[Change, ...]:
    """What changed after the older of two releases, up to and with the newer, oldest change first.

    >>> [change.id for change in changes_between("4.2", "4.0")][:2]
    ['page-fits-region-z', 'invalid-conf-value']
    """
    older, newer = sorted((one, other), key=lambda name: release_named(name).number)
    return tuple(c for c in CHANGES if since(newer, c.since) and not since(older, c.since))
