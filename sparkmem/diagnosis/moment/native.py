"""Native memory tracking, with its diff: the parts of a JVM outside its heap, and what has grown."""

from __future__ import annotations

from sparkmem.diagnosis.moment.held import Held, Moment, counted
from sparkmem.jvm.native_memory import HEAP, Unreadable, read_native_memory
from sparkmem.size import mib_text

BEGINS = (b"Native Memory Tracking:", b"Java Heap (reserved=")
MOST_LINES = 400
BEFORE = 4
_LARGEST, _GREW, _MUCH = 8, 3, 0.5


def read(lines: list[str], number: int) -> Moment | None:
    """What is committed by category, the largest first."""
    try:
        found = read_native_memory("\n".join(lines))
    except Unreadable:
        return None
    largest = sorted(found.categories, key=lambda one: -one.committed_bytes)[:_LARGEST]
    held = [Held(HEAP, found.heap.committed_bytes, f"reserved {mib_text(found.heap.reserved_bytes)}")]
    held += [Held(one.name, one.committed_bytes, _grown(one.grown_bytes)) for one in largest if one.committed_bytes]
    outside = mib_text(found.outside_bytes)
    says = [f"Outside the heap the JVM knows of {outside}; what libraries take by themselves is not in it."]
    other = next((one.committed_bytes for one in largest if one.name == "Other"), 0)
    if other >= _MUCH * found.outside_bytes:
        says.append(f"Most of that is in Other, {mib_text(other)}: direct buffers, and what else asks Unsafe for memory.")
    says.append(f"A container around it needs more than that beside the heap: a memory overhead above {outside}.")
    if found.is_diff:
        grew = sorted(((one.grown_bytes or 0, one.name) for one in found.categories), reverse=True)[:_GREW]
        words = ", ".join(f"{name} {_grown(grown)}" for grown, name in grew if grown > 0) or "nothing outside the heap"
        says.append(f"Since the baseline grew: {words}.")
    if found.threads:
        says.append(f"{counted(found.threads, 'thread')}.")
    return Moment("native-memory", "A JVM's native memory, as it tracks it", number, tuple(held), tuple(says))


def _grown(grown: int | None) -> str:
    return f"{'+' if grown > 0 else '-'}{mib_text(abs(grown))}" if grown else ""
