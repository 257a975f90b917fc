"""The driver in words: the regions of its heap, its container, and the limits of what may come to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sparkmem.answer.line import Line
from sparkmem.answer.note import Note
from sparkmem.answer.result import Result
from sparkmem.calculator import Given
from sparkmem.facts import FACTS
from sparkmem.release import release as release_named
from sparkmem.release import since
from sparkmem.size import mib_text
from sparkmem.source import Source
from sparkmem.spark.containers.container import LOCAL
from sparkmem.spark.settings.config import MEMORY_OFFHEAP_SIZE
from sparkmem.spark.settings.driver import MAX_BROADCAST_TABLE_SIZE, MAX_RESULT_SIZE
from sparkmem.subjects.containers.lines import container_lines
from sparkmem.subjects.containers.processes import Asked, driver_of

PAGE = "calculators/driver-memory/"

_TASKS = "core/src/main/scala/org/apache/spark/scheduler/TaskSetManager.scala"
_KEPT = ("ui-storage-memory",)  # of the further lines about an executor's heap


@dataclass(frozen=True)
class Driver:
    """The driver's container, the regions of its heap [bytes], and its limits; a table limit of None is Spark's own."""

    asked: Asked
    regions: Result
    heap_bytes: int
    result_bytes: int
    table_bytes: int | None

    @property
    def system_bytes(self) -> int:
        """What the driver's JVM reports."""
        return next(line.size_bytes or 0 for line in self.regions.rows() if line.id == "jvm-max-memory")


def result_of(given: Given, driver: Driver) -> Result:
    """The figures with their reasons, sources and notes."""
    container, limit = container_lines(given, driver.asked, driver_of(driver.asked))
    kept = [line for line in driver.regions.lines if line.id in _KEPT]
    return Result(
        breakdowns=(*driver.regions.breakdowns, container),
        lines=(*([limit] if limit else []), *kept, _results(given, driver), *_broadcasts(given, driver)),
        notes=(*_notes(given, driver), *(note for note in driver.regions.notes if note.id != "off-heap-not-enabled")),
        meanings={
            "release": f"measured on Spark {release_named(given.release).witness}",
            "spark.driver.memory": f"-Xmx, {mib_text(driver.heap_bytes)}",
            "gc": driver.regions.meanings.get("gc", ""),
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


def _notes(given: Given, driver: Driver) -> Iterator[Note]:
    local = driver.asked.app.manager == LOCAL
    off_heap = driver.asked.app.conf.get(MEMORY_OFFHEAP_SIZE)
    if off_heap > 0 and not local:
        if since(given.release, "4.3"):
            text = (
                "Since 4.3 the driver has no off-heap memory outside local mode: spark.memory.offHeap.size is for executors."
            )
            yield Note("driver-no-off-heap", text, PAGE + "#off-heap")
        elif driver.asked.driver:
            text = f"The driver makes off-heap pools of {mib_text(off_heap)} too, and its container has no room for them."
            yield Note("driver-off-heap-no-room", text, PAGE + "#off-heap", "warning")
    key = MAX_RESULT_SIZE.key
    if driver.result_bytes <= 0:
        text = f"{key} is {given.text(key)}: nothing stops results that the driver's heap cannot hold."
        yield Note("max-result-unlimited", text, PAGE + "#max-result-size", "warning")
    elif driver.result_bytes >= driver.system_bytes:
        allowed = f"{key} allows {mib_text(driver.result_bytes)}"
        text = f"{allowed} of a heap of {mib_text(driver.system_bytes)}: the heap is full first."
        yield Note("max-result-above-heap", text, PAGE + "#max-result-size", "warning" if given.is_set(key) else "info")
    if driver.asked.driver is None and not local:
        text = "In client mode the driver runs where spark-submit was called, in no container and without overhead."
        yield Note("driver-not-in-cluster", text, PAGE + "#container")


def _headline(driver: Driver) -> str:
    text = f"The driver's heap is {mib_text(driver.heap_bytes)}"
    container = driver.asked.driver
    if container is None:
        return f"{text}, in no container."
    limit = driver.asked.granting.limit_mib(container.total_mib)
    return f"{text}, in a container of {mib_text(limit << 20)}."
