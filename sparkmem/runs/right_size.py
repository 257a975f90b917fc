"""The smallest executor in which every need of a run fits, with a stated head room, by the model.

Need of execution memory is what the operators of the largest task would have held without spilling, as often as tasks run
together.  What user objects took of the heap no log says: they keep what they could take, and a run whose heap was full, or
whose container was killed, is not shrunk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sparkmem.eventlog.run import Run
from sparkmem.runs.circumstances import LOCAL, Circumstances, engine, process_of
from sparkmem.runs.finding import CAUSE, Finding
from sparkmem.runs.needs import NOT_MEASURED, Needs
from sparkmem.runs.reconcile import Reconciled
from sparkmem.runs.shapes import Shape, job_inputs, shape
from sparkmem.runs.sizing import Sizing
from sparkmem.runs.unmeasured import executor_hours
from sparkmem.size import MIB, mib_text
from sparkmem.spark.settings import config

HEAD_ROOM = 0.1
"""What is added to each need unasked: the need is known within so much (``checked/#right-size``)."""
_NEVER_SMALLER = (
    "heap-full",
    "execution-refused",
    "killed",
    "container-limit",
    "metaspace-full",
    "direct-memory",
    "python-worker",
    "executor-lost",
    "heartbeat-lost",
)


def _only_told(finding: Finding) -> bool:
    """Whether an executor failed of a cause that the run's own words name and no figure of the log measures."""
    return finding.kind == CAUSE and bool(finding.page) and finding.process != "driver"


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
    worker = next((one for one in run.workers if one.maxima), None)
    if where.manager == LOCAL or worker is None:
        why = "in local mode driver and executor are one process, whose heap the launcher decides"
        return RightSize(head_room, needs, None, None, (), 0.0, why if run.executors else "no executor is in the log", ())
    known, hours = found[worker.id], executor_hours(run)
    gc = known.collector
    inputs = job_inputs(run, where)
    heap = known.heap_bytes or process_of(run, worker, where).heap_mib * MIB
    inputs |= {config.EXECUTOR_MEMORY.key: f"{heap // MIB}m", config.EXECUTOR_CORES.key: str(where.cores)}
    now = shape("as it ran", inputs, where.cores, gc)
    failed = list(dict.fromkeys(one.title for one in findings if one.id in _NEVER_SMALLER or _only_told(one)))
    if name := engine(run):
        return RightSize(
            head_room, needs, now, None, (), hours, f"{name} has memory of its own, which Spark does not count", ()
        )
    if needs.execution.how == NOT_MEASURED and not needs.storage.bytes:
        why = f"what it needed is not known: {needs.execution.because}"
        return RightSize(head_room, needs, now, None, (), hours, why, ())
    sizing = Sizing(run, where, known, needs, head_room, inputs, worker.id, bool(failed))
    advised = sizing.shaped("advised", needs.execution.bytes, where.cores)
    others = tuple(one for one in sizing.others() if not one.refused and one.settings != advised.settings)
    why = "the smallest heap in which execution and storage memory fit, with the head room"
    if failed:
        why = f"not smaller than it was, since the log says: {'; '.join(failed)}"
    return RightSize(
        head_room,
        needs,
        now,
        None if advised.refused else advised,
        others,
        hours,
        advised.refused or why,
        _bounds(needs, failed),
    )


def _bounds(needs: Needs, failed: list[str]) -> tuple[str, ...]:
    """Why the advice may be too little, a sentence each."""
    cut_off = needs.execution.spilled and not needs.execution.by_operator
    said = ["assumed: a third more than peak and spill, since arrays of pointers double; a sort may need more"] * cut_off
    said += [
        f"{name} is a least: {one.because}"
        for name, one in (("execution memory", needs.execution), ("storage memory", needs.storage))
        if one.at_least
    ]
    if failed:
        said.append("what failed was cut off: the need may be larger than anything that was reached")
    if "Window" in needs.execution.because:
        said.append("assumed: a group of a window has all rows of its task; a log does not record groups")
    said.append("assumed: user objects need the bytes of heap that they could take, and no more; a log does not record them")
    if needs.outside_heap.how == NOT_MEASURED:
        said.append("assumed: the default overhead; nothing outside the heap was measured")
    return tuple(said)


def summary(size: RightSize) -> str:
    """The advice in a sentence."""
    if size.advised is None or size.now is None:
        return f"No size is advised: {size.why}."
    changed = ", ".join(f"{key} {text}" for key, text in size.changed.items()) or "nothing: it is of the right size"
    saves = size.saves
    words = f"saves {saves:.2f}" if saves > 0 else f"costs {-saves:.2f} more"
    kept = f" It {words} GiB-hours of {size.now.gib_hours(size.hours):.2f}." if size.hours and abs(saves) >= 0.005 else ""
    return f"Change {changed}. Spark memory {mib_text(size.advised.spark_memory_bytes)}, {size.why}.{kept}"
