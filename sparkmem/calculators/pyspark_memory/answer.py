"""Python workers in words: their limits, the container with PySpark's memory and without, and notes."""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.answer.line import DERIVED, Line
from sparkmem.answer.result import Result
from sparkmem.calculators.pyspark_memory.inputs import PAGE
from sparkmem.calculators.pyspark_memory.notes import notes_of
from sparkmem.calculators.pyspark_memory.reading import Workers
from sparkmem.given import Given
from sparkmem.release import release as release_named
from sparkmem.release import since
from sparkmem.size import MIB, mib_text
from sparkmem.source import Source
from sparkmem.spark.containers.container import STANDALONE
from sparkmem.spark.containers.python_workers import LINUX, MACOS
from sparkmem.spark.settings.python import PYSPARK_EXECUTOR_MEMORY
from sparkmem.subjects.containers.lines import container_lines
from sparkmem.subjects.containers.processes import Asked, executor_of
from sparkmem.subjects.containers.sources import source as container_source

_KEY = PYSPARK_EXECUTOR_MEMORY.key
_RUNNER = "core/src/main/scala/org/apache/spark/api/python/PythonRunner.scala"
_WORKER = "python/pyspark/worker.py"


def result_of(given: Given, asked: Asked, unset: Asked, workers: Workers) -> Result:
    """The figures with their reasons, sources and notes; ``unset`` is the same without PySpark's memory."""
    container, limit = container_lines(given, asked, executor_of(asked))
    return Result(
        breakdowns=(container,),
        lines=(*([limit] if limit else []), *_worker_lines(given, workers), *_without(unset)),
        notes=tuple(notes_of(asked, workers)),
        meanings={"release": f"measured on Spark {release_named(given.release).witness}"},
        headline=_headline(asked, workers),
    )


def _spark(given: Given, path: str, symbol: str) -> Source:
    return Source("Spark", release_named(given.release).tag, path, symbol)


def _worker_lines(given: Given, workers: Workers) -> Iterator[Line]:
    limit = workers.limit
    by = "task" if since(given.release, "4.3") else "core"
    by += ("" if limit.divisor == 1 else "s") + (" at a time" if by == "task" else "")
    because = f"{_KEY} is not set: nothing limits a worker"
    if workers.memory_mib is not None:
        because = f"{workers.memory_mib:,} MiB / {limit.divisor} {by}, cut to whole MiB"
        because += "" if limit.mib else ": 0 is no limit"
    size = limit.mib * MIB if limit.mib else None
    yield Line(
        "worker-memory-limit", "Limit of each Python worker", size, "" if size else "none", because=because,
        source=_spark(given, _RUNNER, "getWorkerMemoryMb" if since(given.release, "3.1") else "memoryMb"),
        see=PAGE + "#limit",
    )  # fmt: skip
    enforced = "set as RLIMIT_AS, the address space, when the worker starts"
    if not workers.limited:
        where = {LINUX: "there is no limit to enforce", MACOS: "macOS does not hold a process to RLIMIT_AS"}
        enforced = where.get(workers.platform, "Python on Windows has no module resource")
    yield Line(
        "limit-enforced", "Enforced by the system", None, "yes" if workers.limited else "no", because=enforced,
        source=_spark(given, _WORKER, "PYSPARK_EXECUTOR_MEMORY_MB"), see=PAGE + "#enforced",
    )  # fmt: skip
    yield Line(
        "workers-at-a-time", "Python workers at a time", None, f"{limit.at_a_time}",
        because="cores / CPUs per task, cut down",
        source=_spark(given, _RUNNER, "EXECUTOR_CORES" if since(given.release, "3.0") else "spark.executor.cores"),
        see=PAGE + "#limit",
    )  # fmt: skip
    reach = limit.mib * limit.at_a_time
    if limit.mib:
        yield Line(
            "workers-together", "All workers at their limits", reach * MIB, see=PAGE + "#limit", provenance=DERIVED,
            because=f"{limit.at_a_time} × {limit.mib:,} MiB", source=_spark(given, _RUNNER, "PYSPARK_EXECUTOR_MEMORY_MB"),
        )  # fmt: skip


def _without(unset: Asked) -> Iterator[Line]:
    """The same container had PySpark's memory not been set."""
    if unset.executor is None:
        return
    total, limit = unset.executor.total_mib, unset.granting.limit_mib(unset.executor.total_mib)
    reason = f"{_KEY} not set: Python shares {unset.executor.overhead_mib:,} MiB of overhead with the JVM"
    if unset.app.manager == STANDALONE:
        reason = "a standalone worker counts the heap alone"
    for id, label, mib, term in (
        ("unset-total-request", "Request without it", total, "total"),
        ("unset-container-limit", "Container without it", limit, "limit"),
    ):
        found = container_source(unset.app, "", term)
        yield Line(id, label, mib * MIB, because=reason, source=found, see=PAGE + "#container")


def _headline(asked: Asked, workers: Workers) -> str:
    if workers.memory_mib is None:
        return "Nothing limits the Python workers; they share the memory overhead with the JVM."
    held = mib_text(workers.limit.mib * MIB)
    limit = f"Each Python worker is held to {held}" if workers.limited else "No Python worker is held to anything"
    room = "the container has room for them" if asked.executor and asked.executor.pyspark_mib else "no room is made for them"
    return f"{limit}, and {room}."
