"""Boxes within boxes, and arrows between them, as SVG that reads without colour, in the dark and on paper.

Widths are in units of the drawing: as many of them as a phone has pixels for it, so that its text has its full size there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 372
PAD, GAP, LINE = 10, 8, 17
_CHARACTERS_PER_UNIT = 1 / 6.6  # of the font that the style sheet gives


@dataclass(frozen=True)
class Box:
    """A box: its name, a second line in small, what is in it and whether side by side, and whether it is pointed at."""

    name: str
    detail: str = ""
    kind: str = "plain"
    inside: tuple[Box, ...] = ()
    side_by_side: bool = False
    marked: bool = False

    def lines(self, width: float) -> list[tuple[str, str]]:
        """The texts of the box as (class, line), broken where the width asks for it."""
        room = max(int((width - 2 * PAD) * _CHARACTERS_PER_UNIT), 8)
        return [("sm-svg-name", line) for line in wrapped(self.name, room)] + [
            ("sm-svg-detail", line) for line in wrapped(self.detail, int(room * 1.1))
        ]

    def height(self, width: float) -> float:
        """How tall it is at that width."""
        own = LINE * len(self.lines(width)) + 2 * PAD - 4
        if not self.inside:
            return own
        if self.side_by_side:
            return own + PAD + max(box.height(self.part(width)) for box in self.inside)
        return own + PAD + sum(box.height(width - 2 * PAD) for box in self.inside) + GAP * (len(self.inside) - 1)

    def part(self, width: float) -> float:
        """The width of each of several boxes that stand side by side in it."""
        return (width - 2 * PAD - GAP * (len(self.inside) - 1)) / len(self.inside)

    def drawn(self, x: float, y: float, width: float, height: float | None = None) -> Iterator[str]:
        """Its elements, outermost first."""
        tall = height or self.height(width)
        css = f"sm-svg-box{' sm-svg-marked' * self.marked} sm-svg-{self.kind}"
        yield f'<rect class="{css}" x="{x:g}" y="{y:g}" width="{width:g}" height="{tall:g}" rx="4"/>'
        below = y + PAD + LINE - 6
        for css, line in self.lines(width):
            yield f'<text class="{css} sm-svg-on-{self.kind}" x="{x + PAD:g}" y="{below:g}">{escape(line)}</text>'
            below += LINE
        below += PAD - LINE + 6
        if self.side_by_side:
            part = self.part(width)
            tallest = max(box.height(part) for box in self.inside)
            for number, box in enumerate(self.inside):
                yield from box.drawn(x + PAD + number * (part + GAP), below, part, tallest)
            return
        for box in self.inside:
            yield from box.drawn(x + PAD, below, width - 2 * PAD)
            below += box.height(width - 2 * PAD) + GAP


def wrapped(text: str, room: int) -> list[str]:
    """The text in lines of at most so many characters, broken at spaces that are no no-break spaces.

    >>> wrapped("thread stacks and code cache", 16)
    ['thread stacks', 'and code cache']

    No more lines than need be, and none with a word alone where it need not.

    >>> wrapped("spilled, shuffled and cached blocks", 30)
    ['spilled, shuffled', 'and cached blocks']
    """
    lines = _filled(text, room)
    while len(lines) > 1 and len(narrower := _filled(text, max(map(len, lines)) - 1)) == len(lines):
        if max(map(len, narrower)) >= max(map(len, lines)):
            break
        lines = narrower
    return lines


def _filled(text: str, room: int) -> list[str]:
    """The text in lines that each take as many words as there is room for."""
    lines: list[str] = []
    for word in text.split(" ") if text else ():
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def arrow(x1: float, y1: float, x2: float, y2: float, kind: str = "") -> str:
    """An arrow from one point to another; ``kind`` "barred" is one that must not be."""
    barred = " sm-svg-barred" if kind == "barred" else ""
    head = "" if kind == "barred" else ' marker-end="url(#sm-svg-head)"'
    return f'<line class="sm-svg-arrow{barred}" x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}"{head}/>'


def note(x: float, y: float, text: str, room: int, anchor: str = "start") -> Iterator[str]:
    """Words beside a drawing, in lines of at most ``room`` characters."""
    for number, line in enumerate(wrapped(text, room)):
        at = f'x="{x:g}" y="{y + number * (LINE - 2):g}" text-anchor="{anchor}"'
        yield f'<text class="sm-svg-note" {at}>{escape(line)}</text>'


def svg(drawing_id: str, title: str, description: str, height: float, elements: Sequence[str]) -> str:
    """The drawing as a figure: its title is the caption, its description says the same in words."""
    marker = (
        '<defs><marker id="sm-svg-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"'
        ' orient="auto-start-reverse"><path class="sm-svg-tip" d="M0 0 8 4 0 8z"/></marker></defs>'
    )
    return (
        f'<figure class="sm-diagram" id="diagram-{drawing_id}"><svg viewBox="0 0 {WIDTH} {height:g}" role="img"'
        f' aria-labelledby="diagram-{drawing_id}--title diagram-{drawing_id}--desc" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="diagram-{drawing_id}--title">{escape(title)}</title>'
        f'<desc id="diagram-{drawing_id}--desc">{escape(description)}</desc>'
        f"{marker if 'sm-svg-head' in ''.join(elements) else ''}{''.join(elements)}</svg>"
        f"<figcaption>{escape(title)}</figcaption></figure>"
    )
