"""A run for a postmortem: Markdown in which no text of the log can be markup."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sparkmem.render.markdown import table
from sparkmem.render.run import rows
from sparkmem.render.run.executor_rows import executor_head, executor_rows
from sparkmem.render.run.text import COMPARED_HEAD, compared_rows
from sparkmem.render.unseen import without_unseen
from sparkmem.runs.finding import Finding
from sparkmem.runs.report import Report
from sparkmem.runs.summary import summary
from sparkmem.version import __version__

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|!~])")
_BLANK = re.compile(r"[\t\n]")


def plain(text: str) -> str:
    """The text with nothing in it that Markdown would take for markup.

    >>> plain("<b>*x*")
    '\\\\<b\\\\>\\\\*x\\\\*'
    """
    return _MARKUP.sub(r"\\\1", _BLANK.sub(" ", without_unseen(text, " ")))


def run_markdown(found: Report, date: str = "") -> str:
    """One run."""
    parts = [f"# {plain(found.verdict)}", table(["", ""], [(name, plain(text)) for name, text in rows.application(found)])]
    parts += [_finding(one) for one in found.findings]
    parts += [
        "## Block managers",
        table(["Executors", "By the log", "By the configuration", "Because"], _plain(rows.reconciled(found))),
    ]
    parts += ["## What it needed", table(rows.NEED_HEAD, _plain(rows.need_rows(found)))]
    parts += ["## Right size", plain(summary(found.right_size))]
    if found.right_size.now:
        parts.append(table(rows.SHAPE_HEAD, _plain(rows.shape_rows(found))))
    parts += ["\n".join(f"- {plain(one)}" for one in found.right_size.bounds)] if found.right_size.bounds else []
    parts += ["## Executors", table(executor_head(found), _plain(executor_rows(found, 50)))]
    parts.append(f"*Read by sparkmem {__version__}{f' on {date}' if date else ''}.*")
    return "\n\n".join(parts) + "\n"


def _finding(one: Finding) -> str:
    lines = [
        f"## {plain(rows.finding_head(one))}",
        "",
        f"{rows.KINDS[one.kind].capitalize()}; {one.region}. {plain(one.says)}",
    ]
    lines += ["", *(f"> {plain(line)}" for line in one.quote.splitlines()[:3])] if one.quote else []
    changes = [
        f"- {plain(f'{change.key} {change.value}'.strip())}{': ' if change.key else ''}{plain(change.why)}"
        for change in one.changes
    ]
    told = [f"- {plain(f'{text.title}{rows.numbers_told(text)}')}" for text in one.told]
    return "\n".join([*lines, *(["", *told] if told else []), *(["", *changes] if changes else [])])


def _plain(found: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[plain(cell) for cell in row] for row in found]


def runs_markdown(found: Sequence[tuple[str, Report]]) -> str:
    """Several runs, one a row."""
    return table(COMPARED_HEAD, _plain(compared_rows(found))) + "\n"
