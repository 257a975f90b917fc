"""What happened in a step and why, in a few sentences, by Spark's rule."""

from __future__ import annotations

from collections.abc import Iterable

from sparkmem.size import mib_text as mib
from sparkmem.watch.asking import asks
from sparkmem.watch.scenes import Block, Scene
from sparkmem.watch.sides import Side
from sparkmem.watch.storing import not_stored, stored


def sentence(before: Scene | None, after: Scene, side: Side) -> str:
    """What a reader should know of a step; ``before`` is None at the start."""
    if before is None or after.statement is None:
        return " ".join(_start(after, side))
    if "error" in after.answer and "result" not in after.answer:
        return _thrown(after.answer["error"])
    said = list(_SAYERS[after.operation[0]](before, after, side))
    return " ".join([*said, *_waiting(before, after)])


def _start(scene: Scene, side: Side) -> Iterable[str]:
    heap = scene.on_heap
    if side.is_static:
        yield (
            f"Storage has {mib(heap.storage_pool)} of the heap, execution {mib(heap.execution_pool)};"
            " neither can borrow from the other."
        )
    else:
        yield (
            f"On the heap, storage and execution share {mib(heap.max_bytes)}."
            f" The storage region is {mib(heap.region_bytes)}: what is cached up to it is safe from execution."
        )
    if scene.off_heap.max_bytes:
        yield f"Off the heap there are {mib(scene.off_heap.max_bytes)}, with pools of their own."


def _thrown(error: dict[str, str]) -> str:
    return f"Spark throws {error['class'].rpartition('.')[2]}: {error['message']}."


def _put(before: Scene, after: Scene, side: Side) -> Iterable[str]:
    name, size = after.operation[1:3]
    yield from (stored if after.answer["result"] else not_stored)(name, size, before, after, side, "is stored")
    if not after.answer["result"]:
        yield "It goes to disk, or is computed again when it is needed, as its storage level says."


def _unroll(before: Scene, after: Scene, side: Side) -> Iterable[str]:
    name, size = after.operation[1:3]
    verb = f"gets {mib(size)} for unrolling"
    yield from (stored if after.answer["result"] else not_stored)(name, size, before, after, side, verb)
    if not after.answer["result"]:
        yield "Unrolling stops: what there is of the block goes on as an iterator, and the block is not cached in memory."


def _unroll_ends(before: Scene, after: Scene, side: Side) -> Iterable[str]:
    freed = before.view(after.is_off_heap).unroll_bytes - after.view(after.is_off_heap).unroll_bytes
    yield f"{mib(freed)} of unroll memory are free again; they are storage memory like any other."
    if freed < after.operation[1]:
        yield "More was not held for unrolling in this mode."


def _get(before: Scene, after: Scene, side: Side) -> Iterable[str]:
    name = after.operation[1]
    if after.answer["result"]:
        yield f"{name} was used, so it is the last of all blocks to be evicted now."
    else:
        yield f"{name} is not in memory: it is read from disk, or computed again."


def _remove(before: Scene, after: Scene, side: Side) -> Iterable[str]:
    name = after.operation[1]
    block = _named(name, before)
    if after.answer["result"] and block:
        yield f"{name} is dropped. Its {mib(block.size_bytes)} are free; the storage pool keeps its size."
    elif block:
        yield f"{name} is being read: to drop it would wait until it has been."
    else:
        yield f"{name} is not in memory."


def _pin(before: Scene, after: Scene, side: Side) -> Iterable[str]:
    name = after.operation[1]
    if after.answer["result"]:
        yield f"{name} is being read. A block with a read lock is spared when blocks are evicted."
    else:
        yield f"{name} is not in memory, so there is nothing to lock."


def _unpin(before: Scene, after: Scene, side: Side) -> Iterable[str]:
    name = after.operation[1]
    if not after.answer["result"]:
        yield f"Nobody was reading {name}."
        return
    block = _named(name, after)
    still = f"; {block.readers} still do" if block and block.readers else ": it may be evicted again"
    yield f"One reader of {name} is done{still}."


def _releases(before: Scene, after: Scene, side: Side) -> Iterable[str]:
    _, asked, task, _ = after.operation
    freed = dict(before.view(after.is_off_heap).tasks).get(task, 0) - _held_after(after, task)
    if after.statement and after.statement.spills:
        yield f"Task {task} writes to disk what it held in {mib(min(asked, freed))}, and gives the memory back."
    else:
        yield f"Task {task} gives {mib(min(asked, freed))} back."
    if task not in dict(after.view(after.is_off_heap).tasks):
        yield "It holds nothing any more, so it is not active any more."


def _held_after(after: Scene, task: int) -> int:
    unblocked = after.answer.get("unblocked", {})
    got = unblocked["got"] if unblocked.get("task") == task else 0
    held: int = dict(after.view(after.is_off_heap).tasks).get(task, 0) - got
    return held


def _ends(before: Scene, after: Scene, side: Side) -> Iterable[str]:
    task = after.operation[1]
    freed, active = after.answer["result"], len(after.on_heap.tasks)
    yield f"Task {task} ends and gives back all it had, {mib(freed)}."
    if active and any(task == number for number, _ in before.on_heap.tasks):
        yield f"{active} {'task is' if active == 1 else 'tasks are'} active now, so the share of each grows."


def _unmanaged(before: Scene, after: Scene, side: Side) -> Iterable[str]:
    size = after.operation[2]
    if not side.counts_unmanaged:
        yield (
            f"{mib(size)} are held outside the pools. {side.label} does not count them:"
            " only Spark 4.1 and later can, and only with spark.memory.unmanagedMemoryPollingInterval above 0."
        )
        return
    if size:
        yield (
            f"Spark has polled {mib(size)} held outside its pools. By so much less may a new block be large,"
            " and a task hold; the pools keep their sizes, and what was granted stays granted."
        )
    else:
        yield "Nothing is held outside the pools any more."
    if before.waiting:
        yield f"Nothing of that wakes task {before.waiting.task}."


def _waiting(before: Scene, after: Scene) -> Iterable[str]:
    """What became of a call that was waiting before this step."""
    if not before.waiting:
        return
    task = before.waiting.task
    unblocked = after.answer.get("unblocked")
    if unblocked:
        yield f"That wakes task {task}: it gets {mib(unblocked['got'])} of {mib(before.waiting.wants_bytes)}."
    elif "error" in after.answer:
        message = after.answer["error"]["message"]
        yield f"Task {task} was waiting for memory when it was released: its call ends with {message!r}."
    elif after.operation[0] in ("relExec", "relTask"):
        yield f"Task {task} is woken and looks again, but would still be below 1/2N; it goes on waiting."


def _named(name: str, scene: Scene) -> Block | None:
    return next((block for view in scene.views for block in view.blocks if block.name == name), None)


_SAYERS = {
    "put": _put,
    "get": _get,
    "remove": _remove,
    "pin": _pin,
    "unpin": _unpin,
    "acqUnroll": _unroll,
    "relUnroll": _unroll_ends,
    "acqExec": asks,
    "relExec": _releases,
    "relTask": _ends,
    "unmanaged": _unmanaged,
}
