"""Answers as plain text, for a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from sparkmem.breakdown import Breakdown, Line
from sparkmem.calculator import Calculator, Given, Result
from sparkmem.errors import InputError


def answer_text(result: Result, given: Given) -> str:
    """The headline, every figure with its reason, and the notes."""
    lines = [result.headline, ""]
    rows = [(depth, line) for b in result.breakdowns for depth, line in with_depth(b)]
    rows += [(0, line) for line in result.lines]
    width = max((len("  " * depth + line.label) for depth, line in rows), default=0)
    shown = max((len(line.shown) for _, line in rows), default=0)
    for depth, line in rows:
        label = "  " * depth + line.label
        lines.append(f"{label:<{width}}  {line.shown:>{shown}}  {line.because}")
    lines += [f"\n{note.level}: {note.text}" for note in result.notes]
    return "\n".join(lines)


def with_depth(part: Breakdown | Line, depth: int = 0) -> Iterator[tuple[int, Line]]:
    """All lines of a breakdown, each with how deep it lies."""
    if isinstance(part, Line):
        yield depth, part
        return
    yield depth, part.total
    for below in part.parts:
        yield from with_depth(below, depth + 1)


def errors_text(errors: Sequence[InputError]) -> str:
    """Each fault on lines of its own: the input, what was said of it, and what to change."""
    return "\n".join(
        f"{error.name or 'request'}: {error.message}" + (f"\n  {error.change}" if error.change else "") for error in errors
    )


def help_text(calculator: Calculator) -> str:
    """What ``--help`` prints: the question, and every input with its default and meaning."""
    lines = [calculator.question, "", f"sparkmem {calculator.id} [--INPUT VALUE ...] [--json | --as FORMAT]", ""]
    for item in calculator.inputs:
        values = "|".join(value for value, _ in item.choices if value) or "TEXT"
        default = f" (default {item.default})" if item.default else ""
        lines += [f"  --{item.name} {values}{default}", f"      {item.help}"]
    return "\n".join(lines)


def replay_help_text() -> str:
    """What ``sparkmem replay --help`` prints: what a trace is, what its answer is, and every operation."""
    from sparkmem.spark.trace import FORMAT  # here: pages need neither
    from sparkmem.spark.trace_ops import OPERATIONS

    lines = ["What does a memory manager do, one operation after another?", ""]
    lines += ["sparkmem replay [--release RELEASE] < traces.jsonl", "", FORMAT, "", "Operations"]
    shown = {name: json.dumps([name, *kinds]) for name, (kinds, _) in OPERATIONS.items()}
    width = max(map(len, shown.values()))
    lines += [f"  {shown[name]:<{width}}  {meaning}" for name, (_, meaning) in OPERATIONS.items()]
    return "\n".join(lines)
