"""The answer about the static memory manager in words."""

from __future__ import annotations

from sparkmem.answer.breakdown import Breakdown
from sparkmem.answer.line import SET, Line
from sparkmem.answer.result import Result
from sparkmem.calculators.legacy_memory.inputs import PAGE
from sparkmem.calculators.legacy_memory.notes import notes_of
from sparkmem.calculators.legacy_memory.reading import LegacyMemory
from sparkmem.given import Given
from sparkmem.javalang import java_double, java_double_text
from sparkmem.jvm.collectors import NAMES
from sparkmem.release import release as release_named
from sparkmem.size import bytes_to_string, mib_text, ui_bytes
from sparkmem.source import Source
from sparkmem.spark.managers import static_regions
from sparkmem.spark.settings import static_shares
from sparkmem.spark.settings.config import MEMORY
from sparkmem.spark.settings.entry import Entry
from sparkmem.subjects.executor.words import whole_heap

_STATIC = MEMORY + "StaticMemoryManager.scala"
_MANAGER = MEMORY + "MemoryManager.scala"
_UI = "core/src/main/resources/org/apache/spark/ui/static/utils.js"
_STORE = "core/src/main/scala/org/apache/spark/storage/memory/MemoryStore.scala"


def result_of(given: Given, memory: LegacyMemory) -> Result:
    """The figures of ``memory`` with their reasons, sources and notes."""
    storage, execution = memory.storage.usable_bytes, memory.execution.usable_bytes
    reported = _reported(given, memory)
    return Result(
        breakdowns=(
            reported if memory.measured else whole_heap(given, memory.java.heap, reported),
            _off_heap(given, memory),
        ),
        lines=_lines(given, memory),
        notes=tuple(notes_of(given, memory)),
        meanings={
            "spark.executor.memory": f"-Xmx{memory.java.heap.asked_bytes >> 20}m",
            "gc": f"{NAMES[memory.java.heap.gc]}, {memory.java.collector_because}",
            "java": f"Java {memory.java.heap.java}",
            "spark.memory.offHeap.size": mib_text(memory.off_heap_bytes),
        },
        headline=(
            f"Of a heap of {mib_text(memory.system_bytes)}, storage has {mib_text(storage)} and execution"
            f" {mib_text(execution)}; neither can borrow from the other."
        ),
    )


def _spark(path: str, symbol: str) -> Source:
    return Source("Spark", release_named(static_regions.RELEASE).tag, path, symbol)


def _text(given: Given, entry: Entry) -> str:
    return java_double_text(java_double(given.text(entry.key)))


def _reported(given: Given, memory: LegacyMemory) -> Breakdown:
    heap, system = memory.java.heap, memory.system_bytes
    because = "given" if memory.measured else f"under {NAMES[heap.gc]}, Runtime.maxMemory is {heap.why}"
    total = Line(
        "jvm-max-memory", "Heap that the JVM reports", system, because=because, see=PAGE + "#how-big",
        source=_spark(_STATIC, "spark.testing.memory"), provenance=SET if memory.measured else "derived",
    )  # fmt: skip
    storage, execution = memory.storage, memory.execution
    storage_keys = (static_shares.STORAGE_MEMORY_FRACTION, static_shares.STORAGE_SAFETY_FRACTION)
    shuffle_keys = (static_shares.SHUFFLE_MEMORY_FRACTION, static_shares.SHUFFLE_SAFETY_FRACTION)
    unmanaged = system - storage.usable_bytes - execution.usable_bytes
    margins = (_margin(given, "storage", storage, storage_keys), _margin(given, "execution", execution, shuffle_keys))
    other = unmanaged - sum(line.size_bytes or 0 for line in margins)
    return Breakdown(total, (
        _usable(given, "storage", system, storage, storage_keys, "getMaxStorageMemory"),
        _usable(given, "execution", system, execution, shuffle_keys, "getMaxExecutionMemory"),
        Breakdown(
            Line(
                "unmanaged-memory", "Not managed", unmanaged, see=PAGE + "#unmanaged-memory",
                because=f"what is left: {system:,} - {storage.usable_bytes:,} - {execution.usable_bytes:,}",
                source=_spark(_STATIC, "getMaxStorageMemory"),
            ),
            (*margins, Line(
                "other-memory", "In no share", other, see=PAGE + "#unmanaged-memory",
                because=f"the heap less both shares: {system:,} - {storage.whole_bytes:,} - {execution.whole_bytes:,}",
                source=_spark(_STATIC, "getMaxExecutionMemory"),
            )),
        ),
    ))  # fmt: skip


