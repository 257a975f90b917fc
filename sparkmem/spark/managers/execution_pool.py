"""The execution pool, and how tasks share it: 1/N at most, 1/2N before anyone has to spill (``ExecutionMemoryPool``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sparkmem.spark.managers.pools import MemoryPool, Monitor, Thrown


class Share(NamedTuple):
    """What a call for memory was weighed by [bytes]: the tasks that were active, and a task's bounds."""

    active_tasks: int
    max_pool_size: int
    max_memory_per_task: int
    min_memory_per_task: int
    held: int
    granted: int


class ExecutionMemoryPool(MemoryPool):
    """Memory of shuffles, joins, sorts and aggregations, by task."""

    __slots__ = ("last_share", "memory_for_task", "monitor")

    def __init__(self, pool_size: int, monitor: Monitor) -> None:
        super().__init__(pool_size)
        self.monitor = monitor
        self.memory_for_task: dict[int, int] = {}
        self.last_share = Share(0, 0, 0, 0, 0, 0)

    def acquire_memory(
        self, num_bytes: int, task: int, maybe_grow_pool: Callable[[int], None], compute_max_pool_size: Callable[[], int]
    ) -> int | None:
        """Memory for a task: what it is granted, perhaps less than it asked for, or None where it has to wait.

        A task that asks is active from then on, whatever it gets, and every other's share shrinks:
        calls that wait are woken to look again.
        """
        if num_bytes <= 0:
            message = f"assertion failed: invalid number of bytes requested: {num_bytes}"
            raise Thrown("java.lang.AssertionError", message)
        if task not in self.memory_for_task:
            self.memory_for_task[task] = 0
            self.monitor.notified = True
        return self.try_to_acquire(num_bytes, task, maybe_grow_pool, compute_max_pool_size)

    def try_to_acquire(
        self, num_bytes: int, task: int, maybe_grow_pool: Callable[[int], None], compute_max_pool_size: Callable[[], int]
    ) -> int | None:
        """One pass of the loop in ``acquireMemory``; a call that waits comes here again when it is woken."""
        tasks = self.memory_for_task
        held = tasks.get(task)
        if held is None:  # the task was released while its call was waiting
            raise Thrown("java.util.NoSuchElementException", f"key not found: {task}")
        active = len(tasks)
        maybe_grow_pool(num_bytes - self.pool_size + self.memory_used)
        max_pool_size = compute_max_pool_size()
        max_memory_per_task = max_pool_size // active
        min_memory_per_task = self.pool_size // (2 * active)
        granted = min(num_bytes, max(0, max_memory_per_task - held), self.pool_size - self.memory_used)
        self.last_share = Share(active, max_pool_size, max_memory_per_task, min_memory_per_task, held, granted)
        if granted < num_bytes and held + granted < min_memory_per_task:
            return None
        tasks[task] = held + granted
        self.memory_used += granted
        return granted

    def release_memory(self, num_bytes: int, task: int) -> None:
        """Take memory back from a task; one that holds nothing any more is not active any more."""
        held = self.memory_for_task.get(task)
        if held is not None:
            freed = min(held, num_bytes)
            self.memory_used -= freed
            if held > freed:
                self.memory_for_task[task] = held - freed
            else:
                del self.memory_for_task[task]
        self.monitor.notified = True

    def release_all_memory_for_task(self, task: int) -> int:
        """Take everything back from a task, as when it ends, and say how much that was."""
        freed = self.memory_for_task.get(task, 0)
        self.release_memory(freed, task)
        return freed
