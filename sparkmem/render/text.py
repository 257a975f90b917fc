"""Answers as plain text, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sparkmem.answer.breakdown import Breakdown
from sparkmem.answer.line import Line
from sparkmem.answer.result import Result
from sparkmem.errors import InputError
from sparkmem.given import Given

if TYPE_CHECKING:
    from sparkmem.answer.table import Table


def answer_text(result: Result, given: Given) -> str:
    """The headline, every figure with its reason, and the notes."""
    assumed = [result.assumed.text] if result.assumed else []
    lines = [result.headline, *assumed, "", *rows_text(result)]
    lines += table_text(result.table) if result.table else []
    lines += [f"\n{note.level}: {note.text}" for note in result.remarks]
    return "\n".join(lines)


def rows_text(result: Result) -> list[str]:
    """Every figure with its reason, a line each."""
    rows = [(depth, line) for b in result.breakdowns for depth, line in with_depth(b)]
    rows += [(0, line) for line in (*result.lines, *result.idle)]
    width = max((len("  " * depth + line.label) for depth, line in rows), default=0)
    shown = max((len(line.shown) for _, line in rows), default=0)
    return [f"{'  ' * depth + line.label:<{width}}  {line.shown:>{shown}}  {line.because}" for depth, line in rows]


def table_text(table: Table) -> list[str]:
    """The table under its heads, and the remarks on its rows."""
    heads = [column.label for column in table.columns]
    body = [[column.shown(row.figures[column.id]) for column in table.columns] for row in table.rows]
    widths = [max(map(len, column)) for column in zip(heads, *body, strict=True)]
    lines = ["", f"{table.sorted_by} Sizes in MiB. {table.about} {table.left_out}".strip()]
    letters = {mark.id: chr(ord("a") + number) for number, mark in enumerate(table.marks)}
    marks = ["".join(letters[mark] for mark in row.marks) + (" *" if row.current else "") for row in table.rows]
    for cells, mark in zip([heads, *body] if body else [], ["", *marks], strict=False):
        lines.append("  ".join([*(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True)), mark]).rstrip())
    lines += [f"{letters[mark.id]}: {mark.text}" for mark in table.marks]
    return lines + (["*: what was given"] if any(row.current for row in table.rows) else [])


def with_depth(breakdown: Breakdown, depth: int = 0) -> list[tuple[int, Line]]:
    """All lines of a breakdown, each with how deep it lies."""
    found = [(depth, breakdown.total)]
    for below in breakdown.parts:
        found += with_depth(below, depth + 1) if isinstance(below, Breakdown) else [(depth + 1, below)]
    return found


def errors_text(errors: Sequence[InputError]) -> str:
    """Each fault on lines of its own: the input, what was said of it, and what to change."""
    return "\n".join(
        f"{_named(error.name)}{error.fault}" + (f"\n  {error.change}" if error.change else "") for error in errors
    )


def _named(name: str) -> str:
    """The input that is meant; none for a text that stands alone, whose name nobody typed."""
    return "" if name in ("", "text", "request") else f"{name}: "
