"""A memory manager at work: operations of a trace, one after another, and what comes of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sparkmem.spark.managers.memory_manager import MemoryManager
from sparkmem.spark.managers.pools import Thrown

Operation = list[Any]
_EXECUTION = frozenset(("acqExec", "relExec", "relTask"))


class Replay:
    """A manager at work: ``step`` does one operation and says what came of it.

    >>> from sparkmem.spark.managers.sizes import unified_manager
    >>> from sparkmem.spark.settings.spark_conf import SparkConf
    >>> replay = Replay(unified_manager(SparkConf({"spark.testing.memory": "1000", "spark.testing": "true"}, "4.3")))
    >>> replay.step(["acqExec", 500, 1, "on"])["result"], replay.step(["acqExec", 500, 1, "on"])["result"]
    (500, 100)
    """

    def __init__(self, manager: MemoryManager, counts_unmanaged: bool = False) -> None:
        self.manager = manager
        self.counts_unmanaged = counts_unmanaged
        self.waiting: tuple[int, int, bool] | None = None  # bytes, task, off the heap
        self._tasks = self.tasks()
        store = manager.memory_store
        self._calls: dict[str, Callable[[Operation], Any]] = {
            "put": lambda op: manager.put_bytes(op[1], op[2], op[3] == "off"),
            "get": lambda op: store.get(op[1]),
            "remove": lambda op: store.remove(op[1]),
            "pin": lambda op: store.lock_for_reading(op[1]),
            "unpin": lambda op: store.unlock(op[1]),
            "acqStorage": lambda op: manager.acquire_storage_memory(op[1], op[2], op[3] == "off"),
            "relStorage": lambda op: manager.release_storage_memory(op[1], op[2] == "off"),
            "acqUnroll": lambda op: manager.reserve_unroll_memory(op[1], op[2], op[3] == "off"),
            "relUnroll": lambda op: manager.release_unroll_memory(op[1], op[2] == "off"),
            "acqExec": lambda op: manager.acquire_execution_memory(op[1], op[2], op[3] == "off"),
            "relExec": lambda op: manager.release_execution_memory(op[1], op[2], op[3] == "off"),
            "relTask": lambda op: manager.release_all_execution_memory_for_task(op[1]),
            "unmanaged": self._unmanaged,
        }

    def _unmanaged(self, op: Operation) -> None:
        pools = self.manager.off_heap if op[1] == "off" else self.manager.on_heap
        pools.unmanaged_memory = op[2] if self.counts_unmanaged else 0

    def step(self, op: Operation) -> dict[str, Any]:
        """Do one operation, and let a waiting call look again where the operation wakes it."""
        manager = self.manager
        answer: dict[str, Any] = {}
        manager.monitor.notified = waits = False
        try:
            result = self._calls[op[0]](op)
            if result is not None:
                answer["result"] = result
            else:
                waits = op[0] == "acqExec"
        except Thrown as thrown:
            answer["error"] = thrown.as_dict()
        if self.waiting and manager.monitor.notified:
            self._look_again(self.waiting, answer)
        if waits:
            if self.waiting:
                answer["cancelled"] = True
            else:
                self.waiting = (op[1], op[2], op[3] == "off")
                answer["blocks"] = True
        store = manager.memory_store
        if store.evicted:
            answer["evicted"], store.evicted = store.evicted, []
        answer["state"] = self.state()
        if op[0] in _EXECUTION:  # nothing else touches what tasks hold, nor wakes a call
            self._tasks = self.tasks()
        answer["tasks"] = self._tasks
        return answer

    def _look_again(self, waiting: tuple[int, int, bool], answer: dict[str, Any]) -> None:
        try:
            got = self.manager.acquire_execution_memory_again(*waiting)
        except Thrown as thrown:
            answer.setdefault("error", thrown.as_dict())
            self.waiting = None
        else:
            if got is not None:
                answer["unblocked"] = {"task": waiting[1], "got": got}
                self.waiting = None

    def state(self) -> list[int]:
        """The pools, as ``trace.FORMAT`` says."""
        manager = self.manager
        on, off = manager.on_heap, manager.off_heap
        storage, execution, off_storage, off_execution = on.storage, on.execution, off.storage, off.execution
        used, execution_used = storage.memory_used, execution.memory_used
        off_used, off_execution_used = off_storage.memory_used, off_execution.memory_used
        return [
            used, storage.pool_size, execution_used, execution.pool_size,
            off_used, off_storage.pool_size, off_execution_used, off_execution.pool_size,
            used + off_used, execution_used + off_execution_used,
            manager.max_on_heap_storage_memory(), manager.max_off_heap_storage_memory(),
            manager.memory_store.current_unroll_memory,
        ]  # fmt: skip

    def tasks(self) -> dict[str, int]:
        """What each task holds, on and off the heap together."""
        held = self.manager.on_heap.execution.memory_for_task
        off_heap = self.manager.off_heap.execution.memory_for_task
        if off_heap:
            held = {task: held.get(task, 0) + off_heap.get(task, 0) for task in {**held, **off_heap}}
        return {str(task): held_bytes for task, held_bytes in held.items() if held_bytes}
