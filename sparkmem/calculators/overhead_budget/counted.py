"""What the party that watches the container counts more than once: a budget has to hold it though no memory is used."""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.answer.line import DERIVED, Line
from sparkmem.answer.note import Note
from sparkmem.calculators.overhead_budget.needs import Needs
from sparkmem.jvm.collectors import NAMES
from sparkmem.size import mib_text
from sparkmem.source import Source
from sparkmem.spark.containers.container import YARN

SEE = "memory/yarn/#counted"
_MAPPED = Source("OpenJDK", "jdk-17+35", "src/hotspot/share/gc/z/zPhysicalMemory.cpp", "ZPhysicalMemoryManager::map")


def counted_again(needs: Needs) -> Iterator[Line]:
    """The heap's further mappings, where YARN adds up resident memory."""
    heap = needs.heap
    if needs.app.manager == YARN and needs.process.container and heap.counted_again_bytes:
        yield Line(
            "heap-counted-again", "Heap counted again by YARN", heap.counted_again_bytes, see=SEE, source=_MAPPED,
            because=f"{NAMES[heap.gc]} of Java {heap.java} maps the heap {heap.mappings} times, and resident memory"
            f" counts each: {heap.mappings - 1} × {mib_text(heap.max_heap_bytes)} more",
            provenance=DERIVED,
        )  # fmt: skip


def counted_notes(needs: Needs) -> Iterator[Note]:
    """That it is counted and not used, and what helps."""
    for line in counted_again(needs):
        text = (
            f"YARN reads up to {mib_text(line.size_bytes or 0)} more than is used: {line.because}."
            " Another collector, generational ZGC, or YARN's cgroups in place of its own sums count the heap once."
        )
        yield Note("heap-counted-again", text, SEE, "warning")
