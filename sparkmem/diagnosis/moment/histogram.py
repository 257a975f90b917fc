"""A class histogram of a heap: which classes hold it, Spark's own pages told from what a program's functions keep."""

from __future__ import annotations

import re

from sparkmem.diagnosis.moment.held import Held, Moment, share
from sparkmem.size import mib_text

BEGINS = (b"#instances", b"#bytes  class name")
MOST_LINES = 3000
_ROW = re.compile(r"^[ \t>]{0,20}[0-9]{1,7}:[ \t]{1,20}([0-9]{1,15})[ \t]{1,20}([0-9]{1,19})[ \t]{1,20}(\S{1,300})")
_TOTAL = re.compile(r"^[ \t>]{0,20}Total[ \t]{1,20}[0-9]{1,19}[ \t]{1,20}([0-9]{1,19})")
_READABLE = {
    "[B": "byte[]", "[C": "char[]", "[I": "int[]", "[J": "long[]", "[D": "double[]", "[Ljava.lang.Object;": "Object[]",
}  # fmt: skip
_LARGEST = 8
_COMMON = ("[", "java.", "jdk.", "sun.", "scala.", "org.apache.")
_WEB_UI, _MUCH = ("org.apache.spark.status.", "org.apache.spark.sql.execution.ui."), 0.05
_ARRAYS = ("[B", "[J", "[C", "[I", "[D")


def read(lines: list[str], number: int) -> Moment | None:
    """The largest classes, and their share of the whole."""
    rows = [(match[3].partition(" ")[0], int(match[1]), int(match[2])) for line in lines if (match := _ROW.match(line))]
    if not rows:
        return None
    total = next((int(match[1]) for line in lines if (match := _TOTAL.match(line))), sum(row[2] for row in rows))
    rows.sort(key=lambda row: -row[2])
    held = tuple(Held(_READABLE.get(name, name), size, f"{many:,} objects") for name, many, size in rows[:_LARGEST])
    arrays = sum(size for name, _, size in rows if name in _ARRAYS)
    says = [f"All objects: {mib_text(total)}; arrays of numbers, in which Spark's pages and cached blocks are as well,"
            f" {share(arrays, total)}."]  # fmt: skip
    shown = sum(size for name, _, size in rows if name.startswith(_WEB_UI))
    if total and shown >= _MUCH * total:
        says.append(f"What the web UI keeps (org.apache.spark.status) is {share(shown, total)}, besides its strings and"
                    " maps: a driver's, or a history server's. spark.ui.retainedTasks, spark.ui.retainedStages,"
                    " spark.ui.retainedJobs and spark.sql.ui.retainedExecutions say how much is kept.")  # fmt: skip
    own = next((name for name, _, _ in rows if not name.startswith(_COMMON)), "")
    if own:
        says.append(f"The first class that is neither Java's, Scala's nor Spark's: {own}.")
    return Moment("class-histogram", "What fills a heap, by class", number, held, tuple(says))
