"""The maxima of block managers held against the model: equal to the byte, or what they would be equal to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sparkmem.calculators.ui_number.search import Search
from sparkmem.calculators.ui_number.variants import COMMON_MIB, MACHINE_BYTES, Variant, variants
from sparkmem.errors import SparkmemError
from sparkmem.eventlog.run import Executor, Run
from sparkmem.facts import fact
from sparkmem.jvm.collectors import NAMES, java_heap
from sparkmem.jvm.flags import FlagError
from sparkmem.runs.circumstances import LOCAL, LOCAL_CLUSTER, Circumstances, Process, process_of
from sparkmem.size import MIB, mib_text
from sparkmem.spark.managers.static_regions import share
from sparkmem.spark.managers.unified_regions import on_heap_regions
from sparkmem.spark.settings import config

_OTHERS = ("g1", "parallel", "serial", "z", "shenandoah", "cms")
EQUAL, OTHERWISE, UNEXPLAINED, NOT_LOGGED = "equal", "otherwise", "unexplained", "not in the log"


@dataclass(frozen=True)
class Reconciled:
    """One block manager: what it may hold by the log and by the configuration [bytes], and why the two are as they are.

    ``how`` is ``equal``, ``otherwise`` (equal, if something is so that the configuration does not say), ``unexplained`` or
    ``not in the log``; ``heap_bytes`` is the heap that explains it, or that of the configuration where none does.
    """

    executor: str
    on_heap_maximum: int | None
    off_heap_maximum: int | None
    computed: int | None
    how: str
    reason: str
    heap_bytes: int = 0
    collector: str = ""
    max_memory_bytes: int = 0

    @property
    def explained(self) -> bool | str:
        """True, or the reason why not (DESIGN, section 3)."""
        return True if self.how == EQUAL else self.reason


class _Model:
    """What the model makes of heaps, with the fractions of one run."""

    def __init__(self, run: Run) -> None:
        spark, release = run.spark, run.release.name
        self.reserved = int(fact("RESERVED_SYSTEM_MEMORY_BYTES", release))
        self.fraction = _fraction(spark, config.MEMORY_FRACTION, release)
        self.storage_fraction = _fraction(spark, config.MEMORY_STORAGE_FRACTION, release)
        legacy = release == "2.4" and spark.get(config.LEGACY_MODE, "").lower() == "true"
        self.static = legacy or run.release.before_unified

    def maximum(self, max_memory_bytes: int) -> int:
        """What a block manager may hold on the heap [bytes]."""
        if self.static:
            return share(max_memory_bytes, 0.6, 0.9).usable_bytes
        return on_heap_regions(max_memory_bytes, self.reserved, self.fraction, self.storage_fraction).unified_bytes


def _fraction(spark: dict[str, str], entry: object, release: str) -> float:
    text = spark.get(entry.key, "") or entry.default  # type: ignore[attr-defined]
    try:
        return float(entry.read(text, release))  # type: ignore[attr-defined]
    except (SparkmemError, ValueError):
        return float(entry.default)  # type: ignore[attr-defined]


def reconciled(run: Run, where: Circumstances) -> dict[str, Reconciled]:
    """Each block manager of the run, by its executor; the same maxima are explained once."""
    model, found = _Model(run), dict[str, Reconciled]()
    known: dict[tuple[object, ...], Reconciled] = {}
    for executor in run.executors:
        role = "driver" if executor.id == "driver" else "executor"
        key = (role, executor.profile, executor.maxima)
        if key not in known:
            known[key] = _one(run, executor, where, model)
        found[executor.id] = Reconciled(**{**known[key].__dict__, "executor": executor.id})
    return found


def _one(run: Run, executor: Executor, where: Circumstances, model: _Model) -> Reconciled:
    on_heap, off_heap = executor.on_heap_maximum, executor.off_heap_maximum
    process = process_of(run, executor, where)
    computed = _computed(process, where, model)
    if on_heap is None:
        why = "no block manager of it is in the log"
        return Reconciled(executor.id, None, None, computed[1], NOT_LOGGED, why, process.heap_mib * MIB, *computed[::2])
    whose = _whose(executor, process)
    said = _off_heap_said(process, off_heap or 0)
    for how, gc, java, max_memory in _candidates(process, where):
        if model.maximum(max_memory) != on_heap:
            continue
        version = f"Java {java}" if where.java else "a Java that the log does not name"
        reason = f"{whose} under {NAMES[gc]}, {version}: Runtime.maxMemory {max_memory:,}{how}{said}"
        fits = EQUAL if not how and not said else OTHERWISE
        return Reconciled(executor.id, on_heap, off_heap, computed[1], fits, reason, process.heap_mib * MIB, gc, max_memory)
    return _searched(executor, where, model, process, computed, said)


def _computed(process: Process, where: Circumstances, model: _Model) -> tuple[str, int | None, int]:
    """What the configuration tells: the collector, the block manager's maximum and ``Runtime.maxMemory`` [bytes]."""
    for _, gc, _, max_memory in _candidates(process, where):
        return gc, model.maximum(max_memory), max_memory
    return process.flags.gc or where.collector, None, 0


