"""The heap and the sizes outside it, as the JVM makes them of its options."""

from __future__ import annotations

from dataclasses import replace

from sparkmem.calculators.overhead_budget.inputs import PAGE
from sparkmem.errors import InputError
from sparkmem.given import Given
from sparkmem.jvm.collectors import java_heap, java_of
from sparkmem.jvm.flags import FlagError, HeapFlags
from sparkmem.jvm.heap import Heap
from sparkmem.jvm.native_flags import NativeFlags, native_flags
from sparkmem.jvm.without_xmx import memory_for_shares
from sparkmem.release import release as release_named
from sparkmem.size import MIB
from sparkmem.spark.containers.container import Application
from sparkmem.spark.settings.start_checks import check_java_options
from sparkmem.subjects.containers.processes import Process
from sparkmem.subjects.java_heap.driver import FLAGS_KEY as DRIVER_FLAGS_KEY
from sparkmem.subjects.java_heap.driver import driver_heap_mib, driver_options
from sparkmem.subjects.java_heap.inputs import FLAGS_KEY
from sparkmem.subjects.java_heap.reading import flags_taken, read_collector, read_machine_memory


def read_jvm(
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
    java = java_of(_java(given), given.text("java"), shape)
    starts_full = given.text("cluster-manager") == "kubernetes" and not is_driver
    shape = replace(shape, initial_heap_bytes=mib * MIB) if starts_full else shape
    try:
        return java_heap(mib * MIB, chosen[0], java, shape, memory_for_shares(machine, shape, java), processors), flags
    except FlagError as error:
        given.errors.append(InputError(key, str(error), PAGE + "#limits", by="JVM"))
        return None


def _java(given: Given) -> int:
    return int(given.text("java") or release_named(given.release).java)


def _options(given: Given, key: str) -> tuple[HeapFlags, NativeFlags]:
    options = given.text(key) if key == FLAGS_KEY else driver_options(given)
    if key == FLAGS_KEY:
        check_java_options(key, options, given.release)
    try:
        return flags_taken(given, options, key), native_flags(options, given.text("architecture"), _java(given))
    except FlagError as error:
        raise InputError(key, str(error), PAGE + "#limits", by="JVM") from None
