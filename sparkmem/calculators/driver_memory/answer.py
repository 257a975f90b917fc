"""The driver in words: the regions of its heap, its container, and the limits of what may come to it."""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.answer.line import Line
from sparkmem.answer.result import Result
from sparkmem.calculators.driver_memory.inputs import PAGE
from sparkmem.calculators.driver_memory.notes import notes_of
from sparkmem.calculators.driver_memory.reading import Driver
from sparkmem.facts import FACTS
from sparkmem.given import Given
from sparkmem.release import release as release_named
from sparkmem.size import mib_text
from sparkmem.source import Source
from sparkmem.spark.settings.driver import MAX_BROADCAST_TABLE_SIZE, MAX_RESULT_SIZE
from sparkmem.subjects.containers.kept import kept_notes
from sparkmem.subjects.containers.lines import container_lines
from sparkmem.subjects.containers.processes import driver_of
from sparkmem.subjects.java_heap.driver import FLAGS_KEY
from sparkmem.subjects.java_heap.inputs import FLAGS_KEY as EXECUTOR_FLAGS_KEY

_TASKS = "core/src/main/scala/org/apache/spark/scheduler/TaskSetManager.scala"
_KEPT = ("ui-storage-memory",)  # of the further lines about an executor's heap


def result_of(given: Given, driver: Driver) -> Result:
    """The figures with their reasons, sources and notes."""
    container, limit = container_lines(given, driver.asked, driver_of(driver.asked))
    kept = [line for line in driver.regions.lines if line.id in _KEPT]
    of_regions = [note for note in driver.regions.notes if note.id != "off-heap-not-enabled"]
    return Result(
        breakdowns=(*driver.regions.breakdowns, container),
        lines=(*([limit] if limit else []), *kept, _results(given, driver), *_broadcasts(given, driver)),
        notes=(*kept_notes(driver.asked), *notes_of(given, driver), *of_regions),
        meanings={
            "release": f"measured on Spark {release_named(given.release).witness}",
            "spark.driver.memory": f"-Xmx, {mib_text(driver.heap_bytes)}",
            "gc": driver.regions.meanings.get("gc", "").replace(EXECUTOR_FLAGS_KEY, FLAGS_KEY),
        },
        headline=_headline(driver),
    )


def _results(given: Given, driver: Driver) -> Line:
    """spark.driver.maxResultSize."""
    size = driver.result_bytes
    because = "a stage is aborted once the serialized results of its tasks are larger together"
    return Line(
        "max-result-size", "Largest results of a stage", size if size > 0 else None, "" if size > 0 else "no limit",
        because=because if size > 0 else f"{MAX_RESULT_SIZE.key} is not more than 0",
        source=Source("Spark", release_named(given.release).tag, _TASKS, "canFetchMoreResults"),
        see=PAGE + "#max-result-size", provenance=given.provenance(MAX_RESULT_SIZE.key),
    )  # fmt: skip


def _broadcasts(given: Given, driver: Driver) -> Iterator[Line]:
    """The table that is just too large to be broadcast, in bytes and in rows."""
    size, table = FACTS["MAX_BROADCAST_TABLE_BYTES"], MAX_BROADCAST_TABLE_SIZE
    own = driver.table_bytes is None
    yield Line(
        "broadcast-table-limit", "Table too large to broadcast",
        int(size.at(given.release)) if driver.table_bytes is None else driver.table_bytes,
        because="a constant of Spark's code; from this size on" if own else f"{table.key}; from this size on",
        source=size.source(given.release) if own else table.source(given.release), see=PAGE + "#broadcast",
        provenance="derived" if own else given.provenance(table.key),
    )  # fmt: skip
    for id, label, name in (
        ("broadcast-hashed-rows-limit", "Rows too many for a hash join", "MAX_BROADCAST_HASHED_ROWS"),
        ("broadcast-rows-limit", "Rows too many for other joins", "MAX_BROADCAST_TABLE_ROWS"),
    ):
        fact = FACTS[name]
        yield Line(
            id, label, None, f"{int(fact.at(given.release)):,}", because="a constant of Spark's code; from this number on",
            source=fact.source(given.release), see=PAGE + "#broadcast",
        )  # fmt: skip


def _headline(driver: Driver) -> str:
    text = f"The driver's heap is {mib_text(driver.heap_bytes)}"
    container = driver.asked.driver
    if container is None:
        return f"{text}, in no container."
    limit = driver.asked.granting.limit_mib(container.total_mib)
    return f"{text}, in a container of {mib_text(limit << 20)}."
