"""YARN: what Spark asks for the application master and for executors, and what YARN makes of it [MiB]."""

from __future__ import annotations

from collections.abc import Mapping

from sparkmem.errors import Refused
from sparkmem.javalang import wrap
from sparkmem.record import record
from sparkmem.release import since
from sparkmem.spark.containers.off_heap import off_heap_mib
from sparkmem.spark.containers.overhead import DEFAULT_FACTOR, DEFAULT_MINIMUM_MIB, Overhead, overhead
from sparkmem.spark.containers.resource_profile import ExecutorResources, executor_resources
from sparkmem.spark.settings import overhead as rules
from sparkmem.spark.settings.config import EXECUTOR_CORES, EXECUTOR_MEMORY, MEMORY_OFFHEAP_ENABLED
from sparkmem.spark.settings.driver import DRIVER_MEMORY
from sparkmem.spark.settings.python import PYSPARK_EXECUTOR_MEMORY
from sparkmem.spark.settings.spark_conf import SparkConf
from sparkmem.spark.settings.yarn import AM_MEMORY, AM_MEMORY_OVERHEAD

SEE = "calculators/container-request/#above-the-threshold"

_ADVICE = (
    "of this cluster! Please check the values of 'yarn.scheduler.maximum-allocation-mb'"
    " and/or 'yarn.nodemanager.resource.memory-mb'."
)


@record
class Submission:
    """What ``Client`` works out when an application is submitted [MiB].

    The master's container is the driver's in cluster mode; the executor's terms serve the check alone.
    """

    am_memory_mib: int
    am_overhead: Overhead
    executor_memory_mib: int
    executor_overhead_mib: int
    off_heap_mib: int
    pyspark_mib: int
    am_key: str
    release: str

    @property
    def am_total_mib(self) -> int:
        """The master's container, in the 32 bits that YARN is told."""
        return wrap(self.am_memory_mib + self.am_overhead.mib, 32)

    def verify(self, maximum_mib: int) -> None:
        """Refuse what is above the largest container of the cluster (``verifyClusterResources``)."""
        rest = self.off_heap_mib + self.executor_overhead_mib + self.pyspark_mib
        if wrap(self.executor_memory_mib + rest) > maximum_mib:
            raise Refused(EXECUTOR_MEMORY.key, f"{self._executor_text()} ({maximum_mib} MB) {_ADVICE}", SEE)
        if self.am_total_mib > maximum_mib:
            asked = f"Required AM memory ({self.am_memory_mib}+{self.am_overhead.mib} MB)"
            text = f"{asked} is above the max threshold ({maximum_mib} MB) {_ADVICE}"
            raise Refused(self.am_key, text, SEE)

    def _executor_text(self) -> str:
        rest = f"overhead ({self.executor_overhead_mib} MB), and PySpark memory ({self.pyspark_mib} MB)"
        above = "is above the max threshold"
        if not since(self.release, "3.0"):
            return f"Required executor memory ({self.executor_memory_mib}), {rest} {above}"
        off_heap = f"offHeap memory ({self.off_heap_mib}) MB"
        return f"Required executor memory ({self.executor_memory_mib} MB), {off_heap}, {rest} {above}"


