"""Why a block found room or did not, in sentences."""

from __future__ import annotations

from collections.abc import Iterable

from sparkmem.size import mib_text as mib
from sparkmem.spark.managers.storage_pool import rdd_id
from sparkmem.watch.scenes import Scene, View
from sparkmem.watch.sides import Side


def stored(name: str, size: int, before: Scene, after: Scene, side: Side, verb: str) -> Iterable[str]:
    """Where the room came from: free storage memory, what execution left free, evicted blocks."""
    was, now = before.view(after.is_off_heap), after.view(after.is_off_heap)
    evicted = after.answer.get("evicted", [])
    borrowed = now.storage_pool - was.storage_pool
    if borrowed <= 0 and not evicted:
        yield f"{name} {verb}: the storage pool had {mib(was.storage_free)} free."
        return
    yield f"{name} {verb}."
    if borrowed > 0:
        yield f"The storage pool had {mib(was.storage_free)} free, and borrows {mib(borrowed)} that execution does not use."
    elif not side.is_static:
        yield f"The storage pool had {mib(was.storage_free)} free, and execution has nothing free."
    if evicted:
        blocks = {block.name: block.size_bytes for block in was.blocks}
        listed = ", ".join(f"{block} ({mib(blocks[block])})" for block in evicted)
        yield f"For the rest, {listed} {'is' if len(evicted) == 1 else 'are'} evicted, least recently used first."


def not_stored(name: str, size: int, before: Scene, after: Scene, side: Side, verb: str) -> Iterable[str]:
    """Why there was no room."""
    was, now = before.view(after.is_off_heap), after.view(after.is_off_heap)
    yield f"{name} {'does not fit' if verb == 'is stored' else 'gets nothing for unrolling'}."
    most = now.storage_pool if side.is_static else was.max_bytes - was.execution_used - was.unmanaged_bytes
    if size > most:
        yield f"It needs {mib(size)}, and a block can have {mib(max(0, most))} at most" + _limit(was, side)
        return
    if side.is_static and verb != "is stored":
        yield "Unrolling may evict only so much that it stays within spark.storage.unrollFraction of storage."
        return
    rdd = rdd_id(name)
    candidates = [block for block in was.blocks if not block.readers and (rdd is None or block.rdd != rdd)]
    missing = size - now.storage_free
    yield (
        f"{mib(missing)} are missing after all free memory, and blocks that may be evicted come to"
        f" {mib(sum(block.size_bytes for block in candidates))}: where that is not enough, none goes."
    )
    yield from _passed_over(rdd, was)


def _limit(was: View, side: Side) -> str:
    if side.is_static:
        return ", the share of storage."
    parts = [f"{mib(was.execution_used)} that execution uses"] if was.execution_used else []
    parts += [f"{mib(was.unmanaged_bytes)} that is held unmanaged"] if was.unmanaged_bytes else []
    return f": all but {' and '.join(parts)}. Storage never evicts execution." if parts else "."


def _passed_over(rdd: str | None, was: View) -> Iterable[str]:
    locked = [block.name for block in was.blocks if block.readers]
    same = [block.name for block in was.blocks if rdd is not None and block.rdd == rdd]
    if locked:
        yield f"Being read, and so spared: {', '.join(locked)}."
    if same:
        yield f"Of the same RDD, and so spared: {', '.join(same)}. An RDD does not push out its own blocks."
