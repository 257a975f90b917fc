"""A picture of memory in letters: for each process a bar to scale, and what is in it below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sparkmem.answer.breakdown import Breakdown
from sparkmem.answer.line import Line
from sparkmem.render.picture import kind_of, largest_of, owner_prefix
from sparkmem.render.screen import Screen
from sparkmem.size import mib_text

# Of each kind of a part: a block, a letter where there are no blocks, a colour of the 256.
_LOOKS = {
    "storage": ("█", "#", 33), "execution": ("▓", "=", 39), "user": ("░", ".", 114), "reserved": ("▚", "%", 245),
    "overhead": ("▒", "+", 208), "offheap": ("▞", "o", 170), "pyspark": ("▤", "p", 178), "heap": ("▓", "=", 39),
    "held-back": ("▪", "-", 244), "rounding": ("·", ",", 240), "idle": ("·", ",", 240),
    "storage-margin": ("·", ",", 240), "execution-margin": ("·", ",", 240),
    "native-classes": ("▓", "=", 39), "native-code": ("▓", "=", 39), "native-collector": ("▚", "%", 245),
    "native-stacks": ("▪", "-", 244), "native-direct": ("▞", "o", 170), "native-libraries": ("█", "#", 33),
    "native-symbols": ("█", "#", 33), "native-arrow": ("▓", "=", 39), "native-files": ("▓", "=", 39),
}  # fmt: skip


def bars(breakdowns: Sequence[Breakdown], screen: Screen) -> list[str]:
    """The breakdowns that are not empty, one below the other, all to one scale."""
    drawn = [b for b in breakdowns if (b.total.size_bytes or 0) > 0]
    largest = largest_of(drawn)
    lines = list[str]()
    for breakdown in drawn:
        lines += [*([""] if lines else []), *_drawn(breakdown, largest, screen)]
    return lines


def _drawn(breakdown: Breakdown, largest: int, screen: Screen) -> Iterator[str]:
    parts = [leaf for leaf in breakdown.leaves if (leaf.size_bytes or 0) > 0]
    yield _row(screen.bold(breakdown.total.label), breakdown.total.label, mib_text(breakdown.total.size_bytes or 0), screen)
    widths = _widths([part.size_bytes or 0 for part in parts], largest, screen.columns)
    yield "".join(_mark(part, width, screen) for part, width in zip(parts, widths, strict=True))
    prefix = owner_prefix(breakdown.total.label)
    for part in parts:
        label = f"  {part.label.removeprefix(prefix)}"
        yield _row(f"{_mark(part, 1, screen)} {label[1:]}", f"  {label[1:]}", mib_text(part.size_bytes or 0), screen)


def _row(text: str, plain: str, figure: str, screen: Screen) -> str:
    return f"{text}{' ' * max(screen.columns - len(plain) - len(figure), 2)}{figure}"


def _mark(part: Line, width: int, screen: Screen) -> str:
    block, letter, colour = _LOOKS[kind_of(part.id)]
    return screen.painted((block if screen.blocks else letter) * width, colour)


def _widths(sizes: Sequence[int], largest: int, columns: int) -> list[int]:
    """How many letters each part has: to scale, each at least one, the sum rounded once.

    >>> _widths([5, 1, 2], 8, 80), _widths([1000, 1], 1001, 10)
    ([50, 10, 20], [9, 1])
    """
    ends, reached = list[int](), 0
    for size in sizes:
        reached += size
        ends.append(reached * columns // largest)
    found = [max(end - start, 1) for start, end in zip([0, *ends], ends, strict=False)]
    while sum(found) > columns and max(found) > 1:
        found[found.index(max(found))] -= 1
    return found
