"""The answer about a JVM's heap in words."""

from __future__ import annotations

from sparkmem.answer.breakdown import Breakdown
from sparkmem.answer.line import Line
from sparkmem.answer.result import Result
from sparkmem.calculators.jvm_heap.inputs import PAGE
from sparkmem.calculators.jvm_heap.notes import notes_of
from sparkmem.calculators.jvm_heap.reading import JvmHeap
from sparkmem.given import Given
from sparkmem.jvm.collectors import NAMES
from sparkmem.jvm.heap import Heap
from sparkmem.size import mib_text
from sparkmem.source import Source

_GC = "src/hotspot/share/gc/"
_HOLDS_BACK = {
    "serial": (_GC + "serial/defNewGeneration.cpp", "DefNewGeneration::max_capacity"),
    "parallel": (_GC + "parallel/parallelScavengeHeap.cpp", "ParallelScavengeHeap::max_capacity"),
    "g1": (_GC + "g1/g1CollectedHeap.cpp", "G1CollectedHeap::max_capacity"),
    "z": (_GC + "z/zCollectedHeap.cpp", "ZCollectedHeap::max_capacity"),
    "shenandoah": (_GC + "shenandoah/shenandoahHeap.cpp", "ShenandoahHeap::max_capacity"),
    "epsilon": (_GC + "epsilon/epsilonHeap.cpp", "EpsilonHeap::max_capacity"),
}
_LAST_WITH_CMS = "jdk-11+28"  # of the Javas that were measured
_REGIONS = {
    "g1": (_GC + "g1/heapRegion.cpp", "HeapRegion::setup_heap_region_size"),
    "shenandoah": (_GC + "shenandoah/shenandoahHeapRegion.cpp", "ShenandoahHeapRegion::setup_sizes"),
}


def result_of(given: Given, found: JvmHeap) -> Result:
    """The figures with their reasons, sources and notes."""
    heap = found.heap
    lines = [_initial(heap)]
    if heap.region_bytes is not None:
        lines.append(_region(heap))
    if heap.young_bytes is not None and heap.survivor_bytes is None:
        lines.append(_g1_young(heap))
    if found.least is not None:
        lines += _reverse(found, found.least)
    generations = () if heap.survivor_bytes is None else (_generations(heap),)
    return Result(
        breakdowns=(_reported(found), *generations),
        lines=tuple(lines),
        notes=tuple(notes_of(found)),
        meanings={
            "heap": f"no -Xmx: {heap.asked_bytes:,} bytes" if found.unasked else f"-Xmx of {heap.asked_bytes:,} bytes",
            "gc": f"{NAMES[heap.gc]}, {found.collector_because}",
            "java": f"Java {heap.java}",
        },
        headline=_headline(found),
    )


def _jdk(path: str, symbol: str) -> Source:
    return Source("OpenJDK", "jdk-17+35", path, symbol)


def _holds_back(gc: str) -> Source:
    """Where a collector says what of its heap it reports."""
    if gc == "cms":
        return Source("OpenJDK", _LAST_WITH_CMS, _GC + "shared/genCollectedHeap.cpp", "GenCollectedHeap::max_capacity")
    return _jdk(*_HOLDS_BACK[gc])


_SIZES = _jdk(_GC + "shared/genArguments.cpp", "GenArguments::initialize_size_info")


_CMS_SIZES = Source("OpenJDK", _LAST_WITH_CMS, _GC + "cms/cmsArguments.cpp", "CMSArguments::initialize")
_YOUNG = {
    "": "1/(NewRatio + 1) of the heap unless a flag gives its size, cut to a whole step",
    "cms": "a third of the heap, but no more than CMSYoungGenPerWorker, scaled to 64 bits, for each thread that collects,"
    " unless a flag gives its size",
}
"""How the young generation comes to its size, by collector; "" is all others with generations."""


def _xmx(size_bytes: int) -> str:
    return f"-Xmx{size_bytes >> 20}m" if size_bytes % (1 << 20) == 0 else f"-Xmx{size_bytes}"


def _headline(found: JvmHeap) -> str:
    heap = found.heap
    how = "Without -Xmx" if found.unasked else f"With {_xmx(heap.asked_bytes)}"
    text = (
        f"{how} under {NAMES[heap.gc]}, Java {heap.java} reports"
        f" {mib_text(heap.max_memory_bytes)}"
    )
    text += f" and holds back {mib_text(heap.held_back_bytes)}." if heap.held_back_bytes else ", the whole heap."
    if found.least_xmx_bytes is not None and found.wanted_bytes is not None:
        least = _xmx(found.least_xmx_bytes)
        text += f" {least} is the least that reports {mib_text(found.wanted_bytes)}."
    return text


