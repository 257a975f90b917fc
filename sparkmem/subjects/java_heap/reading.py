"""The Java heap that the inputs come to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sparkmem.errors import InputError
from sparkmem.given import Given
from sparkmem.javalang import java_integer
from sparkmem.jvm.collectors import default_collector, java_heap, java_of
from sparkmem.jvm.dead_flags import without_dead_flags
from sparkmem.jvm.flags import FlagError, HeapFlags, heap_flags
from sparkmem.jvm.heap import Heap, least_max_heap
from sparkmem.jvm.without_xmx import memory_for_shares
from sparkmem.record import record
from sparkmem.refusals.java_options import passes_over_unknown
from sparkmem.release import release
from sparkmem.size import GIB, MIB, SizeError, byte_string_as_bytes, byte_string_as_mb
from sparkmem.spark.settings.start_checks import check_java_options
from sparkmem.subjects.java_heap.inputs import FLAGS_KEY, SEE


@record
class JavaHeap:
    """The heap, how its collector was chosen, and the heap that the same JVM has with another -Xmx."""

    heap: Heap
    collector_because: str
    with_xmx: Callable[[int], Heap]
    least_heap_bytes: int = 0

    @property
    def chosen(self) -> bool:
        """Whether the reader named the collector, so that the JVM did not choose."""
        return self.collector_because.startswith("chosen")

    def least_xmx(self, max_memory_bytes: int) -> int:
        """The smallest whole -Xmx [MiB] that is at least so much, and with which the JVM reports it."""
        return least_max_heap(max_memory_bytes, self.with_xmx, max(self.least_heap_bytes, max_memory_bytes))


def read_heap(given: Given) -> JavaHeap | None:
    """The heap that the inputs come to; None, with the faults kept in ``given``, where they come to none."""
    asked = xmx_bytes(given)
    flags = given.attempt(FLAGS_KEY, _flags, given)
    processors = given.attempt("processors", read_count, given, "processors")
    machine = given.attempt("machine-memory", read_machine_memory, given)
    if asked is None or flags is None or processors is None or machine is None:
        return None
    chosen = given.attempt("gc", read_collector, given, flags, processors, machine)
    if chosen is None:
        return None
    gc, because = chosen
    java = java_of(release(given.release).java, given.text("java"), flags)
    machine = memory_for_shares(machine, flags, java)

    def with_xmx(max_heap_bytes: int) -> Heap:
        starts_full = given.text("cluster-manager") == "kubernetes"
        shaped = replace(flags, initial_heap_bytes=max_heap_bytes) if starts_full else flags
        return java_heap(max_heap_bytes, gc, java, shaped, machine, processors)

    try:
        return JavaHeap(with_xmx(asked), because, with_xmx, flags.least_heap_bytes)
    except FlagError as error:
        given.errors.append(InputError(FLAGS_KEY, str(error), SEE, by="JVM"))
        return None


def xmx_bytes(given: Given) -> int | None:
    """What the cluster manager puts after -Xmx [bytes], whole MiB; None where Spark would not read it."""
    try:
        return byte_string_as_mb(given.text("spark.executor.memory"), given.release) * MIB
    except SizeError:
        return None  # UnifiedMemoryManager refuses it in its own words


def _flags(given: Given) -> HeapFlags:
    options = given.text(FLAGS_KEY)
    if not (given.has("process") and given.text("process") == "driver"):  # what is forbidden is forbidden to executors
        check_java_options(FLAGS_KEY, options, given.release)
    try:
        return flags_taken(given, options)
    except FlagError as error:
        raise InputError(FLAGS_KEY, str(error), SEE, by="JVM") from None


def flags_taken(given: Given, options: str, key: str = FLAGS_KEY) -> HeapFlags:
    """What the JVM takes of its options: where Spark tells it so, it passes over those that it does not know."""
    job = given.job
    passed_over = job.java and passes_over_unknown(job, key)
    return heap_flags(without_dead_flags(options, job.java) if passed_over else options)


def read_collector(
    given: Given, flags: HeapFlags, processors: int, machine: int, flags_key: str = FLAGS_KEY
) -> tuple[str, str]:
    """The collector, and how it was chosen: by the reader, by a flag, or by the JVM."""
    chosen = given.text("gc")
    if chosen and flags.gc not in (None, chosen):
        message = f"gc says {chosen}, {flags_key} says {flags.gc}"
        raise InputError("gc", message, SEE, change="keep one of the two")
    if chosen:
        return chosen, "chosen"
    if flags.gc:
        return flags.gc, f"chosen by {flags_key}"
    gc = default_collector(processors, machine, int(given.text("java") or 0))
    seen = f"{processors} processor{'s' * (processors != 1)} and {given.text('machine-memory')}"
    return gc, f"what the JVM takes by itself with {seen}"


def known_max_memory(given: Given) -> int | None:
    """``jvm-max-memory`` [bytes], None where it is not given."""
    if not given.is_set("jvm-max-memory"):
        return None
    text = given.text("jvm-max-memory").strip().replace(",", "").replace("_", "")
    try:
        return java_integer(text)
    except ValueError:
        message = f"jvm-max-memory {given.text('jvm-max-memory')!r} is not a whole number of bytes"
        raise InputError("jvm-max-memory", message, SEE, change="write it as 3817865216") from None


def read_count(given: Given, name: str) -> int:
    """A whole number from 1 on."""
    text = given.text(name).strip()
    if not text.isascii() or not text.isdigit() or not int(text[:9]) > 0 or len(text) > 9:
        raise InputError(name, f"{name} {given.text(name)!r} is not a whole number from 1 on", SEE, change="write it as 4")
    return int(text)


def read_machine_memory(given: Given) -> int:
    """Memory that the JVM sees [bytes]."""
    try:
        size_bytes = byte_string_as_bytes(given.text("machine-memory"))
    except SizeError as error:
        raise InputError("machine-memory", str(error), SEE, change="write it as 64g") from None
    if not 64 * MIB <= size_bytes <= GIB << 20:
        message = f"machine-memory {given.text('machine-memory')!r} is not between 64 MiB and 1 PiB"
        raise InputError("machine-memory", message, SEE, change="write it as 64g")
    return size_bytes
