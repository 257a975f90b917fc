"""The table of a run's executors, as texts: only metrics of which something was sampled."""

from __future__ import annotations

from collections.abc import Sequence

from sparkmem.eventlog.run import Executor
from sparkmem.render.run.rows import size
from sparkmem.runs.report import Report
from sparkmem.size import mib_text

EXECUTOR_METRICS = (
    "JVMHeapMemory", "OnHeapExecutionMemory", "OnHeapStorageMemory", "OffHeapUnifiedMemory", "JVMOffHeapMemory",
    "DirectPoolMemory", "ProcessTreeJVMRSSMemory", "ProcessTreePythonRSSMemory",
)  # fmt: skip
_SHORT = {
    "JVMHeapMemory": "heap in use", "OnHeapExecutionMemory": "execution", "OnHeapStorageMemory": "storage",
    "OffHeapUnifiedMemory": "off-heap", "JVMOffHeapMemory": "metaspace, code", "DirectPoolMemory": "direct",
    "ProcessTreeJVMRSSMemory": "resident Java", "ProcessTreePythonRSSMemory": "resident Python",
}  # fmt: skip


def executor_head(found: Report) -> list[str]:
    """The columns of the table of executors: only metrics of which something was sampled."""
    return ["Executor", "Lived", "Tasks", "Spilled", *(_SHORT[name] for name in _sampled(found)), "End"]


def executor_rows(found: Report, most: int = 200) -> list[list[str]]:
    """A row for each executor, the driver first."""
    sampled = _sampled(found)
    return [_executor_row(one, found.run.ended or 0, sampled) for one in found.run.executors[:most]]


def _sampled(found: Report) -> list[str]:
    return [name for name in EXECUTOR_METRICS if any(one.peak(name) for one in found.run.executors)]


def _executor_row(one: Executor, run_ended: int, sampled: Sequence[str]) -> list[str]:
    ended = one.removed or run_ended
    lived = f"{(ended - one.added) / 1000:,.1f} s" if one.added and ended >= one.added else ""
    sums = one.tally.sums
    failed = f", {sums['failed']} failed" if sums.get("failed") else ""
    spilled = mib_text(sums["memory-spilled"]) if sums.get("memory-spilled") else "0"
    peaks = [size(one.peak(name)) for name in sampled]
    return [
        one.id,
        lived,
        f"{sums.get('succeeded', 0):,}{failed}",
        spilled,
        *peaks,
        one.reasons[0][:120] if one.reasons else "",
    ]
