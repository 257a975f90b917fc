"""The inputs of overhead-budget, read: the process and its container, the JVM's flags, and each part of the need."""

from __future__ import annotations

from typing import NoReturn

from sparkmem.calculators.overhead_budget.inputs import PAGE, TEXT
from sparkmem.calculators.overhead_budget.jvm import read_jvm
from sparkmem.calculators.overhead_budget.needs import Needs
from sparkmem.errors import BadInputs, InputError
from sparkmem.given import Given
from sparkmem.jvm.native_memory import NativeMemory, Unreadable, read_native_memory
from sparkmem.size import MIB, SizeError, byte_string_as_bytes
from sparkmem.spark.containers.container import Application
from sparkmem.spark.containers.native_needs import DRIVER, EXECUTOR
from sparkmem.spark.settings.config import EXECUTOR_CORES
from sparkmem.spark.settings.python import cpus_per_task
from sparkmem.spark.settings.shuffle import REDUCER_MAX_SIZE_IN_FLIGHT
from sparkmem.subjects.containers.asking import ask
from sparkmem.subjects.containers.processes import driver_of, executor_of
from sparkmem.subjects.containers.reading import application
from sparkmem.subjects.java_heap.reading import read_count

_MOST_BYTES = 1 << 50
_MOST_THREADS = 1 << 22  # the most that Linux numbers
_MOST_MARGIN = 1000

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
    jvm = read_jvm(given, app, process, is_driver, processors)
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
