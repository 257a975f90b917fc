"""What an executor asks of its cluster manager, term by term, for the default or a custom profile.

Follows ``ResourceProfile.getResourcesForClusterManager``, which YARN and Kubernetes share since 3.1.
All sizes are whole MiB.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sparkmem.errors import Refused
from sparkmem.javalang import wrap
from sparkmem.record import record
from sparkmem.size import SizeError, byte_string_as_mb
from sparkmem.spark.containers.off_heap import check_off_heap_enabled, off_heap_mib
from sparkmem.spark.containers.overhead import GIVEN, Overhead, overhead
from sparkmem.spark.settings.config import EXECUTOR_CORES, EXECUTOR_MEMORY
from sparkmem.spark.settings.entry import Entry
from sparkmem.spark.settings.overhead import EXECUTOR_MEMORY_OVERHEAD
from sparkmem.spark.settings.python import PYSPARK_EXECUTOR_MEMORY
from sparkmem.spark.settings.spark_conf import SparkConf

SEE = "calculators/container-request/#refusals"

# The names of ExecutorResourceRequests' methods, as our inputs call them.
REQUESTS = ("memory", "memoryOverhead", "offHeap", "pysparkMemory", "cores")


@record
class ExecutorResources:
    """The terms of one executor's container [MiB]; ``pyspark_mib`` is 0 where PySpark gets no room."""

    cores: int
    memory_mib: int
    overhead: Overhead
    off_heap_mib: int
    pyspark_mib: int

    @property
    def total_mib(self) -> int:
        """The sum, as a Java ``long``."""
        return wrap(self.memory_mib + self.overhead.mib + self.off_heap_mib + self.pyspark_mib)


@record
class DefaultProfile:
    """The application's own settings [MiB], None where they are not set."""

    cores: int
    memory_mib: int
    overhead_mib: int | None
    pyspark_mib: int | None
    off_heap_mib: int


def default_profile(conf: SparkConf) -> DefaultProfile:
    """The default profile, which every application makes at its start (``getDefaultExecutorResources``)."""
    cores = conf.get(EXECUTOR_CORES)
    memory = _as_request(conf, EXECUTOR_MEMORY)
    given = _as_request(conf, EXECUTOR_MEMORY_OVERHEAD)
    pyspark = _as_request(conf, PYSPARK_EXECUTOR_MEMORY)
    return DefaultProfile(cores, memory or 0, given, pyspark, off_heap_mib(conf))


def executor_resources(
    conf: SparkConf, factor: float, minimum_mib: int, python: bool, requests: Mapping[str, str] | None = None
) -> ExecutorResources:
    """The terms for the default profile, or for a custom one that makes these requests.

    A custom profile takes what it does not mention from the default one.  The overhead too: unless
    the profile gives one, it is worked out from ``spark.executor.memory``, not from the profile's memory.

    >>> conf = SparkConf({"spark.executor.memory": "4g"}, "4.3")
    >>> executor_resources(conf, 0.1, 384, python=False).total_mib
    4505
    >>> executor_resources(conf, 0.1, 384, False, {"memory": "20g", "cores": "7"}).overhead.mib
    409
    >>> executor_resources(conf, 0.1, 384, False, {"memory": "20g", "cores": "7"}).cores
    7
    """
    amounts = {name: _requested(name, text, conf.release) for name, text in (requests or {}).items()}
    default = default_profile(conf)
    off_heap = default.off_heap_mib
    if "offHeap" in amounts:
        off_heap = check_off_heap_enabled(conf, amounts["offHeap"])
    found = overhead(default.overhead_mib, default.memory_mib, factor, minimum_mib)
    if "memoryOverhead" in amounts:
        found = replace(found, mib=amounts["memoryOverhead"], rule=GIVEN)
    return ExecutorResources(
        cores=amounts.get("cores", default.cores),
        memory_mib=amounts.get("memory", default.memory_mib),
        overhead=found,
        off_heap_mib=off_heap,
        pyspark_mib=amounts.get("pysparkMemory", default.pyspark_mib or 0) if python else 0,
    )


def _as_request(conf: SparkConf, entry: Entry) -> int | None:
    """The setting [MiB]; it is written out and read again on its way into the profile, which a minus does not survive."""
    mib: int | None = conf.get(entry)
    if mib is not None and mib < 0:
        _read_amount(entry.key, str(mib), conf.release)
    return mib


def _requested(name: str, text: str, release: str) -> int:
    return int(text) if name == "cores" else _read_amount(f"profile-{name}", text, release)


def _read_amount(name: str, text: str, release: str) -> int:
    try:
        return byte_string_as_mb(text, release)
    except SizeError as error:
        raise Refused(name, str(error), SEE) from None
