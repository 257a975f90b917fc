"""A long text, as a log or a file that was pasted whole: the lines near those that speak of Spark, and the rest apart."""

from __future__ import annotations

import re

MOST_IN_A_FORM = 40_000
"""Letters that are read as a form; the rest of a longer text is gone through for keys with a value beside them."""

_RELEVANT = re.compile(r"[sS]park|SPARK|[mM]emory|MEMORY|[cC]lassification|--conf\b|-Xmx")
_SHORTEST = 5
_ABOVE, _BELOW = 15, 40


def parted(text: str) -> tuple[str, str]:
    """What is read as a form and what is gone through for keys, each with as many lines as the text.

    >>> parted("short")
    ('short', '')
    """
    if len(text) <= MOST_IN_A_FORM:
        return text, ""
    lines = text.split("\n")
    kept, left, budget = [""] * len(lines), lines[:], MOST_IN_A_FORM
    until = 0
    for at, line in enumerate(lines):
        match = _RELEVANT.search(line) if len(line) >= _SHORTEST else None
        if not match:
            continue
        for near in range(max(until, at - _ABOVE), min(len(lines), at + _BELOW + 1)):
            near_line = lines[near]
            if len(near_line) > budget:
                begin = max(0, match.start() - 2000) if near == at else 0
                kept[near] = near_line[begin : begin + budget]
                left[near] = near_line[begin + budget :]
                return "\n".join(kept), "\n".join(left)
            kept[near], left[near] = near_line, ""
            budget -= len(near_line) + 1
        until = max(until, at + _BELOW + 1)
    return "\n".join(kept), "\n".join(left)