def _reported(found: JvmHeap) -> Breakdown:
    heap = found.heap
    asked = f"{found.unasked.because}; " if found.unasked else "-Xmx of "
    back = f"what Runtime.maxMemory leaves out: {heap.max_heap_bytes:,} - {heap.max_memory_bytes:,}"
    return Breakdown(
        Line(
            "max-heap-size", "Java heap at its largest", heap.max_heap_bytes, see=PAGE + "#max-heap-size",
            because=f"{asked}{heap.asked_bytes:,} bytes, rounded up to a step of the heap",
            source=_jdk(_GC + "shared/gcArguments.cpp", "GCArguments::initialize_heap_flags_and_sizes"),
        ),
        (
            Line(
                "heap-held-back", "Held back by the collector", heap.held_back_bytes, see=PAGE + "#heap-held-back",
                because=back if heap.held_back_bytes else f"{NAMES[heap.gc]} reports all of its heap",
                source=_holds_back(heap.gc),
            ),
            Line(
                "jvm-max-memory", "Heap that the JVM reports", heap.max_memory_bytes, see=PAGE + "#jvm-max-memory",
                because=f"Runtime.maxMemory is {heap.why}", source=_holds_back(heap.gc),
            ),
        ),
    )  # fmt: skip


def _generations(heap: Heap) -> Breakdown:
    young, survivor = heap.young_bytes or 0, heap.survivor_bytes or 0
    see = PAGE + "#generations"
    return Breakdown(
        Line(
            "generations", "Both generations at their largest", heap.max_heap_bytes, see=see, source=_SIZES,
            because="the same heap, as it is laid out",
        ),
        (
            Breakdown(
                Line(
                    "young-generation", "Young generation", young, see=see,
                    source=_CMS_SIZES if heap.gc == "cms" else _SIZES, because=_YOUNG.get(heap.gc, _YOUNG[""]),
                ),
                (
                    Line(
                        "eden-space", "Eden", young - 2 * survivor, see=see, source=_SIZES,
                        because=f"the young generation less two survivor spaces: {young:,} - 2 × {survivor:,}",
                    ),
                    Line(
                        "survivor-space", "Survivor space", survivor, see=see, source=_SIZES,
                        because="one of two, as the JVM lays it out when it starts",
                    ),
                    Line(
                        "other-survivor-space", "The other survivor space", survivor, see=see, source=_SIZES,
                        because="the second one; one of the two is always empty",
                    ),
                ),
            ),
            Line(
                "old-generation", "Old generation", heap.max_heap_bytes - young, see=see, source=_SIZES,
                because=f"the rest: {heap.max_heap_bytes:,} - {young:,}",
            ),
        ),
    )  # fmt: skip


def _initial(heap: Heap) -> Line:
    because = "all of the heap" if heap.starts_full else "-Xms, or 1/64 of the memory that the JVM sees, up to a whole step"
    source = _jdk("src/hotspot/share/runtime/arguments.cpp", "Arguments::set_heap_size")
    see = PAGE + "#initial-heap"
    return Line("initial-heap", "Heap at the start", heap.initial_bytes, because=because, see=see, source=source)


def _region(heap: Heap) -> Line:
    return Line(
        "region-size", "Region", heap.region_bytes, see=PAGE + "#region-size", source=_jdk(*_REGIONS[heap.gc]),
        because="a power of 2, about 1/2048 of the heap, unless a flag gives it",
    )  # fmt: skip


def _g1_young(heap: Heap) -> Line:
    return Line(
        "young-generation", "Young generation at most", heap.young_bytes, see=PAGE + "#generations",
        because="60 % of the heap's regions unless a flag gives its size; G1 settles it anew after each collection",
        source=_jdk(_GC + "g1/g1YoungGenSizer.cpp", "G1YoungGenSizer::recalculate_min_max_young_length"),
    )  # fmt: skip


def _reverse(found: JvmHeap, least: Heap) -> list[Line]:
    wanted, xmx = found.wanted_bytes or 0, found.least_xmx_bytes or 0
    path, symbol = _HOLDS_BACK[least.gc]
    see, source = PAGE + "#reverse", _jdk(path, symbol)
    reports = f"1 MiB less reports less than {wanted:,} bytes, or is less than the rules were tried with"
    return [
        Line("least-xmx", "Least -Xmx", xmx, _xmx(xmx), because=reports, see=see, source=source),
        Line(
            "least-xmx-max-memory", "What it reports", least.max_memory_bytes, see=see, source=source,
            because=f"{least.max_memory_bytes - wanted:,} bytes more than you want",
        ),
    ]  # fmt: skip
