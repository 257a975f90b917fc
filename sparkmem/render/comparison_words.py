"""A comparison as words: a table for a terminal, one in Markdown, and plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sparkmem.answer.line import Line
from sparkmem.calculator import Calculator
from sparkmem.errors import BadInputs
from sparkmem.render.comparison_rows import depths, moved_text, signed
from sparkmem.render.markdown import table
from sparkmem.render.turned import turned
from sparkmem.requests.comparison import Comparison, compare
from sparkmem.requests.evaluate import run
from sparkmem.requests.pairs import SAME, InputPair, Pair, Side

_WITH_NONE = "Compared with inputs that have no answer: {}"


def other_side(calculator: Calculator, inputs: Mapping[str, str]) -> Side | BadInputs:
    """The answer that another is compared with, or its faults; a text that takes anything is never part of it."""
    known = {name: text for name, text in inputs.items() if name not in _pasted(calculator)}
    try:
        result, given, _ = run({"calculator": calculator.id, "inputs": known})
        return Side(result, given)
    except BadInputs as bad:
        return bad


def _pasted(calculator: Calculator) -> set[str]:
    return {item.name for item in calculator.inputs if item.private}


def comparison_text(found: Comparison) -> str:
    """The comparison for a terminal."""
    lines = [*filter(None, [turned(found)]), found.summary, ""]
    for name, side in (("before:", found.before), ("now:", found.now)):
        lines.append(f"{name:<8}{side.result.headline}")
        lines += [f"        {side.result.assumed.text}"] if side.result.assumed else []
    lines.append("")
    rows = [["", "Before", "Now", "Difference"], *([*_input(pair), ""] for pair in found.inputs), *_figures(found, "  ")]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row in rows:
        cells = [f"{row[0]:<{widths[0]}}", *(f"{row[column]:>{widths[column]}}" for column in (1, 2, 3))]
        lines.append("  ".join(cells).rstrip())
    same = sum(pair.status == SAME for pair in found.rows)
    lines += ["", f"{same} figure{'s are' if same != 1 else ' is'} the same."] if same else []
    for pair in found.remarks:
        note = pair.now or pair.before
        if note and pair.status != SAME:
            lines.append(f"\n{pair.status} {note.level}: {note.text}")
    return "\n".join(lines)


def comparison_markdown(calculator: Calculator, against: Mapping[str, str], now: Side) -> str:
    """What differs from another answer, as tables in Markdown; its faults where it has no answer."""
    before = other_side(calculator, against)
    if isinstance(before, BadInputs):
        return _WITH_NONE.format(before.message)
    found = compare(calculator, before, now)
    parts = [f"**Compared with before:** {_first_said(found)}", f"Before: {before.result.headline}"]
    if found.inputs:
        parts.append(table(["Input that differs", "Before", "Now"], map(_input, found.inputs)))
    if found.differing:
        parts.append(table(["Figure that differs", "Before", "Now", "Difference"], _figures(found, "&emsp;"), [1, 2, 3]))
    return "\n\n".join(parts)


def compared_line(calculator: Calculator, against: Mapping[str, str], now: Side) -> str:
    """The same in a line of plain text: what differs first, and what was the answer.

    >>> from sparkmem.calculators import CALCULATORS
    >>> heap = CALCULATORS["executor-memory"]
    >>> compared_line(heap, {}, Side(*heap.run({"spark.executor.memory": "2g"}))).partition(". Before: ")[0]
    'Compared with before: Heap that the JVM reports +1,024 MiB. spark.executor.memory differs, and 8 of 9 figures'
    """
    before = other_side(calculator, against)
    if isinstance(before, BadInputs):
        return _WITH_NONE.format(" ".join(before.message.split()))
    return f"Compared with before: {_first_said(compare(calculator, before, now))} Before: {before.result.headline}"


def _first_said(found: Comparison) -> str:
    return ". ".join(filter(None, [turned(found), found.summary]))


def _input(pair: InputPair) -> list[str]:
    name = f"{pair.label} ({pair.name})" if pair.name.startswith("spark.") and pair.name != pair.label else pair.label
    return [name, _said(pair.before, pair.set_before), _said(pair.now, pair.set_now)]


def _figures(found: Comparison, indent: str) -> list[list[str]]:
    """A row for each figure that differs, its label as deep as it lies."""
    deep = depths(found)
    return [
        [indent * deep.get(pair.id, 0) + pair.line.label, _shown(pair.before), _shown(pair.now), _moved(pair)]
        for pair in found.differing
    ]


def _said(text: str, is_set: bool) -> str:
    return text if is_set else f"{text} (default)" if text else "not set"


def _shown(line: Line | None) -> str:
    return line.shown if line else "none"


def _moved(pair: Pair) -> str:
    return f"{moved_text(pair)} ({signed(pair.moved_bytes)} bytes)" if pair.moved_bytes else moved_text(pair)


def comparison_dict(found: Comparison) -> dict[str, Any]:
    """The comparison as plain data."""
    return {
        "summary": found.summary,
        "inputs": [
            {
                "name": p.name, "before": p.before, "now": p.now,
                "provenance": ["set" if is_set else "default" for is_set in (p.set_before, p.set_now)],
            }
            for p in found.inputs
        ],
        "rows": [
            {
                "id": p.id, "label": p.line.label, "status": p.status, "difference": p.moved_bytes,
                "before": p.before.as_dict() if p.before else None, "now": p.now.as_dict() if p.now else None,
            }
            for p in found.rows
        ],
        "notes": [
            {
                "status": p.status, "before": p.before.as_dict() if p.before else None,
                "now": p.now.as_dict() if p.now else None,
            }
            for p in found.notes
        ],
        "before": found.before.result.headline,
        "now": found.now.result.headline,
    }  # fmt: skip
