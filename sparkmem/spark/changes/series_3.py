"""What changed for memory from Spark 3.0 to 3.5, oldest first."""

from sparkmem.spark.changes.change import CORE, DRIVER, MEMORY, OVERHEAD, PACKAGE, Change

_PROFILE = CORE + "resource/ResourceProfile.scala"
_BUILDER = CORE + "internal/config/ConfigBuilder.scala"
_ALLOCATOR = "resource-managers/yarn/src/main/scala/org/apache/spark/deploy/yarn/YarnAllocator.scala"
_CONTAINER = ("off-heap-memory", "total-request", "container-limit")
_WRITTEN = ("ui-storage-memory", "memory-store-capacity")
_HEAP = (
    "jvm-max-memory", "max-heap-size", "heap-held-back", "user-memory", "spark-memory", "storage-region",
    "execution-region", "page-size", *_WRITTEN,
)  # fmt: skip

CHANGES_3 = (
    Change(
        "legacy-manager-gone", "3.0", "The static manager is gone",
        "spark.memory.useLegacyMode and the static manager's fractions are no longer read",
        (), MEMORY + "StaticMemoryManager.scala", "StaticMemoryManager", at="2.4",
    ),
    Change(
        "storage-fraction-checked", "3.0", "The storage fraction is checked",
        "spark.memory.storageFraction must be in [0,1)", (), PACKAGE, "MEMORY_STORAGE_FRACTION",
        words="in [0,1)",
    ),
    Change(
        "execution-needs-memory", "3.0", "Execution must have memory",
        "fractions that leave the execution pool nothing are refused", (), MEMORY + "MemoryManager.scala",
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
        (), PACKAGE, "MEMORY_FRACTION",
        words="Illegal value for config key",
    ),
    Change(
        "units-named-for-what-they-are", "3.0", "MiB is written MiB, no longer MB",
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
        CORE + "scheduler/TaskSetManager.scala", "isShuffleMapTasks",
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
        "the last key of the static manager's fractions is no longer declared", (), PACKAGE,
        "STORAGE_SAFETY_FRACTION", at="3.1",
    ),
    Change(
        "overhead-factor", "3.3", "The overhead has a factor on YARN and Kubernetes",
        "spark.executor.memoryOverheadFactor and spark.driver.memoryOverheadFactor are read; before, Kubernetes had a factor"
        " of its own and YARN had none",
        (*OVERHEAD, *DRIVER), PACKAGE, "EXECUTOR_MEMORY_OVERHEAD_FACTOR",
        words="emoryOverheadFactor",
    ),
    Change(
        "page-fits-region", "3.3", "A page is 16 bytes less under G1",
        "a page and the header of its array fit one region of G1 together", ("page-size",), MEMORY + "MemoryManager.scala",
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
        (), CORE + "scheduler/TaskResultGetter.scala", "canFetchMoreResults",
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
        CORE + "util/Utils.scala", "bytesToString",
    ),
)  # fmt: skip
