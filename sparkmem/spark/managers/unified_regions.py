"""The regions of ``UnifiedMemoryManager``: what it makes of a heap, and when it refuses to."""

from math import ceil

from sparkmem.errors import Refused
from sparkmem.facts import fact
from sparkmem.javalang import double_to_long, wrap
from sparkmem.record import record
from sparkmem.release import since
from sparkmem.spark.settings.plain_values import SEE


@record
class Regions:
    """One memory mode divided [bytes]: the unified region is storage and execution together."""

    unified_bytes: int
    storage_bytes: int

    @property
    def execution_bytes(self) -> int:
        """What the execution pool starts with."""
        return self.unified_bytes - self.storage_bytes


def min_system_memory(reserved_bytes: int, release: str) -> int:
    """Least heap and least ``spark.executor.memory`` that Spark starts with [bytes] (``getMaxMemory``).

    >>> min_system_memory(314572800, "4.3")
    471859200
    """
    return ceil(reserved_bytes * fact("MIN_SYSTEM_MEMORY_FACTOR", release))


def on_heap_regions(
    system_memory_bytes: int, reserved_bytes: int, memory_fraction: float, storage_fraction: float
) -> Regions:
    """Regions on the heap; each product is cut down to a whole byte before the next one is taken.

    Follows ``UnifiedMemoryManager.apply`` and ``getMaxMemory``.

    >>> on_heap_regions(4 << 30, 314572800, 0.6, 0.5)
    Regions(unified_bytes=2388236697, storage_bytes=1194118348)
    """
    usable_bytes = wrap(system_memory_bytes - reserved_bytes)
    unified_bytes = double_to_long(usable_bytes * memory_fraction)
    return Regions(unified_bytes, double_to_long(unified_bytes * storage_fraction))


def off_heap_regions(off_heap_bytes: int, storage_fraction: float) -> Regions:
    """Regions off the heap; they follow ``spark.memory.offHeap.size`` whether it is enabled or not."""
    return Regions(off_heap_bytes, double_to_long(off_heap_bytes * storage_fraction))


def page_size(execution_bytes: int, cores: int, off_heap: bool, gc: str, release: str) -> int:
    """Tungsten page [bytes] that each memory consumer asks for at a time (``defaultPageSizeBytes``).

    The next power of 2 above a sixteenth of a core's share of the execution pool, within
    bounds; on the heap of a collector with regions, less an array's header.

    >>> page_size(1194118349, 4, False, "g1", "3.2"), page_size(1194118349, 4, False, "g1", "4.3")
    (33554432, 33554416)
    """
    share = execution_bytes // cores // int(fact("PAGE_SAFETY_FACTOR", release))
    size = 1 << max(share - 1, 0).bit_length() if share > 0 else 0
    least, most = fact("MIN_PAGE_SIZE_BYTES", release), fact("MAX_PAGE_SIZE_BYTES", release)
    chosen = int(min(most, max(least, size)))
    if off_heap or gc not in collectors_with_header(release):
        return chosen
    return chosen - int(fact("PAGE_ARRAY_HEADER_BYTES", release))


def collectors_with_header(release: str) -> tuple[str, ...]:
    """The collectors under which a page on the heap leaves room for the array's header."""
    if since(release, "4.1"):
        return ("g1", "z", "shenandoah")
    return ("g1",) if since(release, "3.3") else ()


def check_system_memory(system_memory_bytes: int, least_bytes: int, process: str, release: str) -> None:
    """Refuse a heap below the least, in that release's words; only 4.3 tells executor and driver apart."""
    if system_memory_bytes < least_bytes:
        wording = _SYSTEM_4_3[process] if since(release, "4.3") else _SYSTEM[_wording(release)]
        text = wording.format(given=system_memory_bytes, least=least_bytes)
        raise Refused("jvm-max-memory", text, SEE)


def check_executor_memory(executor_memory_bytes: int, least_bytes: int, release: str) -> None:
    """Refuse a ``spark.executor.memory`` below the least, in that release's words (SPARK-12759)."""
    if executor_memory_bytes < least_bytes:
        text = _EXECUTOR[_wording(release)].format(given=executor_memory_bytes, least=least_bytes)
        raise Refused("spark.executor.memory", text, SEE)


def check_execution_memory(execution_bytes: int) -> None:
    """Refuse fractions that leave execution nothing (``MemoryManager``'s first requirement, from 3.0 on)."""
    if execution_bytes <= 0:
        raise Refused("spark.memory.fraction", "requirement failed: onHeapExecutionMemory must be > 0", SEE)


def check_pools(regions: Regions, release: str, off_heap: bool = False) -> None:
    """Refuse what no pair of pools can be made of; before 3.0 a pool may be empty, and only that is checked.

    From 3.0 on nothing is left to check off the heap: the storage fraction was, when it was read.
    """
    if since(release, "3.0"):
        if not off_heap:
            check_execution_memory(regions.execution_bytes)
    elif regions.storage_bytes < 0 or regions.execution_bytes < 0:  # incrementPoolSize
        raise Refused("spark.memory.storageFraction", "requirement failed", SEE)


def check_off_heap(enabled: bool, off_heap_bytes: int) -> None:
    """Refuse off-heap memory that is enabled and has no size (``tungstenMemoryMode``)."""
    if enabled and off_heap_bytes <= 0:
        text = "spark.memory.offHeap.size must be > 0 when spark.memory.offHeap.enabled == true"
        change = "set spark.memory.offHeap.size, as in 1g: it is 0 by default"
        raise Refused("spark.memory.offHeap.size", f"requirement failed: {text}", SEE, change=change)


def _wording(release: str) -> str:
    """The oldest release with the same texts."""
    return next(first for first in ("4.3", "4.0", "3.5", "2.4") if since(release, first))


_HEAP = "Please increase heap size using the --{p}-memory option or {q}spark.{p}.memory{q} in Spark configuration."
_CONFIGURED = (
    "Please increase executor memory using the --executor-memory option or {q}spark.executor.memory{q}"
    " in Spark configuration."
)


def _texts(subject: str, condition: str, advice: str) -> dict[str, str]:
    """The sentence in its three older wordings, by the first release of each."""
    rule = f"{subject} memory {{given}} must be at least {{least}}."
    quoted = advice.replace("{q}", '"')
    return {
        "2.4": f"{rule} {advice.replace('{q}', '')}",
        "3.5": f"[{condition}] {rule} {quoted}",
        "4.0": f"[{condition}] {rule}\n{quoted} SQLSTATE: F0000",
    }


def _text_4_3(process: str, condition: str, subject: str, advice: str) -> str:
    return (
        f"[INVALID_{process.upper()}_MEMORY.{condition}] Insufficient {process} memory: {subject} memory {{given}}"
        f" must be at least {{least}}.\n{advice.replace('{q}', chr(34))} SQLSTATE: F0000"
    )


_SYSTEM = _texts("System", "INVALID_DRIVER_MEMORY", _HEAP.replace("{p}", "driver"))
_SYSTEM_4_3 = {
    process: _text_4_3(process, "SYSTEM_MEMORY", "System", _HEAP.replace("{p}", process))
    for process in ("executor", "driver")
}
_EXECUTOR = _texts("Executor", "INVALID_EXECUTOR_MEMORY", _CONFIGURED)
_EXECUTOR["4.3"] = _text_4_3("executor", "CONFIG_MEMORY", "Executor", _CONFIGURED)
