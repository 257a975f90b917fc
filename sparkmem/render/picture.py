"""A picture of memory: nested bars to scale, in HTML and CSS.

Every part has its own pattern besides its colour, and all numbers stand in text beside the
picture, so nothing is lost without colour, without CSS or without eyes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sparkmem.answer.breakdown import Breakdown
from sparkmem.answer.line import Line
from sparkmem.render.escaping import escape
from sparkmem.size import mib_text

_PARTS_OF_ALL = 10_000
_WORDLESS = 16
"""A part of less than a sixteenth of the widest bar has no room for a word on any screen: a page is at most 61rem wide, a
bar at least 3rem, and picture.css shows the words from 4.2rem on."""


def picture(
    breakdowns: Sequence[Breakdown],
    caption: str,
    at_least: int = 0,
    marked: Collection[str] = (),
    drawn: Mapping[str, str] | None = None,
    keyed: bool = False,
) -> str:
    """The breakdowns that are not empty, one below the other, all to one scale; ``at_least`` so much has the full width.

    ``marked`` are ids of parts that are pointed at, ``drawn`` is what is drawn into areas, HTML by the area's id; ``keyed``
    where all areas are named beside the picture in any case.
    """
    shown = [b for b in breakdowns if (b.total.size_bytes or 0) > 0]
    extents = [_extent(b) for b in shown]
    largest = max([at_least, *extents])
    bars = "".join([
        _bars(b, extent, largest, marked, drawn) + ("" if keyed else _names_below(b, largest))
        for b, extent in zip(shown, extents, strict=True)
    ])  # fmt: skip
    return f'<figure class="sm-picture">{bars}<figcaption>{escape(caption)}</figcaption></figure>'


def largest_of(breakdowns: Sequence[Breakdown]) -> int:
    """The longest of the breakdowns [bytes]; pictures with the same are to one scale."""
    return max((_extent(b) for b in breakdowns), default=0)


# What a line's id says of its kind; the first word that is found counts.
_KINDS = {
    "overhead": "overhead",
    "pyspark": "pyspark",
    "rounding": "rounding",
    "wasted": "idle",
    "storage-safety-margin": "storage-margin",
    "execution-safety-margin": "execution-margin",
    "margin": "idle",
    "set-aside": "reserved",
    "reserved": "reserved",
    "held-back": "held-back",
    "storage": "storage",
    "execution": "execution",
    "off-heap": "offheap",
    "survivor": "idle",
    "eden": "user",
    "unmanaged": "user",
    "user": "user",
    "other": "user",
    "room-left": "idle",
    "metaspace": "native-classes",
    "code-cache": "native-code",
    "gc-structures": "native-collector",
    "thread-stacks": "native-stacks",
    "direct-memory": "native-direct",
    "python-workers": "pyspark",
    "arrow-batches": "native-arrow",
    "native-libraries": "native-libraries",
    "mapped-files": "native-files",
    "symbols-internal": "native-symbols",
}


@cache
def kind_of(line_id: str) -> str:
    """The class that colours a part: what it is, wherever it lies.

    >>> kind_of("off-heap-storage-region"), kind_of("driver-memory-overhead"), kind_of("executor-memory")
    ('storage', 'overhead', 'heap')
    """
    return next((kind for word, kind in _KINDS.items() if word in line_id), "heap")


def _size(line: Line) -> int:
    return max(line.size_bytes or 0, 0)  # user memory is negative where a fraction above 1 was given


def _extent(breakdown: Breakdown) -> int:
    return sum([_size(leaf) for leaf in breakdown.leaves])


def _bars(breakdown: Breakdown, extent: int, largest: int, marked: Collection[str], drawn: Mapping[str, str] | None) -> str:
    leaves = breakdown.leaves
    whose = owner_prefix(breakdown.total.label)  # said once, by the outermost bracket
    columns = " ".join([_column(_size(leaf), extent) for leaf in leaves])
    width = 100 * extent / largest
    spoken = f"{breakdown.total.label}, {breakdown.total.shown}: " + ", ".join(
        [f"{leaf.label.removeprefix(whose).lower()} {leaf.shown}" for leaf in leaves]
    )
    cells: list[str] = []
    _add_cells(cells, breakdown, 1, 1, _Bar(_depth(breakdown), extent, largest, whose))
    if marked:
        cells = _pointed_at(cells, leaves, marked)
    if drawn:
        cells = [_drawn_into(cell, drawn) for cell in cells]
    return (
        f'<div class="sm-bars" role="img" aria-label="{escape(spoken)}"'
        f' style="grid-template-columns:{columns};inline-size:{width:.2f}%">{"".join(cells)}</div>'
    )


def _pointed_at(cells: Sequence[str], leaves: Sequence[Line], marked: Collection[str]) -> list[str]:
    """The cells, of which the leaves that are marked say so; leaves that are nothing have none."""
    drawn, part = iter([leaf.id in marked for leaf in leaves if _size(leaf)]), '<span class="sm-part '
    return [cell.replace(part, f"{part}sm-marked ", 1) if cell.startswith(part) and next(drawn) else cell for cell in cells]


def _drawn_into(cell: str, drawn: Mapping[str, str]) -> str:
    """A cell with what is drawn into its area."""
    inside = drawn.get(cell.partition(' data-row="')[2].partition('"')[0])
    opening, end, rest = cell.partition(">")
    return f"{opening}{end}{inside}{rest}" if inside else cell


def owner_prefix(label: str) -> str:
    """What the labels below a total start with, where that says whose it is.

    >>> [owner_prefix(x) for x in ("Driver container", "Application master request", "Driver: Heap that the JVM reports")]
    ['Driver: ', 'Application master: ', 'Driver: ']
    """
    owner, colon, _ = label.partition(": ")
    return f"{owner if colon else label.rpartition(' ')[0]}: "


def _column(size: int, extent: int) -> str:
    """As wide as it is large; what is there at all can be seen, and what is nothing takes no room."""
    return f"minmax(2px,{max(size * _PARTS_OF_ALL // extent, 1)}fr)" if size else "0"


def _depth(part: Breakdown | Line) -> int:
    """How many rows the part needs."""
    return 1 if isinstance(part, Line) else 1 + max([_depth(below) for below in part.parts])


@dataclass(frozen=True)
class _Bar:
    """One of the bars: its rows, how much it has and how much the widest one has [bytes], and whose it is."""

    depth: int
    extent: int
    largest: int
    whose: str

    def part(self, size: int) -> str:
        """The share that an area has of the bar, by which picture.css knows what it has room for."""
        return f";--part:{size / self.extent:.3g}" if size < self.extent else ""


def _add_cells(cells: list[str], part: Breakdown | Line, row: int, column: int, bar: _Bar) -> int:
    """A bracket over the leaves of each total, the outermost on top; each leaf down to the last row.

    Returns how many columns the part takes.
    """
    if isinstance(part, Line):
        if _size(part):
            cells.append(_leaf(part, f"{row}/{column}/{bar.depth + 1}/auto", bar))
        return 1
    place, span = len(cells), 0
    for below in part.parts:
        span += _add_cells(cells, below, row + 1, column + span, bar)
    line = part.total
    label = line.label if row == 1 else line.label.removeprefix(bar.whose)
    cells.insert(
        place,
        f'<span class="sm-bracket"{_row(line)} style="grid-area:{row}/{column}/auto/span {span}{bar.part(_extent(part))}">'
        f"<span>{escape(label)}</span> <b>{escape(mib_text(line.size_bytes or 0))}</b></span>",
    )
    return span


def _row(line: Line) -> str:
    """What an area says of itself to a pointer, and the row that a click leads to."""
    return f' data-row="{escape(line.id)}" title="{escape(f"{line.label}, {line.shown}")}"'


def _names_below(breakdown: Breakdown, largest: int) -> str:
    """The names of a bar's areas for a line below it, which shows those that have no room in the bar: see picture.css.

    What is wider than four ninths of the picture has room on any screen.  A screen reader is told all of them by the bar.
    """
    whose = owner_prefix(breakdown.total.label)
    names: list[str] = []
    for line, size, kind in _areas(breakdown):
        if 0 < size * 9 < largest * 4:
            swatch = f'<i class="sm-swatch sm-{kind}"></i>' if kind else ""
            named = f"{swatch}{escape(line.label.removeprefix(whose))} <b>{escape(line.shown)}</b>"
            names.append(f'<span style="--of:{size / largest:.3g}"{"" if kind else " data-total"}>{named}</span>')
    return f'<div class="sm-names" aria-hidden="true">{"".join(names)}</div>' if names else ""


def _areas(part: Breakdown) -> Iterator[tuple[Line, int, str]]:
    """What is in a bar below its total: the line, its size [bytes], and the kind of what is no total."""
    for below in part.parts:
        if isinstance(below, Line):
            yield below, _size(below), kind_of(below.id)
        else:
            yield below.total, _extent(below), ""
            yield from _areas(below)


def key_html(breakdowns: Sequence[Breakdown], root: str) -> str:
    """The areas of a picture that stands without rows: each with its name, its size and the section that explains it."""
    items = "".join(
        f'<li><span class="sm-swatch sm-{kind_of(leaf.id)}" aria-hidden="true"></span>'
        f'<a href="{escape(root + leaf.see)}" data-row="{leaf.id}">{escape(leaf.label)}</a> {escape(leaf.shown)}</li>'
        for breakdown in breakdowns
        for leaf in breakdown.leaves
        if _size(leaf)
    )
    return f'<ul class="sm-key">{items}</ul>'


def _leaf(line: Line, area: str, bar: _Bar) -> str:
    size = _size(line)
    percent = 100 * size / bar.extent
    words = f"<span>{escape(line.label.removeprefix(bar.whose))} <b>{percent:.0f} %</b></span>"
    room, words = ("", "") if size * _WORDLESS < bar.largest else (bar.part(size), words)
    return f'<span class="sm-part sm-{kind_of(line.id)}"{_row(line)} style="grid-area:{area}{room}">{words}</span>'
