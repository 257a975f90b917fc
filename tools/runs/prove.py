"""Advice proven by running again: with the advised heap nothing spills or fails, with one step less it does.

Writes tests/oracle/right-size.json, a row for each job and release: ``python -m tools.runs.prove sort-spills:4.3.0``.
"""

import gzip
import json
import re
import sys
from typing import Any

from sparkmem.eventlog.fold import empty, feed, verdict
from sparkmem.runs.report import Report, report
from tools.oracle.record import RECORDED, write

from .jobs import JOBS
from .record import KEPT, run

PATH = RECORDED / "right-size.json"
STEP = 1.25
"""One step smaller: Spark memory of the need divided by so much."""
MIB = 1 << 20
_FAILED = ("heap-full", "execution-refused", "executor-lost", "tasks-failed")


def read(log: str) -> Report:
    """The report on a log's text, without any head room beyond the usual."""
    state = empty()
    for at, line in enumerate(log.splitlines(), 1):
        feed(state, line.encode(), (1, at))
    return report(verdict(state))


def seen(found: Report) -> dict[str, Any]:
    """What a run says of itself: Spark memory, what spilled, what tasks reached together, what failed."""
    return {
        "heap-mib": int(found.run.spark["spark.executor.memory"].removesuffix("m").replace("1g", "1024")),
        "spark-memory": found.run.workers[0].on_heap_maximum,
        "spilled": sum(stage.sum("memory-spilled") for stage in found.run.stages),
        "reached": found.right_size.needs.execution.bytes,
        "failed": [one.id for one in found.findings if one.id in _FAILED],
    }


def prove(name: str, release: str) -> dict[str, Any]:
    """The row of a job on a release: as it ran, as advised, one step smaller."""
    job = JOBS[name]
    first = read(gzip.decompress((KEPT / f"{name}-{release}.gz").read_bytes()).decode())
    advised = first.right_size.changed
    memory = int(re.sub("m$", "", advised["spark.executor.memory"]))
    need = first.right_size.needs.execution.bytes
    fraction = float(job.settings.get("spark.memory.fraction", "0.6"))
    smaller = max(int(need / STEP / fraction / MIB) + 300, 450)
    rows = {"as-it-ran": seen(first)}
    for which, mib in (("advised", memory), ("one-step-smaller", smaller)):
        rows[which] = seen(read(run(job, release, {"spark.executor.memory": f"{mib}m"})))
    return {"job": name, "release": release, "need": need, **rows}


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
