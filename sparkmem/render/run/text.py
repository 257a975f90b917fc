"""A run in a terminal: what was found, the cause first, then sizes, executors and stages."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill

from sparkmem.render.run import rows
from sparkmem.render.run.executor_rows import executor_head, executor_rows
from sparkmem.runs.finding import Finding
from sparkmem.runs.report import Report
from sparkmem.runs.summary import hours_text, summary

_WIDTH = 100


def run_text(found: Report) -> str:
    """The answer about one run."""
    lines = [f"{name}: {text}" for name, text in rows.application(found)]
    lines += ["", found.verdict, *(line for one in found.findings for line in _finding(one))]
    lines += ["", "Block managers, by the log and by the configuration:"]
    for names, maximum, computed, why in rows.reconciled(found):
        lines.append(_filled(f"{names}: {maximum}; computed {computed} ({why})", "  "))
    lines += ["", "What it needed:", *table([rows.NEED_HEAD, *rows.need_rows(found)])]
    lines += ["", "Right size:", _filled(summary(found.right_size), "  ")]
    if found.right_size.now:
        lines += ["", *table([rows.SHAPE_HEAD, *rows.shape_rows(found)])]
    lines += [_filled(f"- {one}", "  ") for one in found.right_size.bounds]
    lines += ["", "Executors:", *table([executor_head(found), *executor_rows(found, 20)])]
    if found.run.stages:
        lines += ["", "Stages:", *table([rows.STAGE_HEAD, *rows.stage_rows(found, 15)])]
    lines += _unread(found)
    return "\n".join(lines)


def _finding(one: Finding) -> list[str]:
    lines = ["", _filled(f"[{rows.KINDS[one.kind]}] {rows.finding_head(one)}: {one.says}", "", "  ")]
    lines += [_filled(f'"{line}"', "    ") for line in one.quote.splitlines()[:2]]
    for change in one.changes:
        setting = f"{change.key} {change.value}".strip()
        lines.append(_filled(f"change {setting}: {change.why}" if setting else f"change: {change.why}", "  "))
    lines += [_filled(f"not: {one.not_to_do}", "  ")] if one.not_to_do else []
    lines += [_filled(f"its words: {text.title}{rows.numbers_told(text)}, {text.page}", "  ") for text in one.told]
    return [*lines, f"  see {one.see}"]


def _unread(found: Report) -> list[str]:
    read = found.run.read
    lines = [f"  file {place[0]}, line {place[1]}: {why}" for place, why in read.faults]
    lines += [f"  too many {name} to keep: the first are there" for name in read.left_out]
    return ["", "Not read:", *lines] if lines else []


def _filled(words: str, first: str, later: str | None = None) -> str:
    return fill(words, _WIDTH, initial_indent=first, subsequent_indent=(first if later is None else later) or first,
                break_long_words=False, break_on_hyphens=False)  # fmt: skip


def table(lines: Sequence[Sequence[str]]) -> list[str]:
    """Columns below one another.

    >>> table([["a", "bb"], ["ccc", "d"]])
    ['  a    bb', '  ccc  d']
    """
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    return [
        "  " + "  ".join(f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    ]


def runs_text(found: Sequence[tuple[str, Report]]) -> str:
    """Several runs side by side, one a row."""
    return "\n".join(table([COMPARED_HEAD, *compared_rows(found)]))


COMPARED_HEAD = ["Log", "First found", "Needed", "Spilled", "Lasted", "Executors", "GiB-hours", "Spark"]


def compared_rows(found: Sequence[tuple[str, Report]]) -> list[list[str]]:
    """Run by run: what went wrong first, what it needed, what it cost."""
    made = []
    for name, one in found:
        run, advice = one.run, one.right_size
        spilled = sum(stage.sum("memory-spilled") for stage in run.stages)
        lasted = f"{((run.ended or 0) - (run.started or 0)) / 1000:,.1f} s"
        hours = hours_text(advice.now.gib_hours(advice.hours)) if advice.now else ""
        made.append([
            name.rpartition("/")[2], one.verdict, rows.size(advice.needs.execution.bytes),
            rows.size(spilled) if spilled else "0", lasted, str(len(run.workers)), hours, run.release.said,
        ])  # fmt: skip
    return made
