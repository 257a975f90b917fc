"""Why a size is advised, and why it may be too little."""

from __future__ import annotations

from sparkmem.runs.needs import NOT_MEASURED, Needs


def why_so(needs: Needs, failed: list[str]) -> str:
    """What the advice is the least or smallest of."""
    if failed:
        return f"not smaller than it was, since the log says: {'; '.join(failed)}"
    if needs.execution.unknown:
        return "no less than it had, since no task says what execution took; storage memory fits, with the head room"
    if needs.off_heap_execution:
        return "the least off the heap in which execution memory fits, with the head room, and the heap as it was or larger"
    return "the smallest heap in which execution and storage memory fit, with the head room"


def bounds(needs: Needs, failed: list[str]) -> tuple[str, ...]:
    """Why the advice may be too little, a sentence each."""
    cut_off = needs.execution.spilled and not needs.execution.by_operator
    said = ["assumed: a third more than peak and spill, since arrays of pointers double; a sort may need more"] * cut_off
    said += [
        f"{name} is a least: {one.because}"
        for name, one in (("execution memory", needs.execution), ("storage memory", needs.storage))
        if one.at_least
    ]
    if failed:
        said.append("what failed was cut off: the need may be larger than anything that was reached")
    if "Window" in needs.execution.because:
        said.append("assumed: a group of a window has all rows of its task; a log does not record groups")
    said.append("assumed: user objects need the bytes of heap that they could take, and no more; a log does not record them")
    if needs.outside_heap.how == NOT_MEASURED:
        said.append("assumed: the default overhead; nothing outside the heap was measured")
    return tuple(said)
