"""The terms of an executor that every application makes at its start, and the least memory with which it starts."""

from __future__ import annotations

from sparkmem.errors import Refused
from sparkmem.facts import fact
from sparkmem.javalang import java_trim, wrap
from sparkmem.jvm.flags import FlagError, jvm_size
from sparkmem.jvm.heap import HEAP_ALIGNMENT, align_up
from sparkmem.jvm.refused import beyond_addresses
from sparkmem.refusals.job import KUBERNETES, STANDALONE, YARN, Job
from sparkmem.release import since
from sparkmem.size import MIB, SizeError, byte_string_as_bytes, byte_string_as_mb
from sparkmem.size.meant import meant_for_a_jvm, meant_size, what_to_write
from sparkmem.spark.containers.off_heap import off_heap_mib
from sparkmem.spark.managers.unified_regions import (
    check_executor_memory,
    check_off_heap,
    check_system_memory,
    min_system_memory,
)
from sparkmem.spark.settings.plain_values import SEE, size_as_bytes
from sparkmem.spark.settings.spark_conf import SparkConf

MEMORY, DRIVER, MASTER = "spark.executor.memory", "spark.driver.memory", "spark.yarn.am.memory"
ENABLED, SIZE = "spark.memory.offHeap.enabled", "spark.memory.offHeap.size"
LEGACY, TESTING, RESERVED = "spark.memory.useLegacyMode", "spark.testing", "spark.testing.reservedMemory"
REQUESTED = (MEMORY, "spark.executor.memoryOverhead", "spark.executor.pyspark.memory")
_LEAST_XMX = 2 * MIB  # the JVM starts with no less


def check_requested(job: Job, key: str) -> None:
    """Refuse a size that does not survive its way into the default profile, which is made since 3.1."""
    mib = job.value(key) if job.given(key) and since(job.release, "3.1") else None
    if mib is not None and mib < 0:
        try:
            byte_string_as_mb(str(mib), job.release)
        except SizeError as error:
            raise Refused(key, str(error), SEE, change="write digits and a unit, as in 4g") from None


def check_off_heap_size(job: Job) -> None:
    """Refuse off-heap memory that is enabled and has no size, or none of a whole MiB where a container has to hold it.

    >>> check_off_heap_size(Job({ENABLED: "true", SIZE: "1k"}, "4.3"))
    Traceback (most recent call last):
    sparkmem.errors.Refused: requirement failed: spark.memory.offHeap.size must be at least 1MiB when \
spark.memory.offHeap.enabled == true
    """
    if since(job.release, "3.1"):
        off_heap_mib(SparkConf(job.settings, job.release))
    check_off_heap(job.value(ENABLED, False), job.value(SIZE, 0))


def least_memory(job: Job) -> int:
    """The least heap and the least ``spark.executor.memory`` [bytes]; 2.4's static manager has another, and is not asked."""
    if job.given(TESTING) and not job.given(RESERVED):
        return 0
    reserved = job.value(RESERVED, int(fact("RESERVED_SYSTEM_MEMORY_BYTES", job.release)))
    return min_system_memory(reserved, job.release)


def check_executor(job: Job) -> None:
    """Refuse a ``spark.executor.memory`` below the least, which driver and executors look at alike."""
    if job.given(LEGACY) and job.value(LEGACY) is True:
        return
    text, least = job.settings[MEMORY], least_memory(job)
    heap_bytes = align_up(int(job.value(MEMORY)) * MIB, HEAP_ALIGNMENT)
    _check_system(MEMORY, heap_bytes, least, "executor", job)
    configured = size_as_bytes(MEMORY, text, job.release)
    try:
        check_executor_memory(configured, least, job.release)
    except Refused as refusal:
        as_mib = java_trim(text) == str(configured) and configured * MIB >= least
        hint = "-Xmx takes a bare number as MiB, this check takes it as bytes"
        refusal.change = f"write {configured}m: {hint}" if as_mib else f"give at least {-(-least // MIB)}m"
        raise


def _check_system(key: str, heap_bytes: int, least: int, process: str, job: Job) -> None:
    """Refuse what a JVM with such a heap reports, where it is below the least."""
    try:
        check_system_memory(heap_bytes, least, process, job.release)
    except Refused as refusal:
        refusal.key, refusal.change = key, _with_unit(job.settings[key], least) or f"give at least {-(-least // MIB)}m"
        raise


def _with_unit(text: str, least: int) -> str:
    """What to write where the size has no unit and would be large enough with the one that is meant; else empty."""
    meant = meant_size(text) if text.strip().isdigit() else ""
    return what_to_write("size", text, "") if meant and byte_string_as_bytes(meant) >= least else ""


def check_addresses(job: Job, key: str) -> None:
    """Refuse a heap that no process can address, in the JVM's words."""
    text = beyond_addresses(int(job.value(key)) * MIB, job.java)
    if text:
        raise Refused(key, text, SEE, change="give what a machine has", by="JVM")


def check_driver(job: Job) -> None:
    """Refuse a driver's heap that the JVM does not take, or that Spark finds too small, under G1 as the JVM takes it."""
    if not job.manager or (job.given(LEGACY) and job.value(LEGACY) is True):
        return
    heap_bytes, least = _driver_heap(job), least_memory(job)
    _check_system(DRIVER, align_up(heap_bytes, HEAP_ALIGNMENT), least, "driver", job)


def _driver_heap(job: Job) -> int:
    """The driver's ``-Xmx`` [bytes]: written anew on YARN and standalone in cluster mode, else the text as it stands."""
    text, cluster = job.settings[DRIVER], job.deploy_mode == "cluster"
    if cluster and job.manager == YARN:
        return int(job.value(DRIVER)) * MIB
    if cluster and job.manager == STANDALONE:
        try:
            return byte_string_as_bytes(text, job.release) // MIB * MIB
        except SizeError as error:  # read as MiB it is no overflow, and the master of a standalone cluster reads bytes
            raise Refused(DRIVER, str(error), SEE, change="give what a machine has") from None
    if cluster and job.manager == KUBERNETES:  # a pod's spark-submit has it from a file (``loadPropertiesFile`` trims)
        text = java_trim(text)
    return _largest_heap(text, DRIVER, "calculators/driver-memory/#heap", meant_for_a_jvm(text))


def check_master(job: Job) -> None:
    """Refuse a heap of YARN's application master with which its JVM does not start; it is a JVM of its own in client mode.

    One that is lost on its way into 32 bits gets no container, and so no JVM that could refuse it.

    >>> check_master(Job({MASTER: "1m"}, "4.3", YARN, "client"))
    Traceback (most recent call last):
    sparkmem.errors.Refused: Error occurred during initialization of VM
    Too small maximum heap
    """
    if job.manager == YARN and job.deploy_mode == "client":
        mib = int(job.value(MASTER))
        if wrap(mib, 32) == mib:
            _largest_heap(f"{mib}m", MASTER, SEE, "give at least 2m")


def _largest_heap(text: str, key: str, see: str, change: str) -> int:
    """What a JVM makes of it behind ``-Xmx`` [bytes]; refused as the JVM does."""
    message = f"Invalid maximum heap size: -Xmx{text}"
    try:
        heap_bytes = jvm_size(text)
        if heap_bytes >= _LEAST_XMX:
            return heap_bytes
        if heap_bytes:
            message = "Error occurred during initialization of VM\nToo small maximum heap"
    except FlagError:
        pass
    raise Refused(key, message, see, change=change, by="JVM")
