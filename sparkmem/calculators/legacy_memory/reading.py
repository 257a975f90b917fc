"""What the inputs of the static memory manager come to, read in its order."""

from __future__ import annotations

from dataclasses import dataclass

from sparkmem.errors import SparkmemError
from sparkmem.facts import fact
from sparkmem.given import Given
from sparkmem.spark.managers import static_regions, unified_regions
from sparkmem.spark.settings import config, plain_values, static_shares
from sparkmem.spark.settings.entry import Entry
from sparkmem.subjects.executor.reading import check_executor_memory, checked_system, read, read_cores, system_memory
from sparkmem.subjects.java_heap.reading import JavaHeap, read_heap


@dataclass(frozen=True)
class LegacyMemory:
    """All that was computed for one executor [bytes]; ``page_pool_bytes`` is what the page size came of."""

    java: JavaHeap
    system_bytes: int
    storage: static_regions.Share
    execution: static_regions.Share
    unroll_bytes: int
    off_heap_bytes: int
    page_pool_bytes: int
    off_heap_enabled: bool
    cores: int
    page_bytes: int

    @property
    def measured(self) -> bool:
        """Whether the reader gave what the JVM reports."""
        return self.system_bytes != self.java.heap.max_memory_bytes


def read_legacy(given: Given) -> LegacyMemory:
    """All that the inputs come to, in the order in which ``StaticMemoryManager`` reads, keeping every fault."""
    given.attempt(config.LEGACY_MODE, plain_values.plain_boolean, config.LEGACY_MODE, given.text(config.LEGACY_MODE))
    heap = read_heap(given)
    system = given.attempt("jvm-max-memory", system_memory, given)
    if system is None and heap:
        system = heap.heap.max_memory_bytes
    least = int(fact("LEGACY_MIN_MEMORY_BYTES", static_regions.RELEASE))
    system = given.attempt("jvm-max-memory", checked_system, given, system, least, heap or False)
    check_executor_memory(given, least)
    execution = _read_share(given, system, static_shares.SHUFFLE_MEMORY_FRACTION, static_shares.SHUFFLE_SAFETY_FRACTION)
    storage = _read_share(given, system, static_shares.STORAGE_MEMORY_FRACTION, static_shares.STORAGE_SAFETY_FRACTION)
    if storage and execution:
        given.attempt(static_shares.STORAGE_MEMORY_FRACTION.key, static_regions.check_pools, storage, execution)
    off_heap_size = read(given, config.MEMORY_OFFHEAP_SIZE)
    storage_fraction = read(given, config.MEMORY_STORAGE_FRACTION)
    off_heap = given.attempt("", unified_regions.off_heap_regions, off_heap_size, storage_fraction)
    given.attempt("", unified_regions.check_pools, off_heap, static_regions.RELEASE, True)
    enabled = read(given, config.MEMORY_OFFHEAP_ENABLED)
    given.attempt(config.MEMORY_OFFHEAP_SIZE.key, unified_regions.check_off_heap, enabled, off_heap_size)
    page = read(given, config.BUFFER_PAGESIZE) if given.is_set(config.BUFFER_PAGESIZE.key) else None
    unroll_fraction = read(given, static_shares.STORAGE_UNROLL_FRACTION)
    cores = given.attempt(config.EXECUTOR_CORES.key, read_cores, given)
    given.stop_on_faults()
    if heap is None or storage is None or execution is None or off_heap is None:
        raise SparkmemError("no heap and no fault")  # cannot be: each is missing only with a fault
    unroll = static_regions.unroll_memory(storage.usable_bytes, unroll_fraction)
    # The page size is settled before the pools off the heap are joined.
    pool = off_heap.execution_bytes if enabled else execution.usable_bytes
    if page is None:
        page = unified_regions.page_size(pool, cores, enabled, heap.heap.gc, static_regions.RELEASE)
    return LegacyMemory(heap, system, storage, execution, unroll, off_heap_size, pool, enabled, cores, page)


def _read_share(given: Given, system: int | None, memory: Entry, safety: Entry) -> static_regions.Share | None:
    memory_fraction, safety_fraction = read(given, memory), read(given, safety)
    found: static_regions.Share | None = given.attempt("", static_regions.share, system, memory_fraction, safety_fraction)
    return found
