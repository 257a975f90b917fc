"""The largest values of a run by the region in which they were seen, from a report or from the digest of an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sparkmem.eventlog.run import Executor
from sparkmem.runs.digest import Digest
from sparkmem.runs.report import Report
from sparkmem.runs.shapes import job_inputs, manager_of
from sparkmem.size import MIB

METRICS = {
    "heap": "JVMHeapMemory",
    "unified": "OnHeapUnifiedMemory",
    "storage": "OnHeapStorageMemory",
    "execution": "OnHeapExecutionMemory",
    "off-heap": "OffHeapUnifiedMemory",
    "resident": "ProcessTreeJVMRSSMemory",
    "python": "ProcessTreePythonRSSMemory",
}
"""What is looked at, and the metric that has it."""
_IN_DIGEST = {**{name: f"{name}-peak" for name in METRICS}, "outside": "need-outside"}


@dataclass(frozen=True)
class Peaks:
    """The largest of any executor by region [bytes], not there where nothing was measured; whose it was.

    ``inputs`` are those of "Explain my job" for the run's own configuration, ``process`` is whose container that is.
    """

    reached: Mapping[str, int]
    whose: Mapping[str, str]
    inputs: Mapping[str, str]
    process: str
    sizes: Mapping[str, int] = field(default_factory=dict)
    """Sizes that the log itself has [bytes], by region."""
    needed: int = 0
    needed_how: str = ""


def peaks_of(found: Report) -> Peaks:
    """Of a log that was read."""
    run, advice = found.run, found.right_size
    whose = run.workers or run.executors
    largest = {name: _largest(whose, metric) for name, metric in METRICS.items()}
    reached = {name: value for name, (value, _) in largest.items() if value}
    if advice.needs.outside_heap.bytes:
        reached["outside"] = advice.needs.outside_heap.bytes
    inputs = job_inputs(run, found.where)
    known = [found.reconciled[one.id] for one in whose if found.reconciled[one.id].on_heap_maximum]
    if advice.now:
        inputs |= advice.now.settings
    elif known and known[0].heap_bytes:
        inputs |= {"spark.driver.memory": f"{known[0].heap_bytes // MIB}m"}
    sizes = {
        "heap": max((one.heap_bytes for one in known), default=0),
        "unified": max((one.on_heap_maximum or 0 for one in known), default=0),
        "off-heap": max((one.off_heap_maximum or 0 for one in known), default=0),
    }
    need = advice.needs.execution
    return Peaks(
        reached, {name: of for name, (value, of) in largest.items() if value}, inputs,
        "executor" if advice.now else "driver", {name: size for name, size in sizes.items() if size}, need.bytes, need.how,
    )  # fmt: skip


def _largest(whose: tuple[Executor, ...], metric: str) -> tuple[int, str]:
    """The largest value, and the executor that had it."""
    best = max(whose, key=lambda one: one.peak(metric), default=None)
    return (best.peak(metric), best.id) if best else (0, "")


def peaks_in(digest: Digest) -> Peaks:
    """Of a run that came by its address."""
    figures = digest.figures
    reached = {name: figures[key] for name, key in _IN_DIGEST.items() if figures.get(key)}
    inputs = {"release": digest.release, "cluster-manager": manager_of(digest.manager), **digest.beside, **digest.settings}
    process = "executor" if "spark.executor.memory" in digest.settings else "driver"
    off_heap = figures.get("off-heap", 0)
    unified = figures.get("spark-memory", 0)
    sizes = {name: size for name, size in (("unified", unified), ("off-heap", off_heap)) if size}
    return Peaks(reached, {}, inputs, process, sizes, figures.get("need-execution", 0))
