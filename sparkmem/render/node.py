"""A node and the executors on it, to scale: memory above, cores below, and a ribbon from each executor's one to its other.

An executor's parts lie on each other, so that areas are to scale as well.  What one more executor would need, where
one was asked for that does not fit, is drawn over the node's edge.
"""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.answer.cores import cores_number
from sparkmem.answer.line import Line
from sparkmem.answer.packed import Packed, Resource
from sparkmem.render.escaping import escape
from sparkmem.render.node_words import legend, rest_of, scale, spoken_cores, spoken_memory
from sparkmem.render.picture import kind_of
from sparkmem.size import mib_text

MOST_BOXES = 64
_MOST_BEYOND = 1.6  # so many times the node are drawn, of an executor that is larger
_RIBBON = 1000
_LEGIBLE = 0.05  # of the width: node.css shows no word in a box below 3rem, and no page is 60rem wide


def node_html(packed: Packed, caption: str) -> str:
    """The picture, with all its numbers in text below it."""
    memory, cores = packed.memory, packed.cores
    size = -(-packed.executors // MOST_BOXES) or 1  # executors that one box stands for
    first, last = _Strip(packed, memory), _Strip(packed, cores)
    return (
        '<figure class="sm-node">'
        f'<p class="sm-node-name"><span>Memory <b>{mib_text(memory.total)}</b></span>{rest_of(packed, memory, "memory")}</p>'
        f'<div class="sm-node-track sm-node-memory" role="img" aria-label="{escape(spoken_memory(packed))}">'
        f"{first.edge()}{first.before()}{_boxes(packed, first, size)}{first.after()}</div>"
        f"{_ribbons(packed, first, last, size)}"
        f'<div class="sm-node-track sm-node-cores" role="img" aria-label="{escape(spoken_cores(packed))}"'
        f' style="--core:{last.percent(1000)}">'
        f"{last.edge()}{last.before()}{_threads(packed, last, size)}{last.after()}</div>"
        f'<p class="sm-node-name"><span>Cores <b>{cores_number(cores.total)}</b></span>{rest_of(packed, cores, "cores")}</p>'
        f"{legend(packed)}<figcaption>{escape(scale(packed, size))} {escape(caption)}</figcaption></figure>"
    )


class _Strip:
    """One of the two, in percent of its width: places of executors, and what lies before and after them."""

    def __init__(self, packed: Packed, resource: Resource) -> None:
        self._resource, self._executors = resource, packed.executors
        self._missing = packed.missing > 0
        needed = resource.start + (packed.executors + self._missing) * resource.taken
        self.whole = max(min(needed, int(resource.total * _MOST_BEYOND)), resource.total, 1)
        if packed.executors * resource.taken > resource.total:  # more cores than there are, where they do not count
            self.whole = max(resource.start + packed.executors * resource.taken, self.whole)
        self.cut = needed > self.whole

    def percent(self, amount: int) -> str:
        return f"{100 * amount / self.whole:.3f}%"

    def place(self, executor: int) -> int:
        """Where this executor begins."""
        return self._resource.start + executor * self._resource.taken

    def at(self, start: int, amount: int) -> str:
        return f"inset-inline-start:{self.percent(start)};inline-size:{self.percent(amount)}"

    def edge(self) -> str:
        """The node itself."""
        return f'<span class="sm-node-edge" style="{self.at(0, self._resource.total)}"></span>'

    def before(self) -> str:
        kept = self._span("sm-part sm-held-back", "Kept", 0, self._resource.kept)
        aside = self._resource.start - min(self._resource.kept, self._resource.start)
        return kept + self._span("sm-part sm-reserved", "Set aside", self._resource.kept, aside)

    def after(self) -> str:
        end, total = self.place(self._executors), self._resource.total
        left = self._span("sm-part sm-idle sm-node-left", "Left over", end, total - end)
        left += self._span("sm-node-beyond", "", total, end - total)
        if not self._missing:
            return left
        amount = min(self._resource.taken, self.whole - end)
        cut = " sm-node-cut" if self.cut else ""
        return left + self._span(f"sm-node-ghost{cut}", "Does not fit" if end + amount > total else "Asked for", end, amount)

    def _span(self, name: str, label: str, start: int, amount: int) -> str:
        return f'<span class="{name}" style="{self.at(start, amount)}"><span>{label}</span></span>' if amount > 0 else ""


def _groups(packed: Packed, size: int) -> Iterator[tuple[int, int]]:
    """Boxes as (first executor, executors in it)."""
    for first in range(0, packed.executors, size):
        yield first, min(size, packed.executors - first)


def _boxes(packed: Packed, strip: _Strip, size: int) -> str:
    legible = size * packed.memory.taken >= _LEGIBLE * strip.whole
    parts = "".join(
        f'<span class="sm-part sm-{kind_of(line.id)}" style="flex-grow:{line.size_bytes}">'
        f"{_named(line) if legible else ''}</span>"
        for line in packed.parts
    )
    return "".join(
        f'<span class="sm-node-box" style="{strip.at(strip.place(first), count * packed.memory.taken)}">{parts}</span>'
        for first, count in _groups(packed, size)
    )


def _named(line: Line) -> str:
    return f"<span><span>{escape(line.label)}</span> <b>{mib_text(line.size_bytes or 0)}</b></span>"


def _threads(packed: Packed, strip: _Strip, size: int) -> str:
    """The cores of each executor, numbered."""
    return "".join(
        f'<span class="sm-node-executor" style="{strip.at(strip.place(first), count * packed.cores.taken)}">'
        f"<b>{first + count}</b></span>"
        for first, count in _groups(packed, size)
    )


def _ribbons(packed: Packed, above: _Strip, below: _Strip, size: int) -> str:
    def x(strip: _Strip, executor: int) -> str:
        return f"{_RIBBON * strip.place(executor) / strip.whole:.1f}"

    corners = ((x(above, a), x(above, a + n), x(below, a + n), x(below, a)) for a, n in _groups(packed, size))
    drawn = "".join(f'<polygon points="{a},0 {b},0 {c},10 {d},10"/>' for a, b, c, d in corners)
    view = f'viewBox="0 0 {_RIBBON} 10" preserveAspectRatio="none"'
    return f'<svg class="sm-node-ribbons" {view} aria-hidden="true" focusable="false">{drawn}</svg>'
