"""What an expert would say of a heap of the JVM."""

from __future__ import annotations

from sparkmem.answer.note import Note
from sparkmem.calculators.jvm_heap.inputs import PAGE
from sparkmem.jvm.heap import Heap


def notes_of(heap: Heap) -> list[Note]:
    """The notes on this answer."""
    notes = []
    if heap.gc == "z" and heap.java < 15:
        text = "ZGC is experimental in this Java: it starts only with -XX:+UnlockExperimentalVMOptions."
        notes.append(Note("z-experimental", text, PAGE + "#collectors"))
    if heap.gc == "parallel" and heap.starts_full:
        text = "The heap starts at its full size, so less is held back than where it grows."
        notes.append(Note("starts-full", text, PAGE + "#initial-heap"))
    return notes
