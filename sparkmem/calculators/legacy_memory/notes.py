"""What an expert would say of a heap under the static memory manager."""

from __future__ import annotations

from sparkmem.answer.note import Note
from sparkmem.calculators.legacy_memory.inputs import PAGE
from sparkmem.calculators.legacy_memory.reading import LegacyMemory
from sparkmem.given import Given
from sparkmem.javalang import java_double
from sparkmem.spark.settings import config, plain_values, start_checks, static_shares


def notes_of(given: Given, memory: LegacyMemory) -> list[Note]:
    """The notes on this answer."""
    notes = []
    shares = {entry.key: java_double(given.text(entry.key)) for entry in static_shares.SHARES}
    refusals = [start_checks.fraction_refusal(key, value, given.release) for key, value in shares.items()]
    if any(refusals):
        text = f"The manager takes these shares, but no SparkContext starts with them: {' '.join(filter(None, refusals))}"
        notes.append(Note("fraction-out-of-range", text, PAGE + "#refusals", "warning"))
    if memory.storage.usable_bytes + memory.execution.usable_bytes > memory.system_bytes:
        text = "Storage and execution are promised more than the heap has; Spark does not add the shares up."
        notes.append(Note("more-than-the-heap", text, PAGE + "#unmanaged-memory", "warning"))
    elif memory.storage.whole_bytes + memory.execution.whole_bytes > memory.system_bytes:
        text = "The shares are more than the heap before their safety fractions are taken off: the margins overlap."
        notes.append(Note("margins-overlap", text, PAGE + "#unmanaged-memory"))
    if memory.off_heap_bytes:
        text = "Off the heap the static manager has execution only: a task that caches a block OFF_HEAP fails."
        notes.append(Note("no-off-heap-storage", text, PAGE + "#off-heap"))
    if not plain_values.plain_boolean(config.LEGACY_MODE, given.text(config.LEGACY_MODE)):
        text = f"{config.LEGACY_MODE} is false: Spark takes the unified manager, and these numbers are not its own."
        notes.append(Note("unified-manager", text, PAGE + "#legacy-memory", "warning"))
    return notes
