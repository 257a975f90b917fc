"""What an expert would say of a heap of the JVM."""

from __future__ import annotations

from sparkmem.answer.note import Note
from sparkmem.calculators.jvm_heap.inputs import PAGE
from sparkmem.calculators.jvm_heap.reading import JvmHeap
from sparkmem.jvm.without_xmx import MAX_HEAP_SIZE
from sparkmem.size import mib_text

_SEE = PAGE + "#without-xmx"


def notes_of(found: JvmHeap) -> list[Note]:
    """The notes on this answer."""
    heap, notes = found.heap, _shares(found)
    if heap.gc == "z" and heap.java < 15:
        text = "ZGC is experimental in this Java: it starts only with -XX:+UnlockExperimentalVMOptions."
        notes.append(Note("z-experimental", text, PAGE + "#collectors"))
    if heap.gc == "parallel" and heap.starts_full:
        text = "The heap starts at its full size, so less is held back than where it grows."
        notes.append(Note("starts-full", text, PAGE + "#initial-heap"))
    return notes


def _shares(found: JvmHeap) -> list[Note]:
    """What the shares of memory do, or do not."""
    unasked = found.unasked
    if unasked is None:
        text = "MaxRAMPercentage and MinRAMPercentage have no effect: -Xmx is given, and the heap is what it says."
        return [Note("shares-idle", text, _SEE)] if found.shares_given else []
    if unasked.plateau:
        text = (
            f"The heap stays at {mib_text(found.heap.max_heap_bytes)} over a range of memory: MinRAMPercentage of it is at"
            f" least {mib_text(MAX_HEAP_SIZE)}, and MaxRAMPercentage is less. More memory changes nothing until it is more."
        )
        return [Note("plateau", text, _SEE)]
    if unasked.small and found.shares_given:
        text = "In so little memory MinRAMPercentage decides, whatever its name, and MaxRAMPercentage is not looked at."
        return [Note("small-memory", text, _SEE)]
    return []
