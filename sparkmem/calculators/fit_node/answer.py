"""The answer about a node in words: what each executor takes, what is left, and what would fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sparkmem.answer.breakdown import Breakdown
from sparkmem.answer.cores import cores_text
from sparkmem.answer.line import DERIVED, SET, Line
from sparkmem.answer.result import Result
from sparkmem.calculators.fit_node.drawn import packed_of
from sparkmem.calculators.fit_node.node import PAGE
from sparkmem.calculators.fit_node.notes import notes
from sparkmem.calculators.fit_node.packing import Fit, smallest_node
from sparkmem.calculators.fit_node.shape import largest_heap
from sparkmem.calculators.fit_node.shapes import table_of
from sparkmem.calculators.fit_node.words import headline, meanings, people
from sparkmem.given import Given
from sparkmem.release import release as release_named
from sparkmem.size import MIB, mib_text
from sparkmem.source import Source
from sparkmem.spark.containers.overhead import FACTOR, GIVEN, Overhead
from sparkmem.subjects.containers.asking import allocation_notes

MOST_PACKINGS = 8


def result_of(given: Given, fit: Fit) -> Result:
    """The figures of ``fit`` with their reasons, sources and notes, what is drawn, and the shapes to compare."""
    lines = [*_counts(fit), *_limits(given, fit), *_packings(fit)]
    verdict = headline(fit)
    return Result(
        (_node(given, fit),), tuple(lines), (*allocation_notes(given), *notes(fit, verdict)), meanings(given, fit), verdict,
        packed=packed_of(fit), table=table_of(given, fit),
    )  # fmt: skip


def _node(given: Given, fit: Fit) -> Breakdown:
    node, usable = fit.node, fit.node.usable
    evidence = usable.evidence
    grade = f" ({evidence.confidence}, {evidence.tag})" if evidence else ""
    total = Line(
        "node-memory", "Memory of the node", node.memory_bytes, see=PAGE + "#node", source=evidence,
        because=f"{node.name} has {node.cores} cores" if node.name else "as you say",
        provenance=SET if given.is_set("node-memory") or given.is_set("machine-type") else DERIVED,
    )  # fmt: skip
    held_back = node.memory_bytes - usable.memory_bytes
    offered = Breakdown(
        Line(
            "usable-memory", "Memory that can be given away", usable.memory_bytes, see=PAGE + "#platforms",
            because=usable.because + grade, source=evidence,
        ),
        tuple(_parts(given, fit)),
    )  # fmt: skip
    kept = Line(
        "held-back-memory", "Kept by the platform", held_back, see=PAGE + "#platforms", source=evidence,
        because=f"the rest: {mib_text(node.memory_bytes)} - {mib_text(usable.memory_bytes)}",
    )  # fmt: skip
    return Breakdown(total, (kept, offered) if held_back else (offered,))


def _parts(given: Given, fit: Fit) -> Iterator[Line]:
    aside = min(fit.node.set_aside_bytes, fit.node.usable.memory_bytes)
    if aside:
        yield Line("set-aside-memory", "Set aside", aside, because="as you say", see=PAGE + "#set-aside", provenance=SET)
    terms = fit.shape.container
    rows = [("executors-heap", "Heaps", terms.memory_mib, "spark.executor.memory")]
    if terms.overhead:
        rows.append(("executors-memory-overhead", "Memory overheads", terms.overhead_mib, _rule(terms.overhead)))
    rows += [
        ("executors-off-heap-memory", "Off-heap memory", terms.off_heap_mib, "spark.memory.offHeap.size"),
        ("executors-pyspark-memory", "PySpark memory", terms.pyspark_mib, "spark.executor.pyspark.memory"),
        ("executors-rounding", "Rounding", fit.shape.granted_mib - fit.shape.asked_mib, "up to a step of YARN's"),
    ]
    source = Source("Spark", release_named(given.release).tag, *_ALLOCATION[fit.manager])
    for row_id, label, mib, why in rows:
        if mib and fit.running:
            because = f"{fit.running} × {mib:,} MiB, {why}"
            yield Line(row_id, label, fit.running * mib * MIB, because=because, see=PAGE + "#memory", source=source)
    wasted = fit.node.usable.memory_bytes - aside - fit.running * fit.shape.granted_mib * MIB
    yield Line(
        "wasted-memory", "Left over", wasted, see=PAGE + "#memory",
        because=f"too little for another container of {fit.shape.granted_mib:,} MiB" if fit.running == fit.by_memory
        else f"what {fit.running} containers of {fit.shape.granted_mib:,} MiB leave",
    )  # fmt: skip


def _rule(found: Overhead) -> str:
    """By which rule the overhead came about."""
    if found.rule == GIVEN:
        return "as given"
    return (
        f"{found.factor:g} of the heap" if found.rule == FACTOR else f"the floor, since {found.factor:g} of the heap is less"
    )


_CORE = "core/src/main/scala/org/apache/spark/"
_ALLOCATION = {
    "yarn": ("resource-managers/yarn/src/main/scala/org/apache/spark/deploy/yarn/YarnAllocator.scala", "YarnAllocator"),
    "kubernetes": (
        "resource-managers/kubernetes/core/src/main/scala/org/apache/spark/deploy/k8s/features/BasicExecutorFeatureStep.scala",
        "BasicExecutorFeatureStep",
    ),
    "standalone": (_CORE + "deploy/master/Master.scala", "scheduleExecutorsOnWorkers"),
}


def _counts(fit: Fit) -> Iterator[Line]:
    shape, free = fit.shape, fit.free_mib
    because = f"{fit.by_memory} by memory; cores are not counted"
    if fit.counts_cores:
        because = f"the smaller of {fit.by_memory} by memory and {fit.by_cores} by cores"
    if fit.one_each:
        because = "a worker of this service runs one executor"
    yield _number("executors-per-node", "Executors that fit", fit.count, "#how-many", because)
    above = f"{shape.asked_mib:,} MiB is more than the largest container, {shape.maximum_mib or 0:,} MiB"
    yield _number(
        "executors-by-memory", "By memory", fit.by_memory, "#memory",
        f"{free:,} MiB / {shape.granted_mib:,} MiB, cut to a whole number" if shape.allowed else above,
    )  # fmt: skip
    yield _number(
        "executors-by-cores", "By cores", fit.by_cores, "#cores",
        f"{cores_text(fit.node.free_millicores)} / {cores_text(shape.millicores)}, cut to a whole number",
    )  # fmt: skip
    left = fit.node.free_millicores - fit.running * shape.millicores
    yield Line(
        "wasted-cores", "Cores left over", text=cores_text(left), see=PAGE + "#cores",
        because=f"{cores_text(fit.node.free_millicores)} less {fit.running} × {cores_text(shape.millicores)}",
    )  # fmt: skip


def _limits(given: Given, fit: Fit) -> Iterator[Line]:
    shape = fit.shape
    source = Source("Spark", release_named(given.release).tag, *_ALLOCATION[fit.manager])
    yield Line(
        "container-limit", "One executor's container", shape.granted_mib * MIB, see=PAGE + "#memory", source=source,
        because=f"{shape.asked_mib:,} MiB asked for" + (", rounded up" if shape.granted_mib > shape.asked_mib else ""),
    )  # fmt: skip
    wanted = people(fit.wanted)
    if fit.largest_mib is None:
        yield Line(
            "largest-heap", f"Largest heap for {wanted}", text="none", see=PAGE + "#does-not-fit",
            because=f"even the least heap, {fit.least_mib:,} MiB, does not fit",
        )  # fmt: skip
    else:
        best, more = shape.with_heap(fit.largest_mib), shape.with_heap(fit.largest_mib + 1)
        too_much = (
            f"which is above the largest container, {more.maximum_mib:,} MiB" if not more.allowed
            else f"and {people(fit.wanted)} would need {fit.wanted * more.granted_mib:,} MiB"
        )  # fmt: skip
        yield Line(
            "largest-heap", f"Largest heap for {wanted}", fit.largest_mib * MIB, see=PAGE + "#largest-heap", source=source,
            because=f"{fit.wanted} × {best.granted_mib:,} MiB fit into {fit.free_mib:,} MiB;"
            f" with one MiB more a container is {more.granted_mib:,} MiB, {too_much}",
        )  # fmt: skip
    mib, cores = smallest_node(fit)
    yield Line(
        "smallest-node-memory", f"Smallest node for {wanted}", mib * MIB, see=PAGE + "#does-not-fit",
        because=f"{fit.wanted} × {fit.fitting.granted_mib:,} MiB"
        + (", and what is set aside" if fit.node.set_aside_bytes else "")
        + (f", on {fit.node.platform.label}" if fit.node.platform else "") + f"; with {cores_text(cores * 1000)}",
    )  # fmt: skip


def _packings(fit: Fit) -> Iterator[Line]:
    most = (fit.node.platform and fit.node.platform.executors_per_node) or MOST_PACKINGS
    for executors in range(1, min(most, fit.node.free_millicores // 1000) + 1):
        cores = fit.node.free_millicores // executors // 1000
        heap = largest_heap(fit.shape, executors, fit.free_mib, fit.least_mib)
        if heap is None:
            return
        shape = replace(fit.shape.with_heap(heap), millicores=cores * 1000)
        left = fit.free_mib - executors * shape.granted_mib
        idle = fit.node.free_millicores - executors * shape.millicores
        yield Line(
            f"packing-{executors}", f"{executors} executor{'s' * (executors != 1)}", see=PAGE + "#packings",
            text=f"{cores} core{'s' * (cores != 1)}, {heap:,} MiB",
            because=f"spark.executor.cores={cores}, spark.executor.memory={heap}m:"
            f" {left:,} MiB and {cores_text(idle)} left over",
        )  # fmt: skip


def _number(row_id: str, label: str, value: int, see: str, because: str) -> Line:
    return Line(row_id, label, text=str(value), because=because, see=PAGE + see)
