"""Which line of which project decides a term of a container, by cluster manager, process and release."""

from __future__ import annotations

from functools import cache

from sparkmem.release import release as release_named
from sparkmem.release import since
from sparkmem.source import Source
from sparkmem.spark.containers.container import KUBERNETES, YARN, Application

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
    return _source(app.manager, app.cluster_mode, app.conf.release, prefix, term)


@cache
def _source(manager: str, cluster_mode: bool, release: str, prefix: str, term: str) -> Source:
    if manager == YARN and term == "limit":
        return Source("Hadoop", _HADOOP_TAG, _HADOOP + "DominantResourceCalculator.java", "normalize")
    term = "total" if term == "limit" else term
    if manager not in _DRIVER:
        path, symbol = _without_containers(manager, cluster_mode, prefix)
    elif prefix:
        path, symbol = _DRIVER[manager].get(term, _DRIVER_SUM[manager])
    else:
        path, symbol = (_SHARED if since(release, "3.1") else _OLD[manager])[term]
    return Source("Spark", release_named(release).tag, path, symbol)


def _without_containers(manager: str, cluster_mode: bool, prefix: str) -> tuple[str, str]:
    if prefix and cluster_mode and manager == "standalone":
        return _CORE + "deploy/ClientArguments.scala", "MemoryParam"
    return _CORE + "SparkContext.scala", "executorMemory"
