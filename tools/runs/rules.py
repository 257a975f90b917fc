"""What published rules of others make of a log, and what happens when that is run.

Writes tests/oracle/rules-of-others.json: ``python -m tools.runs.rules dr-elephant:sort-spills:4.3.0``; without any, only
what each says is written.  Each rule follows the source that ``content/outside.toml`` names.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sparkmem.runs.report import Report
from sparkmem.runs.shapes import job_inputs, shape
from sparkmem.size import GIB, MIB
from sparkmem.spark.settings import config
from tools.oracle.record import RECORDED, write

from .jobs import JOBS
from .prove import QUICK, first_log, read, seen
from .record import run
from .sized import SIZED

PATH = RECORDED / "rules-of-others.json"
RESERVED = 300 * MIB
_MEMORY, _FRACTION, _CORES = config.EXECUTOR_MEMORY.key, config.MEMORY_FRACTION.key, config.EXECUTOR_CORES.key
_PARTITIONS = "spark.sql.shuffle.partitions"
_MORE_PARTITIONS = (400, 1000, 2000, 4000)
_MORE_MEMORY = (4 * GIB, 6 * GIB, 8 * GIB, 10 * GIB)
_FEWER_CORES = (4, 3, 2)
NODE_CORES, NODE_GIB = 4, 8
"""The node to which a rule about nodes is applied: it says nothing of a log."""


def _heap(found: Report) -> int:
    assert found.right_size.now is not None
    return int(found.right_size.now.settings[_MEMORY].removesuffix("m")) * MIB


def dr_elephant(found: Report) -> dict[str, str]:
    """The fraction at its default; where the stage with most spill has as many tasks as shuffles have partitions, steps of
    more partitions, more memory, fewer cores, until Spark memory of all tasks together holds what it held and the spill."""
    heap, cores, partitions = _heap(found), found.where.cores, int(found.run.spark.get(_PARTITIONS, "200"))
    fraction = float(found.run.spark.get(_FRACTION, "0.6"))
    spilling = [one for one in found.run.stages if one.sum("memory-spilled") and one.tasks == partitions]
    needed = max((one.sum("memory-spilled") for one in spilling), default=0)
    needed += int((heap - RESERVED) * fraction / cores * partitions) if needed else 0
    steps: list[tuple[str, int]] = []
    for at, more in enumerate(_MORE_PARTITIONS):
        steps += [("partitions", more), ("heap", _MORE_MEMORY[at])]
        steps += [("cores", _FEWER_CORES[at])] if at < len(_FEWER_CORES) else []
    for what, value in steps:
        if (heap - RESERVED) * 0.6 / cores * partitions >= needed:
            break
        heap = max(heap, value) if what == "heap" else heap
        partitions = max(partitions, value) if what == "partitions" else partitions
        cores = min(cores, value) if what == "cores" else cores
    return {_FRACTION: "0.6", _MEMORY: f"{heap // MIB}m", _CORES: str(cores), _PARTITIONS: str(partitions)}


def sparklens(found: Report) -> dict[str, str]:
    """Spark memory of the largest peaks of as many tasks as an executor has cores: what it "could have taken"."""
    fraction = float(found.run.spark.get(_FRACTION, "0.6"))
    taken = max((one.peak("execution-of-a-task") for one in found.run.stages), default=0) * found.where.cores
    return {_MEMORY: f"{-(-int(taken / fraction) // MIB) + 300}m"}


def five_cores(found: Report) -> dict[str, str]:
    """At most five cores an executor, one core of a node left alone, 7 % of an executor's memory off the heap."""
    cores = NODE_CORES - 1
    executors = max(1, cores // 5)
    return {_MEMORY: f"{int(NODE_GIB / executors * 0.93 * 1024)}m", _CORES: str(min(5, cores))}


def autotuner(found: Report) -> dict[str, str]:
    """2 GiB of heap for each core."""
    return {_MEMORY: f"{2048 * found.where.cores}m"}


RULES: dict[str, Callable[[Report], dict[str, str]]] = {
    "dr-elephant": dr_elephant, "sparklens": sparklens, "five-cores": five_cores, "rapids-autotuner": autotuner,
}  # fmt: skip


SAID_OF = ("sort-spills", "aggregation-spills", "join-spills", "window-spills", "skewed")


def said(rule: str, name: str, release: str) -> dict[str, object]:
    """What a rule says of a log, what Spark memory that is by the model [bytes], and what is needed."""
    found = read(first_log(JOBS.get(name) or SIZED[name], release))
    settings = RULES[rule](found)
    made = shape(rule, job_inputs(found.run, found.where, settings), found.where.cores, found.where.collector)
    return {"rule": rule, "job": name, "release": release, "settings": settings, "spark-memory": made.spark_memory_bytes,
            "need": found.right_size.needs.execution.bytes}  # fmt: skip


def tried(rule: str, name: str, release: str) -> dict[str, object]:
    """The row of a rule and a job: what it says of the log, and what happened with that."""
    job, row = JOBS.get(name) or SIZED[name], said(rule, name, release)
    settings = RULES[rule](read(first_log(job, release)))
    cores = max(int(settings.get(_CORES, "1")), int(job.master.split(",")[1]))
    after = seen(read(run(replace(job, master=f"local-cluster[1,{cores},1024]"), release, {**QUICK, **settings})))
    return {**row, "run": after}


def say(kept: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with what each rule says of the logs that spilled, where they were not run."""
    known = {(one["rule"], one["job"], one["release"]) for one in kept}
    wanted = [(rule, name, "4.3.0") for rule in RULES for name in SAID_OF]
    return kept + [said(*one) for one in wanted if one not in known]


def main() -> None:
    kept = json.loads(PATH.read_text())["runs"] if PATH.exists() else []
    for wanted in sys.argv[1:]:
        rule, name, release = wanted.split(":")
        row = tried(rule, name, release)
        kept = [one for one in kept if (one["rule"], one["job"], one["release"]) != (rule, name, release)] + [row]
        print(f"runs: {wanted} {json.dumps(row)}", file=sys.stderr, flush=True)
        _write(kept)
    _write(say(kept))


def _write(kept: list[dict[str, Any]]) -> None:
    kept.sort(key=lambda one: (one["job"], one["release"], one["rule"]))
    write(PATH, {"command": "python -m tools.runs.rules"}, "runs", kept)


if __name__ == "__main__":
    main()
