"""What an expert would say of a number of the web UI or the log."""

from __future__ import annotations

from sparkmem.answer.note import Note
from sparkmem.calculators.ui_number.inputs import PAGE
from sparkmem.calculators.ui_number.reading import Found
from sparkmem.given import Given
from sparkmem.size.shown import ROUNDED
from sparkmem.spark.ends.exit_codes import code_written
from sparkmem.spark.managers import static_regions


def nothing_explains(given: Given, found: list[Found]) -> Note:
    text = (
        "No heap in whole MiB, with the usual sizes of off-heap memory, comes to this number:"
        " a fraction or an off-heap size may be set, or the number is not a total of storage memory."
    )
    if found[0].search.known_mib is not None or found[0].search.known_off_heap_bytes is not None:
        text = "With what you know, nothing comes to this number: leave out what you are less sure of."
    return Note("nothing-explains", text, PAGE + "#nearest", "warning")


def exit_code(given: Given) -> Note | None:
    """What the number is where it is an exit code, which nobody's web UI shows as a size; None where it is none."""
    found = code_written(given.text("number"))
    if found is None:
        return None
    said = f"{found.code} is an exit code ({found.name}), if a process ended with it."
    return Note("exit-code", said, f"reference/exit-codes/#{found.id}")


def notes_of(given: Given, found: list[Found]) -> list[Note]:
    """The notes on this answer."""
    notes = []
    reading = found[0].reading
    if given.release == "any" and reading.releases == (static_regions.RELEASE,):
        text = "Read as Spark 2.4 writes it: MB is 10⁶ bytes in its web UI, 2²⁰ in its log. Later releases write MiB."
        notes.append(Note("unit-of-2-4", text, PAGE + "#readings"))
    if found[0].free:
        text = (
            "Free is what is left of storage memory, not its total. The total stands in the line \"MemoryStore started with"
            ' capacity" of the same log, and on the Executors page after the slash.'
        )
        notes.append(Note("free-is-no-total", text, PAGE + "#readings", "warning"))
    if ROUNDED in reading.where:
        text = "Spark does not write the number in this form; it was read as rounded by hand."
        notes.append(Note("rounded-by-hand", text, PAGE + "#readings"))
    return notes
