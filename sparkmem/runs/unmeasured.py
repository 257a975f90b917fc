"""What a log does not tell, and the setting that would have recorded it; what was given and not needed."""

from __future__ import annotations

from sparkmem.eventlog.run import Run
from sparkmem.release import since
from sparkmem.runs.finding import COMPUTED, CONTEXT, SAID, Change, Finding
from sparkmem.runs.needs import Needs
from sparkmem.size import GIB, mib_text

_STAGES = Change("spark.eventLog.logStageExecutorMetrics", "true", "writes the peaks of each executor for each stage")
_POLL = Change("spark.executor.metrics.pollingInterval", "1s", "samples while tasks run, and not at heartbeats alone")
_TREE = Change("spark.executor.processTreeMetrics.enabled", "true", "reads resident memory of Java and Python processes")


def unmeasured(run: Run) -> list[Finding]:
    """The metrics that nothing was sampled of."""
    if not run.workers or run.read.events.get("SparkListenerTaskEnd", 0) == 0:
        return []
    if not since(run.release.name, "3.0"):
        says = "Executors report no memory before 3.0; peak execution memory and spill are all that there is."
        return [_finding(says, ())]
    heap, tree = run.sampled("JVMHeapMemory"), run.sampled("ProcessTreeJVMRSSMemory")
    if heap and tree:
        return []
    if heap:
        return [
            _finding(
                "Resident memory of processes was not read, so that nothing is said of what is outside the heap.",
                (_TREE, _POLL),
            )
        ]
    return [_finding("No executor has a sample of its memory: each is 0, which is not measured.", (_STAGES, _POLL, _TREE))]


def _finding(says: str, changes: tuple[Change, ...]) -> Finding:
    return Finding(
        "not-measured",
        CONTEXT,
        "executor",
        "none",
        SAID,
        "Some memory was not measured",
        says,
        changes=changes,
    )


def executor_hours(run: Run) -> float:
    """Hours that executors lived, together."""
    ends = run.ended or 0
    lives = [(one.removed or ends) - one.added for one in run.workers if one.added]
    return sum(max(life, 0) for life in lives) / 3_600_000


def unused(run: Run, needs: Needs, failed: bool) -> list[Finding]:
    """Spark memory that was given and never needed, where both needs are known, nothing failed and nothing was cut off."""
    found = [_off_heap(run)] if _off_heap(run) else []
    maxima = [(one.on_heap_maximum or 0) + (one.off_heap_maximum or 0) for one in run.workers if one.maxima]
    if failed or not maxima or not needs.execution.bytes or needs.execution.at_least or needs.storage.how == "not measured":
        return [one for one in found if one]
    given, needed = min(maxima), needs.execution.bytes + needs.storage.bytes
    if needed >= given or needs.storage.at_least:
        return [one for one in found if one]
    idle, hours = given - needed, executor_hours(run)
    found.append(
        Finding(
            "memory-unused",
            CONTEXT,
            "executor",
            "heap",
            COMPUTED,
            "Spark memory that was never needed",
            f"An executor has {mib_text(given)} for execution and storage, and needed {mib_text(needed)}:"
            f" {mib_text(idle)} were idle,"
            f" {idle / GIB * hours:.2f} GiB-hours of {given / GIB * hours:.2f} over {hours:.2f} hours of executors.",
            {"spark-memory": given, "needed": needed, "idle": idle},
            not_to_do="Concluding it from the heap in use: garbage is counted there, and user objects are not counted here.",
        )
    )
    return [one for one in found if one]


def _off_heap(run: Run) -> Finding | None:
    size = max((one.off_heap_maximum or 0 for one in run.workers), default=0)
    if not size:
        return None
    enabled = run.spark.get("spark.memory.offHeap.enabled", "").lower() == "true"
    if not enabled and not any("Off Heap" in how for stage in run.stages for _, how, _ in stage.cached):
        return Finding(
            "off-heap-unused",
            CONTEXT,
            "executor",
            "off-heap",
            SAID,
            "Off-heap memory has a size and is not enabled",
            f"{mib_text(size)} are counted as Spark memory; execution uses none of them, and no container has room.",
            {"off-heap": size},
            changes=(Change("spark.memory.offHeap.enabled", "true", "or leave the size out"),),
        )
    return None
