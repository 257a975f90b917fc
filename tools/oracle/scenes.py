"""Scenes of a few operations on storage and execution, done in a running Spark with 1000 bytes of memory.

An operation is a method of ``Scenes`` by its name: put, touch, pin (read-lock) a block; reserve memory to unroll one;
execute (acquire execution memory for a task) and release; allocate a page or an array; consume (acquire through one
of a task's consumers, which spill all they have when they are asked to, the "unwilling" one nothing).
A call that has to wait gives "waits"; the step at which it ends has what it got.
"""

import threading
from collections.abc import Callable
from typing import Any

from . import jvm
from .kinds import companion, spark_release
from .releases import at_least

MEMORY = 1000
"""Bytes that storage and execution share, half of them the storage region."""

_CONSUMER = """
public class Consumer extends org.apache.spark.memory.MemoryConsumer {
  public long spilled = 0;
  public final boolean willing;
  public Consumer(org.apache.spark.memory.TaskMemoryManager manager, boolean willing) {
    super(manager, 1048576L, org.apache.spark.memory.MemoryMode.ON_HEAP);
    this.willing = willing;
  }
  public long spill(long size, org.apache.spark.memory.MemoryConsumer trigger) {
    if (!willing) return 0L;
    long given = getUsed();
    spilled += given;
    freeMemory(given);
    return given;
  }
}
"""
_WAIT = 0.6
"""Seconds after which a call that has not come back is said to wait."""

SCENES: dict[str, list[list[Any]]] = {
    "least recently used goes first": [
        ["put", "rdd_1_0", 300, "MEMORY_ONLY_SER"], ["put", "rdd_2_0", 300, "MEMORY_ONLY_SER"],
        ["put", "rdd_3_0", 300, "MEMORY_ONLY_SER"], ["touch", "rdd_1_0"], ["put", "rdd_4_0", 300, "MEMORY_ONLY_SER"],
    ],
    "blocks of the same RDD stay": [
        ["put", "rdd_1_0", 300, "MEMORY_ONLY_SER"], ["put", "rdd_1_1", 300, "MEMORY_ONLY_SER"],
        ["put", "rdd_1_2", 300, "MEMORY_ONLY_SER"], ["put", "rdd_1_3", 300, "MEMORY_ONLY_SER"],
        ["put", "rdd_2_0", 300, "MEMORY_ONLY_SER"],
    ],
    "a block that is read stays": [
        ["put", "rdd_1_0", 300, "MEMORY_ONLY_SER"], ["put", "rdd_2_0", 300, "MEMORY_ONLY_SER"],
        ["put", "rdd_3_0", 300, "MEMORY_ONLY_SER"], ["pin", "rdd_1_0"], ["put", "rdd_4_0", 300, "MEMORY_ONLY_SER"],
    ],
    "nothing is evicted for a block that would still not fit": [
        ["put", "rdd_1_0", 300, "MEMORY_ONLY_SER"], ["put", "rdd_2_0", 600, "MEMORY_ONLY_SER"],
        ["put", "rdd_1_1", 800, "MEMORY_ONLY_SER"],
    ],
    "an evicted block goes to disk if its level says so": [
        ["put", "rdd_1_0", 400, "MEMORY_AND_DISK_SER"], ["put", "rdd_2_0", 400, "MEMORY_ONLY_SER"],
        ["put", "rdd_3_0", 900, "MEMORY_ONLY_SER"],
    ],
    "pieces of a broadcast are evicted like other blocks": [
        ["put", "broadcast_1_piece0", 400, "MEMORY_AND_DISK_SER"], ["put", "rdd_2_0", 400, "MEMORY_ONLY_SER"],
        ["put", "rdd_3_0", 400, "MEMORY_ONLY_SER"],
    ],
    "execution evicts above the storage region only": [
        *(["put", f"rdd_{n}_0", 200, "MEMORY_ONLY_SER"] for n in range(1, 6)), ["execute", 1, 1000],
    ],
    "storage within its region is left alone": [
        ["put", "rdd_1_0", 250, "MEMORY_ONLY_SER"], ["put", "rdd_2_0", 250, "MEMORY_ONLY_SER"], ["execute", 1, 1000],
    ],
    "storage does not evict execution": [
        ["execute", 1, 800], ["put", "rdd_1_0", 300, "MEMORY_ONLY_SER"], ["put", "rdd_2_0", 300, "MEMORY_AND_DISK_SER"],
        ["put", "rdd_3_0", 200, "MEMORY_ONLY_SER"],
    ],
    "storage takes free execution memory": [["put", "rdd_1_0", 900, "MEMORY_ONLY_SER"]],
    "unroll memory is storage memory": [
        ["put", "rdd_1_0", 300, "MEMORY_ONLY_SER"], ["put", "rdd_2_0", 300, "MEMORY_ONLY_SER"], ["unroll", "rdd_3_0", 700],
    ],
    "a task alone may take all": [["execute", 1, 1000]],
    "of two tasks each may take half": [["execute", 1, 100], ["execute", 2, 1000], ["execute", 1, 1000]],
    "a task waits while it has less than half its share": [
        ["execute", 1, 800], ["execute", 2, 400], ["release", 1, 100], ["release", 1, 700],
    ],
    "a task with half its share does not wait": [["execute", 1, 600], ["execute", 2, 600]],
    "a task that gave all back does not count": [["execute", 1, 100], ["release", 1, 100], ["execute", 2, 1000]],
    "a page may be smaller than asked": [["page", 1, 2000]],
    "an array that does not fit is refused": [["array", 1, 250]],
    "consumers of one task spill for each other": [["consume", 1, "a", 800], ["consume", 1, "b", 800]],
    "consumers of other tasks do not": [["consume", 1, "a", 800], ["consume", 2, "b", 800]],
    "what cannot spill is not taken": [["consume", 1, "unwilling", 800], ["consume", 1, "b", 800]],
}


