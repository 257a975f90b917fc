"""Every sensible way to divide a node, each with its largest heap.

A shape is a number of executors and of cores for each.  It is sensible where neither another such executor
nor another core for each executor would fit: what is left out leaves cores idle that a shape of the table uses.
"""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.answer.table import Mark, Row, Table, ordered
from sparkmem.calculators.fit_node.columns import COLUMNS, SORT
from sparkmem.calculators.fit_node.node import PAGE
from sparkmem.calculators.fit_node.packing import Fit
from sparkmem.calculators.fit_node.shape import Shape, executors_by_memory, largest_heap
from sparkmem.facts import fact
from sparkmem.given import Given
from sparkmem.jvm.collectors import java_heap
from sparkmem.jvm.flags import HeapFlags
from sparkmem.jvm.references import NOT_COMPRESSED_FROM
from sparkmem.release import release as release_named
from sparkmem.size import GIB, MIB
from sparkmem.spark.containers.overhead import MINIMUM
from sparkmem.spark.managers.unified_regions import on_heap_regions
from sparkmem.spark.settings import config

MOST_SHAPES = 64
_MACHINE_BYTES = 16 * GIB  # that of the calculator of an executor's heap where nobody says; only Java 11's regions follow it

_ABOUT = "Neither another such executor nor another core for each would fit; the heap is the largest with which so many do."
_MARKS = (
    Mark(
        "one-core", "With one core an executor runs one task at a time: each task pays for reserved memory, an overhead and"
        " a copy of every broadcast.", "memory/executors/#how-many",
    ),
    Mark(
        "uncompressed-references", "In a heap this large the JVM does not compress references: each takes 8 bytes in place"
        " of 4, so that 31g may hold as much.", "memory/jvm-heap/#compressed-references",
    ),
    Mark(
        "overhead-floor", "The overhead is at its floor, a larger share of the heap than the factor asks for.",
        PAGE + "#memory",
    ),
)  # fmt: skip


def sensible(fit: Fit) -> Iterator[tuple[int, int, Shape]]:
    """Executors, cores of each, and the shape with its largest heap; the fewest executors first.

    Where cores do not count, a shape of which the cluster would start more than were meant is none.
    """
    free = fit.node.free_millicores // 1000
    most = min(free, executors_by_memory(fit.shape.with_heap(fit.least_mib), fit.free_mib))
    if fit.node.platform and fit.node.platform.executors_per_node:
        most = min(most, fit.node.platform.executors_per_node)
    executors = 1
    while executors <= most:
        cores = free // executors
        executors = min(free // cores, most)
        heap = largest_heap(fit.shape, executors, fit.free_mib, fit.least_mib)
        if heap is not None:
            shape = fit.shape.with_heap(heap)
            if fit.counts_cores or fit.one_each or executors_by_memory(shape, fit.free_mib) == executors:
                yield executors, cores, shape
        executors += 1


def table_of(given: Given, fit: Fit) -> Table:
    """The sensible shapes in the order that was asked for."""
    rows: list[Row] = []
    left_out = ""
    for executors, cores, shape in sensible(fit):
        if len(rows) == MOST_SHAPES:
            left_out = f"Shapes of more than {rows[-1].figures['executors']:,} executors are not shown."
            break
        rows.append(_row(given, fit, executors, cores, shape))
    if not rows:
        why = "less than a core is free" if fit.node.free_millicores < 1000 else "there is no room for the least heap"
        left_out = f"None fits: {why}."
    used = {mark for row in rows for mark in row.marks}
    marks = tuple(mark for mark in _MARKS if mark.id in used)
    order = given.text(SORT.name)
    return Table("shapes", "Sensible shapes", SORT.name, order, COLUMNS, ordered(rows, order), marks, _ABOUT, left_out)


def _row(given: Given, fit: Fit, executors: int, cores: int, shape: Shape) -> Row:
    heap, container = shape.heap_mib * MIB, shape.granted_mib * MIB
    figures = {
        "executors": executors,
        "cores": cores,
        "heap": heap,
        "overhead": shape.container.overhead_mib * MIB,
        "container": container,
        "memory-left": fit.free_mib * MIB - executors * container,
        "cores-left": fit.node.free_millicores - executors * cores * 1000,
        "heaps": executors * heap,
        "heap-per-core": heap // cores,
        "spark-memory-per-core": spark_memory(given.release, fit.manager, heap) // cores,
    }
    settings = {
        "executors-per-node": str(executors),
        "spark.executor.cores": str(cores),
        "spark.executor.memory": f"{shape.heap_mib}m",
    }
    requested = "spark.kubernetes.executor.request.cores"
    if given.is_set(requested):  # else each executor would ask for those, whatever cores it has
        settings[requested] = str(cores)
    label = f"{executors} executor{'s' * (executors != 1)} of {cores} core{'s' * (cores != 1)}"
    current = (fit.running, fit.shape.heap_mib, fit.shape.millicores) == (executors, shape.heap_mib, cores * 1000)
    return Row(f"shape-{executors}x{cores}", label, figures, settings, tuple(_marks(shape, cores)), current)


def _marks(shape: Shape, cores: int) -> Iterator[str]:
    if cores == 1:
        yield "one-core"
    if shape.heap_mib * MIB >= NOT_COMPRESSED_FROM:
        yield "uncompressed-references"
    if shape.container.overhead and shape.container.overhead.rule == MINIMUM:
        yield "overhead-floor"


def spark_memory(release: str, manager: str, heap_bytes: int) -> int:
    """Storage and execution memory [bytes] in a heap of G1, as an executor has it with all else at its default."""
    flags = HeapFlags(initial_heap_bytes=heap_bytes if manager == "kubernetes" else None)
    heap = java_heap(heap_bytes, "g1", release_named(release).java, flags, _MACHINE_BYTES)
    reserved = int(fact("RESERVED_SYSTEM_MEMORY_BYTES", release))
    return on_heap_regions(heap.max_memory_bytes, reserved, float(config.MEMORY_FRACTION.default or 0), 0.5).unified_bytes
