"""The inputs about one executor, read in Spark's order and refused in Spark's words."""

from __future__ import annotations

from typing import Any, Literal

from sparkmem.errors import InputError, Refused, SparkmemError
from sparkmem.facts import fact
from sparkmem.given import Given
from sparkmem.javalang import java_trim
from sparkmem.release import since
from sparkmem.size import MIB, mib_text
from sparkmem.spark.managers import unified_regions
from sparkmem.spark.settings import config, plain_values
from sparkmem.spark.settings.entry import Entry
from sparkmem.subjects.executor.figures import ExecutorMemory
from sparkmem.subjects.executor.inputs import PAGE
from sparkmem.subjects.java_heap.reading import JavaHeap, known_max_memory, read_heap


def read_executor(given: Given) -> ExecutorMemory:
    """All that the inputs come to, read in the order in which ``UnifiedMemoryManager`` reads.

    Every fault on the way is kept, and all are raised at the end.
    """
    release = given.release
    given.attempt(config.LEGACY_MODE, _check_legacy_mode, given)
    heap = read_heap(given)
    system = given.attempt("jvm-max-memory", system_memory, given)
    if system is None and heap:
        system = heap.heap.max_memory_bytes
    reserved = given.attempt(config.TEST_RESERVED_MEMORY.key, _reserved_memory, given)
    least = given.attempt("", unified_regions.min_system_memory, reserved, release)
    system = given.attempt("jvm-max-memory", checked_system, given, system, least, heap or False)
    check_executor_memory(given, least)
    fraction = read(given, config.MEMORY_FRACTION)
    storage_fraction = read(given, config.MEMORY_STORAGE_FRACTION)
    regions = given.attempt("", unified_regions.on_heap_regions, system, reserved, fraction, storage_fraction)
    if regions:
        given.attempt(config.MEMORY_FRACTION.key, unified_regions.check_pools, regions, release)
    off_heap_size = read(given, config.MEMORY_OFFHEAP_SIZE)
    off_heap = given.attempt("", unified_regions.off_heap_regions, off_heap_size, storage_fraction)
    if not given.refused(config.MEMORY_STORAGE_FRACTION.key):
        given.attempt("", unified_regions.check_pools, off_heap, release, True)
    enabled = read(given, config.MEMORY_OFFHEAP_ENABLED)
    given.attempt(config.MEMORY_OFFHEAP_SIZE.key, unified_regions.check_off_heap, enabled, off_heap_size)
    page = read(given, config.BUFFER_PAGESIZE) if given.is_set(config.BUFFER_PAGESIZE.key) else None
    polling = _read_polling(given)
    cores = given.attempt(config.EXECUTOR_CORES.key, read_cores, given)
    given.stop_on_faults()
    if heap is None or regions is None or off_heap is None:  # cannot be: each is missing only with a fault
        raise SparkmemError("no heap and no fault")
    pool = off_heap if enabled else regions
    if page is None:
        page = unified_regions.page_size(pool.execution_bytes, cores, enabled, heap.heap.gc, release)
    return ExecutorMemory(
        heap, system, reserved, fraction, storage_fraction, regions, off_heap, enabled, cores, page, bool(polling)
    )


def _read_polling(given: Given) -> bool:
    """Whether unmanaged memory is counted; 4.1 brought the key, and no earlier release reads it."""
    entry = config.UNMANAGED_MEMORY_POLLING_INTERVAL
    if not since(given.release, entry.declared):
        return False
    interval = read(given, entry)
    return interval is not None and interval > 0


def _check_legacy_mode(given: Given) -> None:
    """In 2.4, the key that gives the heap to another manager."""
    key = config.LEGACY_MODE
    if given.release == "2.4" and given.is_set(key) and plain_values.plain_boolean(key, given.text(key)):
        message = f"with {key}, the static memory manager divides this heap"
        see = "calculators/legacy-memory/#legacy-memory"
        raise InputError(key, message, see, change="ask the calculator legacy-memory, or leave the key out")


def read(given: Given, entry: Entry) -> Any:
    return given.attempt(entry.key, entry.read, given.text(entry.key), given.release)


def system_memory(given: Given) -> int | None:
    """What the reader says that the JVM reports, if anything [bytes]."""
    if given.is_set(config.TEST_MEMORY.key):
        return int(config.TEST_MEMORY.read(given.text(config.TEST_MEMORY.key), given.release))
    return known_max_memory(given)


def _reserved_memory(given: Given) -> int:
    key = config.TEST_RESERVED_MEMORY.key
    if given.is_set(key):
        return plain_values.plain_long(key, given.text(key))
    return 0 if given.is_set("spark.testing") else int(fact("RESERVED_SYSTEM_MEMORY_BYTES", given.release))


def checked_system(given: Given, system: int, least: int, heap: JavaHeap | Literal[False]) -> int:
    try:
        unified_regions.check_system_memory(system, least, given.text("process"), given.release)
        return system
    except Refused as refusal:
        if heap and system == heap.heap.max_memory_bytes:
            refusal.key = config.EXECUTOR_MEMORY.key
            refusal.change = (
                f"-Xmx is {mib_text(heap.heap.asked_bytes)}, of which the JVM reports {mib_text(system)};"
                f" with this collector, {heap.least_xmx(least)}m is enough"
            )
        raise


def check_executor_memory(given: Given, least: int | None) -> None:
    key = config.EXECUTOR_MEMORY.key
    if not given.is_set(key):
        return
    text = given.text(key)
    configured = given.attempt(key, plain_values.size_as_bytes, key, text, given.release)
    if configured is None or least is None or configured >= least or given.refused(key):
        return
    given.attempt(key, unified_regions.check_executor_memory, configured, least, given.release)
    if java_trim(text) == str(configured) and configured * MIB >= least:
        given.errors[-1].change = f"write {configured}m: -Xmx takes a bare number as MiB, this check takes it as bytes"
    else:
        given.errors[-1].change = f"give at least {-(-least // MIB)}m"


def read_cores(given: Given) -> int:
    key = config.EXECUTOR_CORES.key
    try:
        cores = config.EXECUTOR_CORES.read(given.text(key), given.release)
    except Refused:
        cores = 0
    if cores <= 0:
        raise InputError(key, "Executor cores must be a positive number", PAGE + "#page-size", by="spark-submit")
    return int(cores)
