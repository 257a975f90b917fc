"""Findings from numbers: execution memory short, tasks of unequal size, a cache that did not fit, a busy collector."""

from __future__ import annotations

from sparkmem.eventlog.run import Run, Stage
from sparkmem.eventlog.tally import quantile
from sparkmem.runs.circumstances import Circumstances, engine, pool_of
from sparkmem.runs.finding import CAUSE, COMPUTED, CONSEQUENCE, CONTEXT, SAID, Change, Finding
from sparkmem.runs.needs import outside_heap
from sparkmem.runs.python_spill import in_python, spilled_in_python
from sparkmem.runs.task_needs import slots, stage_need
from sparkmem.size import mib_text

GC_SHARE_OF_THE_UI = 0.1
"""From this share of its tasks' time on, Spark's own page of executors marks the time in collections."""


def pressure(run: Run, where: Circumstances, changes: dict[str, tuple[Change, ...]]) -> list[Finding]:
    """What the metrics of a run say."""
    pool = pool_of(run)
    spilled = [stage for stage in run.stages if stage.sum("memory-spilled") and not engine(run)]
    spilling = [stage for stage in spilled if not spilled_in_python(stage)]
    found = [*_execution(spilling, pool, where, changes), *_storage(run, changes)]
    found += in_python([stage for stage in spilled if spilled_in_python(stage)])
    return [*found, *_collector(run), *_outside(run)]


def _execution(
    spilling: list[Stage], pool: int, where: Circumstances, changes: dict[str, tuple[Change, ...]]
) -> list[Finding]:
    if not spilling:
        return []
    worst = max(spilling, key=lambda stage: (stage_need(stage, where), stage.sum("memory-spilled")))
    need, together = stage_need(worst, where)
    median = quantile(worst.tally.execution, 0.5)
    largest = worst.peak("need-of-a-task")
    numbers = {
        "spilled-in-memory": sum(stage.sum("memory-spilled") for stage in spilling),
        "spilled-to-disk": sum(stage.sum("disk-spilled") for stage in spilling),
        "spark-memory": pool,
        "needed-together": need,
        "largest-task": largest,
        "median-task": median,
    }
    tasks = sum(stage.sum("spilling-tasks") for stage in spilling)
    skewed = _is_skewed(worst, pool, where)
    region = "off-heap" if worst.peak("off-heap-execution-of-a-task") else "heap"
    says = (
        f"{tasks} task{'s' * (tasks != 1)} spilled {mib_text(numbers['spilled-in-memory'])} as in memory, written as"
        f" {mib_text(numbers['spilled-to-disk'])}. Stage {worst.id} needed {mib_text(need)} for {together} at once;"
        f" an executor has {mib_text(pool)} for execution and storage together."
    )
    stages = tuple(stage.id for stage in spilling)[:16]
    short = Finding(
        "execution-short",
        CONSEQUENCE if skewed else CAUSE,
        "executor",
        region,
        SAID,
        "Execution memory was short: tasks spilled",
        says,
        numbers,
        at=min((stage.submitted or 0 for stage in spilling), default=0),
        stages=stages,
        changes=() if skewed else changes.get("execution-short", ()),
        not_to_do="A larger heap in steps: the sum of peak and memory spilled says at once how much it takes.",
    )
    if not skewed:
        return [short]
    cause = Finding(
        "skew",
        CAUSE,
        "executor",
        region,
        COMPUTED,
        "One task is much larger than the others",
        f"In stage {worst.id} half of the tasks held {mib_text(median)} or less, one needed {mib_text(largest)}:"
        " with the usual size nothing would have spilled. Divide the data more evenly: more memory serves one task.",
        numbers,
        at=worst.submitted or 0,
        stages=(worst.id,),
        explains=("execution-short",),
        changes=changes.get("skew", ()),
        not_to_do="More memory for every executor: all but one task would leave it idle.",
    )
    return [cause, short]


def _is_skewed(stage: Stage, pool: int, where: Circumstances) -> bool:
    """Whether tasks as large as the median would not have spilled, and there are enough of them to say so."""
    many = sum(stage.tally.execution.values())
    median = quantile(stage.tally.execution, 0.5)
    return many > 2 and bool(pool) and 2 * stage.sum("spilling-tasks") < many and median * min(slots(where), many) <= pool


def _storage(run: Run, changes: dict[str, tuple[Change, ...]]) -> list[Finding]:
    rdds = {rdd: (how, parts) for stage in run.stages for rdd, how, parts in stage.cached if "Memory" in how}
    if not rdds:
        return []
    wanted, kept = sum(parts for _, parts in rdds.values()), run.blocks.get("kept", 0)
    gone = run.blocks.get("dropped", 0) + run.blocks.get("on-disk", 0)
    if not run.blocks:
        says = "RDDs or tables were cached; whether all blocks were kept, only block updates would tell."
        return [
            Finding(
                "storage-not-recorded",
                CONTEXT,
                "executor",
                "heap",
                SAID,
                "What became of cached blocks is not in the log",
                says,
                changes=(
                    Change(
                        "spark.eventLog.logBlockUpdates.enabled", "true", "records each block that is kept, moved or dropped"
                    ),
                ),
            )
        ]
    missing = wanted - kept
    if missing <= 0 and not gone:
        return []
    peak = max((one.peak("OnHeapStorageMemory") for one in run.workers or run.executors), default=0)
    if kept <= wanted:
        parts = [f"Of {wanted} partitions to be cached {kept} came into memory"]
    else:  # one that was dropped and computed again comes again
        parts = [f"{wanted} partitions were to be cached, and blocks came into memory {kept} times"]
    parts += [f"{gone} blocks went from memory, or to disk"] if gone else []
    return [
        Finding(
            "storage-short",
            CAUSE,
            "executor",
            "heap",
            SAID,
            "Storage memory was short: not all blocks were kept",
            f"{'; '.join(parts)}. What is missing is computed or read again each time.",
            {"storage-peak": peak, "spark-memory": pool_of(run)},
            stages=tuple(stage.id for stage in run.stages if stage.cached)[:16],
            changes=changes.get("storage-short", ()),
            not_to_do="Raising spark.memory.storageFraction: it protects what is cached, and makes no more room for it.",
        )
    ]


def _collector(run: Run) -> list[Finding]:
    gc, ran = (sum(one.tally.sums.get(name, 0) for one in run.workers or run.executors) for name in ("gc-ms", "run-ms"))
    if not ran or gc < GC_SHARE_OF_THE_UI * ran:
        return []
    return [
        Finding(
            "collector-busy",
            CONTEXT,
            "executor",
            "heap",
            COMPUTED,
            "Much time went into collections",
            f"{gc / ran:.0%} of the time of tasks, {gc / 1000:,.1f} s of {ran / 1000:,.1f} s; short runs spend more of"
            " it at their start. Spark's page of executors marks a tenth and more.",
        )
    ]


def _outside(run: Run) -> list[Finding]:
    largest = max(run.workers, key=outside_heap, default=None)
    if largest is None or not outside_heap(largest):
        return []
    size, python = outside_heap(largest), largest.peak("ProcessTreePythonRSSMemory")
    words = f"; Python processes took {mib_text(python)}" if python else ""
    return [
        Finding(
            "outside-the-heap",
            CONTEXT,
            "executor",
            "overhead/native",
            COMPUTED,
            "Memory outside the heap",
            f"Java of executor {largest.id} had at most {mib_text(size)} resident that were not heap in use{words}.",
            {"outside-heap": size, **({"python": python} if python else {})},
            executors=(largest.id,),
        )
    ]
