"""The collectors: which one the JVM takes by itself, and the heap that each makes of ``-Xmx``."""

from sparkmem.jvm import generations, regions
from sparkmem.jvm.flags import HeapFlags, check_flags
from sparkmem.jvm.heap import Heap
from sparkmem.size import GIB, MIB

SERVER_CLASS_PROCESSORS = 2  # os::is_server_class_machine
SERVER_CLASS_MEMORY = 2 * GIB - 256 * MIB

COLLECTORS = {
    "g1": "G1",
    "parallel": "Parallel",
    "serial": "Serial",
    "z": "ZGC",
    "shenandoah": "Shenandoah",
}

_SHAPES = {
    "g1": regions.g1,
    "parallel": generations.parallel,
    "serial": generations.serial,
    "z": regions.z,
    "shenandoah": regions.shenandoah,
}


def default_collector(processors: int, machine_memory_bytes: int) -> str:
    """The collector that the JVM takes when no option names one (``GCConfig::select_gc_ergonomically``).

    >>> default_collector(1, 64 * GIB), default_collector(2, 1791 * MIB), default_collector(2, 2 * GIB)
    ('serial', 'serial', 'g1')
    """
    server = processors >= SERVER_CLASS_PROCESSORS and machine_memory_bytes >= SERVER_CLASS_MEMORY
    return "g1" if server else "serial"


def java_heap(max_heap_bytes: int, gc: str, java: int, flags: HeapFlags, machine_memory_bytes: int) -> Heap:
    """The heap that a JVM started with ``-Xmx`` of so many bytes has.

    ``machine_memory_bytes`` is the memory that the JVM sees; 1/64 of it is the initial heap
    where ``-Xms`` does not say, which moves region sizes on Java 11 and nothing else by default.

    >>> java_heap(4 * GIB, "parallel", 17, HeapFlags(), 24 * GIB).max_memory_bytes
    3817865216
    """
    check_flags(flags, max_heap_bytes, gc, java)
    return _SHAPES[gc](max_heap_bytes, java, flags, machine_memory_bytes)
