"""The smallest executor in which every need of a run fits, with a stated head room, by the model.

Need of execution memory is what the operators of the largest task would have held without spilling, as often as tasks run
together.  What user objects took of the heap no log says: they keep what they could take, and a run whose heap was full, or
whose container was killed, is not shrunk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from sparkmem.calculators.ui_number.variants import MACHINE_BYTES
from sparkmem.eventlog.run import Run
from sparkmem.facts import fact
from sparkmem.jvm.collectors import java_heap
from sparkmem.jvm.flags import FlagError
from sparkmem.jvm.heap import Heap, least_max_heap
from sparkmem.runs.circumstances import LOCAL, LOCAL_CLUSTER, Circumstances, engine, process_of
from sparkmem.runs.finding import CAUSE, Finding
from sparkmem.runs.needs import NOT_MEASURED, Needs, slots, tasks_of
from sparkmem.runs.reconcile import Reconciled
from sparkmem.runs.shapes import Shape, job_inputs, shape, whole_mib
from sparkmem.runs.unmeasured import executor_hours
from sparkmem.size import MIB, mib_text
from sparkmem.spark.managers.unified_regions import min_system_memory
from sparkmem.spark.settings import config

HEAD_ROOM = 0.1
"""What is added to each need unasked: the need is known within so much (``checked/#right-size``)."""
SPILLED_GROWTH = 4 / 3
"""What a need that was cut off by spilling may come to where no plan says which operators spilled, and of how many rows:
arrays of pointers double while a sort or a map grows, which a task that spilled before never had to do.  An assumption.
"""
STEP_MIB = 32
LEAST_ON_HEAP_BYTES = 64 * MIB
"""Left to Spark on the heap in any case: broadcasts and small operators are in no figure of a task."""
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
    failed = [one.id for one in findings if one.id in _NEVER_SMALLER or _only_told(one)]
    if name := engine(run):
        return RightSize(
            head_room, needs, now, None, (), hours, f"{name} has memory of its own, which Spark does not count", ()
        )
    if needs.execution.how == NOT_MEASURED and not needs.storage.bytes:
        why = f"what it needed is not known: {needs.execution.because}"
        return RightSize(head_room, needs, now, None, (), hours, why, ())
    sizing = _Sizing(run, where, known, needs, head_room, inputs, worker.id, bool(failed))
    advised = sizing.shaped("advised", needs.execution.bytes, where.cores)
    others = tuple(one for one in sizing.others() if not one.refused and one.settings != advised.settings)
    why = "the smallest heap in which execution and storage memory fit, with the head room"
    if failed:
        why = f"not smaller than it was, since the log holds {', '.join(failed)}"
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


class _Sizing:
    """Executors for one run, of other sizes."""

    def __init__(
        self,
        run: Run,
        where: Circumstances,
        known: Reconciled,
        needs: Needs,
        head_room: float,
        inputs: dict[str, str],
        worker: str,
        keep: bool,
    ) -> None:
        self.run, self.where, self.known, self.needs, self.room = run, where, known, needs, 1 + head_room
        self.inputs, self.keep = inputs, keep
        self.flags = process_of(run, next(one for one in run.workers if one.id == worker), where).flags
        release = run.release.name
        self.reserved = int(fact("RESERVED_SYSTEM_MEMORY_BYTES", release))
        self.least = min_system_memory(self.reserved, release)
        self.fraction = float(config.MEMORY_FRACTION.read(run.spark.get(config.MEMORY_FRACTION.key, "0.6"), release))

    def heap(self, unified_bytes: int, gc: str, as_it_is: bool) -> tuple[int, float]:
        """The smallest ``spark.executor.memory`` with so much Spark memory on the heap [MiB], and ``spark.memory.fraction``.

        A larger heap keeps the fraction; of a smaller one user objects keep their bytes, and the fraction follows.
        """
        wanted = max(ceil(unified_bytes / self.fraction) + self.reserved, self.least)
        user = self.known.max_memory_bytes - self.reserved - (self.known.on_heap_maximum or 0)
        if not as_it_is and wanted < self.known.max_memory_bytes:
            wanted = max(min(self.reserved + user + unified_bytes, self.known.max_memory_bytes), self.least)
        mib = whole_mib(least_max_heap(wanted, lambda size: self._heap_of(size, gc), self.least) * MIB, STEP_MIB)
        usable = self._heap_of(mib * MIB, gc).max_memory_bytes - self.reserved
        if as_it_is or usable * self.fraction <= usable - user or mib * MIB >= self.known.heap_bytes:
            return mib, self.fraction
        return mib, min(self.fraction, ceil(max(unified_bytes, MIB) / usable * 1000) / 1000)

    def _heap_of(self, size: int, gc: str) -> Heap:
        flags = replace(self.flags, gc=None, initial_heap_bytes=None)
        return java_heap(size, gc, self.where.java or 17, flags, MACHINE_BYTES)

    def shaped(
        self,
        name: str,
        execution: int,
        cores: int,
        gc: str = "",
        off_heap: bool | None = None,
        note: str = "",
        as_it_is: bool = False,
    ) -> Shape:
        """An executor of these cores for so much execution memory."""
        off_heap = self.needs.off_heap_execution if off_heap is None else off_heap
        cut_off = self.needs.execution.spilled and not self.needs.execution.by_operator
        execution = int(execution * SPILLED_GROWTH) if cut_off else execution
        gc = gc or self.known.collector
        on_heap = max(int((self.needs.storage.bytes + (0 if off_heap else execution)) * self.room), LEAST_ON_HEAP_BYTES)
        changed = {config.EXECUTOR_CORES.key: str(cores)}
        try:
            heap, fraction = self.heap(on_heap, gc, as_it_is)
        except (FlagError, ValueError) as error:
            return Shape(name, {}, 0, 0, 0, 0, cores, str(error))
        if self.keep or (off_heap and self.needs.off_heap_execution):
            heap, fraction = max(heap, self.known.heap_bytes // MIB), self.fraction
        if fraction != self.fraction:
            changed[config.MEMORY_FRACTION.key] = f"{fraction:g}"
        changed[config.EXECUTOR_MEMORY.key] = f"{heap}m"
        if off_heap:
            size = whole_mib(int(execution * self.room), STEP_MIB)
            size = max(size, (self.known.off_heap_maximum or 0) // MIB) if self.keep else size
            changed |= {config.MEMORY_OFFHEAP_ENABLED.key: "true", config.MEMORY_OFFHEAP_SIZE.key: f"{max(size, STEP_MIB)}m"}
        changed |= self._overhead(heap)
        return shape(name, {**self.inputs, **changed}, cores, gc, note)

    def _overhead(self, heap_mib: int) -> dict[str, str]:
        """An overhead where what was seen outside the heap is more than the default would hold."""
        if self.where.manager in ("standalone", LOCAL_CLUSTER, ""):
            return {}
        python = 0 if "spark.executor.pyspark.memory" in self.inputs else self.needs.python.bytes
        needed = whole_mib(int((self.needs.outside_heap.bytes + python) * self.room), STEP_MIB)
        given = self.inputs.get("spark.executor.memoryOverhead", "")
        default = max(384, heap_mib // 10)
        if needed <= default and not given:
            return {}
        return {"spark.executor.memoryOverhead": f"{max(needed, default)}m"} if needed > default else {}

    def others(self) -> list[Shape]:
        """Fewer cores, more cores, another collector, execution off the heap."""
        tasks = self._largest()
        now, found = slots(self.where), list[Shape]()
        found.append(
            self.shaped(
                "the fraction as it is",
                self.needs.execution.bytes,
                self.where.cores,
                as_it_is=True,
                note="assumed: user objects shrink as well",
            )
        )
        for cores in sorted({max(1, self.where.cores // 2), self.where.cores * 2} - {self.where.cores}):
            many = max(1, cores // self.where.task_cpus)
            need = tasks[0] * many if tasks else self.needs.execution.bytes * many // now
            note = (
                "computed: as much for each as the largest task"
                if many <= len(tasks)
                else "computed: as many of the largest as there were"
            )
            found.append(self.shaped(f"{cores} core{'s' * (cores != 1)}", need, cores, note=note))
        other = "parallel" if self.known.collector != "parallel" else "g1"
        if not self.flags.gc:
            found.append(
                self.shaped(
                    f"under {'Parallel' if other == 'parallel' else 'G1'}",
                    self.needs.execution.bytes,
                    self.where.cores,
                    other,
                    note=f"computed: {_held_back(other)}",
                )
            )
        if not self.needs.off_heap_execution and self.needs.execution.bytes:
            found.append(
                self.shaped(
                    "execution off the heap",
                    self.needs.execution.bytes,
                    self.where.cores,
                    off_heap=True,
                    note="computed: the same bytes, in a region of their own",
                )
            )
        return found

    def _largest(self) -> list[int]:
        """Needs of the largest tasks of the stage that decided, largest first [bytes]."""
        ids = self.needs.execution.stages
        stages = [stage for stage in self.run.stages if stage.id in ids]
        return [task[0] for task in max((tasks_of(stage, self.where) for stage in stages), key=len, default=[])]


def _held_back(gc: str) -> str:
    return "Parallel holds a part of the heap back" if gc == "parallel" else "G1 reports all of its heap"


def summary(size: RightSize) -> str:
    """The advice in a sentence."""
    if size.advised is None or size.now is None:
        return f"No size is advised: {size.why}."
    changed = ", ".join(f"{key} {text}" for key, text in size.changed.items()) or "nothing: it is of the right size"
    saves = size.saves
    words = f"saves {saves:.2f}" if saves > 0 else f"costs {-saves:.2f} more"
    kept = f" It {words} GiB-hours of {size.now.gib_hours(size.hours):.2f}." if size.hours and abs(saves) >= 0.005 else ""
    return f"Change {changed}. Spark memory {mib_text(size.advised.spark_memory_bytes)}, {size.why}.{kept}"
