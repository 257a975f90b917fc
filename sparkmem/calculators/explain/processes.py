"""A process of a job: its container, and the heap inside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sparkmem.answer.breakdown import Breakdown, line_of
from sparkmem.answer.line import Line
from sparkmem.answer.result import Result

# -- a process: its container, and the heap inside it -------------------------


def process_of(containers: Result, regions: Result, prefix: str) -> tuple[list[Breakdown], list[Line]]:
    """The container of a process with its heap inside, what lies beside it, and further lines."""
    inside = {_id(prefix, b.total.id): prefixed(b, prefix) for b in regions.breakdowns if not _is_container(b, prefix)}
    inside = {id: b for id, b in inside.items() if b.total.size_bytes}
    whole = [b for b in containers.breakdowns if _is_container(b, prefix) and b.total.size_bytes]
    nested = [prefixed(_nested(b, inside, f"{prefix or 'executor-'}memory"), prefix) for b in whole]
    placed = {line.id for b in nested for line in b.lines()}
    beside = [b for id, b in inside.items() if id not in placed or not _inner_placed(b, placed)]
    beside = [_renamed(b, placed) for b in beside]
    lines = [_line(line, prefix) for line in regions.lines] if prefix else regions.lines
    limits = [line for line in containers.lines if line.id == f"{prefix}container-limit" and line.size_bytes]
    known = {line.id for line in limits}
    return [*nested, *beside], [*limits, *(line for line in lines if line.id not in known and line.size_bytes != 0)]


def executor_limit(containers: Result) -> int:
    """What an executor's container is granted [bytes], 0 where it has none."""
    return next((line.size_bytes or 0 for line in containers.rows() if line.id == "container-limit"), 0)


def _is_container(breakdown: Breakdown, prefix: str) -> bool:
    return breakdown.total.id in (f"{prefix}total-request", f"{prefix}container-limit")


def _inner_placed(breakdown: Breakdown, placed: Iterable[str]) -> bool:
    return all(line_of(part).id in placed for part in breakdown.parts)


def _renamed(breakdown: Breakdown, taken: Iterable[str]) -> Breakdown:
    """Off-heap memory for which the container has no room has a row of its own."""
    total = breakdown.total
    if total.id not in taken:
        return breakdown
    named = total.named(f"process-{total.id}", f"{total.label}, not in the container")
    return Breakdown(named, breakdown.parts)


def _nested(part: Breakdown, inside: Mapping[str, Breakdown], heap: str) -> Breakdown:
    """The container with the regions in the place of their lines, where the sizes are the same."""
    return Breakdown(part.total, tuple(_opened(below, inside, heap) for below in part.parts))


def _opened(part: Breakdown | Line, inside: Mapping[str, Breakdown], heap: str) -> Breakdown | Line:
    if isinstance(part, Breakdown):
        return _nested(part, inside, heap)
    for id, regions in inside.items():
        whole = id.removeprefix("driver-") == "max-heap-size"
        of_heap = part.id == heap and (whole or id.removeprefix("driver-") == "jvm-max-memory")
        if regions.total.size_bytes == part.size_bytes and (of_heap or part.id == id):
            return Breakdown(part, (regions,) if of_heap else regions.parts)
    return part


def prefixed(breakdown: Breakdown, prefix: str) -> Breakdown:
    if not prefix:
        return breakdown
    parts = (_line(part, prefix) if isinstance(part, Line) else prefixed(part, prefix) for part in breakdown.parts)
    return Breakdown(_line(breakdown.total, prefix), tuple(parts))


def _line(line: Line, prefix: str) -> Line:
    id, label = _id(prefix, line.id), _label(prefix, line.label)
    return line if (id, label) == (line.id, line.label) else line.named(id, label)


def _id(prefix: str, id: str) -> str:
    return id if id.startswith(prefix) else f"{prefix}{id}"


_WHO = {"driver-": "Driver", "am-": "Application master"}


def _label(prefix: str, label: str) -> str:
    """
    >>> _label("driver-", "User memory"), _label("am-", "Application master memory")
    ('Driver: User memory', 'Application master memory')
    """
    who = _WHO[prefix]
    return label if label.startswith(who) else f"{who}: {label}"
