"""The answer about an executor's heap in words: a line for each figure, and what an expert would add."""

from __future__ import annotations

from functools import cache

from sparkmem.answer.breakdown import Breakdown
from sparkmem.answer.line import DERIVED, SET, Line
from sparkmem.answer.result import Result
from sparkmem.calculators.executor_memory.notes import meanings, notes
from sparkmem.facts import FACTS
from sparkmem.given import Given
from sparkmem.javalang import java_double_text
from sparkmem.jvm.collectors import NAMES
from sparkmem.release import release as release_named
from sparkmem.size import bytes_to_string, mib_text, ui_bytes
from sparkmem.source import Source
from sparkmem.spark.managers.unified_regions import Regions
from sparkmem.spark.settings.config import MEMORY, TEST_MEMORY
from sparkmem.subjects.executor.figures import ExecutorMemory
from sparkmem.subjects.executor.inputs import PAGE
from sparkmem.subjects.executor.words import page_because, whole_heap

_UNIFIED = MEMORY + "UnifiedMemoryManager.scala"
_MANAGER = MEMORY + "MemoryManager.scala"
_STORE = "core/src/main/scala/org/apache/spark/storage/memory/MemoryStore.scala"
_UI = "core/src/main/resources/org/apache/spark/ui/static/utils.js"


def result_of(given: Given, memory: ExecutorMemory) -> Result:
    """The figures of ``memory`` with their reasons, sources and notes."""
    return Result(
        breakdowns=(_heap(given, memory), _off_heap(given, memory)),
        lines=_lines(given, memory),
        notes=tuple(notes(given, memory)),
        meanings=meanings(given, memory),
        headline=_headline(memory),
    )


@cache
def _spark(release: str, path: str, symbol: str) -> Source:
    return Source("Spark", release_named(release).tag, path, symbol)


def _headline(memory: ExecutorMemory) -> str:
    regions = memory.regions
    text = (
        f"Of a heap of {mib_text(memory.system_bytes)}, storage and execution share"
        f" {mib_text(regions.unified_bytes)}; {mib_text(regions.storage_bytes)} of it is safe for cached blocks."
    )
    if memory.off_heap.unified_bytes:
        text += f" Off the heap they share {mib_text(memory.off_heap.unified_bytes)} more."
    return text


def _heap(given: Given, memory: ExecutorMemory) -> Breakdown:
    reported = _reported(given, memory)
    return reported if memory.measured else whole_heap(given, memory.java.heap, reported)


def _reported(given: Given, memory: ExecutorMemory) -> Breakdown:
    regions, reserved, system = memory.regions, memory.reserved_bytes, memory.system_bytes
    heap = memory.java.heap
    because = "given" if memory.measured else f"under {NAMES[heap.gc]}, Runtime.maxMemory is {heap.why}"
    total = Line(
        "jvm-max-memory", "Heap that the JVM reports", system, because=because, see=PAGE + "#jvm-max-memory",
        source=TEST_MEMORY.source(given.release),
        provenance=SET if memory.measured else DERIVED,
    )  # fmt: skip
    user = system - reserved - regions.unified_bytes
    fraction = memory.memory_fraction
    return Breakdown(total, (
        Line(
            "reserved-memory", "Reserved memory", reserved, see=PAGE + "#reserved-memory",
            because="a constant in Spark's code" if not _testing(given) else "set by a key for Spark's own tests",
            source=FACTS["RESERVED_SYSTEM_MEMORY_BYTES"].source(given.release),
        ),
        Line(
            "user-memory", "User memory", user, see=PAGE + "#user-memory",
            source=_spark(given.release, _UNIFIED, "getMaxMemory"),
            because=f"what is left: {system:,} - {reserved:,} - {regions.unified_bytes:,}",
        ),
        Breakdown(
            Line(
                "spark-memory", "Spark memory", regions.unified_bytes, see=PAGE + "#spark-memory",
                because=f"({system:,} - {reserved:,}) × {java_double_text(fraction)}, cut to whole bytes",
                source=_spark(given.release, _UNIFIED, "getMaxMemory"),
            ),
            _storage_and_execution(given, memory, regions, ""),
        ),
    ))  # fmt: skip


def _storage_and_execution(given: Given, memory: ExecutorMemory, regions: Regions, where: str) -> tuple[Line, Line]:
    whole, storage = regions.unified_bytes, regions.storage_bytes
    label = "off-heap " if where else ""
    symbol = "offHeapStorageMemory" if where else "onHeapStorageRegionSize"
    return (
        Line(
            f"{where}storage-region", f"{label}storage region".capitalize(), storage, see=PAGE + "#storage-region",
            because=f"{whole:,} × {java_double_text(memory.storage_fraction)}, cut to whole bytes",
            source=_spark(given.release, _MANAGER if where else _UNIFIED, symbol),
        ),
        Line(
            f"{where}execution-region", f"{label}execution region".capitalize(), whole - storage,
            because=f"the rest: {whole:,} - {storage:,}", see=PAGE + "#execution-region",
            source=_spark(given.release, _MANAGER, "offHeapExecutionMemoryPool" if where else "onHeapExecutionMemoryPool"),
        ),
    )  # fmt: skip


def _testing(given: Given) -> bool:
    return given.is_set("spark.testing") or given.is_set("spark.testing.reservedMemory")


def _off_heap(given: Given, memory: ExecutorMemory) -> Breakdown:
    size = memory.off_heap.unified_bytes
    because = "spark.memory.offHeap.size" + ("" if memory.off_heap_enabled or not size else ", though not enabled")
    total = Line(
        "off-heap-memory", "Off-heap memory", size, because=because, see=PAGE + "#off-heap",
        source=_spark(given.release, _MANAGER, "maxOffHeapMemory"), provenance=given.provenance("spark.memory.offHeap.size"),
    )  # fmt: skip
    return Breakdown(total, _storage_and_execution(given, memory, memory.off_heap, "off-heap-"))


def _lines(given: Given, memory: ExecutorMemory) -> tuple[Line, ...]:
    shown = memory.regions.unified_bytes + memory.off_heap.unified_bytes
    return (
        Line(
            "page-size", "Page size", memory.page_bytes, because=page_because(given, memory), see=PAGE + "#page-size",
            source=_spark(given.release, _MANAGER, "defaultPageSizeBytes"),
            provenance=SET if given.is_set("spark.buffer.pageSize") else DERIVED,
        ),
        Line(
            "ui-storage-memory", "Storage Memory in the web UI", shown, ui_bytes(shown, given.release),
            see=PAGE + "#ui-storage-memory",
            because=f"all of Spark memory and off-heap memory, before any task runs: {shown:,} bytes",
            source=_spark(given.release, _UI, "formatBytes"),
        ),
        Line(
            "memory-store-capacity", "MemoryStore started with capacity", shown, bytes_to_string(shown, given.release),
            because=f"the same {shown:,} bytes as the executor's log writes them", see=PAGE + "#ui-storage-memory",
            source=_spark(given.release, _STORE, "maxMemory"),
        ),
    )  # fmt: skip
