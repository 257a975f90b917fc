"""The inputs of overhead-budget, read: the process and its container, the JVM's flags, and each part of the need."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NoReturn

from sparkmem.answer.line import DEFAULT, SET
from sparkmem.calculator import Given
from sparkmem.calculators.overhead_budget import PAGE, TEXT
from sparkmem.errors import BadInputs, InputError, Refused
from sparkmem.jvm.collectors import java_heap
from sparkmem.jvm.flags import FlagError, HeapFlags, heap_flags
from sparkmem.jvm.heap import Heap
from sparkmem.jvm.native_flags import NativeFlags, native_flags
from sparkmem.jvm.native_memory import NativeMemory, Unreadable, read_native_memory
from sparkmem.release import release as release_named
from sparkmem.size import MIB, SizeError, byte_string_as_bytes
from sparkmem.spark.containers.container import Application
from sparkmem.spark.containers.native_needs import DRIVER, EXECUTOR, Seen
from sparkmem.spark.settings.config import EXECUTOR_CORES
from sparkmem.spark.settings.python import cpus_per_task
from sparkmem.spark.settings.shuffle import REDUCER_MAX_SIZE_IN_FLIGHT
from sparkmem.spark.settings.start_checks import check_java_options
from sparkmem.subjects.containers.asking import ask
from sparkmem.subjects.containers.processes import Asked, Process, driver_of, executor_of
from sparkmem.subjects.containers.reading import application
from sparkmem.subjects.java_heap.driver import driver_heap_mib
from sparkmem.subjects.java_heap.inputs import FLAGS_KEY
from sparkmem.subjects.java_heap.reading import read_collector, read_count, read_machine_memory

DRIVER_FLAGS_KEY = "spark.driver.extraJavaOptions"
_MOST_BYTES = 1 << 50
_MOST_THREADS = 1 << 22  # the most that Linux numbers
_MOST_MARGIN = 1000


@dataclass(frozen=True)
class Needs:
    """What was read: sizes in bytes, None for what was not given and is measured."""

    asked: Asked
    process: Process
    heap: Heap
    processors: int
    flags: NativeFlags
    seen: Seen
    tasks: int
    threads: int | None
    in_flight_mib: int
    margin_percent: int
    sizes: dict[str, int | None]
    native: NativeMemory | None

    @property
    def is_driver(self) -> bool:
        """Whether it is the driver's overhead."""
        return bool(self.process.prefix)

    @property
    def app(self) -> Application:
        """The application."""
        return self.asked.app

    @property
    def python_in_overhead(self) -> bool:
        """Whether Python's workers live in the overhead: an executor's, where the container has no room of their own."""
        return self.app.python and not self.is_driver and not self.process.terms.pyspark_mib

    def size(self, name: str, measured_bytes: int) -> tuple[int, str]:
        """A size as given, or as measured, and which of the two."""
        given = self.sizes[name]
        return (measured_bytes, DEFAULT) if given is None else (given, SET)


_SIZES = (
    "python-worker-memory", "arrow-batch", "metaspace", "code-cache", "direct-memory", "native-libraries", "mapped-files",
)  # fmt: skip


def read_needs(given: Given) -> Needs:
    """What the inputs come to; ``BadInputs`` with every fault of theirs."""
    app = application(given)
    asked = ask(given, app)
    is_driver = given.text("process") == "driver"
    process = driver_of(asked) if is_driver else executor_of(asked)
    tasks = 0 if is_driver else _tasks(given, app)
    in_flight = given.attempt(REDUCER_MAX_SIZE_IN_FLIGHT.key, _in_flight, given, app)
    sizes = {name: given.attempt(name, _size, given, name) for name in _SIZES}
    threads = given.attempt("threads", _threads, given)
    margin = given.attempt("safety-margin", _margin, given)
    native = given.attempt(TEXT, _native, given)
    processors = given.attempt("processors", read_count, given, "processors")
    jvm = _jvm(given, app, process, is_driver, processors)
    given.stop_on_faults()
    if jvm is None or tasks is None:  # cannot be: each is missing only with a fault
        raise BadInputs([InputError("process", "no heap and no fault", PAGE + "#how-big")])
    heap, flags = jvm
    seen = DRIVER if is_driver else EXECUTOR
    return Needs(asked, process, heap, processors, flags, seen, tasks, threads, in_flight, margin, sizes, native)


