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
from sparkmem.runs.needs import Needs, slots, tasks_of
from sparkmem.runs.reconcile import Reconciled
from sparkmem.runs.shapes import Shape, shape, whole_mib
from sparkmem.size import MIB
from sparkmem.spark.managers.unified_regions import min_system_memory
from sparkmem.spark.settings import config

SPILLED_GROWTH = 4 / 3
"""What a need that was cut off by spilling may come to where no plan says which operators spilled, and of how many rows:
arrays of pointers double while a sort or a map grows, which a task that spilled before never had to do.  An assumption.
"""
STEP_MIB = 32
LEAST_ON_HEAP_BYTES = 64 * MIB
"""Left to Spark on the heap in any case: broadcasts and small operators are in no figure of a task."""


class Sizing:
    """Executors for one run, of other sizes; of one that failed none is smaller, and none has more tasks."""

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
        more = () if self.keep else (self.where.cores * 2,)  # what failed would fail the sooner with more tasks
        for cores in sorted({max(1, self.where.cores // 2), *more} - {self.where.cores}):
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
