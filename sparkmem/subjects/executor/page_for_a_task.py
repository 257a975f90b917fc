"""Whether a task can have a page at all, and use it, for whoever answers about an executor's tasks."""

from __future__ import annotations

from sparkmem.answer.note import Note
from sparkmem.facts import fact
from sparkmem.size import mib_text

NO_PAGE = "no-page-for-a-task"
_MOST_BYTES = ((1 << 31) - 1) * 8  # TaskMemoryManager.MAXIMUM_PAGE_SIZE_BYTES, all releases


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


def size_note(page_bytes: int) -> Note | None:
    """What is said of a page size that no operator takes, though Spark starts with it.

    Every hash map refuses it (``BytesToBytesMap``), and sorters cut it down.
    """
    if page_bytes <= _MOST_BYTES:
        return None
    return Note(
        "page-too-large",
        f"Spark starts with pages of {page_bytes:,} bytes, and every aggregation and join by hash ends with"
        f" IllegalArgumentException: Page size {page_bytes} cannot exceed {_MOST_BYTES}. Leave spark.buffer.pageSize out.",
        "memory/executor-heap/#page-size",
        "warning",
    )
