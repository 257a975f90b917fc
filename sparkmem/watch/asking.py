"""Why a task got what it got, or waits, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sparkmem.size import mib_text as mib
from sparkmem.spark.managers.execution_pool import Share
from sparkmem.watch.scenes import Scene, View
from sparkmem.watch.sides import Side


def asks(before: Scene, after: Scene, side: Side) -> Iterable[str]:
    """What the task got or waits for, what storage had to give for it, and the bounds of its share."""
    _, wanted, task, _ = after.operation
    was, now = before.view(after.is_off_heap), after.view(after.is_off_heap)
    share = after.shares[after.is_off_heap]
    # Where a waiting call has looked again, the share is the last one's; the pools tell of both.
    mine = share if "unblocked" not in after.answer and not (before.waiting and "result" in after.answer) else None
    yield from _reclaimed(was, now, after.answer.get("evicted", []), before)
    if "result" in after.answer:
        yield from _granted(task, wanted, after.answer["result"], now, mine)
    elif mine and not after.answer.get("cancelled"):
        yield (
            f"Task {task} waits: it would hold {mib(mine.held + mine.granted)}, and with {_active(mine)} each is to have"
            f" 1/2N of the execution pool, {mib(mine.min_memory_per_task)}, before it has to spill."
        )
        if mine.active_tasks == 1:
            yield "No other task is active that could give memory back."
    elif after.answer.get("cancelled"):
        yield (
            f"Task {task} would have to wait as well. One waiting call is followed here, so this one is given up;"
            " in Spark it would wait too. The task counts as active."
        )
    else:
        yield f"Task {task} waits for at least 1/2N of the execution pool."


def _granted(task: int, wanted: int, got: int, now: View, share: Share | None) -> Iterable[str]:
    holds = dict(now.tasks).get(task, 0)
    if got == wanted:
        yield f"Task {task} gets all {mib(got)}" + (f" and holds {mib(holds)}." if holds > got else ".")
        if share:
            yield f"With {_active(share)}, it may hold up to {_most(share)}."
        return
    yield f"Task {task} gets {mib(got)} of {mib(wanted)}."
    if share and share.max_memory_per_task - share.held <= got:
        yield f"With {_active(share)}, it may hold at most {_most(share)}."
    else:
        yield "No more is free, and it holds at least 1/2N, so it does not wait."
    yield (
        "For the rest, the task spills: its sorts and aggregations write what they hold to disk,"
        " the one that asks last of all, and the rest is asked for again."
    )


def _reclaimed(was: View, now: View, evicted: Sequence[str], before: Scene) -> Iterable[str]:
    """What execution took back from storage for this request."""
    taken = now.execution_pool - was.execution_pool
    if taken <= 0:
        return
    if not evicted:
        yield f"Execution takes {mib(taken)} of the storage pool that nothing used."
        return
    over = was.storage_pool - was.region_bytes
    yield (
        f"Execution takes back {mib(taken)} of the storage pool, which is {mib(over)} above its region:"
        f" {_evicted(evicted, before)}, least recently used first."
    )
    if taken > over:
        yield "Blocks go whole, so the storage pool falls below its region."


def _most(share: Share) -> str:
    if share.active_tasks == 1:
        return f"{mib(share.max_memory_per_task)}, all that the pool can come to"
    return f"1/N of the {mib(share.max_pool_size)} that the pool can come to, {mib(share.max_memory_per_task)}"


def _active(share: Share) -> str:
    return f"{share.active_tasks} active task{'s' if share.active_tasks != 1 else ''}"


def _evicted(names: Sequence[str], before: Scene) -> str:
    blocks = {block.name: block.size_bytes for view in before.views for block in view.blocks}
    listed = [f"{name} ({mib(blocks[name])})" for name in names]
    return f"{', '.join(listed)} {'is' if len(listed) == 1 else 'are'} evicted"