def submission(conf: SparkConf, cluster_mode: bool, python: bool) -> Submission:
    """What ``Client`` makes of the settings, read in its order.

    >>> submission(SparkConf({}, "4.3"), cluster_mode=False, python=False).am_total_mib
    896
    """
    factor, minimum = DEFAULT_FACTOR, DEFAULT_MINIMUM_MIB
    if cluster_mode and since(conf.release, "3.3"):
        factor = conf.get(rules.DRIVER_MEMORY_OVERHEAD_FACTOR)
    am_memory = DRIVER_MEMORY if cluster_mode else AM_MEMORY
    memory = wrap(conf.get(am_memory), 32)
    if cluster_mode and since(conf.release, "4.0"):
        minimum = conf.get(rules.DRIVER_MIN_MEMORY_OVERHEAD)
    given = conf.get(rules.DRIVER_MEMORY_OVERHEAD if cluster_mode else AM_MEMORY_OVERHEAD)
    am_overhead = overhead(given, memory, factor, minimum, by_client=True)
    executor_memory = conf.get(EXECUTOR_MEMORY)
    off_heap = _off_heap_mib(conf)
    executor_overhead = overhead(None, executor_memory, *_executor_rule(conf), by_client=True)
    given = conf.get(rules.EXECUTOR_MEMORY_OVERHEAD)
    return Submission(
        am_memory_mib=memory,
        am_overhead=am_overhead,
        executor_memory_mib=executor_memory,
        executor_overhead_mib=wrap(executor_overhead.mib if given is None else given, 32),
        off_heap_mib=off_heap,
        pyspark_mib=_pyspark_mib(conf, python),
        am_key=am_memory.key,
        release=conf.release,
    )


def executor(conf: SparkConf, python: bool, requests: Mapping[str, str] | None = None) -> ExecutorResources:
    """What ``YarnAllocator`` asks for an executor; its sum is told to YARN in 32 bits.

    >>> executor(SparkConf({"spark.executor.memory": "4g"}, "2.4"), python=False).total_mib
    4505
    """
    if since(conf.release, "4.0"):  # the minimum is read first
        minimum = conf.get(rules.EXECUTOR_MIN_MEMORY_OVERHEAD)
        return executor_resources(conf, conf.get(rules.EXECUTOR_MEMORY_OVERHEAD_FACTOR), minimum, python, requests)
    if since(conf.release, "3.1"):
        factor, minimum = _executor_rule(conf)
        return executor_resources(conf, factor, minimum, python, requests)
    memory = wrap(conf.get(EXECUTOR_MEMORY), 32)
    off_heap = _off_heap_mib(conf)
    given = conf.get(rules.EXECUTOR_MEMORY_OVERHEAD)
    found = overhead(given, memory, DEFAULT_FACTOR, DEFAULT_MINIMUM_MIB, by_client=True)
    pyspark = _pyspark_mib(conf, python)
    return ExecutorResources(conf.get(EXECUTOR_CORES), memory, found, off_heap, pyspark)


def granted_mib(asked_mib: int, minimum_mib: int, step_mib: int, maximum_mib: int | None) -> int:
    """The container that YARN makes of a request: at least the minimum, up to a step, at most the maximum.

    Follows ``normalize`` of Hadoop's resource calculators.  The step is the minimum under the
    Capacity scheduler and the increment under the Fair scheduler.

    >>> granted_mib(4505, 1024, 1024, None), granted_mib(4505, 1024, 512, None)
    (5120, 4608)
    """
    rounded = -(-max(asked_mib, minimum_mib) // step_mib) * step_mib
    return rounded if maximum_mib is None else min(rounded, maximum_mib)


def _executor_rule(conf: SparkConf) -> tuple[float, int]:
    """Factor and minimum of an executor's overhead; settings since 3.3 and 4.0."""
    factor = conf.get(rules.EXECUTOR_MEMORY_OVERHEAD_FACTOR) if since(conf.release, "3.3") else DEFAULT_FACTOR
    minimum = conf.get(rules.EXECUTOR_MIN_MEMORY_OVERHEAD) if since(conf.release, "4.0") else DEFAULT_MINIMUM_MIB
    return factor, minimum


def _off_heap_mib(conf: SparkConf) -> int:
    """The off-heap term: none in 2.4; 3.0 reads the size only where it is enabled."""
    if not since(conf.release, "3.0"):
        return 0
    if since(conf.release, "3.1") or conf.get(MEMORY_OFFHEAP_ENABLED):
        return off_heap_mib(conf)
    return 0


def _pyspark_mib(conf: SparkConf, python: bool) -> int:
    return wrap(conf.get(PYSPARK_EXECUTOR_MEMORY) or 0, 32) if python else 0
