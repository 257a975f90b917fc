"""What native memory tracking saw, against the budget: each area, and all of it with what it cannot see."""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.answer.breakdown import Breakdown
from sparkmem.answer.line import Line
from sparkmem.calculators.overhead_budget.budget import Budget
from sparkmem.calculators.overhead_budget.inputs import PAGE
from sparkmem.calculators.overhead_budget.parts import jdk_source
from sparkmem.jvm.native_memory import CODE, COLLECTOR, METASPACE, OTHER, REST, STACKS, NativeMemory
from sparkmem.size import MIB, mib_text

# Each area, what a row calls it, and the parts of the budget that are for it.
SEEN_AREAS = {
    METASPACE: ("Metaspace, committed", ("metaspace",)),
    CODE: ("Compiled code, committed", ("code-cache",)),
    COLLECTOR: ("Collector, committed", ("gc-structures",)),
    STACKS: ("Stacks, committed", ("thread-stacks",)),
    OTHER: ("Direct and off-heap, committed", ("direct-memory", "arrow-batches", "counted-off-heap")),
    REST: ("Symbols and the JVM's own, committed", ("symbols-internal",)),
}
_IDS = {OTHER: "nmt-direct-memory", REST: "nmt-symbols-internal"}
UNSEEN = ("python-workers", "native-libraries", "mapped-files")

_SOURCE = jdk_source("src/hotspot/share/services/memReporter.cpp", "MemSummaryReporter")
_SEE = PAGE + "#paste"


def seen_picture(budget: Budget, native: NativeMemory) -> Breakdown:
    """What is committed outside the heap, by area."""
    lines = tuple(_area(budget, native, area) for area in SEEN_AREAS)
    total = Line(
        "nmt-outside-heap", "Committed outside the heap", native.outside_bytes, see=_SEE, source=_SOURCE,
        because=f"all categories printed but the heap, which has {mib_text(native.heap.committed_bytes)} committed",
    )  # fmt: skip
    return Breakdown(total, lines)


def budgeted(budget: Budget, area: str) -> int:
    """What is budgeted for an area [bytes]; with Spark's off-heap memory where that has a term of its own."""
    own = budget.needs.process.terms.off_heap_mib * MIB if area == OTHER else 0
    return sum(budget.part(id) for id in SEEN_AREAS[area][1]) + own


def above_bytes(budget: Budget, native: NativeMemory) -> int:
    """What is committed beyond the budget of each area, together [bytes]."""
    return sum(max(native.committed_bytes(area) - budgeted(budget, area), 0) for area in SEEN_AREAS)


def _area(budget: Budget, native: NativeMemory, area: str) -> Line:
    listed = " + ".join(f"{found.name} {mib_text(found.committed_bytes)}" for found in native.of(area)) or "no category"
    committed, room = native.committed_bytes(area), budgeted(budget, area)
    side = f"{mib_text(room - committed)} less than" if committed <= room else f"{mib_text(committed - room)} more than"
    return Line(
        _IDS.get(area, f"nmt-{area}"), SEEN_AREAS[area][0], committed, see=_SEE, source=_SOURCE,
        because=f"{listed}: {side} the {mib_text(room)} budgeted",
    )  # fmt: skip


def own_room(budget: Budget, native: NativeMemory) -> int:
    """What of it lies in Spark's off-heap memory, which has a term of its own in the container [bytes], at most."""
    return min(native.committed_bytes(OTHER), budget.needs.process.terms.off_heap_mib * MIB)


def unseen_bytes(budget: Budget) -> int:
    """What tracking cannot see, as budgeted; of Arrow's batches the half that lies in the workers."""
    batches = budget.part("arrow-batches") // 2 if budget.needs.python_in_overhead else 0
    return sum(budget.part(id) for id in UNSEEN) + batches


def in_overhead(budget: Budget, native: NativeMemory) -> int:
    """What the overhead has to hold of what was seen, and of what cannot be seen [bytes]."""
    return native.outside_bytes - own_room(budget, native) + unseen_bytes(budget)


def seen_lines(budget: Budget, native: NativeMemory) -> Iterator[Line]:
    """All of it against the overhead, and what has grown since a baseline."""
    own, unseen, held = own_room(budget, native), unseen_bytes(budget), in_overhead(budget, native)
    because = f"{mib_text(native.outside_bytes)} seen"
    because += f" - {mib_text(own)} that may be off-heap memory with its own term" if own else ""
    because += f" + {mib_text(unseen)} budgeted for what tracking cannot see"
    yield Line("nmt-in-overhead", "Of the overhead in use", held, because=because, see=_SEE)
    if native.is_diff:
        grown = [found for found in native.categories if found.grown_bytes]
        grown.sort(key=lambda found: -abs(found.grown_bytes or 0))
        named = ", ".join(f"{found.name} {_signed(found.grown_bytes or 0)}" for found in grown)
        together = _signed(sum(found.grown_bytes or 0 for found in grown)) if grown else "nothing"
        because = f"committed outside the heap: {named}" if grown else "no category has more or less committed"
        yield Line("nmt-growth", "Grown since the baseline", None, together, because=because, see=_SEE)


def _signed(size_bytes: int) -> str:
    return mib_text(size_bytes) if size_bytes < 0 else f"+{mib_text(size_bytes)}"


def seen_headline(budget: Budget, native: NativeMemory) -> str:
    """What was seen, against the overhead."""
    held, overhead = in_overhead(budget, native), budget.overhead_bytes
    seen = f"Seen: {mib_text(native.outside_bytes)} committed outside the heap"
    if overhead is None:
        return f"{seen}."
    if held <= overhead:
        return f"{seen}, {mib_text(overhead - held)} of the overhead free."
    return f"{seen}, which with the rest is {mib_text(held - overhead)} more than the overhead."
