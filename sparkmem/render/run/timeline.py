"""Executors over time: a line for each, from its beginning to its end, with its memory; and the same as a table."""

from __future__ import annotations

from itertools import compress

from sparkmem.eventlog.run import Executor, Run, Stage
from sparkmem.render.escaping import escape
from sparkmem.render.run.clock import moment
from sparkmem.render.run.rows import NOT_MEASURED
from sparkmem.runs.causes import is_benign
from sparkmem.runs.report import Report
from sparkmem.size import mib_text

MOST = 40
MOST_STAGES = 200
MARKS = (
    ("H", "JVMHeapMemory", "heap"),
    ("E", "OnHeapExecutionMemory", "execution"),
    ("S", "OnHeapStorageMemory", "storage"),
)
"""The letter at a mark, the metric, its name."""
_TABLE_HEAD = ["Executor", "From", "To", *(cell for _, _, name in MARKS for cell in (f"Largest {name}", "seen at")), "End"]
_LEGEND = (
    "Seconds since {}. A line is as long as an executor lived and filled as high as the largest heap that was seen in it;"
    " H, E and S stand where the largest heap, execution and storage memory were seen, where the log says when;"
    " a diamond is a lost executor."
)


def timeline_html(found: Report) -> str:
    """The lines of the first executors; all of them are in the table."""
    run = found.run
    start, end = run.started or 0, run.ended or 0
    shown = [one for one in run.workers if one.added or one.tally.sums][:MOST]
    if not shown or end <= start:
        return "<p>No executor has a beginning and an end in the log.</p>"
    lines = "".join(_line(one, found, start, end) for one in shown)
    more = len(run.workers) - len(shown)
    rest = f" {more:,} more executors have no line here." if more > 0 else ""
    return (
        f'<ul class="sm-timeline">{_axis(start, end)}{_stages(run, start, end)}{lines}</ul>'
        f'<p class="sm-quiet">{escape(_LEGEND.format(f"{moment(start)} UTC") + rest)}</p>'
    )


def timeline_table(found: Report, most: int = 200) -> tuple[list[str], list[list[str]]]:
    """The same as the picture, in seconds since the beginning: columns that hold something, and a row for each executor."""
    start, end = found.run.started or 0, found.run.ended or 0
    rows = [_row(one, start, end) for one in found.run.workers[:most]] if end > start else []
    known = [any(row[place] not in ("", NOT_MEASURED) for row in rows) for place in range(len(_TABLE_HEAD))]
    return list(compress(_TABLE_HEAD, known)), [list(compress(row, known)) for row in rows]


def _row(one: Executor, start: int, end: int) -> list[str]:
    peaks = [(one.peak(metric), one.peak_at(metric)) for _, metric, _ in MARKS]
    cells = [
        text
        for value, at in peaks
        for text in (mib_text(value) if value else NOT_MEASURED, _seconds(at, start) if start <= at <= end else "")
    ]
    ended = _seconds(one.removed, start) if one.removed else "the end"
    return [one.id, _seconds(one.added or start, start), ended, *cells, one.reasons[0][:120] if one.reasons else ""]


def _seconds(at: int, start: int) -> str:
    return f"{max(at - start, 0) / 1000:,.1f} s"


def _axis(start: int, end: int) -> str:
    """Five moments, from the first to the last."""
    ticks = "".join(
        f'<span style="inset-inline-start:{quarter * 25}%">{_seconds(start + (end - start) * quarter // 4, start)}</span>'
        for quarter in range(5)
    )
    return f'<li class="sm-axis" aria-hidden="true"><span></span><span class="sm-timeline-axis">{ticks}</span></li>'


def _stages(run: Run, start: int, end: int) -> str:
    """The stages above the executors: when they ran, and which of them spilled or had tasks that failed."""
    timed = [one for one in run.stages if one.submitted and one.completed][:MOST_STAGES]
    if not timed:
        return ""
    drawn = "".join(_stage(one, start, end) for one in timed)
    spilled = [str(one.id) for one in timed if one.sum("memory-spilled")]
    failed = [str(one.id) for one in timed if one.sum("failed")]
    words = f"{len(timed)} from {timed[0].id} to {timed[-1].id}" if len(timed) > 1 else f"stage {timed[0].id}"
    words += "".join(
        f"; {what} {', '.join(some[:8])}{' and more' if len(some) > 8 else ''}"
        for what, some in (("spilled:", spilled), ("with failed tasks:", failed))
        if some
    )
    lane = f'<span class="sm-timeline-bar sm-lane" aria-hidden="true">{drawn}</span>'
    return f'<li><span class="sm-mark-name">Stages</span>{lane}<span class="sm-mark-words">{escape(words)}</span></li>'


def _stage(one: Stage, start: int, end: int) -> str:
    left, right = _share(one.submitted or start, start, end), _share(one.completed or end, start, end)
    kind = " data-failed" if one.sum("failed") else " data-spilled" if one.sum("memory-spilled") else ""
    label = str(one.id) if right - left > 3 else ""
    return f'<span{kind} style="inset-inline-start:{left:.2f}%;inline-size:{max(right - left, 0.4):.2f}%">{label}</span>'


def _line(one: Executor, found: Report, start: int, end: int) -> str:
    began, ended = one.added or start, one.removed or end
    left, right = _share(began, start, end), _share(ended, start, end)
    lost = one.removed is not None and any(not is_benign(reason) for reason in one.reasons)
    heap, most = found.reconciled[one.id].heap_bytes, one.peak("JVMHeapMemory")
    level = f'<em style="block-size:{min(most / heap, 1) * 100:.0f}%"></em>' if heap and most else ""
    end_mark = f'<b style="inset-inline-start:{right:.2f}%"></b>' if lost else ""
    return (
        f'<li><span class="sm-mark-name">Executor {escape(one.id)}</span><span class="sm-timeline-bar" aria-hidden="true">'
        f'<span style="inset-inline-start:{left:.2f}%;inline-size:{max(right - left, 0.4):.2f}%">{level}</span>'
        f"{_ticks(one, start, end)}{end_mark}</span>"
        f'<span class="sm-mark-words">{escape(_words(one, heap, ended - began, start, lost))}</span></li>'
    )


def _ticks(one: Executor, start: int, end: int) -> str:
    """A letter at each moment of a largest value; several at one moment together."""
    at: dict[int, str] = {}
    for letter, metric, _ in MARKS:
        when = one.peak_at(metric)
        if one.peak(metric) and start <= when <= end:
            at[when] = at.get(when, "") + letter
    return "".join(
        f'<i style="inset-inline-start:{_share(when, start, end):.2f}%"><u>{letters}</u></i>' for when, letters in at.items()
    )


def _words(one: Executor, heap: int, lived: int, start: int, lost: bool) -> str:
    peaks = []
    for _, metric, name in MARKS:
        if value := one.peak(metric):
            of = f" of {mib_text(heap)}, {value / heap:.0%}," if name == "heap" and heap else ""
            at = f" at {_seconds(one.peak_at(metric), start)}" if one.peak_at(metric) >= start else ""
            peaks.append(f"{name} {mib_text(value)}{of}{at}".rstrip(","))
    words = f"lived {lived / 1000:,.1f} s; {', '.join(peaks) or 'nothing sampled'}"
    return words + (f"; lost: {one.reasons[0][:80]}" if lost else "")


def _share(time: int, start: int, end: int) -> float:
    return min(max((time - start) / (end - start) * 100, 0), 100)
