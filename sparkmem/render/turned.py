"""What a comparison says first: what changes for whoever reads it, the verdict, and the figures that it is decided by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sparkmem.render.comparison_rows import moved_text
from sparkmem.requests.comparison import Comparison
from sparkmem.requests.pairs import Pair, Side

_VERDICT = re.compile(r"(?:[^.:]|\.(?=[0-9])){2,60}?(?=[.:]\s)")
_NUMBERS = re.compile(r"[0-9][0-9.,]*")
_MOST = 2


def turned(found: Comparison) -> str:
    """One line; empty where neither moves.

    >>> from sparkmem.calculators import CALCULATORS
    >>> from sparkmem.requests.comparison import compare
    >>> heap = CALCULATORS["executor-memory"]
    >>> turned(compare(heap, Side(*heap.run({})), Side(*heap.run({"spark.executor.memory": "2g"}))))
    'Heap that the JVM reports +1,024 MiB'
    """
    before, now = (_verdict(side) for side in (found.before, found.now))
    another = _NUMBERS.sub("", before) != _NUMBERS.sub("", now)  # by how much a number moved the totals say
    parts = [f"{before} → {now}"] if before and now and another else []
    return "; ".join([*parts, *(f"{pair.line.label} {_moved(pair)}" for pair in _first(found))])


def _verdict(side: Side) -> str:
    """The first words of a headline, where they are a sentence of their own."""
    begun = _VERDICT.match(side.result.headline)
    return begun[0] if begun else ""


def _moved(pair: Pair) -> str:
    """By how much a size moved; a number of something else stands there before and now."""
    if pair.before and pair.now and pair.moved_bytes is None:
        return f"{pair.before.shown} → {pair.now.shown}"
    return moved_text(pair)


def _first(found: Comparison) -> list[Pair]:
    """What a reader decides by, else the totals, as far as they moved; where none did, the first sizes that did."""
    differing = {pair.id: pair for pair in found.differing}
    moved = {id: pair for id, pair in differing.items() if pair.moved_bytes and _is_one_figure(pair)}
    decisive = [differing[id] for id in found.decisive if id in differing]
    totals = [moved[id] for id in _totals(found) if id in moved]
    return (decisive or totals or list(moved.values()))[:_MOST]


def _is_one_figure(pair: Pair) -> bool:
    """Whether it has one name on both sides: the first of two lists is another thing in each."""
    return bool(pair.before and pair.now and pair.before.label == pair.now.label)


def _totals(found: Comparison) -> Iterator[str]:
    yield from dict.fromkeys(b.total.id for side in (found.now, found.before) for b in side.result.breakdowns)
