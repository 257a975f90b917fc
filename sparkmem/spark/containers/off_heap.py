"""The off-heap memory that a container is asked to hold, and where Spark refuses to ask [MiB]."""

from __future__ import annotations

from sparkmem.errors import Refused
from sparkmem.javalang import wrap
from sparkmem.release import since
from sparkmem.size import MIB
from sparkmem.spark.settings.config import MEMORY_OFFHEAP_ENABLED, MEMORY_OFFHEAP_SIZE
from sparkmem.spark.settings.spark_conf import SparkConf

SEE = "calculators/container-request/#refusals"


def check_off_heap_enabled(conf: SparkConf, size_mib: int) -> int:
    """The off-heap term [MiB]: 0 where it is not enabled; refused where enabled and below 1 MiB.

    Follows ``Utils.checkOffHeapEnabled``.
    """
    if not conf.get(MEMORY_OFFHEAP_ENABLED):
        return 0
    if size_mib <= 0:
        least = "at least 1MiB" if since(conf.release, "4.3") else "> 0"
        text = f"requirement failed: {MEMORY_OFFHEAP_SIZE.key} must be {least} when {MEMORY_OFFHEAP_ENABLED.key} == true"
        change = f"set {MEMORY_OFFHEAP_SIZE.key}, as in 1g: it is 0 by default"
        raise Refused(MEMORY_OFFHEAP_SIZE.key, text, SEE, change=change)
    return size_mib


def off_heap_mib(conf: SparkConf) -> int:
    """``spark.memory.offHeap.size`` as a container counts it [MiB], cut down and kept in 32 bits.

    Follows ``Utils.executorOffHeapMemorySizeAsMb``.
    """
    return check_off_heap_enabled(conf, wrap(conf.get(MEMORY_OFFHEAP_SIZE) // MIB, 32))
