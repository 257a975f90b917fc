"""Answers as Markdown tables, for the prose of the pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sparkmem.answer.result import Result
from sparkmem.render.text import with_depth


def table(head: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> str:
    """A Markdown table; the columns numbered in ``right`` are set to the right.

    >>> print(table(["a", "b"], [["x", "1"]], right=[1]))
    | a | b |
    | --- | ---: |
    | x | 1 |
    """
    rule = ["---:" if n in right else "---" for n in range(len(head))]
    return "\n".join(f"| {' | '.join(_cell(c) for c in row)} |" for row in (head, rule, *rows))


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def breakdown_table(result: Result) -> str:
    """Every figure with its bytes and its reason."""
    rows = [(depth, line) for b in result.breakdowns for depth, line in with_depth(b)]
    rows += [(0, line) for line in (*result.lines, *result.idle)]
    return table(
        ["Region", "Size", "Bytes", "Because"],
        [["&emsp;" * depth + line.label, line.shown, f"{line.size_bytes:,}", line.because] for depth, line in rows],
        right=[1, 2],
    )
