"""The advice in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from sparkmem.runs.right_size import RightSize
from sparkmem.runs.shapes import Shape
from sparkmem.size import mib_text


def summary(size: RightSize) -> str:
    """The advice in a sentence."""
    if size.advised is None or size.now is None:
        return f"No size is advised: {size.why}."
    changed = ", ".join(f"{key} {text}" for key, text in size.changed.items())
    if size.failed:
        return _too_small(size.failed, changed)
    if not changed and size.needs.execution.unknown:
        return f"No other size is advised: Spark memory is {_spark_memory(size.advised)}, {size.why}."
    if not changed:
        return f"Change nothing: it is of the right size. Spark memory {_spark_memory(size.advised)}, {size.why}."
    costs = _costs(size.saves, size.now.gib_hours(size.hours))
    if size.advised.taken_bytes == size.now.taken_bytes and size.advised.container_bytes != size.now.container_bytes:
        costs = " What is granted stays the same, so that it saves nothing by itself."
    return f"Change {changed}. Spark memory {_spark_memory(size.advised)}, {size.why}.{costs}"


def _too_small(failed: Sequence[str], changed: str) -> str:
    words = f"This size failed: {'; '.join(failed)}. What it needed was cut off, so that no right size can be told."
    known = "for what is known of Spark memory; that alone need not mend it"
    return f"{words} At least {changed}, {known}." if changed else words


def _spark_memory(one: Shape) -> str:
    off = f" and {mib_text(one.off_heap_bytes)} off the heap" if one.off_heap_bytes else ""
    return f"{mib_text(one.spark_memory_bytes)}{off}"


def _costs(saves: float, whole: float) -> str:
    """What it would have saved or cost, where that is a hundredth or more."""
    if not whole or abs(saves) < whole / 100:
        return ""
    words = f"saves {hours_text(saves)} GiB-hours" if saves > 0 else f"costs {hours_text(-saves)} GiB-hours more"
    return f" It {words}, beside the {hours_text(whole)} that it took."


def hours_text(hours: float) -> str:
    """GiB-hours, of which small runs have few.

    >>> hours_text(12.3456), hours_text(0.00417), hours_text(0.0)
    ('12.35', '0.0042', '0')
    """
    return f"{hours:,.2f}" if hours >= 0.1 else f"{hours:.2g}"
