"""Regions of an executor with the marks that the run reached in them: in a picture to scale, and in words."""

from __future__ import annotations

from sparkmem.answer.breakdown import Breakdown
from sparkmem.render.escaping import escape
from sparkmem.render.run.container import container_html, container_of, sizes_of
from sparkmem.render.run.peaks import Peaks
from sparkmem.size import mib_text

_NOT_MEASURED = "not measured"
_ROWS = (
    ("Heap", "heap", "jvm-max-memory", "garbage included"),
    ("Spark memory on the heap", "unified", "spark-memory", "execution and storage together"),
    ("of it storage", "storage", "spark-memory", ""),
    ("of it execution", "execution", "spark-memory", ""),
    ("Spark memory off the heap", "off-heap", "off-heap-memory", "execution and storage together"),
    ("Outside the heap", "outside", "memory-overhead", "at least, of the overhead"),
    ("Java, resident", "resident", "total-request", "of the container"),
    ("Python, resident", "python", "total-request", "of the container"),
)
"""Name, whose peak, which line of the container holds it, a remark."""
_ALWAYS = ("heap", "unified", "storage", "execution")


def marks_html(found: Peaks) -> str:
    """The picture, and for each region how large it is and how much of it was reached, as a bar and in words."""
    container = container_of(found)
    bars = _bars(found, container)
    if not bars:
        return "<p>No executor is in the log.</p>"
    return (
        f'{container_html(found, container)}<ul class="sm-marks">{bars}</ul>'
        '<p class="sm-quiet">The largest of any executor; each bar is one region.</p>'
    )


def _bars(found: Peaks, container: Breakdown | None) -> str:
    sizes = sizes_of(container)
    if not sizes and not found.sizes:
        return ""
    made = ""
    for name, what, line, remark in _ROWS:
        by_log = "unified" if line == "spark-memory" else what
        size, reached = found.sizes.get(by_log) or sizes.get(line, 0), found.reached.get(what, 0)
        if reached or (size and what in _ALWAYS) or (what == "off-heap" and size):
            made += _bar(name, size, reached, remark, found.whose.get(what, ""))
    if found.needed or found.needed_how:
        size = found.sizes.get("off-heap") or found.sizes.get("unified") or sizes.get("spark-memory", 0)
        made += _bar("Needed by tasks together", size, found.needed, found.needed_how, "")
    return made


def _bar(name: str, size: int, reached: int, remark: str, whose: str) -> str:
    scale = max(size, reached, 1)
    words = f"{mib_text(reached)} of {mib_text(size)}, {reached / size:.0%}" if reached and size else mib_text(reached)
    if not reached:
        words = f"{_NOT_MEASURED}, of {mib_text(size)}" if size else _NOT_MEASURED
    over = " data-over" if size and reached > size else ""
    beside = ", ".join(filter(None, [remark, f"executor {whose}" if whose else ""])) if reached else ""
    region = f'<span style="inline-size:{size / scale * 100:.2f}%"></span>' if size else ""  # else there is no share
    mark = f'<i style="inline-size:{reached / scale * 100:.2f}%"></i>' if size and reached else ""
    return (
        f'<li{over}><span class="sm-mark-name">{escape(name)}</span>'
        f'<span class="sm-mark-bar" aria-hidden="true">{region}{mark}</span>'
        f'<span class="sm-mark-words">{escape(words + (f" ({beside})" if beside else ""))}</span></li>'
    )
