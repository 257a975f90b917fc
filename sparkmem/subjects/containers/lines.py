"""A container in words: a line for each term of its sum, and what the cluster manager makes of it."""

from __future__ import annotations

from sparkmem.answer.breakdown import Breakdown
from sparkmem.answer.line import DERIVED, Line
from sparkmem.given import Given
from sparkmem.size import MIB, mib_text
from sparkmem.spark.containers.container import KUBERNETES, STANDALONE
from sparkmem.spark.containers.kubernetes import quantity
from sparkmem.subjects.containers.processes import Asked, Process
from sparkmem.subjects.containers.reasons import Reasons
from sparkmem.subjects.containers.settings import PAGE
from sparkmem.subjects.containers.sources import source


def container_lines(given: Given, asked: Asked, process: Process) -> tuple[Breakdown, Line | None]:
    """The container and its parts; the limit is a line of its own where it equals the request."""
    request, limit = _request(given, asked, process), _limit(asked, process)
    rounding = (limit.size_bytes or 0) - (request.total.size_bytes or 0)
    if rounding <= 0:
        return request, limit
    rounded = Line(
        f"{process.prefix}yarn-rounding", "Rounded up by YARN", rounding, see=PAGE + "#container-limit",
        because="granted and not asked for; the process may use it", source=limit.source,
    )  # fmt: skip
    return Breakdown(limit, (request, rounded)), None


def _request(given: Given, asked: Asked, process: Process) -> Breakdown:
    """The sum that the cluster manager is asked for, term by term."""
    p, terms = process.prefix, process.terms
    reasons = Reasons(given, asked.app, p, process.container)

    def line(id: str, label: str, mib: int, because: str, term: str, key: str = "") -> Line:
        return Line(
            id, label, mib * MIB, because=because, source=source(asked.app, p, term),
            see=PAGE + (process.section or f"#{id}"), provenance=given.provenance(key) if key else DERIVED,
        )  # fmt: skip

    heap = reasons.memory(process.heap_key)
    given_overhead = process.overhead_key if given.is_set(process.overhead_key) else ""
    off_heap, pyspark = ("", "") if p else ("spark.memory.offHeap.size", "spark.executor.pyspark.memory")
    return Breakdown(
        line(f"{p}total-request", f"{process.name} request", terms.total_mib, reasons.total(), "total"),
        (
            line(f"{p or 'executor-'}memory", f"{process.name} memory", terms.memory_mib, heap, "memory", process.heap_key),
            line(
                f"{p}memory-overhead", "Memory overhead", terms.overhead_mib, reasons.overhead(process.overhead_key),
                "overhead", given_overhead,
            ),
            line(
                f"{p}off-heap-memory", "Off-heap memory", terms.off_heap_mib, reasons.off_heap(), "off-heap",
                off_heap if terms.off_heap_mib else "",
            ),
            line(
                f"{p}pyspark-memory", "PySpark memory", terms.pyspark_mib, reasons.pyspark(), "pyspark",
                pyspark if terms.pyspark_mib else "",
            ),
        ),
    )  # fmt: skip


def _limit(asked: Asked, process: Process) -> Line:
    """What the cluster manager grants; Kubernetes also as its quantity."""
    mib = asked.granting.limit_mib(process.terms.total_mib) if process.container else 0
    text = f"{quantity(mib)} ({mib_text(mib * MIB)})" if process.container and asked.app.manager == KUBERNETES else ""
    return Line(
        f"{process.prefix}container-limit", f"{process.name} container", mib * MIB, text, see=PAGE + "#container-limit",
        because=_limit_because(asked, process, mib), source=source(asked.app, process.prefix, "limit"),
    )  # fmt: skip


def _limit_because(asked: Asked, process: Process, mib: int) -> str:
    granting, manager = asked.granting, asked.app.manager
    if not process.container:
        return "it runs in no container"
    if manager == KUBERNETES:
        return f"request and limit of the pod are both {quantity(mib)}"
    if manager == STANDALONE:
        return "the worker counts it as used; nothing holds the process to it"
    asked_mib = process.container.total_mib
    because = f"{asked_mib:,} MiB, at least {granting.minimum_mib:,}, up to a multiple of {granting.step_mib:,}"
    return because + (f", at most {granting.maximum_mib:,}" if mib == granting.maximum_mib else "")
