"""What an expert would say of the memory of one task."""

from __future__ import annotations

from sparkmem.answer.note import Note
from sparkmem.calculator import Given
from sparkmem.calculators.task_memory.inputs import PAGE
from sparkmem.calculators.task_memory.reading import TaskMemory
from sparkmem.subjects.executor.page_for_a_task import page_note


def notes_of(given: Given, memory: TaskMemory) -> list[Note]:
    """The notes on this answer."""
    notes, pool, tasks = [], memory.pool, memory.tasks
    if memory.tasks > memory.at_once:
        text = f"The executor runs {memory.at_once} tasks at a time; {tasks} active ones are more than it would have."
        notes.append(Note("more-tasks-than-slots", text, PAGE + "#active-tasks", "warning"))
    surely = pool.least_for_each(tasks) if tasks > 1 else pool.most_bytes
    if no_page := page_note(pool.most_bytes, tasks, given.release):
        notes.append(no_page)
    elif surely < memory.executor.page_bytes:
        text = "A task may have to go on with less than one page of the usual size: Spark then grants smaller pages."
        notes.append(Note("less-than-a-page", text, PAGE + "#page-size"))
    if pool.storage_used_bytes > pool.regions.storage_bytes:
        text = "Storage holds more than its region: a task gets its full share only once cached blocks have been evicted."
        notes.append(Note("storage-above-region", text, PAGE + "#storage-used"))
    return notes
