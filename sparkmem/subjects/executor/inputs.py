"""The inputs about one executor, as all its calculators take them."""

from __future__ import annotations

from typing import Any

from sparkmem.input import RELEASE, Input
from sparkmem.spark.settings import config
from sparkmem.spark.settings.entry import Entry
from sparkmem.subjects.java_heap.inputs import HEAP_INPUTS

PAGE = "memory/executor-heap/"

_EXECUTOR_MEMORY, _GC, _JAVA, *_MACHINE = HEAP_INPUTS


def _input(entry: Entry, label: str, help: str, see: str, **more: Any) -> Input:
    default = "" if entry.default is None else entry.default
    return Input(entry.key, label, help, default=default, group=more.pop("group", "executor"), see=PAGE + see, **more)


_ON_OFF = (("false", "false"), ("true", "true"))

INPUTS = (
    RELEASE,
    _EXECUTOR_MEMORY,
    _GC,
    _JAVA,
    _input(
        config.EXECUTOR_CORES, "Executor cores", "Tasks at a time; decides the page size and nothing else here.",
        "#page-size", unit="count", example="4",
    ),
    _input(
        config.MEMORY_FRACTION, "Memory fraction", "Share of (heap - reserved memory) that storage and execution use.",
        "#spark-memory", unit="number", example="0.6",
    ),
    _input(
        config.MEMORY_STORAGE_FRACTION, "Storage fraction",
        "Share of Spark memory from which execution cannot evict cached blocks.",
        "#storage-region", unit="number", example="0.5",
    ),
    _input(
        config.MEMORY_OFFHEAP_ENABLED, "Off-heap enabled", "Moves execution off the heap; the pools exist in any case.",
        "#off-heap", choices=_ON_OFF,
    ),
    _input(
        config.MEMORY_OFFHEAP_SIZE, "Off-heap size", "Memory outside the heap that Spark manages itself.",
        "#off-heap", unit="size", example="2g",
    ),
    *_MACHINE,
    _input(
        config.BUFFER_PAGESIZE, "Page size", "Takes the place of the page size that Spark works out.",
        "#page-size", unit="size", example="16m", group="rare", in_form=False,
    ),
    _input(
        config.UNMANAGED_MEMORY_POLLING_INTERVAL, "Unmanaged memory is asked for every",
        "Since 4.1, unless it is 0, what RocksDB and the like hold is taken off the pools.", "#unmanaged-memory",
        unit="text", example="1s", group="rare", in_form=False,
    ),
    _input(
        config.TEST_RESERVED_MEMORY, "Reserved memory, for Spark's own tests",
        "Takes the place of the 300 MiB; read outside tests too.", "#reserved-memory",
        unit="bytes", group="rare", in_form=False,
    ),
    Input(
        config.LEGACY_MODE, "Static memory manager",
        "In 2.4, true takes the manager of before 1.6; later releases do not read it.",
        group="rare", see="calculators/legacy-memory/#gone", in_form=False,
    ),
    Input(
        "process", "Process", "The driver makes the same regions; Spark 4.3 refuses in other words there.",
        default="executor", choices=(("executor", "executor"), ("driver", "driver")), group="rare",
        see=PAGE + "#refusals", in_form=False,
    ),
    Input(
        "spark.testing", "Set by Spark's own tests", "Where it is set, nothing is reserved.",
        group="rare", see=PAGE + "#reserved-memory", in_form=False,
    ),
    _input(
        config.TEST_MEMORY, "Heap, for Spark's own tests", "Takes the place of what the JVM reports.",
        "#jvm-max-memory", unit="bytes", group="rare", in_form=False,
    ),
)  # fmt: skip
