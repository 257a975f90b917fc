"""What Python workers held and wrote to disk: Spark counts it as spilled by the task, and it is not Spark's memory."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sparkmem.eventlog.metrics import EXECUTION_OF_A_TASK
from sparkmem.eventlog.run import Stage
from sparkmem.runs.finding import CAUSE, COMPUTED, Change, Finding
from sparkmem.size import mib_text

_PYTHON_LINE = re.compile(r"\.py:\d+$")
_CHANGES = (
    Change("spark.python.worker.memory", "", "from this size of a worker on it writes; raise the overhead as well"),
    Change("", "", "or DataFrames in the place of groupByKey, reduceByKey and their like: the JVM then holds the rows"),
)


def spilled_in_python(stage: Stage) -> bool:
    """Whether what a stage spilled was in Python: rows that its workers held, for which no task had execution memory.

    ``ExternalMerger`` and ``ExternalSorter`` of PySpark's ``shuffle.py`` count what they write, and ``PythonRunner`` adds
    it to what the task spilled; the stage is named after the line of the program that asked for it.
    """
    spilled, peak = stage.sum("memory-spilled"), stage.peak(EXECUTION_OF_A_TASK)
    return bool(spilled) and not peak and not stage.operators and bool(_PYTHON_LINE.search(stage.name))


def in_python(stages: Sequence[Stage]) -> list[Finding]:
    """The finding about stages that spilled in Python."""
    if not stages:
        return []
    spilled, written, tasks = (sum(stage.sum(name) for stage in stages)
                               for name in ("memory-spilled", "disk-spilled", "spilling-tasks"))  # fmt: skip
    return [
        Finding(
            "python-spilled",
            CAUSE,
            "executor",
            "overhead/native",
            COMPUTED,
            "Python workers wrote rows to disk",
            f"{tasks} task{'s' * (tasks != 1)} spilled {mib_text(spilled)} that their Python workers held: no task of these"
            " stages had execution memory.",
            {"spilled-in-memory": spilled, "spilled-to-disk": written},
            at=min((stage.submitted or 0 for stage in stages), default=0),
            stages=tuple(stage.id for stage in stages)[:16],
            changes=_CHANGES,
            not_to_do="A larger heap, or another spark.memory.fraction: the rows are in another process.",
        )
    ]
