"""What a JVM's heap holds at this moment, as ``jcmd GC.heap_info``, an error report or ``jstat`` has it, of Java 8 to 25.

What is used holds garbage too: only what a full collection left says what is needed.
"""

from __future__ import annotations

import re

from sparkmem.diagnosis.moment.held import Held, Moment, counted
from sparkmem.diagnosis.moment.lines_of import size
from sparkmem.size import mib_text

BEGINS = (
    b"garbage-first heap ", b"PSYoungGen      total", b"def new generation   total", b"par new generation   total",
    b"ZHeap  ", b"YGC     YGCT",
)  # fmt: skip
MOST_LINES = 400
_PART = re.compile(
    r"(?<![\w-])(garbage-first heap|PSYoungGen|ParOldGen|PSOldGen|def new generation|par new generation|tenured generation"
    r"|concurrent mark-sweep generation|ZHeap)[ \t]{1,20}(?:total (?:reserved [0-9]{1,15}K, committed )?([0-9]{1,15})K, )?"
    r"used ([0-9]{1,15})([KM])(?:, capacity [0-9]{1,15}M, max capacity ([0-9]{1,15})M)?"
)
_NUMBER = re.compile(r"-|[0-9]{1,15}(?:[.,][0-9]{1,6})?")
_FULL = 95.0
_FEWEST = 6
_ROOM = (
    "A larger heap makes room (spark.executor.memory; spark.driver.memory where it is a driver's), and so do fewer tasks at"
    " once (spark.executor.cores). Columns of metaspace (M, CCS) are shares of what is committed, and are no limit."
)
_PARTS = (("young generation, Eden", "EU", "EC"), ("old generation", "OU", "OC"), ("metaspace", "MU", "MC"))
"""Columns of ``jstat -gc``, in KiB: what is used, and what of it there is now."""


def read(lines: list[str], number: int) -> Moment | None:
    """The parts of the heap, or the last row of ``jstat``."""
    return _jstat(lines, number) if "YGC" in lines[0].split() else _heap_info(lines, number)


def _heap_info(lines: list[str], number: int) -> Moment | None:
    held: list[Held] = []
    for line in lines:
        match = _PART.search(line)
        if match and match[1] in [one.name for one in held]:
            break  # the next JVM, or the same one later
        if match:
            most = size(match[2], "k") if match[2] else size(match[5] or "0", "m")
            used = size(match[3], match[4])
            note = f"{round(100 * used / most)} % of {mib_text(most)}, which the heap has now" if most else ""
            held.append(Held(match[1], used, note))
    if not held:
        return None
    says = ("What is used holds garbage too; what a full collection leaves is what the program needs.",)
    return Moment("heap-use", "What a heap holds at this moment", number, tuple(held), says)


def _jstat(lines: list[str], number: int) -> Moment | None:
    names = lines[0].split()
    rows = [row for line in lines[1:] if (row := _row(names, line))]
    if not rows:
        return None
    last = rows[-1]
    held = [
        Held(words, int(last[used] * 1024), f"of {mib_text(int(last[most] * 1024))}, which it has now")
        for words, used, most in _PARTS
        if used in last and most in last
    ]  # fmt: skip
    part = _share(last)
    says = [f"The old generation is {part:.2f} % used."] if part >= 0 else []
    full, spent = last.get("FGC"), last.get("FGCT", 0.0)
    if full is None:
        says.append("This collector counts no full collections: the share that is used says nothing of need.")
    elif not full:
        says.append("No full collection yet: what is used holds garbage too.")
    else:
        took = f" of the {last['GCT']:,.0f} s that all took" if "GCT" in last else ""
        says.append(f"{counted(int(full), 'full collection')}, {spent:,.0f} s{took}.")
        if part >= _FULL and (again := _again(rows)):
            says += [again, _ROOM]
        elif part >= _FULL:
            says.append("Collected in full, the old generation is full again: where the next row shows the same, the heap is"
                        " too small for what is held at once.")  # fmt: skip
    return Moment("heap-use", "What a heap holds at this moment", number, tuple(held), tuple(says))


def _again(rows: list[dict[str, float]]) -> str:
    """That several rows in turn have a full old generation while full collections pass; empty where they do not."""
    full: list[dict[str, float]] = []
    for row in reversed(rows):
        if _share(row) < _FULL or "FGC" not in row:
            break
        full.append(row)
    passed = int(full[0]["FGC"] - full[-1]["FGC"]) if full else 0
    if passed < 1:
        return ""
    more = "it was" if passed == 1 else "they were"
    return (
        f"{len(full)} rows show the same, and {counted(passed, 'full collection')} passed between them without making room:"
        f" when {more} done, the old generation was full again. The heap is too small for what is held at once."
    )


def _share(row: dict[str, float]) -> float:
    """How much of the old generation is used [percent]; below 0 where the row does not say."""
    return row.get("O", 100 * row["OU"] / row["OC"] if row.get("OC") and "OU" in row else -1.0)


def _row(names: list[str], line: str) -> dict[str, float]:
    """A row by its columns, those without a number left out; empty where it is none.

    >>> _row(["message:", "S0", "O", "M", "YGC", "FGC", "GCT"], " -  99.87 90.1 3  77 8.1")["FGC"]
    77.0
    """
    parts = line.split()
    if not _FEWEST <= len(parts) <= len(names) or not all(map(_NUMBER.fullmatch, parts)):
        return {}
    columns = zip(names[-len(parts) :], parts, strict=True)
    return {name: float(part.replace(",", ".")) for name, part in columns if part != "-"}
