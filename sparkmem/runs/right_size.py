"""The smallest executor in which every need of a run fits, with a stated head room, by the model.

Need of execution memory is what the operators of the largest task would have held without spilling, as often as tasks run
together.  What user objects took of the heap no log says: they keep what they could take, and a run whose heap was full, or
whose container was killed, is not shrunk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sparkmem.eventlog.run import Run
from sparkmem.runs.alike import sizes_told, smallest
from sparkmem.runs.bounds import bounds, why_so
from sparkmem.runs.circumstances import LOCAL, Circumstances, engine, process_of
from sparkmem.runs.finding import CAUSE, CONSEQUENCE, Finding
from sparkmem.runs.needs import Needs
from sparkmem.runs.reconcile import Reconciled
from sparkmem.runs.shapes import Shape, job_inputs, shape
from sparkmem.runs.sizing import Sizing
from sparkmem.runs.unmeasured import executor_hours
from sparkmem.size import MIB
from sparkmem.spark.settings import config

HEAD_ROOM = 0.1
"""What is added to each need unasked: the need is known within so much (``checked/#right-size``)."""
NEVER_SMALLER = (
    "heap-full",
    "execution-refused",
    "killed",
    "terminated",
    "container-limit",
    "metaspace-full",
    "direct-memory",
    "python-worker",
    "executor-lost",
    "heartbeat-lost",
)
"""Findings of executors that were too small, by an amount that no log tells."""
TAKEN_AWAY = frozenset({
    "node-lost", "yarn-node-lost", "yarn-preempted", "executor-decommissioned", "pod-deleted", "pod-preempted",
    "machine-reclaimed", "node-shut-down", "node-not-ready", "job-cancelled",
})  # fmt: skip
"""Findings of executors that somebody ended for the sake of something else: no size of theirs decides that."""


def _too_small(finding: Finding, findings: Sequence[Finding]) -> bool:
    """Whether it says that executors were too small; those that went with their node were not."""
    if finding.id == "executor-lost" and finding.kind == CONSEQUENCE:
        causes = {one.id for one in findings if one.kind == CAUSE}
        return not causes or not causes <= TAKEN_AWAY
    return finding.id in NEVER_SMALLER or _only_told(finding)


def _only_told(finding: Finding) -> bool:
    """Whether an executor failed of a cause that the run's own words name and no figure of the log measures."""
    told = finding.kind == CAUSE and bool(finding.page) and finding.process != "driver"
    return told and finding.id not in TAKEN_AWAY


@dataclass(frozen=True)
class RightSize:
    """The advice: as it ran, what is advised, other ways to the same, and what bounds all of it."""

    head_room: float
    needs: Needs
    now: Shape | None
    advised: Shape | None
    others: tuple[Shape, ...]
    hours: float
    why: str
    bounds: tuple[str, ...]
    failed: tuple[str, ...] = ()
    """What ended executors of it, so that it was too small, by an amount that no log tells."""

    @property
    def changed(self) -> dict[str, str]:
        """The settings that the advice changes."""
        if self.now is None or self.advised is None:
            return {}
        return {key: text for key, text in self.advised.settings.items() if self.now.settings.get(key) != text}

    @property
    def saves(self) -> float:
        """GiB-hours that it would have saved; less than 0 is more."""
        return self.now.gib_hours(self.hours) - self.advised.gib_hours(self.hours) if self.now and self.advised else 0.0


def right_size(
    run: Run,
    where: Circumstances,
    found: Mapping[str, Reconciled],
    needs: Needs,
    findings: Sequence[Finding],
    head_room: float,
) -> RightSize:
    """The advice for a run."""
    worker = smallest(run)
    if where.manager == LOCAL or worker is None:
        why = "in local mode driver and executor are one process, whose heap the launcher decides"
        if where.manager != LOCAL:
            why = "no executor is in the log" if not run.workers else "the log does not say how much memory executors had"
        return RightSize(head_room, needs, None, None, (), 0.0, why, ())
    known, hours = found[worker.id], executor_hours(run)
    gc = known.collector
    inputs = job_inputs(run, where)
    heap = known.heap_bytes or process_of(run, worker, where).heap_mib * MIB
    inputs |= {config.EXECUTOR_MEMORY.key: f"{heap // MIB}m", config.EXECUTOR_CORES.key: str(where.cores)}
    now = shape("as it ran", inputs, where.cores, gc)
    failed = list(dict.fromkeys(one.title for one in findings if _too_small(one, findings)))
    if name := engine(run):
        return RightSize(
            head_room, needs, now, None, (), hours, f"{name} has memory of its own, which Spark does not count", ()
        )
    if needs.execution.untold and not needs.storage.bytes:
        why = f"what it needed is not known: {needs.execution.because}"
        return RightSize(head_room, needs, now, None, (), hours, why, (), tuple(failed))
    sizing = Sizing(run, where, known, needs, head_room, inputs, worker.id, bool(failed))
    advised = sizing.shaped("advised", needs.execution.bytes, where.cores)
    others = tuple(one for one in sizing.others() if not one.refused and one.settings != advised.settings)
    why = why_so(needs, failed)
    return RightSize(
        head_room,
        needs,
        now,
        None if advised.refused else advised,
        others,
        hours,
        advised.refused or why,
        (*sizes_told(run, worker), *bounds(needs, failed)),
        tuple(failed),
    )
