"""What of a fit is drawn."""

from __future__ import annotations

from sparkmem.answer.line import Line
from sparkmem.answer.packed import Packed, Resource
from sparkmem.calculators.fit_node.packing import Fit
from sparkmem.size import MIB


def packed_of(fit: Fit) -> Packed:
    """The executors that run, each with the parts of its container, and how many of those asked for do not."""
    node, shape, terms = fit.node, fit.shape, fit.shape.container
    kept = node.memory_bytes - node.usable.memory_bytes
    kept_cores = node.cores * 1000 - node.usable.millicores
    parts = (
        ("executors-heap", "Heap", terms.memory_mib),
        ("executors-off-heap-memory", "Off-heap memory", terms.off_heap_mib),
        ("executors-pyspark-memory", "PySpark memory", terms.pyspark_mib),
        ("executors-memory-overhead", "Overhead", terms.overhead_mib),
        ("executors-rounding", "Rounding", shape.granted_mib - shape.asked_mib),
    )
    return Packed(
        fit.running,
        max(fit.wanted - fit.count, 0),
        Resource(node.memory_bytes, kept, node.set_aside_bytes, shape.granted_mib * MIB),
        Resource(node.cores * 1000, kept_cores, node.set_aside_millicores, shape.millicores),
        tuple(Line(row_id, label, mib * MIB) for row_id, label, mib in parts if mib > 0),
    )
