"""Advice proven by running again: with the advised settings nothing spills or fails, with one step less it does.

Writes tests/oracle/right-size.json, a row for each job and release: ``python -m tools.runs.prove sort-spills:4.3.0``.
"""

import gzip
import json
import sys
from typing import Any

from sparkmem.eventlog.fold import empty, feed, verdict
from sparkmem.runs.report import Report, report
from sparkmem.runs.task_needs import stage_need
from sparkmem.size import MIB
from sparkmem.spark.settings import config
from tools.oracle.record import RECORDED, write

from .jobs import JOBS, Job
from .record import KEPT, run
from .sized import SIZED

PATH = RECORDED / "right-size.json"
STEP = 1.25
"""One step smaller: Spark memory of the need divided by so much."""
_FAILED = ("heap-full", "execution-refused", "executor-lost", "tasks-failed")
QUICK = {"spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1"}
"""Besides the settings: a task of some seconds is compiled once, which decides nothing of its memory."""
_FRACTION, _OFF_HEAP = config.MEMORY_FRACTION.key, config.MEMORY_OFFHEAP_SIZE.key


def read(log: str) -> Report:
    """The report on a log's text, without any head room beyond the usual."""
    state = empty()
    for at, line in enumerate(log.splitlines(), 1):
        feed(state, line.encode(), (1, at))
    return report(verdict(state))


def first_log(job: Job, release: str) -> str:
    """The log of the job as it ran: the one that is kept, or of a new run."""
    path = KEPT / f"{job.id}-{release}.gz"
    return gzip.decompress(path.read_bytes()).decode() if path.exists() else run(job, release, QUICK)


def seen(found: Report) -> dict[str, Any]:
    """What a run says of itself: Spark memory, what spilled, the peaks of its largest task, what failed."""
    stages, off_heap = found.run.stages, found.right_size.needs.off_heap_execution
    worker = found.run.workers[0]
    return {
        "spark-memory": worker.off_heap_maximum if off_heap else worker.on_heap_maximum,
        "spilled": sum(stage.sum("memory-spilled") for stage in stages),
        "sum-of-peaks": max((stage.peak("execution-of-a-task") for stage in stages), default=0),
        "held-at-once": max((stage.peak(f"{mode}-heap-execution-of-a-task") for stage in stages for mode in ("on", "off")),
                            default=0),
        "failed": [one.id for one in found.findings if one.id in _FAILED],
        "executor-bytes": taken(found),
        "executor-seconds": round(found.right_size.hours * 3600, 1),
    }


def taken(found: Report) -> int:
    """Heap and off-heap memory of the executors of a run, together [bytes]: what a machine has to have for them."""
    assert found.right_size.now is not None
    return (found.right_size.now.granted_bytes + found.right_size.now.off_heap_bytes) * len(found.run.workers)


def with_spark_memory(first: Report, wanted: int) -> dict[str, str]:
    """The advice with so much Spark memory instead [bytes]: off the heap its size, on the heap the fraction."""
    size = first.right_size
    assert size.advised is not None
    if size.needs.off_heap_execution:
        return {**size.changed, _OFF_HEAP: f"{wanted // MIB}m"}
    fraction = float(size.advised.settings.get(_FRACTION, config.MEMORY_FRACTION.default or ""))
    return {**size.changed, _FRACTION: f"{fraction * wanted / size.advised.spark_memory_bytes:.4f}"}


def prove(name: str, release: str, before: dict[str, Any]) -> dict[str, Any]:
    """The row of a job on a release: as it ran, as advised, one step smaller; where steps are large, with no step too.

    Where the need is that of the row ``before``, Spark memory a step smaller is too, and is not run again.
    """
    job = JOBS.get(name) or SIZED[name]
    first = read(first_log(job, release))
    size, needs = first.right_size, first.right_size.needs
    assert size.advised is not None, size.why
    need = needs.execution.bytes + (0 if needs.off_heap_execution else needs.storage.bytes)
    ways = {"advised": size.changed, "one-step-smaller": with_spark_memory(first, int(need / STEP))}
    given = size.advised.off_heap_bytes if needs.off_heap_execution else size.advised.spark_memory_bytes
    if given > need * STEP:
        ways["head-room-alone"] = with_spark_memory(first, int(need * (1 + size.head_room)))
    found = {"as-it-ran": seen(first)}
    for which, settings in ways.items():
        if which == "one-step-smaller" and before.get("need") == needs.execution.bytes:
            found[which] = before[which]
            continue
        found[which] = {"settings": settings, **seen(read(run(job, release, {**QUICK, **settings})))}
    stages = [stage for stage in first.run.stages if stage.id in needs.execution.stages]
    tasks = max((stage_need(stage, first.where)[1] for stage in stages), default=0)
    return {"job": name, "release": release, "need": needs.execution.bytes, "need-of-storage": needs.storage.bytes,
            "tasks": tasks, **found}  # fmt: skip


def main() -> None:
    kept = json.loads(PATH.read_text())["runs"] if PATH.exists() else []
    for wanted in sys.argv[1:]:
        name, _, release = wanted.partition(":")
        before = [one for one in kept if (one["job"], one["release"]) == (name, release)]
        row = prove(name, release, before[0] if before else {})
        kept = [one for one in kept if (one["job"], one["release"]) != (name, release)] + [row]
        kept.sort(key=lambda one: (one["job"], one["release"]))
        write(PATH, {"command": "python -m tools.runs.prove"}, "runs", kept)
        print(f"runs: {wanted} {json.dumps(row)}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
