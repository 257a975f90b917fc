"""What there is to see of a memory manager after each operation of a script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sparkmem.errors import SparkmemError
from sparkmem.spark.managers.execution_pool import Share
from sparkmem.spark.managers.memory_manager import MemoryManager, ModePools
from sparkmem.spark.managers.replaying import Replay
from sparkmem.watch.script import Statement
from sparkmem.watch.sides import Side


@dataclass(frozen=True)
class Block:
    """A block in memory, and how many are reading it."""

    name: str
    size_bytes: int
    readers: int
    rdd: str | None


@dataclass(frozen=True)
class View:
    """The pools of one memory mode [bytes]; blocks least recently used first, tasks by number."""

    off_heap: bool
    max_bytes: int
    region_bytes: int
    storage_pool: int
    storage_used: int
    execution_pool: int
    execution_used: int
    blocks: tuple[Block, ...]
    unroll_bytes: int
    tasks: tuple[tuple[int, int], ...]
    unmanaged_bytes: int

    @property
    def storage_free(self) -> int:
        return self.storage_pool - self.storage_used

    @property
    def execution_free(self) -> int:
        return self.execution_pool - self.execution_used


@dataclass(frozen=True)
class Waiting:
    """A call that waits: who wants how much, and of which mode."""

    task: int
    wants_bytes: int
    off_heap: bool


@dataclass(frozen=True)
class Scene:
    """The manager after an operation (none at the start), what came of it, and what it was weighed by."""

    statement: Statement | None
    answer: dict[str, Any]
    on_heap: View
    off_heap: View
    waiting: Waiting | None
    shares: tuple[Share, Share]  # of the last calls on and off the heap

    def view(self, off_heap: bool) -> View:
        """The pools of a mode."""
        return self.off_heap if off_heap else self.on_heap

    @property
    def views(self) -> tuple[View, ...]:
        """The modes that have any memory."""
        return tuple(view for view in (self.on_heap, self.off_heap) if view.max_bytes)

    @property
    def operation(self) -> list[Any]:
        """The operation; ``SparkmemError`` at the start, which has none."""
        if self.statement is None:
            raise SparkmemError("nothing has happened yet")
        return self.statement.operation

    @property
    def is_off_heap(self) -> bool:
        """Whether the operation is about memory off the heap."""
        return "off" in self.operation[1:]


def play(statements: Sequence[Statement], side: Side) -> list[Scene]:
    """The manager at its start, and after each operation."""
    replay = Replay(side.make(), side.counts_unmanaged)
    found = [_scene(None, {}, replay)]
    for statement in statements:
        answer = replay.step(statement.operation)
        found.append(_scene(statement, answer, replay))
    return found


def _scene(statement: Statement | None, answer: dict[str, Any], replay: Replay) -> Scene:
    manager = replay.manager
    waiting = Waiting(replay.waiting[1], replay.waiting[0], replay.waiting[2]) if replay.waiting else None
    shares = manager.on_heap.execution.last_share, manager.off_heap.execution.last_share
    views = _view(manager, manager.on_heap), _view(manager, manager.off_heap)
    return Scene(statement, answer, *views, waiting, shares)


def _view(manager: MemoryManager, pools: ModePools) -> View:
    storage, execution = pools.storage, pools.execution
    blocks = tuple(
        Block(name, entry.size, entry.readers, entry.rdd)
        for name, entry in manager.memory_store.entries.items()
        if entry.pool is storage
    )
    return View(
        storage.off_heap, storage.pool_size + execution.pool_size, pools.storage_region_size,
        storage.pool_size, storage.memory_used, execution.pool_size, execution.memory_used, blocks,
        manager.memory_store.unroll_memory[storage.off_heap], tuple(sorted(execution.memory_for_task.items())),
        pools.unmanaged_memory,
    )  # fmt: skip
