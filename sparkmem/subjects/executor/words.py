"""What is said of an executor's heap and page in more than one answer."""

from __future__ import annotations

from sparkmem.answer.breakdown import Breakdown
from sparkmem.answer.line import Line
from sparkmem.facts import FACTS
from sparkmem.given import Given
from sparkmem.jvm.collectors import NAMES
from sparkmem.jvm.heap import Heap
from sparkmem.spark.managers.unified_regions import collectors_with_header
from sparkmem.subjects.executor.figures import ExecutorMemory
from sparkmem.subjects.executor.inputs import PAGE


def whole_heap(given: Given, heap: Heap, reported: Breakdown) -> Breakdown:
    """What the JVM reports, within the heap where its collector holds something back."""
    held_back = heap.held_back_bytes
    if held_back == 0:
        return reported
    source = FACTS["HEAP_ALIGNMENT"].source(given.release)
    total = Line(
        "max-heap-size", "Java heap at its largest", heap.max_heap_bytes, see=PAGE + "#jvm-max-memory",
        because=f"-Xmx of {heap.asked_bytes:,} bytes, rounded up to a step of the heap", source=source,
    )  # fmt: skip
    back = Line(
        "heap-held-back", "Held back by the collector", held_back, see=PAGE + "#jvm-max-memory",
        because=f"one survivor space, always empty: {heap.max_heap_bytes:,} - {heap.max_memory_bytes:,}",
        source=FACTS["SurvivorRatio" if heap.gc in ("serial", "cms") else "MinSurvivorRatio"].source(given.release),
    )  # fmt: skip
    return Breakdown(total, (back, reported))


def page_because(given: Given, memory: ExecutorMemory) -> str:
    """Why the page has its size, in words."""
    if given.is_set("spark.buffer.pageSize"):
        return "spark.buffer.pageSize, taken as it is"
    pool = memory.off_heap if memory.off_heap_enabled else memory.regions
    where = "off-heap " if memory.off_heap_enabled else ""
    cores = f"{memory.cores} core{'s' * (memory.cores != 1)}"
    text = (
        f"{where}execution pool {pool.execution_bytes:,} / {cores} / 16, up to a power of 2,"
        " at least 1 MiB and at most 64 MiB"
    )
    gc = memory.java.heap.gc
    if not memory.off_heap_enabled and gc in collectors_with_header(given.release):
        text += f"; less 16 bytes under {NAMES[gc]}, so that a page and its array header fit one region"
    return text
