"""The collectors: which one the JVM takes by itself, and the heap that each makes of ``-Xmx``."""

from dataclasses import replace

from sparkmem.jvm import generations, regions
from sparkmem.jvm.flags import FlagError, HeapFlags, check_flags
from sparkmem.jvm.heap import Heap, collector_threads
from sparkmem.release import BY_RULE
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

NAMES = {**COLLECTORS, "cms": "CMS", "epsilon": "Epsilon"}
"""Every collector that options may choose; those of ``COLLECTORS`` are in all of the Javas that are chosen from."""

_IN = {
    "cms": ("UseConcMarkSweepGC", 8, 13), "epsilon": ("UseEpsilonGC", 11, 99),
    "z": ("UseZGC", 11, 99), "shenandoah": ("UseShenandoahGC", 11, 99),
}  # fmt: skip
"""The flag of a collector that not every Java has, and the first and last Java with it."""

_SHAPES = {
    "g1": regions.g1,
    "parallel": generations.parallel,
    "serial": generations.serial,
    "z": regions.z,
    "shenandoah": regions.shenandoah,
    "cms": generations.cms,
    "epsilon": regions.epsilon,
}


def default_collector(processors: int, machine_memory_bytes: int, java: int = 0) -> str:
    """The collector that the JVM takes when no option names one (``GCConfig::select_gc_ergonomically``).

    >>> default_collector(1, 64 * GIB), default_collector(2, 1791 * MIB), default_collector(2, 2 * GIB)
    ('serial', 'serial', 'g1')
    >>> default_collector(2, 2 * GIB, java=8)
    'parallel'
    """
    if processors < SERVER_CLASS_PROCESSORS or machine_memory_bytes < SERVER_CLASS_MEMORY:
        return "serial"
    return "parallel" if java == BY_RULE else "g1"  # JEP 248: G1 since Java 9


def java_of(usual: int, said: str, flags: HeapFlags) -> int:
    """The version of the JVM: as said, or the usual one; where its flags choose CMS and nobody says, one that has it.

    >>> java_of(17, "", HeapFlags(gc="cms")), java_of(17, "17", HeapFlags(gc="cms")), java_of(17, "", HeapFlags())
    (11, 17, 17)
    """
    return 11 if flags.gc == "cms" and not said else int(said or usual)


def java_heap(
    max_heap_bytes: int, gc: str, java: int, flags: HeapFlags, machine_memory_bytes: int, processors: int = 4
) -> Heap:
    """The heap that a JVM started with ``-Xmx`` of so many bytes has.

    ``machine_memory_bytes`` is the memory that the JVM sees; 1/64 of it is the initial heap
    where ``-Xms`` does not say, which moves region sizes on Java 11 and nothing else by default.
    The processors that it sees decide how many threads collect, and so the young generation of CMS.

    >>> java_heap(4 * GIB, "parallel", 17, HeapFlags(), 24 * GIB).max_memory_bytes
    3817865216
    """
    flag, first, last = _IN.get(gc, ("", 0, java))
    if not first <= java <= last:
        raise FlagError(f"Unrecognized VM option '{flag}'")
    check_flags(flags, max_heap_bytes, gc, java)
    if gc == "cms" and flags.parallel_threads is None:  # of which no other asks
        flags = replace(flags, parallel_threads=collector_threads(processors))
    return _SHAPES[gc](max_heap_bytes, java, flags, machine_memory_bytes)
