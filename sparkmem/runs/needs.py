"""What a run needed, from what it reached: execution memory without a spill, storage, memory outside the heap."""

from __future__ import annotations

from dataclasses import dataclass

from sparkmem.eventlog.run import Executor, Run, Stage
from sparkmem.eventlog.tally import KEPT_TASKS
from sparkmem.runs.circumstances import Circumstances

MEASURED, COMPUTED, BOUND, ASSUMED, NOT_MEASURED = "measured", "computed", "bound", "assumed", "not measured"


@dataclass(frozen=True)
class Need:
    """A need [bytes], how it is known, in words, and whether a limit cut it off, so that it is a least."""

    bytes: int
    how: str
    because: str
    at_least: bool = False
    spilled: bool = False
    stages: tuple[int, ...] = ()

    def as_dict(self) -> dict[str, object]:
        return {
            "bytes": self.bytes,
            "figure": self.how,
            "because": self.because,
            "at-least": self.at_least,
            "stages": list(self.stages),
        }


@dataclass(frozen=True)
class Needs:
    """All that can be said of what one executor needed."""

    execution: Need
    storage: Need
    outside_heap: Need
    python: Need
    off_heap_execution: bool


def slots(where: Circumstances) -> int:
    """How many tasks run together on an executor."""
    return max(1, where.cores // where.task_cpus)


def stage_need(stage: Stage, where: Circumstances) -> tuple[int, int]:
    """Execution memory that the tasks of a stage needed together on one executor [bytes], and of how many tasks.

    Peak and memory spilled of each task, summed over those that ran together; where a stage has more tasks than were
    kept, those with the largest needs are taken as if they had.
    """
    kept = stage.tally.largest()
    many = sum(stage.tally.execution.values())
    if many > KEPT_TASKS:
        largest = kept[: slots(where)]
        return sum(task[0] for task in largest), len(largest)
    most = slots(where)  # the clock of the driver lets a task begin before the one in its place has ended
    named = ([task for task in kept if task[4] == name] for name in {task[4] for task in kept})
    return max((min(_together(own), (sum(task[0] for task in own[:most]), most)) for own in named), default=(0, 0))


def _together(tasks: list[tuple[int, int, int, int, str]]) -> tuple[int, int]:
    """The largest sum of needs at one moment, and of how many tasks."""
    moments = sorted([(task[2], 1, task[0]) for task in tasks] + [(task[3], 0, -task[0]) for task in tasks])
    now = running = 0
    best = (0, 0)
    for _, starts, need in moments:
        now, running = now + need, running + (1 if starts else -1)
        best = max(best, (now, running))
    return best


def needs(run: Run, where: Circumstances) -> Needs:
    """What an executor of the run needed."""
    off_heap = run.spark.get("spark.memory.offHeap.enabled", "").lower() == "true"
    return Needs(_execution(run, where), _storage(run), _outside(run), _python(run), off_heap)


def _execution(run: Run, where: Circumstances) -> Need:
    best, at = (0, 0), None
    for stage in run.stages:
        need = stage_need(stage, where)
        if need > best:
            best, at = need, stage
    if at is None:
        return Need(
            0, NOT_MEASURED, "no task says what it held: operators other than Spark SQL's, or none that sorts or joins"
        )
    spilled = at.sum("memory-spilled")
    lost = at.sum("failed") > 0
    many = f"{best[1]} task{'s' * (best[1] != 1)} together"
    words = f"stage {at.id}: peak and memory spilled of {many}" if spilled else f"stage {at.id}: peak of {many}"
    if lost:
        words += "; tasks of it failed, so that it may have needed more"
    how = COMPUTED if spilled or best[1] > 1 else MEASURED
    return Need(best[0], how, words, lost or bool(spilled), bool(spilled), (at.id,))


def _storage(run: Run) -> Need:
    on, off = (
        max((one.peak(name) for one in run.workers or run.executors), default=0)
        for name in ("OnHeapStorageMemory", "OffHeapStorageMemory")
    )
    dropped, kept = run.blocks.get("dropped", 0) + run.blocks.get("on-disk", 0), run.blocks.get("kept", 0)
    wanted = wanted_partitions(run)
    if (on or off) and kept and wanted > kept:
        words = f"the largest value sampled, for {kept} of {wanted} partitions to be cached, and so for all of them"
        return Need((on + off) * wanted // kept, COMPUTED, words, True)
    if on or off:
        words = "the largest value sampled of storage memory"
        if dropped:
            words += f"; {dropped} blocks went or did not fit, so that it would have taken more"
        return Need(on + off, MEASURED, words, bool(dropped))
    if any(stage.cached for stage in run.stages):
        return Need(
            0,
            NOT_MEASURED,
            "something was cached, and no executor says how much: see spark.eventLog.logStageExecutorMetrics",
        )
    return Need(0, ASSUMED, "nothing was cached, as far as stages say; broadcasts are not counted")


def wanted_partitions(run: Run) -> int:
    """How many partitions were to be cached in memory, of all that stages name."""
    return sum({rdd: parts for stage in run.stages for rdd, how, parts in stage.cached if "Memory" in how}.values())


def outside_heap(executor: Executor) -> int:
    """Resident memory of the Java process that is not heap, as the difference of two peaks [bytes]; 0 is not measured."""
    rss, heap = executor.peak("ProcessTreeJVMRSSMemory"), executor.peak("JVMHeapMemory")
    return max(rss - heap, 0) if rss and heap else 0


def _outside(run: Run) -> Need:
    found = max((outside_heap(one) for one in run.workers), default=0)
    parts = max(
        (
            sum(one.peak(name) for name in ("JVMOffHeapMemory", "DirectPoolMemory", "MappedPoolMemory"))
            for one in run.workers
        ),
        default=0,
    )
    if found:
        return Need(
            max(found, parts), BOUND, "largest resident memory of Java less largest heap in use: peaks of two moments", True
        )
    if parts:
        return Need(
            parts, BOUND, "metaspace, code, direct and mapped memory as sampled; stacks and the collector come on top", True
        )
    return Need(0, NOT_MEASURED, "no sample: set spark.executor.processTreeMetrics.enabled=true and a polling interval")


def _python(run: Run) -> Need:
    rss = max((one.peak("ProcessTreePythonRSSMemory") for one in run.workers), default=0)
    if rss:
        return Need(rss, MEASURED, "resident memory of Python processes together; what they share is counted for each")
    return Need(0, NOT_MEASURED, "no sample of Python processes")
