"""Executors of other sizes for one run: the heap that the need of each takes, by the model, and what each would need."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from sparkmem.calculators.ui_number.variants import MACHINE_BYTES
from sparkmem.eventlog.run import Run
from sparkmem.facts import fact
from sparkmem.jvm.collectors import java_heap
from sparkmem.jvm.flags import FlagError
from sparkmem.jvm.heap import Heap, least_max_heap
from sparkmem.runs.circumstances import LOCAL_CLUSTER, Circumstances, process_of
from sparkmem.runs.needs import Needs
from sparkmem.runs.reconcile import Reconciled
from sparkmem.runs.shapes import Shape, overhead_bytes, shape, whole_mib
from sparkmem.runs.task_needs import slots, tasks_of
from sparkmem.size import MIB
from sparkmem.spark.managers.unified_regions import min_system_memory
from sparkmem.spark.settings import config
from sparkmem.spark.settings.overhead import EXECUTOR_MEMORY_OVERHEAD
from sparkmem.spark.settings.python import PYSPARK_EXECUTOR_MEMORY

SPILLED_GROWTH = 4 / 3
"""What a need that was cut off by spilling may come to where no plan says which operators spilled, and of how many rows:
arrays of pointers double while a sort or a map grows, which a task that spilled before never had to do.  An assumption.
"""
STEP_MIB = 32
LEAST_ON_HEAP_BYTES = 64 * MIB
"""Left to Spark on the heap in any case: broadcasts and small operators are in no figure of a task."""


class Sizing:
    """Executors for one run, of other sizes; of one that failed none is smaller, and none has more tasks.

    Where nobody knows what execution took, none has less Spark memory.
    """

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
        usual = config.MEMORY_FRACTION.default or ""
        self.usual = float(usual)
        self.fraction = float(config.MEMORY_FRACTION.read(run.spark.get(config.MEMORY_FRACTION.key, usual), release))
        self.user_bytes = known.max_memory_bytes - self.reserved - (known.on_heap_maximum or 0)

    def heap(self, unified_bytes: int, gc: str, as_it_is: bool, times: float = 1.0) -> tuple[int, float]:
        """The smallest ``spark.executor.memory`` with so much Spark memory on the heap [MiB], and ``spark.memory.fraction``.

        User objects keep the bytes that they could take, ``times`` as many where so many more tasks run.  The fraction
        stays where it leaves both what they need, and is otherwise what Spark memory needs, up to its default.
        """
        most = self.fraction if as_it_is else max(self.fraction, self.usual)
        user = 0 if as_it_is else self.user_bytes * times
        wanted = max(ceil(unified_bytes / most), int(user) + unified_bytes) + self.reserved
        wanted = max(wanted, self.least)
        mib = whole_mib(least_max_heap(wanted, lambda size: self._heap_of(size, gc), self.least) * MIB, STEP_MIB)
        return mib, self._fraction(mib, unified_bytes, user, gc, most)

    def _fraction(self, heap_mib: int, unified_bytes: int, user_bytes: float, gc: str, most: float) -> float:
        """The fraction with which a heap has so much for both: the run's where that does."""
        usable = self._heap_of(heap_mib * MIB, gc).max_memory_bytes - self.reserved
        if usable * self.fraction >= unified_bytes and usable * (1 - self.fraction) >= user_bytes - MIB:
            return self.fraction
        return min(most, ceil(max(unified_bytes, MIB) / usable * 1000) / 1000)

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
        times: float = 1.0,
    ) -> Shape:
        """An executor of these cores for so much execution memory."""
        off_heap = self.needs.off_heap_execution if off_heap is None else off_heap
        cut_off = self.needs.execution.spilled and not self.needs.execution.by_operator
        least = self.known.on_heap_maximum or 0 if self.needs.execution.unknown else LEAST_ON_HEAP_BYTES
        execution = int(execution * SPILLED_GROWTH) if cut_off else execution
        gc = gc or self.known.collector
        on_heap = max(int((self.needs.storage.bytes + (0 if off_heap else execution)) * self.room), least)
        changed = {config.EXECUTOR_CORES.key: str(cores)}
        try:
            heap, fraction = self.heap(on_heap, gc, as_it_is, times)
        except (FlagError, ValueError) as error:
            return Shape(name, {}, 0, 0, 0, 0, cores, str(error))
        kept_mib = self.known.heap_bytes // MIB
        if heap < kept_mib and (self.keep or (off_heap and self.needs.off_heap_execution)):
            heap, fraction = kept_mib, self._fraction(kept_mib, on_heap, 0, gc, max(self.fraction, self.usual))
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
        """An overhead where more was seen outside the heap than it would hold; what was seen is a least, and lowers none."""
        if self.where.manager in ("standalone", LOCAL_CLUSTER, ""):
            return {}
        python = 0 if PYSPARK_EXECUTOR_MEMORY.key in self.inputs else self.needs.python.bytes
        needed = whole_mib(int((self.needs.outside_heap.bytes + python) * self.room), STEP_MIB)
        given = overhead_bytes({**self.inputs, config.EXECUTOR_MEMORY.key: f"{heap_mib}m"})
        return {EXECUTOR_MEMORY_OVERHEAD.key: f"{needed}m"} if needed * MIB > given else {}

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
                note="assumed: user objects get by with less heap, which no log says",
            )
        )
        # what failed would fail the sooner with more tasks, and nobody knows what more of the unknown takes
        more = () if self.keep or self.needs.execution.unknown else (self.where.cores * 2,)
        for cores in sorted({fewer_cores(self.where), *more} - {self.where.cores}):
            many = max(1, cores // self.where.task_cpus)
            need = max(tasks[0] * many if tasks else 0, self.needs.execution.bytes * many // now)
            if many <= now:  # fewer at once hold no more than all that ran together
                need = min(need, self.needs.execution.bytes)
            note = "computed: as much for each as the largest task"
            if cores > self.where.cores:
                note += "; assumed: each has as many bytes for user objects as before"
            name = f"{cores} core{'s' * (cores != 1)}"
            found.append(self.shaped(name, need, cores, note=note, times=max(1.0, many / now)))
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
        if not self.needs.off_heap_execution and self.needs.execution.bytes and not self.needs.execution.unknown:
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


def fewer_cores(where: Circumstances) -> int:
    """Half of the cores, and enough for a task: Spark refuses an executor that is too small for one."""
    return max(where.task_cpus, where.cores // 2)


def _held_back(gc: str) -> str:
    return "Parallel holds a part of the heap back" if gc == "parallel" else "G1 reports all of its heap"
