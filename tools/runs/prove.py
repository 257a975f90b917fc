"""Advice proven by running again: with the advised settings nothing spills or fails, with one step less it does.

Writes tests/oracle/right-size.json, a row for each job and release: ``python -m tools.runs.prove sort-spills:4.3.0``.
"""

import gzip
import json
import sys
from typing import Any

from sparkmem.eventlog.fold import empty, feed, verdict
from sparkmem.runs.needs import stage_need
from sparkmem.runs.report import Report, report
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
_MEMORY, _OFF_HEAP = config.EXECUTOR_MEMORY.key, config.MEMORY_OFFHEAP_SIZE.key


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
    }


def smaller(first: Report) -> dict[str, str]:
    """The advice, with Spark memory of the need divided by a step."""
    need, advised = int(first.right_size.needs.execution.bytes / STEP), first.right_size.changed
    if first.right_size.needs.off_heap_execution:
        return {**advised, _OFF_HEAP: f"{need // MIB}m"}
    fraction = float(advised.get(config.MEMORY_FRACTION.key, first.run.spark.get(config.MEMORY_FRACTION.key, "0.6")))
    return {**advised, _MEMORY: f"{max(int(need / fraction / MIB) + 300, 450)}m"}


def prove(name: str, release: str) -> dict[str, Any]:
    """The row of a job on a release: as it ran, as advised, one step smaller."""
    job = JOBS.get(name) or SIZED[name]
    first = read(first_log(job, release))
    found = {"as-it-ran": seen(first)}
    for which, settings in (("advised", first.right_size.changed), ("one-step-smaller", smaller(first))):
        found[which] = {"settings": settings, **seen(read(run(job, release, {**QUICK, **settings})))}
    need = first.right_size.needs.execution
    tasks = max(stage_need(stage, first.where)[1] for stage in first.run.stages if stage.id in need.stages)
    return {"job": name, "release": release, "need": need.bytes, "tasks": tasks, **found}


def main() -> None:
    kept = json.loads(PATH.read_text())["runs"] if PATH.exists() else []
    for wanted in sys.argv[1:]:
        name, _, release = wanted.partition(":")
        row = prove(name, release)
        kept = [one for one in kept if (one["job"], one["release"]) != (name, release)] + [row]
        kept.sort(key=lambda one: (one["job"], one["release"]))
        write(PATH, {"command": "python -m tools.runs.prove"}, "runs", kept)
        print(f"runs: {wanted} {json.dumps(row)}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
