"""Which line of which project decides a term of a container, by cluster manager, process and release."""

from __future__ import annotations

from sparkmem.release import release as release_named
from sparkmem.release import since
from sparkmem.source import Source
from sparkmem.spark.container import KUBERNETES, YARN, Application

_CORE = "core/src/main/scala/org/apache/spark/"
_YARN = "resource-managers/yarn/src/main/scala/org/apache/spark/deploy/yarn/"
_STEPS = "resource-managers/kubernetes/core/src/main/scala/org/apache/spark/deploy/k8s/features/"
_HADOOP = "hadoop-yarn-project/hadoop-yarn/hadoop-yarn-common/src/main/java/org/apache/hadoop/yarn/util/resource/"
_HADOOP_TAG = "rel/release-3.3.4"  # the Hadoop in Spark 3.5; the rule was measured there and in 3.5.0

_PROFILE = _CORE + "resource/ResourceProfile.scala"
_ALLOCATOR = _YARN + "YarnAllocator.scala"
_EXECUTOR_STEP = _STEPS + "BasicExecutorFeatureStep.scala"

# An executor's terms since 3.1; YARN and Kubernetes share them.
_SHARED = {
    "memory": (_PROFILE, "getDefaultExecutorResources"),
    "overhead": (_PROFILE, "calculateOverHeadMemory"),
    "off-heap": (_CORE + "util/Utils.scala", "executorOffHeapMemorySizeAsMb"),
    "pyspark": (_PROFILE, "pysparkMemory"),
    "total": (_PROFILE, "totalMemMiB"),
}
# An executor's terms in 2.4 and 3.0.
_OLD = {
    YARN: {
        "memory": (_ALLOCATOR, "executorMemory"),
        "overhead": (_ALLOCATOR, "memoryOverhead"),
        "off-heap": (_ALLOCATOR, "resource"),
        "pyspark": (_ALLOCATOR, "pysparkWorkerMemory"),
        "total": (_ALLOCATOR, "resource"),
    },
    KUBERNETES: {
        "memory": (_EXECUTOR_STEP, "executorMemoryMiB"),
        "overhead": (_EXECUTOR_STEP, "memoryOverheadMiB"),
        "off-heap": (_EXECUTOR_STEP, "executorMemoryTotal"),
        "pyspark": (_EXECUTOR_STEP, "executorMemoryTotal"),
        "total": (_EXECUTOR_STEP, "executorMemoryTotal"),
    },
}
_CLIENT = _YARN + "Client.scala"
_DRIVER_STEP = _STEPS + "BasicDriverFeatureStep.scala"
_DRIVER = {
    YARN: {"memory": (_CLIENT, "amMemory"), "overhead": (_CLIENT, "amMemoryOverhead")},
    KUBERNETES: {"memory": (_DRIVER_STEP, "driverMemoryMiB"), "overhead": (_DRIVER_STEP, "memoryOverheadMiB")},
}
_DRIVER_SUM = {
    YARN: (_CLIENT, "createApplicationSubmissionContext"),
    KUBERNETES: (_DRIVER_STEP, "driverMemoryWithOverheadMiB"),
}


def source(app: Application, prefix: str, term: str) -> Source:
    """Who decides the term (memory, overhead, off-heap, pyspark, total, limit) of the process."""
    if app.manager == YARN and term == "limit":
        return Source("Hadoop", _HADOOP_TAG, _HADOOP + "DominantResourceCalculator.java", "normalize")
    path, symbol = _place(app, prefix, "total" if term == "limit" else term)
    return Source("Spark", release_named(app.conf.release).tag, path, symbol)


def _place(app: Application, prefix: str, term: str) -> tuple[str, str]:
    if app.manager not in _DRIVER:
        return _without_containers(app, prefix)
    if prefix:
        return _DRIVER[app.manager].get(term, _DRIVER_SUM[app.manager])
    return (_SHARED if since(app.conf.release, "3.1") else _OLD[app.manager])[term]


def _without_containers(app: Application, prefix: str) -> tuple[str, str]:
    if prefix and app.cluster_mode and app.manager == "standalone":
        return _CORE + "deploy/ClientArguments.scala", "MemoryParam"
    return _CORE + "SparkContext.scala", "executorMemory"
