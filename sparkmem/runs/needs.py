"""What a run needed, from what it reached: execution memory without a spill, storage, memory outside the heap."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sparkmem.eventlog.metrics import EXECUTION_OF_A_TASK
from sparkmem.eventlog.run import Executor, Run
from sparkmem.runs.circumstances import Circumstances
from sparkmem.runs.operator_needs import known
from sparkmem.runs.task_needs import held_at_once, stage_need

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
    by_operator: bool = False
    untold: bool = False
    """Whether no task says it."""

    @property
    def unknown(self) -> bool:
        """Whether there may be more than is known of: no reason for less memory."""
        return self.untold and self.how != ASSUMED

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


def needs(run: Run, where: Circumstances) -> Needs:
    """What an executor of the run needed."""
    off_heap = run.spark.get("spark.memory.offHeap.enabled", "").lower() == "true"
    return Needs(_execution(run, where), _storage(run), _outside(run), _python(run), off_heap)


def _execution(run: Run, where: Circumstances) -> Need:
    """By what tasks say, and no less than an executor was seen to hold."""
    told, seen = _told(run, where), _seen(run)
    if seen <= told.bytes:
        return told
    words = "the largest value sampled of execution memory, of all tasks of an executor"
    words += f"; {told.because}" if told.untold else f"; tasks say less ({told.because})"
    return replace(told, bytes=seen, how=BOUND, because=words, at_least=True)


def _seen(run: Run) -> int:
    """The most that an executor was seen to hold in one mode [bytes]; what is there between two samples is not seen."""
    modes = ("OnHeapExecutionMemory", "OffHeapExecutionMemory")
    return max((one.peak(name) for one in run.workers for name in modes), default=0)


def _told(run: Run, where: Circumstances) -> Need:
    best, at = (0, 0), None
    for stage in run.stages:
        need = stage_need(stage, where)
        if need > best:
            best, at = need, stage
    if at is None:
        if not any(stage.sum("shuffle-read-bytes") or stage.sum("shuffle-write-bytes") for stage in run.stages):
            return Need(0, ASSUMED, "no task says that it held any, and none wrote or read a shuffle", untold=True)
        return Need(
            0, NOT_MEASURED,
            "no task says what it held: operators other than Spark SQL's, those that report no peak, such as"
            " ObjectHashAggregate (collect_list), or none that sorts or joins",
            untold=True,
        )  # fmt: skip
    spilled = at.sum("memory-spilled")
    lost = at.sum("failed") > 0
    by_operator, reached = known(at), at.peak(EXECUTION_OF_A_TASK) * best[1]
    of = " and ".join(sorted({one.kind for one in at.operators})) if by_operator else ""
    if spilled:
        what = f"rows of {of}, and what was spilled," if by_operator else "peak and memory spilled"
    elif best[0] <= reached:
        what = "peak"
    else:
        what = "the most held at once" if held_at_once(at) else f"peak, and doubling arrays of {of},"
    words = f"stage {at.id}: {what} of {best[1]} task{'s' * (best[1] != 1)} together"
    if lost:
        words += "; tasks of it failed, so that it may have needed more"
    how = MEASURED if best[1] == 1 and not spilled and best[0] <= max(reached, held_at_once(at)) else COMPUTED
    return Need(best[0], how, words, lost or (bool(spilled) and not by_operator), bool(spilled), (at.id,), by_operator)


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