def _tasks(given: Given, app: Application) -> int | None:
    cores, cpus = app.conf.get(EXECUTOR_CORES), app.conf.get(cpus_per_task(app.conf.release))
    for key, value in ((EXECUTOR_CORES.key, cores), ("spark.task.cpus", cpus)):
        if value <= 0 and not given.refused(key):
            message = f"{key} {given.text(key)!r} is not more than 0"
            given.errors.append(InputError(key, message, PAGE + "#direct-memory", change="write it as 1"))
    return None if cores <= 0 or cpus <= 0 else max(int(cores // cpus), 1)


def _in_flight(given: Given, app: Application) -> int:
    mib: int = app.conf.get(REDUCER_MAX_SIZE_IN_FLIGHT)
    if not 0 <= mib <= _MOST_BYTES // MIB:
        key = REDUCER_MAX_SIZE_IN_FLIGHT.key
        _refuse(key, f"{given.text(key)!r} is not between 0 and 1 PiB", "48m", "#direct-memory")
    return mib


def _jvm(
    given: Given, app: Application, process: Process, is_driver: bool, processors: int | None
) -> tuple[Heap, NativeFlags] | None:
    """The heap and the sizes outside it, as the JVM makes them of its options."""
    key = DRIVER_FLAGS_KEY if is_driver else FLAGS_KEY
    machine = given.attempt("machine-memory", read_machine_memory, given)
    options = given.attempt(key, _options, given, key)
    container = process.container
    mib = driver_heap_mib(given, app, container.memory_mib if container else None) if is_driver else process.terms.memory_mib
    if machine is None or options is None or processors is None or mib is None or given.errors:
        return None
    shape, flags = options
    chosen = given.attempt("gc", read_collector, given, shape, processors, machine, key)
    if mib <= 0:
        given.errors.append(InputError(process.heap_key, f"{process.heap_key} is not more than 0", PAGE + "#how-big"))
    if chosen is None or given.errors:
        return None
    java = _java(given)
    starts_full = given.text("cluster-manager") == "kubernetes" and not is_driver
    shape = replace(shape, initial_heap_bytes=mib * MIB) if starts_full else shape
    try:
        return java_heap(mib * MIB, chosen[0], java, shape, shape.max_ram_bytes or machine), flags
    except FlagError as error:
        given.errors.append(InputError(key, str(error), PAGE + "#limits", by="JVM"))
        return None


def _java(given: Given) -> int:
    return int(given.text("java") or release_named(given.release).java)


def _options(given: Given, key: str) -> tuple[HeapFlags, NativeFlags]:
    options = given.text(key)
    if key == FLAGS_KEY:
        check_java_options(key, options, given.release)
    try:
        return heap_flags(options), native_flags(options, given.text("architecture"), _java(given))
    except FlagError as error:
        raise InputError(key, str(error), PAGE + "#limits", by="JVM") from None


def _native(given: Given) -> NativeMemory | None:
    if not given.text(TEXT).strip():
        return None
    try:
        return read_native_memory(given.text(TEXT))
    except Unreadable as error:
        raise InputError(TEXT, str(error), PAGE + "#paste", change=error.change) from None


def _size(given: Given, name: str) -> int | None:
    """A size of ours [bytes], None where it is not given."""
    text = given.text(name).strip()
    if not text:
        return None
    try:
        bare = text.isascii() and text.isdigit() and len(text) < 12
        size_bytes = int(text) * MIB if bare else byte_string_as_bytes(text)
    except SizeError as error:
        raise InputError(name, str(error), PAGE + "#how-big", change="write it as 100m") from None
    if size_bytes > _MOST_BYTES:
        _refuse(name, f"{given.text(name)!r} is more than 1 PiB", "100m", "#how-big")
    return size_bytes


def _threads(given: Given) -> int | None:
    text = given.text("threads").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 8 and 0 < int(text) <= _MOST_THREADS):
        rule = f"{given.text('threads')!r} is not a whole number from 1 to {_MOST_THREADS:,}"
        _refuse("threads", rule, "80", "#threads")
    return int(text)


def _margin(given: Given) -> int:
    text = given.text("safety-margin").strip().removesuffix("%").strip()
    if not (text.isascii() and text.isdigit() and len(text) < 5 and int(text) <= _MOST_MARGIN):
        rule = f"{given.text('safety-margin')!r} is not a whole number of percent, from 0 to {_MOST_MARGIN:,}"
        _refuse("safety-margin", rule, "10", "#safety-margin")
    return int(text)


def _refuse(name: str, rule: str, example: str, anchor: str) -> NoReturn:
    raise InputError(name, f"{name} {rule}", PAGE + anchor, change=f"write it as {example}")


def container_with(needs: Needs, overhead_mib: int) -> int | None:
    """What the cluster manager would grant with another overhead [MiB]; None without a container, or where Spark refuses."""
    conf = needs.app.conf.plus({needs.process.overhead_key: f"{overhead_mib}m"})
    app = replace(needs.app, conf=conf)
    try:
        container = app.driver() if needs.is_driver else app.executor()
    except Refused:
        return None
    return needs.asked.granting.limit_mib(container.total_mib) if container else None