def _usable(
    given: Given, name: str, system: int, share: static_regions.Share, keys: tuple[Entry, Entry], symbol: str
) -> Line:  # fmt: skip
    memory, safety = (_text(given, key) for key in keys)
    return Line(
        f"{name}-memory", f"{name.capitalize()} memory", share.usable_bytes, see=PAGE + f"#{name}-memory",
        because=f"{system:,} × {memory} × {safety}, cut to whole bytes", source=_spark(_STATIC, symbol),
    )  # fmt: skip


def _margin(given: Given, name: str, share: static_regions.Share, keys: tuple[Entry, Entry]) -> Line:
    safety = _text(given, keys[1])
    return Line(
        f"{name}-safety-margin", f"{name.capitalize()} safety margin", share.whole_bytes - share.usable_bytes,
        because=f"what {keys[1].key} {safety} leaves of a share of {share.whole_bytes:,}",
        see=PAGE + "#unmanaged-memory", source=_spark(_STATIC, keys[1].key),
    )  # fmt: skip


def _off_heap(given: Given, memory: LegacyMemory) -> Breakdown:
    size = memory.off_heap_bytes
    total = Line(
        "off-heap-memory", "Off-heap memory", size, because="spark.memory.offHeap.size", see=PAGE + "#off-heap",
        source=_spark(_MANAGER, "maxOffHeapMemory"), provenance=given.provenance("spark.memory.offHeap.size"),
    )  # fmt: skip
    return Breakdown(total, (
        Line(
            "off-heap-storage-region", "Off-heap storage region", 0, see=PAGE + "#off-heap",
            because="the static manager keeps no blocks off the heap", source=_spark(_STATIC, "maxOffHeapStorageMemory"),
        ),
        Line(
            "off-heap-execution-region", "Off-heap execution region", size, see=PAGE + "#off-heap",
            because="all of it", source=_spark(_STATIC, "offHeapExecutionMemoryPool"),
        ),
    ))  # fmt: skip


def _lines(given: Given, memory: LegacyMemory) -> tuple[Line, ...]:
    storage = memory.storage.usable_bytes
    fraction = _text(given, static_shares.STORAGE_UNROLL_FRACTION)
    release = static_regions.RELEASE
    return (
        Line(
            "unroll-memory", "Unroll memory", memory.unroll_bytes, see=PAGE + "#unroll-memory",
            because=f"{storage:,} × {fraction}, cut to whole bytes; a part of storage memory, not beside it",
            source=_spark(_STATIC, "maxUnrollMemory"),
        ),
        Line(
            "page-size", "Page size", memory.page_bytes, because=_page_because(given, memory), see=PAGE + "#page-size",
            source=_spark(_MANAGER, "pageSizeBytes"), provenance=SET if given.is_set("spark.buffer.pageSize") else "derived",
        ),
        Line(
            "ui-storage-memory", "Storage Memory in the web UI", storage, ui_bytes(storage, release),
            because=f"storage memory alone: {storage:,} bytes, in steps of 1000", see=PAGE + "#storage-memory",
            source=_spark(_UI, "formatBytes"),
        ),
        Line(
            "memory-store-capacity", "MemoryStore started with capacity", storage, bytes_to_string(storage, release),
            because=f"the same {storage:,} bytes as the executor's log writes them", see=PAGE + "#storage-memory",
            source=_spark(_STORE, "maxMemory"),
        ),
    )  # fmt: skip


def _page_because(given: Given, memory: LegacyMemory) -> str:
    if given.is_set("spark.buffer.pageSize"):
        return "spark.buffer.pageSize, taken as it is"
    where = "off-heap size less spark.memory.storageFraction" if memory.off_heap_enabled else "execution memory"
    cores = f"{memory.cores} core{'s' * (memory.cores != 1)}"
    return f"{where} {memory.page_pool_bytes:,} / {cores} / 16, up to a power of 2, at least 1 MiB and at most 64 MiB"
