"""What the inputs about a JVM come to: its heap, and the least -Xmx where that is asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sparkmem.calculators.jvm_heap.inputs import PAGE
from sparkmem.errors import InputError, SparkmemError
from sparkmem.given import Given
from sparkmem.jvm.collectors import java_heap, java_of
from sparkmem.jvm.flags import FlagError, HeapFlags, heap_flags, jvm_size
from sparkmem.jvm.heap import Heap, least_max_heap
from sparkmem.jvm.without_xmx import Unasked, memory_for_shares, unasked_heap
from sparkmem.release import release
from sparkmem.size import MIB, TIB, SizeError, byte_string_as_bytes
from sparkmem.subjects.java_heap.reading import read_collector, read_count, read_machine_memory


@dataclass(frozen=True)
class JvmHeap:
    """The heap asked about; where the reader wants so much reported, the least ``-Xmx`` and its heap."""

    heap: Heap
    collector_because: str
    wanted_bytes: int | None = None
    least_xmx_bytes: int | None = None
    least: Heap | None = None
    unasked: Unasked | None = None
    """What the JVM takes by itself, where it is given no ``-Xmx``."""
    shares_given: bool = False


MOST_BYTES = 128 * TIB  # what a process can address on 64-bit Linux
LEAST_BYTES = 8 * MIB  # smaller heaps were not measured
NONE = "none"
"""In the place of a heap: a JVM that is given no ``-Xmx``."""


@dataclass(frozen=True)
class _Jvm:
    """A JVM of which all but the size of the heap is settled."""

    gc: str
    chosen_because: str
    java: int
    flags: HeapFlags
    machine_bytes: int
    processors: int

    def heap(self, max_heap_bytes: int) -> Heap:
        return java_heap(max_heap_bytes, self.gc, self.java, self.flags, self.machine_bytes, self.processors)

    def least_xmx_bytes(self, max_memory_bytes: int) -> int:
        least = max(self.flags.least_heap_bytes, LEAST_BYTES)
        return least_max_heap(max_memory_bytes, self.heap, least) * MIB


def read_jvm(given: Given) -> JvmHeap:
    """The heap that the inputs come to; ``BadInputs`` with every fault of theirs."""
    wanted = given.attempt("max-memory", _max_memory, given)
    flags = given.attempt("jvm-flags", _flags, given)
    processors = given.attempt("processors", read_count, given, "processors")
    machine = given.attempt("machine-memory", read_machine_memory, given)
    chosen = given.attempt("gc", read_collector, given, flags, processors, machine, "jvm-flags")
    unasked = flags is not None and flags.max_heap_bytes is None and given.text("heap").strip().lower() == NONE
    asked = 0 if unasked else given.attempt("heap", _asked, given, flags)
    given.stop_on_faults()
    if flags is None or chosen is None:  # cannot be: each is missing only with a fault
        raise SparkmemError("no flags and no fault")
    java = java_of(release(given.release).java, given.text("java"), flags)
    gc, because = chosen
    jvm = _Jvm(gc, because, java, flags, memory_for_shares(machine, flags, java), processors)
    taken = unasked_heap(machine, flags, gc, java) if unasked else None
    if taken is not None:
        asked = given.attempt("machine-memory", _enough, taken)
        given.stop_on_faults()
    found: JvmHeap = given.attempt("jvm-flags", _heaps, given, jvm, asked, wanted or 0)
    given.stop_on_faults()
    return replace(found, unasked=taken, shares_given=flags.shares_given)


def _enough(taken: Unasked) -> int:
    if taken.size_bytes < LEAST_BYTES:
        message = f"without -Xmx the JVM would take {taken.size_bytes:,} bytes, and less than 8 MiB was not tried"
        raise InputError("machine-memory", message, PAGE + "#without-xmx", change="give at least 16m")
    return taken.size_bytes


def _heaps(given: Given, jvm: _Jvm, asked: int, wanted: int) -> JvmHeap:
    try:
        least = jvm.least_xmx_bytes(wanted) if wanted else None
        # Where only the answer is wanted, the heap is the one that it names.
        size = least if least and not given.is_set("heap") else asked
        heap = jvm.heap(size)
        return JvmHeap(heap, jvm.chosen_because, wanted or None, least, jvm.heap(least) if least else None)
    except FlagError as error:
        raise InputError("jvm-flags", str(error), PAGE + "#refusals", by="JVM") from None


def _flags(given: Given) -> HeapFlags:
    try:
        return heap_flags(given.text("jvm-flags"))
    except FlagError as error:
        raise InputError("jvm-flags", str(error), PAGE + "#refusals", by="JVM") from None


def _asked(given: Given, flags: HeapFlags) -> int:
    """``-Xmx`` [bytes], from its own input or from among the flags."""
    if flags.max_heap_bytes is not None:
        if given.is_set("heap"):
            message = "-Xmx is among the flags as well"
            raise InputError("heap", message, PAGE + "#flags", change="give the size in one place")
        return _in_bounds(flags.max_heap_bytes)
    text = given.text("heap").strip().removeprefix("-Xmx")
    try:
        size_bytes = jvm_size(text)
    except FlagError:
        size_bytes = 0
    if size_bytes == 0:
        message = f"Invalid maximum heap size: -Xmx{text}"
        raise InputError("heap", message, PAGE + "#refusals", change="write it as 4g or 4096m", by="JVM")
    return _in_bounds(size_bytes)


def _in_bounds(size_bytes: int) -> int:
    if size_bytes < 2 * MIB:
        raise InputError("heap", "Too small maximum heap", PAGE + "#refusals", change="write it as 4g or 4096m", by="JVM")
    if not LEAST_BYTES <= size_bytes <= MOST_BYTES:
        message = f"a heap of {size_bytes:,} bytes is not between 8 MiB and 128 TiB, where the rules were tried"
        raise InputError("heap", message, PAGE + "#refusals", change="write it as 4g or 4096m")
    return size_bytes


def _max_memory(given: Given) -> int | None:
    if not given.is_set("max-memory"):
        return None
    text = given.text("max-memory")
    try:
        size_bytes = byte_string_as_bytes(text)
    except SizeError:
        size_bytes = 0
    if not 0 < size_bytes <= MOST_BYTES // 2:
        message = f"max-memory {text!r} is not a size up to 64 TiB"
        raise InputError("max-memory", message, PAGE + "#reverse", change="write it as 4g or in bytes")
    return size_bytes
