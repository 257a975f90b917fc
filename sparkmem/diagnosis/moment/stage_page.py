"""A stage's page of the web UI, as a browser copies it: spill and collections for each task, and whether tasks are alike."""

from __future__ import annotations

import re

from sparkmem.diagnosis.moment.held import Held, Moment, counted
from sparkmem.diagnosis.numbers import value
from sparkmem.size import mib_text

BEGINS = (b"Details for Stage", b"Summary Metrics for ")
MOST_LINES = 60
BEFORE = 0
_STAGE = re.compile(r"Details for Stage ([0-9]{1,9})\b")
_TASKS = re.compile(r"Summary Metrics for ([0-9][0-9,]{0,11}) Completed Tasks")
_SIZE, _TIME = r"[0-9][0-9.,]{0,15} ?[KMGTP]?i?B", r"[0-9][0-9.,]{0,15} ?(?:ms|s|min|h)"
_TOTAL = re.compile(rf"[ \t]{{0,8}}Spill \((Memory|Disk|memory|disk)\):[ \t]{{0,8}}({_SIZE})")
_ROW = re.compile(
    rf"[ \t]{{0,8}}(Duration|GC Time|Spill \((?:[Mm]emory|[Dd]isk)\)|Peak Execution Memory|Input Size / Records"
    rf"|Shuffle Read Size / Records)[ \t]{{1,8}}((?:{_SIZE}|{_TIME})[^\n]{{0,300}})"
)
_CELL = re.compile(rf"{_SIZE}|{_TIME}")
_MILLISECONDS = {"ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000}
_TOTAL_TASKS = re.compile(r"\(([0-9][0-9,]{0,11}) total\b")
_GOING = re.compile(
    rf"(?i)\btask [0-9.]{{1,12}}\b[^\n]{{0,60}}?\b(?:running|failed|attempt)\b[^\n]{{0,80}}?"
    rf"\b(?:shuffle )?read(?: size)?\W{{1,4}}({_SIZE})"
)
GOING = "read by a task that has not completed"
NOBODY = -1
"""In the place of what a task reads that has not completed, where the text speaks of none."""
_MEDIAN, _MOST, _QUANTILES = 2, 4, 5
"""Where the median and the largest stand among minimum, 25th, 50th and 75th percentile and maximum (``StagePage``)."""
_UNLIKE, _MUCH_GC = 3, 0.1
"""Times the median that is called skew here; the share of collections above which the web UI colours a row red."""


def read(lines: list[str], number: int) -> Moment | None:
    """What the page says of memory; None where it has neither spill nor a table of quantiles."""
    stage, tasks, going = "", 0, NOBODY
    totals, rows = dict[str, int](), dict[str, list[int]]()
    for line in lines:
        text = line[:2000]
        if match := _STAGE.search(text):
            stage = stage or match[1]
        if match := _TASKS.search(text):
            tasks = tasks or int(match[1].replace(",", ""))
        if (match := _TOTAL_TASKS.search(text)) and int(match[1].replace(",", "")) > tasks > 0:
            going = max(going, 0)
        if match := _GOING.search(text):
            going = max(going, _bytes(match[1]))
        if match := _TOTAL.match(text):
            totals.setdefault(match[1].lower(), _bytes(match[2]))
        elif (match := _ROW.match(text)) and len(cells := _cells(match[1], match[2])) == _QUANTILES:
            rows.setdefault(match[1].lower(), cells)
    if not totals and not rows:
        return None
    held = [Held(f"spilled, as it was in {'memory' if of == 'memory' else 'files'}", size) for of, size in totals.items()]
    held += [Held(GOING, going)] if going > 0 else []
    title = f"Stage {stage}, as the web UI shows it" if stage else "A stage, as the web UI shows it"
    return Moment("stage-page", title, number, tuple(held), tuple(_said(totals, rows, tasks, going)))


def _said(totals: dict[str, int], rows: dict[str, list[int]], tasks: int, going: int) -> list[str]:
    said = []
    if tasks and any(totals.values()):
        parts = [f"{mib_text(size // tasks)} {'in memory' if of == 'memory' else 'on disk'}" for of, size in totals.items()]
        said.append(f"That is {' and '.join(parts)} for each of {counted(tasks, 'task')}.")
    if any(totals.values()):
        said.append("Spilling is no failure: execution memory was smaller than what a task sorted or grouped, and a part"
                    " went to disk. More partitions, or more memory for each task, make it less.")  # fmt: skip
    if {"duration", "gc time"} <= rows.keys() and rows["duration"][_MEDIAN]:
        took, ran = rows["gc time"][_MEDIAN], rows["duration"][_MEDIAN]
        much = " That is much: the heap is close to full." if took > _MUCH_GC * ran else ""
        share = f"{took / 1000:,.1f} s of {ran / 1000:,.0f} s, {100 * took / ran:.1f} %"
        said.append(f"Collections took {share} of a usual task.{much}")
    for name in ("shuffle read size / records", "input size / records", "duration"):
        if name in rows and rows[name][_MEDIAN]:
            return [*said, _alike(name, rows[name], going)]
    return said


def _alike(name: str, cells: list[int], going: int) -> str:
    """Whether the largest task is far from the usual one; ``going``: what a task reads that has not completed [bytes].

    >>> _alike("duration", [1, 2, 1000, 4, 9000], NOBODY)
    'The longest task has 9.0 times the median: one has far more to do than the others (skew).'
    """
    times = cells[_MOST] / cells[_MEDIAN]
    if going > _UNLIKE * cells[_MEDIAN] and name.startswith("shuffle"):
        far = f"{mib_text(going)}, {going / cells[_MEDIAN]:,.0f} times the median of those that did"
        return f"A task that has not completed reads {far}: it has far more to do than the others (skew)."
    if going != NOBODY and times <= _UNLIKE:
        return f"The largest task that completed has {times:,.1f} times the median; one that did not is not among them."
    what = "longest" if name == "duration" else "largest"
    told = "one has far more to do than the others (skew)" if times > _UNLIKE else "tasks are alike, there is no skew"
    return f"The {what} task has {times:,.1f} times the median: {told}."


def _cells(name: str, text: str) -> list[int]:
    """The quantiles of a row [bytes, milliseconds]; of a size with records only the sizes."""
    unit = _MILLISECONDS if name in ("Duration", "GC Time") else None
    found = _CELL.findall(text)
    return [_time(one) if unit else _bytes(one) for one in found]


def _time(text: str) -> int:
    number, unit = text.rstrip("mshin ").replace(",", ""), text.lstrip("0123456789., ")
    return round(float(number) * _MILLISECONDS.get(unit, 0)) if number.replace(".", "", 1).isdigit() else 0


def _bytes(text: str) -> int:
    return int(value(text.replace(" ", ""), "size"))
