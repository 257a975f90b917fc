"""Regions of an executor with the marks that the run reached in them, to one scale."""

from __future__ import annotations

from sparkmem.eventlog.run import Executor
from sparkmem.render.escaping import escape
from sparkmem.runs.report import Report
from sparkmem.size import mib_text


def marks_html(found: Report) -> str:
    """A bar for each region: how large it is, and how much of it was reached, in words too."""
    regions = _regions(found)
    if not regions:
        return "<p>No executor is in the log.</p>"
    largest = max(max(size, reached) for _, size, reached, _ in regions) or 1
    bars = "".join(_bar(*region, largest) for region in regions)
    return f'<ul class="sm-marks">{bars}</ul><p class="sm-quiet">The largest of any executor, to one scale.</p>'


def _regions(found: Report) -> list[tuple[str, int, int, str]]:
    """Name, size, what was reached [bytes], and a remark."""
    run = found.run
    whose = run.workers or run.executors
    known = [found.reconciled[one.id] for one in whose if found.reconciled[one.id].on_heap_maximum]
    if not known:
        return []
    heap = max(one.heap_bytes for one in known)
    on_heap, off_heap = (
        max((getattr(one, name) or 0 for one in known), default=0) for name in ("on_heap_maximum", "off_heap_maximum")
    )
    need = found.right_size.needs.execution
    made = [
        ("Heap", heap, _peak(whose, "JVMHeapMemory"), "garbage included"),
        ("Spark memory on the heap", on_heap, _peak(whose, "OnHeapUnifiedMemory"), "execution and storage"),
        ("of it storage", on_heap, _peak(whose, "OnHeapStorageMemory"), ""),
        ("of it execution", on_heap, _peak(whose, "OnHeapExecutionMemory"), ""),
        ("Needed by tasks together", on_heap or off_heap, need.bytes, need.how),
    ]
    if off_heap:
        made.append(("Spark memory off the heap", off_heap, _peak(whose, "OffHeapUnifiedMemory"), "execution and storage"))
    container = found.right_size.now.granted_bytes if found.right_size.now else 0
    resident = _peak(whose, "ProcessTreeJVMRSSMemory")
    if resident:
        made.append(("Java, resident", container, resident, "of the container"))
    if python := _peak(whose, "ProcessTreePythonRSSMemory"):
        made.append(("Python, resident", container, python, "of the container"))
    return made


def _peak(whose: tuple[Executor, ...], name: str) -> int:
    return max((one.peak(name) for one in whose), default=0)


def _bar(name: str, size: int, reached: int, remark: str, largest: int) -> str:
    share, mark = (min(value / largest * 100, 100) for value in (size, reached))
    words = (
        f"{mib_text(reached)} of {mib_text(size)}" if reached and size else mib_text(reached) if reached else "not measured"
    )
    if size and not reached:
        words = f"not measured, of {mib_text(size)}"
    over = " data-over" if size and reached > size else ""
    remark = f" ({remark})" if remark and reached else ""
    return (
        f'<li{over}><span class="sm-mark-name">{escape(name)}</span>'
        f'<span class="sm-mark-bar" aria-hidden="true"><span style="inline-size:{share:.2f}%"></span>'
        f'<i style="inline-size:{mark:.2f}%"></i></span>'
        f'<span class="sm-mark-words">{escape(words + remark)}</span></li>'
    )