def _candidates(process: Process, where: Circumstances) -> Iterator[tuple[str, str, int, int]]:
    """The JVMs that may have run it, the one that the configuration tells first: words, collector, Java, maxMemory."""
    java = where.runs_on or 17
    told = process.flags.gc or where.collector
    starts = (True, False) if where.manager == "kubernetes" else (False, True)
    for full in starts:
        yield from _heap(process, told, java, full, "" if full == starts[0] else "; with all of the heap from the start")
    usual = f", and {NAMES[told]} would be usual" if where.java else ""
    for gc in _OTHERS:
        if gc != told:
            yield from _heap(process, gc, java, False, f"; the log names no collector{usual}")


def _heap(process: Process, gc: str, java: int, full: bool, how: str) -> Iterator[tuple[str, str, int, int]]:
    size, flags = process.heap_mib * MIB, process.flags
    if full and not flags.initial_heap_bytes:
        flags = replace(flags, initial_heap_bytes=size)
    try:
        yield how, gc, java, java_heap(size, gc, java, flags, MACHINE_BYTES).max_memory_bytes
    except (FlagError, ValueError):
        return


def _searched(
    executor: Executor,
    where: Circumstances,
    model: _Model,
    process: Process,
    told: tuple[str, int | None, int],
    said: str,
) -> Reconciled:
    """What another heap would explain: the search of the calculator of numbers, for this very size."""
    on_heap, whose, computed = executor.on_heap_maximum or 0, _whose(executor, process), told[1]
    jvms: tuple[Variant, ...] = tuple(variants(process.flags.gc or "", where.runs_on))
    if where.runs_on is not None and where.runs_on <= 8:
        jvms = tuple(one for one in jvms if one.gc in ("parallel", "serial", "g1"))
        jvms = tuple(sorted(jvms, key=lambda one: one.gc != "parallel"))
    search = Search(on_heap, on_heap, jvms, model.fraction, known_off_heap_bytes=0, static=model.static)
    known = sorted(search.explanations(), key=lambda one: (one.mib != one.last_mib, COMMON_MIB.get(one.mib, 9)))
    if not known:
        share_of = "spark.storage.memoryFraction 0.6" if model.static else f"spark.memory.fraction {model.fraction:g}"
        reason = f"no heap of whole MiB comes to {on_heap:,} with {share_of}"
        return Reconciled(
            executor.id, on_heap, executor.off_heap_maximum, computed, UNEXPLAINED, reason + said,
            process.heap_mib * MIB, *told[::2],
        )  # fmt: skip
    best = known[0]
    jvm = best.jvms[0]
    last = "" if best.mib == best.last_mib else f" to {mib_text(best.last_mib * MIB)}"
    heap = f"{mib_text(best.mib * MIB)}{last}"
    why = "what the launcher was given, and not" if where.manager in (LOCAL, LOCAL_CLUSTER) and not process.said else "not"
    reason = f"a heap of {heap} under {NAMES[jvm.gc]}, {why} what the configuration says: {whose.rstrip(',')}"
    return Reconciled(
        executor.id,
        on_heap,
        executor.off_heap_maximum,
        computed,
        OTHERWISE,
        reason + said,
        best.mib * MIB,
        jvm.gc,
        jvm.max_memory(best.mib),
    )


def _whose(executor: Executor, process: Process) -> str:
    """Which setting says how large the heap is."""
    memory = "spark.driver.memory" if executor.id == "driver" else "spark.executor.memory"
    return f"{memory} {mib_text(process.heap_mib * MIB)}" if process.said else f"{memory} by default, 1,024 MiB,"


def _off_heap_said(process: Process, off_heap: int) -> str:
    if off_heap == process.off_heap_bytes:
        return ""
    return f"; off the heap {off_heap:,} by the log, {process.off_heap_bytes:,} by the configuration"
