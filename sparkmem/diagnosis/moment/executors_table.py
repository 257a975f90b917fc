"""The Executors table of the web UI, as a browser copies it: tabs or blanks between cells, in any release, cut anywhere."""

from __future__ import annotations

import re

from sparkmem.diagnosis.moment.held import Moment
from sparkmem.diagnosis.moment.listed import Listed, held_by, said_of
from sparkmem.size.shown import NotANumber, readings

BEGINS = (b"Executor ID", b"\tActive\t", b"\tDead\t")
MOST_LINES = 400
BEFORE = 0
_SIZE = r"[0-9][0-9.,]{0,15}(?: ?[KMGTP]?i?B)?"
_TIME = r"[0-9][0-9.,]{0,15} ?(?:ms|s|min|h|d)"
_COUNT, _ANY = r"[0-9][0-9,]{0,12}", r"[^\t\n]{0,80}?"
_PAIR = rf"{_SIZE} ?/ ?{_SIZE}"
_CELLS = {
    "Executor ID": r"driver|[0-9]{1,7}", "Address": r"\S{1,120}", "RDD Blocks": _COUNT, "Disk Used": _SIZE, "Cores": _COUNT,
    "Status": r"(?:Active|Dead|Excluded|Blacklisted)(?: \([^)\n]{0,40}\))?",
    "On Heap Storage Memory": _PAIR, "Off Heap Storage Memory": _PAIR, "Storage Memory": _PAIR,
    "Peak JVM Memory OnHeap / OffHeap": _PAIR, "Peak Execution Memory OnHeap / OffHeap": _PAIR,
    "Peak Storage Memory OnHeap / OffHeap": _PAIR, "Peak Pool Memory Direct / Mapped": _PAIR,
    "Resources": r"(?:\w{1,40}: ?\[[^\]\n]{0,80}\],? ?){0,4}", "Resource Profile Id": _COUNT,
    "Active Tasks": _COUNT, "Failed Tasks": _COUNT, "Complete Tasks": _COUNT, "Total Tasks": _COUNT,
    "Task Time (GC Time)": rf"{_TIME}(?: ?\({_TIME}\))?",
}  # fmt: skip
"""What stands in a cell of each column that is read; the first that is none of these ends a row."""
_TITLES = re.compile("|".join(re.escape(title) for title in sorted(_CELLS, key=len, reverse=True)))
_USUAL = (
    "Executor ID", "Address", "Status", "RDD Blocks", "Storage Memory", "Disk Used", "Cores", "Active Tasks", "Failed Tasks",
    "Complete Tasks", "Total Tasks", "Task Time (GC Time)",
)  # fmt: skip
"""What a table has whose head was cut off."""
_ROW = re.compile(r"(?:driver|[0-9]{1,7})[ \t]{1,24}\S{1,120}")
_PATTERNS = {title: re.compile(pattern) for title, pattern in _CELLS.items()}
_MILLISECONDS = {"ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000, "d": 86_400_000}
_MOST_ROWS, _LONGEST = 40, 2000
_OF_A_STAGE = "Succeeded Tasks"
"""A column of a stage's table by executor, which says nothing of memory (``executorPageTemplate`` of the stage page)."""


def read(lines: list[str], number: int) -> Moment | None:
    """The executors of the table; None where no row has what makes it one."""
    columns, head, rows = list(_USUAL), "", []
    for line in lines:
        text = line.strip()[:_LONGEST]
        if _OF_A_STAGE in text:
            return None
        if _ROW.match(text) and (row := _listed(text, _titles(head) or columns)):
            columns, head = _titles(head) or columns, ""
            rows.append(row)
        elif "Executor ID" in text or (head and not rows):
            head = f"{head} {text}"[:_LONGEST]
        elif "Executor ID" not in head and rows and text and not _ROW.match(text):
            break
    if not rows:
        return None
    return Moment("executors-table", "Executors, as the web UI lists them", number, held_by(rows[:_MOST_ROWS]),
                  tuple(said_of(rows)))  # fmt: skip


def _titles(head: str) -> list[str]:
    """The columns of a head, in its order.

    >>> _titles("Executor ID  Address Status Storage Memory")
    ['Executor ID', 'Address', 'Status', 'Storage Memory']
    """
    return _TITLES.findall(head)


def _listed(line: str, columns: list[str]) -> Listed | None:
    """What a row says; None where it has neither memory nor tasks."""
    cells, at = {}, 0
    for title in columns:
        at += len(line[at:]) - len(line[at:].lstrip(" \t"))
        match = _PATTERNS[title].match(line, at)
        if not match:
            break
        cells[title], at = match[0], match.end()
    memory = cells.get("Storage Memory", "") or cells.get("On Heap Storage Memory", "")
    if not memory and "Total Tasks" not in cells:
        return None
    used, total = (sum(_sizes(part)) // 2 for part in (memory.split("/") if memory else ("", "")))
    on_heap = cells.get("On Heap Storage Memory", memory).rpartition("/")[2].strip()
    least, most = _sizes(on_heap)
    times = [_time(one) for one in cells.get("Task Time (GC Time)", "").rstrip(")").split("(")]
    return Listed(
        cells["Executor ID"], not cells.get("Status", "").startswith("Dead"), used, total, max(least, 0), max(most, 0),
        on_heap, _count(cells.get("Total Tasks", "")), _count(cells.get("Failed Tasks", "")), times[0],
        times[1] if len(times) > 1 else -1,
    )  # fmt: skip


def _sizes(text: str) -> tuple[int, int]:
    """The least and the most that is written so [bytes]; -1 where it is no size."""
    try:
        found = readings(text.strip())[0]
    except NotANumber:
        return -1, -1
    return found.least_bytes, found.most_bytes


def _count(text: str) -> int:
    return int(text.replace(",", "")) if text else -1


def _time(text: str) -> int:
    """Milliseconds of a duration, as ``formatDuration`` of the web UI writes it; -1 where it is none.

    >>> _time("9.3 min"), _time("0.0 ms"), _time("1.1 h"), _time("")
    (558000, 0, 3960000, -1)
    """
    number, _, unit = text.strip().partition(" ")
    if unit not in _MILLISECONDS:
        return -1
    return round(float(number.replace(",", "")) * _MILLISECONDS[unit])