class Scenes:
    """The memory manager and the blocks of a SparkContext in this JVM, and what happens to them."""

    def __init__(self, real: jvm.Jvm, context: Any) -> None:
        self.real, self.release = real, spark_release(real)
        self.blocks, self.memory = self._of(context, "blockManager"), self._of(context, "memoryManager")
        self.store = self.blocks.memoryStore()
        self.on_heap = real.view.org.apache.spark.memory.MemoryMode.ON_HEAP
        self.any = companion(real, "scala.reflect.ClassTag").Any()

    def _of(self, context: Any, name: str) -> Any:
        """A field of SparkEnv, whose methods the gateway cannot list: 4.3 has one whose class is not among its jars."""
        fields = self.real.view.java.lang.Class.forName("org.apache.spark.SparkEnv").getDeclaredFields()
        field = next(field for field in fields if field.getName().lstrip("_") == name)
        field.setAccessible(True)
        return field.get(context.sc().env())

    def play(self, operations: list[list[Any]]) -> list[dict[str, Any]]:
        """What came of each operation; everything is given back before it begins and after it ends."""
        self._names: list[str] = []
        self._pinned: list[str] = []
        self._tasks: dict[int, Any] = {}
        self._consumers: dict[str, Any] = {}
        self._waiting: tuple[int, threading.Thread, dict[str, Any]] | None = None
        steps = [self._step(operation) for operation in operations]
        for name in self._names:
            if name in self._pinned:
                self.blocks.blockInfoManager().unlock(self._id(name), self._none())
            self.blocks.removeBlock(self._id(name), False)
        for task in self._tasks:
            self.memory.releaseAllExecutionMemoryForTask(task)
        self.store.releaseUnrollMemoryForThisTask(self.on_heap, 1 << 40)
        left = self.memory.storageMemoryUsed(), self.memory.executionMemoryUsed()
        if left != (0, 0):
            raise SystemExit(f"oracle: a scene left {left} bytes of storage and execution behind: {operations}")
        return steps

    def _step(self, operation: list[Any]) -> dict[str, Any]:
        name, *given = operation
        act: Callable[..., Any] = getattr(self, f"_{name}")
        step: dict[str, Any] = {}
        try:
            result = act(*given)
        except self.real.java_error as error:
            step["error"] = self.real.refusal(error)
        else:
            if result is not None:
                step["result"] = result
        if self._waiting is not None and name == "release":
            task, thread, got = self._waiting
            thread.join(_WAIT)
            if not thread.is_alive():
                step["unblocked"] = {"task": task, **got}
                self._waiting = None
        return {**step, **self._state()}

    def _state(self) -> dict[str, Any]:
        """Where the blocks are and what is used, asked in ways that do not count as a use of a block."""
        stores = (("memory", self.store), ("disk", self.blocks.diskStore()))
        found = {name: [place for place, store in stores if store.contains(self._id(name))] for name in self._names}
        where = {name: places for name, places in found.items() if places}
        return {"blocks": where, "storage": self.memory.storageMemoryUsed(), "execution": self.memory.executionMemoryUsed()}

    def _id(self, name: str) -> Any:
        return self.real.view.org.apache.spark.storage.BlockId.apply(name)

    def _put(self, name: str, size: int, level: str) -> bool:
        view = self.real.view
        data = view.org.apache.spark.util.io.ChunkedByteBuffer(view.java.nio.ByteBuffer.allocate(size))
        self._names.append(name)
        known = view.org.apache.spark.storage.StorageLevel.fromString(level)
        newer = [self._none(), False] if at_least(self.release, "4.3") else []
        return bool(self.blocks.putBytes(self._id(name), data, known, False, *newer, self.any))

    def _touch(self, name: str) -> None:
        self.store.getBytes(self._id(name))

    def _pin(self, name: str) -> None:
        self.blocks.blockInfoManager().lockForReading(self._id(name), True)
        self._pinned.append(name)

    def _none(self) -> Any:
        return companion(self.real, "scala.None")

    def _unroll(self, name: str, size: int) -> bool:
        return bool(self.store.reserveUnrollMemoryForThisTask(self._id(name), size, self.on_heap))

    def _execute(self, task: int, size: int) -> Any:
        self._tasks[task] = None
        return self._or_waits(task, lambda: self.memory.acquireExecutionMemory(size, task, self.on_heap))

    def _or_waits(self, task: int, call: Callable[[], Any]) -> Any:
        """What the call returns, or "waits"; one call at a time may go on waiting."""
        got: dict[str, Any] = {}

        def run() -> None:
            got["got"] = call()

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        thread.join(_WAIT)
        if thread.is_alive():
            self._waiting = task, thread, got
            return "waits"
        return got["got"]

    def _release(self, task: int, size: int) -> None:
        self.memory.releaseExecutionMemory(size, task, self.on_heap)

    def _manager(self, task: int) -> Any:
        if self._tasks.get(task) is None:
            self._tasks[task] = self.real.view.org.apache.spark.memory.TaskMemoryManager(self.memory, task)
        return self._tasks[task]

    def _consumer(self, task: int, name: str) -> Any:
        if name not in self._consumers:
            made = self.real.compiled("Consumer", _CONSUMER).getConstructors()[0]
            arguments = self.real.array("java.lang.Object", self._manager(task), name != "unwilling")
            self._consumers[name] = made.newInstance(arguments)
        return self._consumers[name]

    def _page(self, task: int, size: int) -> int:
        consumer = self._consumer(task, "page")
        page = self._manager(task).allocatePage(size, consumer)
        size = int(page.size())
        self._manager(task).freePage(page, consumer)
        return size

    def _array(self, task: int, longs: int) -> int:
        return int(self._consumer(task, "array").allocateArray(longs).size())

    def _consume(self, task: int, name: str, size: int) -> Any:
        consumer = self._consumer(task, name)
        got = self._or_waits(task, lambda: consumer.acquireMemory(size))
        spilled = {other: self.real.field(found, "spilled") for other, found in self._consumers.items()}
        if got == "waits":
            for other, found in self._consumers.items():
                if other != name:
                    found.freeMemory(found.getUsed())
            assert self._waiting is not None
            self._waiting[1].join(_WAIT)
            got, self._waiting = {"waits": True, "then": self._waiting[2]["got"]}, None
        return {"got": got, "spilled": spilled}
