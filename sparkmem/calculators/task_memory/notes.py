"""What an expert would say of the memory of one task."""

from __future__ import annotations

from sparkmem.answer.note import Note
from sparkmem.calculators.task_memory.inputs import PAGE
from sparkmem.calculators.task_memory.reading import TaskMemory
from sparkmem.given import Given
from sparkmem.size import mib_text
from sparkmem.spark.settings import config
from sparkmem.subjects.executor.page_for_a_task import page_note

_POLLING = config.UNMANAGED_MEMORY_POLLING_INTERVAL.key


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
    notes += _unmanaged(memory)
    return notes


def _unmanaged(memory: TaskMemory) -> list[Note]:
    """What is held unmanaged: where it can stop a task for ever, and where nobody counts it."""
    pool, see = memory.off_heap, PAGE + "#unmanaged-memory"
    if memory.told_unmanaged_bytes and not memory.executor.unmanaged_counted:
        text = f"Memory held unmanaged is counted since Spark 4.1, and only with {_POLLING} above 0."
        return [Note("unmanaged-not-counted", text, see)]
    if not pool.may_hang:
        return []
    if not memory.executor.off_heap_enabled:
        text = "Execution is on the heap: what RocksDB reports changes nothing for a task."
        return [Note("unmanaged-elsewhere", text, see)]
    most, how = mib_text(pool.most_for_each(memory.tasks)), "" if pool.surely_hangs else ", where it asks for much at once"
    text = (
        f"A fault of Spark: a task that asks for more than {most} can wait for ever{how}, also when it is alone."
        " What is held unmanaged comes off 1/N of the pool and not off 1/2N, and no poll wakes a call that waits."
        f" Give spark.memory.offHeap.size more than twice {mib_text(pool.unmanaged_bytes)} beside what is cached,"
        f" or leave {_POLLING} at 0."
    )
    return [Note("waits-for-ever", text, see, "warning")]
