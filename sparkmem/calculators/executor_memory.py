"""How an executor's heap is divided: what the JVM reports, and the regions that Spark makes of it."""

from __future__ import annotations

from typing import Any, Literal

from sparkmem.calculator import RELEASE, Calculator, Given, Input, Result
from sparkmem.calculators.executor_memory_answer import ExecutorMemory, result_of
from sparkmem.calculators.heap_inputs import HEAP_INPUTS, JavaHeap, known_max_memory, read_heap
from sparkmem.errors import InputError, Refused, SparkmemError
from sparkmem.facts import fact
from sparkmem.javalang import java_trim
from sparkmem.size import MIB, mib_text
from sparkmem.spark import config, unified
from sparkmem.spark.config import Entry

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
        config.TEST_RESERVED_MEMORY, "Reserved memory, for Spark's own tests",
        "Takes the place of the 300 MiB; read outside tests too.", "#reserved-memory",
        unit="bytes", group="rare", in_form=False,
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


def _answer(given: Given) -> Result:
    """Read in the order in which ``UnifiedMemoryManager`` reads, keeping every fault on the way."""
    release = given.release
    heap = read_heap(given)
    system = given.attempt("jvm-max-memory", _system_memory, given)
    if system is None and heap:
        system = heap.heap.max_memory_bytes
    reserved = given.attempt(config.TEST_RESERVED_MEMORY.key, _reserved_memory, given)
    least = given.attempt("", unified.min_system_memory, reserved, release)
    system = given.attempt("jvm-max-memory", _checked_system, given, system, least, heap or False)
    _check_executor_memory(given, least)
    fraction = _read(given, config.MEMORY_FRACTION)
    storage_fraction = _read(given, config.MEMORY_STORAGE_FRACTION)
    regions = given.attempt("", unified.on_heap_regions, system, reserved, fraction, storage_fraction)
    if regions:
        given.attempt(config.MEMORY_FRACTION.key, unified.check_execution_memory, regions.execution_bytes)
    off_heap_size = _read(given, config.MEMORY_OFFHEAP_SIZE)
    enabled = _read(given, config.MEMORY_OFFHEAP_ENABLED)
    given.attempt(config.MEMORY_OFFHEAP_SIZE.key, unified.check_off_heap, enabled, off_heap_size)
    page = _read(given, config.BUFFER_PAGESIZE) if given.is_set(config.BUFFER_PAGESIZE.key) else None
    cores = given.attempt(config.EXECUTOR_CORES.key, _cores, given)
    given.stop_on_faults()
    if heap is None or regions is None:  # cannot be: each is missing only with a fault
        raise SparkmemError("no heap and no fault")
    off_heap = unified.off_heap_regions(off_heap_size, storage_fraction)
    pool = off_heap if enabled else regions
    if page is None:
        page = unified.page_size(pool.execution_bytes, cores, enabled, heap.heap.gc, release)
    return result_of(
        given,
        ExecutorMemory(heap, system, reserved, fraction, storage_fraction, regions, off_heap, enabled, cores, page),
    )


def _read(given: Given, entry: Entry) -> Any:
    return given.attempt(entry.key, entry.read, given.text(entry.key), given.release)


def _system_memory(given: Given) -> int | None:
    """What the reader says that the JVM reports, if anything [bytes]."""
    if given.is_set(config.TEST_MEMORY.key):
        return int(config.TEST_MEMORY.read(given.text(config.TEST_MEMORY.key), given.release))
    return known_max_memory(given)


def _reserved_memory(given: Given) -> int:
    key = config.TEST_RESERVED_MEMORY.key
    if given.is_set(key):
        return config.plain_long(key, given.text(key))
    return 0 if given.is_set("spark.testing") else int(fact("RESERVED_SYSTEM_MEMORY_BYTES", given.release))


def _checked_system(given: Given, system: int, least: int, heap: JavaHeap | Literal[False]) -> int:
    try:
        unified.check_system_memory(system, least, given.text("process"), given.release)
        return system
    except Refused as refusal:
        if heap and system == heap.heap.max_memory_bytes:
            refusal.key = config.EXECUTOR_MEMORY.key
            refusal.change = (
                f"-Xmx is {mib_text(heap.heap.asked_bytes)}, of which the JVM reports {mib_text(system)};"
                f" with this collector, {heap.least_xmx(least)}m is enough"
            )
        raise


def _check_executor_memory(given: Given, least: int | None) -> None:
    key = config.EXECUTOR_MEMORY.key
    if not given.is_set(key):
        return
    text = given.text(key)
    configured = given.attempt(key, config.size_as_bytes, key, text, given.release)
    if configured is None or least is None or configured >= least or given.refused(key):
        return
    given.attempt(key, unified.check_executor_memory, configured, least, given.release)
    if java_trim(text) == str(configured) and configured * MIB >= least:
        given.errors[-1].change = f"write {configured}m: -Xmx takes a bare number as MiB, this check takes it as bytes"
    else:
        given.errors[-1].change = f"give at least {-(-least // MIB)}m"


def _cores(given: Given) -> int:
    key = config.EXECUTOR_CORES.key
    try:
        cores = config.EXECUTOR_CORES.read(given.text(key), given.release)
    except Refused:
        cores = 0
    if cores <= 0:
        raise InputError(key, "Executor cores must be a positive number", PAGE + "#page-size", by="spark-submit")
    return int(cores)


EXECUTOR_MEMORY = Calculator(
    id="executor-memory",
    title="Executor heap",
    question="How is the heap of an executor divided?",
    inputs=INPUTS,
    compute=_answer,
    see=PAGE + "#how-big",
)
