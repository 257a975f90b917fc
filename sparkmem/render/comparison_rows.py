"""The tables of a comparison as HTML: the inputs that differ, and every figure before, now, and by how much it moved.

Narrow screens show a row as a small grid, so that each element says its role itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from sparkmem.answer.line import Line
from sparkmem.render.escaping import escape
from sparkmem.render.html import link, source_html
from sparkmem.render.picture import kind_of
from sparkmem.render.text import with_depth
from sparkmem.requests.comparison import Comparison
from sparkmem.requests.pairs import CHANGED, GONE, NEW, SAME, InputPair, Pair
from sparkmem.size import mib_text

SIDES = {"before": "Before", "now": "Now"}


def inputs_table(pairs: Sequence[InputPair]) -> str:
    """The inputs that differ; nothing where none does."""
    rows = "".join(
        f'<tr role="row"><th role="rowheader" scope="row">{escape(pair.label)}{_key(pair)}</th>'
        f"{_input('Before', pair.before, pair.set_before)}{_input('Now', pair.now, pair.set_now)}</tr>"
        for pair in pairs
    )
    return _table("Inputs that differ", ("Input", *SIDES.values()), rows, "sm-diff-inputs") if pairs else ""


def _key(pair: InputPair) -> str:
    return f" <code>{escape(pair.name)}</code>" if pair.name.startswith("spark.") and pair.name != pair.label else ""


def _input(name: str, text: str, is_set: bool) -> str:
    shown = f"<code>{escape(text)}</code>" if text else "<i>not set</i>"
    return f'<td role="cell" data-name="{name}">{shown}{"" if is_set or not text else " <i>default</i>"}</td>'


def _table(caption: str, names: Sequence[str], rows: str, kind: str) -> str:
    heads = "".join(f'<th role="columnheader" scope="col">{name}</th>' for name in names)
    return (
        f'<table class="sm-diff {kind}" role="table"><caption>{caption}</caption>'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead><tbody role="rowgroup">{rows}</tbody></table>'
    )


def depths(found: Comparison) -> dict[str, int]:
    """How deep each figure of a breakdown lies, as it lies now where it is on both sides."""
    breakdowns = [b for side in (found.before, found.now) for b in side.result.breakdowns]
    return {line.id: depth for breakdown in breakdowns for depth, line in with_depth(breakdown)}


class Figures:
    """The figures of a comparison: those that differ in a table, those that do not in another, folded."""

    def __init__(self, found: Comparison, calculator: str, page: str) -> None:
        self._found, self._calculator, self._page = found, calculator, page
        breakdowns = [b for side in (found.before, found.now) for b in side.result.breakdowns]
        self._depths = depths(found)
        self._drawn = {leaf.id for breakdown in breakdowns for leaf in breakdown.leaves}

    def html(self) -> str:
        """Both tables."""
        changed = self._found.differing
        same = [pair for pair in self._found.rows if pair.status == SAME]
        told = self._rows("Figures that differ", changed) if changed else ""
        if same:
            count = f"{len(same)} figure{'s are' if len(same) > 1 else ' is'} the same"
            table = self._rows("Figures that are the same", same)
            told += f'<details class="sm-unchanged" id="{self._calculator}-same"><summary>{count}</summary>{table}</details>'
        return told

    def _rows(self, caption: str, pairs: Sequence[Pair]) -> str:
        rows = "".join(map(self._row, pairs))
        return _table(caption, ("Figure", *SIDES.values(), "Difference"), rows, "sm-diff-figures")

    def _row(self, pair: Pair) -> str:
        line = pair.line
        swatch = f"sm-swatch sm-{kind_of(line.id)}" if line.id in self._drawn else "sm-swatch"
        return (
            f'<tr role="row" class="sm-{pair.status} sm-depth-{self._depths.get(line.id, 0)}">'
            f'<th role="rowheader" scope="row" aria-label="{escape(line.label)}">'
            f'<details id="{self._calculator}-answer--{escape(line.id)}">'
            f'<summary><span class="{swatch}" aria-hidden="true"></span>'
            f'<span class="sm-label">{escape(line.label)}</span></summary>{self._why(pair)}</details></th>'
            f"{_figure('Before', pair.before)}{_figure('Now', pair.now)}{_moved(pair)}</tr>"
        )

    def _why(self, pair: Pair) -> str:
        line = pair.line
        told = "".join(
            f"<dt>{name}</dt><dd>{escape(one.because)}</dd>"
            for name, one in zip(SIDES.values(), (pair.before, pair.now), strict=True)
            if one and one.because
        )
        source = f"<dt>Source</dt><dd>{source_html(line.source)}</dd>" if line.source else ""
        see = f'<a href="{escape(link(line.see, self._page))}">{escape(line.label)}</a>'
        return f"<dl>{told}{source}<dt>Explained</dt><dd>{see}</dd></dl>"


def _figure(name: str, line: Line | None) -> str:
    if line is None:
        return f'<td role="cell" data-name="{name}"><span class="sm-none">none</span></td>'
    size = _bytes(f"{line.size_bytes:,}") if line.size_bytes is not None else ""
    return f'<td role="cell" data-name="{name}"><span class="sm-value">{escape(line.shown)}</span>{size}</td>'


def _moved(pair: Pair) -> str:
    """The difference with its sign, or in words; an arrow says which way it went to those who look for one."""
    arrow = {True: "▲ ", False: "▼ "}[(pair.moved_bytes or 0) > 0] if pair.moved_bytes else ""
    size = _bytes(signed(pair.moved_bytes)) if pair.moved_bytes else ""
    shown = f'<span class="sm-arrow" aria-hidden="true">{arrow}</span>{moved_text(pair)}' if arrow else moved_text(pair)
    return f'<td role="cell" data-name="Difference"><span class="sm-moved">{shown}</span>{size}</td>'


def _bytes(number: str) -> str:
    return f' <span class="sm-bytes">{number} <span class="sm-unit">bytes</span></span>'


def moved_text(pair: Pair) -> str:
    """By how much a figure moved, for people."""
    if pair.status in (NEW, GONE):
        return "only now" if pair.status == NEW else "only before"
    if pair.moved_bytes is None:
        return "another" if pair.status == CHANGED else "none"
    return signed_mib(pair.moved_bytes) if pair.moved_bytes else "0"


def signed(number: int) -> str:
    """The number with its sign.

    >>> signed(2048), signed(-3), signed(0)
    ('+2,048', '−3', '0')
    """
    return f"{'−' if number < 0 else '+' if number else ''}{abs(number):,}"


def signed_mib(size_bytes: int) -> str:
    """The size for people with its sign.

    >>> signed_mib(-(2 << 30))
    '−2,048 MiB'
    """
    return f"{'−' if size_bytes < 0 else '+' if size_bytes else ''}{mib_text(abs(size_bytes))}"
