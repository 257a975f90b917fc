"""Executors over time: a line for each, from its beginning to its end, with the moment of its largest memory."""

from __future__ import annotations

from sparkmem.eventlog.run import Executor
from sparkmem.render.escaping import escape
from sparkmem.render.run.rows import moment
from sparkmem.runs.causes import is_benign
from sparkmem.runs.report import Report
from sparkmem.size import mib_text

MOST = 40
_MARKS = (("JVMHeapMemory", "heap"), ("OnHeapExecutionMemory", "execution"), ("OnHeapStorageMemory", "storage"))


def timeline_html(found: Report) -> str:
    """The lines of the first executors; all of them are in the table."""
    run = found.run
    start, end = run.started or 0, run.ended or 0
    shown = [one for one in run.workers if one.added or one.tally.sums][:MOST]
    if not shown or end <= start:
        return "<p>No executor has a beginning and an end in the log.</p>"
    lines = "".join(_line(one, start, end) for one in shown)
    more = len(run.workers) - len(shown)
    rest = f" {more} more are in the table." if more > 0 else ""
    return (
        f'<ul class="sm-timeline">{lines}</ul><p class="sm-quiet">From {escape(moment(start))} to {escape(moment(end))} UTC;'
        f" a diamond is a lost executor, a tick the end of the task in which the most memory was seen.{rest}</p>"
    )


def _line(one: Executor, start: int, end: int) -> str:
    began, ended = one.added or start, one.removed or end
    left, width = _share(began, start, end), _share(ended, start, end) - _share(began, start, end)
    lost = one.removed is not None and any(not is_benign(reason) for reason in one.reasons)
    ticks = [(name, one.peak(metric), one.peak_at(metric)) for metric, name in _MARKS if one.peak(metric)]
    drawn = "".join(
        f'<i style="inset-inline-start:{_share(at, start, end):.2f}%"></i>' for _, _, at in ticks if start <= at <= end
    )
    end_mark = f'<b style="inset-inline-start:{_share(ended, start, end):.2f}%"></b>' if lost else ""
    peaks = ", ".join(f"{name} {mib_text(value)}" for name, value, _ in ticks) or "nothing sampled"
    words = f"{(ended - began) / 1000:,.1f} s, {peaks}" + (f"; lost: {one.reasons[0][:80]}" if lost else "")
    return (
        f'<li><span class="sm-mark-name">Executor {escape(one.id)}</span><span class="sm-timeline-bar" aria-hidden="true">'
        f'<span style="inset-inline-start:{left:.2f}%;inline-size:{max(width, 0.4):.2f}%"></span>{drawn}{end_mark}</span>'
        f'<span class="sm-mark-words">{escape(words)}</span></li>'
    )


def _share(time: int, start: int, end: int) -> float:
    return min(max((time - start) / (end - start) * 100, 0), 100)
