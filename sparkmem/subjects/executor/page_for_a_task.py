"""Whether a task can have a page at all, for whoever answers about an executor's tasks."""

from __future__ import annotations

from sparkmem.answer.note import Note
from sparkmem.facts import fact
from sparkmem.size import mib_text

NO_PAGE = "no-page-for-a-task"


def page_note(most_bytes: int, tasks: int, release: str) -> Note | None:
    """What is said where a task may hold less than the smallest page, however long it waits; ``most_bytes`` is all there is.

    Execution asks for whole pages and goes on with less (``TaskMemoryManager.allocatePage``), but what needs more than it
    was given ends (``MemoryConsumer.throwOom``).
    """
    share = most_bytes // tasks
    if share >= fact("MIN_PAGE_SIZE_BYTES", release):
        return None
    with_others = f"With {tasks} tasks at a time, each" if tasks > 1 else "A task"
    return Note(
        NO_PAGE,
        f"{with_others} may hold {mib_text(share)} at most, less than the smallest page that Spark works out: what sorts,"
        " joins or aggregates goes to disk at once, or ends with UNABLE_TO_ACQUIRE_MEMORY.",
        "memory/task-memory/#page-size",
        "warning",
    )
