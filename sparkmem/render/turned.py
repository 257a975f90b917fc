"""What a comparison says first: what changes for whoever reads it, the verdict and the totals."""

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
    return "; ".join([*parts, *(f"{pair.line.label} {moved_text(pair)}" for pair in _totals(found))])


def _verdict(side: Side) -> str:
    """The first words of a headline, where they are a sentence of their own."""
    begun = _VERDICT.match(side.result.headline)
    return begun[0] if begun else ""


def _totals(found: Comparison) -> list[Pair]:
    """The totals that moved; where none did, the first figures."""
    moved = {pair.id: pair for pair in found.differing if pair.moved_bytes}
    totals = [moved[id] for id in _ids(found) if id in moved]
    return (totals or list(moved.values()))[:_MOST]


def _ids(found: Comparison) -> Iterator[str]:
    yield from dict.fromkeys(b.total.id for side in (found.now, found.before) for b in side.result.breakdowns)
