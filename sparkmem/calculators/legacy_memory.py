"""How the static memory manager of Spark 2.4 divides a heap."""

from __future__ import annotations

from dataclasses import replace

from sparkmem.answer.result import Result
from sparkmem.calculator import RELEASE, Calculator, Given, Input
from sparkmem.calculators.legacy_memory_answer import PAGE, LegacyMemory, result_of
from sparkmem.errors import SparkmemError
from sparkmem.facts import fact
from sparkmem.spark.managers import static_regions, unified_regions
from sparkmem.spark.settings import config, plain_values, static_shares
from sparkmem.spark.settings.entry import Entry
from sparkmem.subjects.executor.inputs import INPUTS as EXECUTOR_INPUTS
from sparkmem.subjects.executor.reading import check_executor_memory, checked_system, read, read_cores, system_memory
from sparkmem.subjects.java_heap.inputs import HEAP_INPUTS
from sparkmem.subjects.java_heap.reading import read_heap

_EXECUTOR = {item.name: item for item in EXECUTOR_INPUTS}
_EXECUTOR_MEMORY, _GC, _JAVA, *_MACHINE = HEAP_INPUTS


def _share(entry: Entry, label: str, help: str) -> Input:
    return Input(
        entry.key, label, help, default=entry.default or "", group="executor", unit="number", example=entry.default or "",
        see=PAGE + "#how-big",
    )  # fmt: skip


def _rare(key: str, help: str = "") -> Input:
    item = _EXECUTOR[key]
    return replace(item, help=help or item.help, group="rare", in_form=False)


INPUTS = (
    replace(
        RELEASE, default=static_regions.RELEASE, choices=((static_regions.RELEASE, f"Spark {static_regions.RELEASE}"),),
        help="The static manager is gone from 3.0 on.", see=PAGE + "#gone",
    ),
    _EXECUTOR_MEMORY,
    _GC,
    _JAVA,
    _share(static_shares.STORAGE_MEMORY_FRACTION, "Storage fraction", "Share of the heap for cached blocks."),
    _share(static_shares.STORAGE_SAFETY_FRACTION, "Storage safety fraction", "What of that share is used."),
    _share(
        static_shares.STORAGE_UNROLL_FRACTION, "Unroll fraction", "Share of storage memory that unrolling a block may claim."
    ),
    _share(static_shares.SHUFFLE_MEMORY_FRACTION, "Shuffle fraction", "Share of the heap for execution."),
    _share(static_shares.SHUFFLE_SAFETY_FRACTION, "Shuffle safety fraction", "What of that share is used."),
    _EXECUTOR["spark.executor.cores"],
    _EXECUTOR["spark.memory.offHeap.enabled"],
    _EXECUTOR["spark.memory.offHeap.size"],
    *_MACHINE,
    Input(
        config.LEGACY_MODE, "Static memory manager", "Takes the static manager; the numbers are those with true.",
        default="true", group="rare", see=PAGE + "#legacy-memory", in_form=False,
    ),
    _rare("spark.memory.storageFraction", "Divides the off-heap pools for a moment; bears on the page size off the heap."),
    _rare("spark.memory.fraction", "Not read by the static manager."),
    _rare("spark.testing.reservedMemory", "Not read by the static manager."),
    _EXECUTOR["spark.buffer.pageSize"],
    _EXECUTOR["spark.testing.memory"],
    _EXECUTOR["process"],
)  # fmt: skip


def _answer(given: Given) -> Result:
    return result_of(given, _read_legacy(given))


def _read_legacy(given: Given) -> LegacyMemory:
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


LEGACY_MEMORY = Calculator(
    id="legacy-memory",
    title="Static memory manager",
    question="How did Spark divide a heap before storage and execution shared it?",
    inputs=INPUTS,
    compute=_answer,
    see=PAGE + "#how-big",
)
