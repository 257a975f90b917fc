"""The Java heap: how large it may grow, and how much of that ``Runtime.maxMemory`` reports.

Spark does not divide what ``-Xmx`` says but what ``Runtime.maxMemory`` says; the two differ by
what the collector holds back.  The rules of each collector are in ``generations`` and ``regions``;
they follow OpenJDK 11, 17, 21 and 25 on 64-bit Linux with small pages.

Not modelled: ``-XX:+UseLargePages``, and collectors outside OpenJDK.
"""

from collections.abc import Callable

from sparkmem.jvm.flags import HeapFlags
from sparkmem.record import record
from sparkmem.size import MIB

HEAP_ALIGNMENT = 2 * MIB  # CardTable::ct_max_alignment_constraint with pages of 4 KiB
NEW_SIZE = 1363144  # NewSize where nobody set it: ScaleForWordSize(1 * M) on 64 bit
OLD_SIZE = 5452592  # OldSize where nobody set it: ScaleForWordSize(4 * M) on 64 bit


@record
class Heap:
    """One heap [bytes]: its most, what ``Runtime.maxMemory`` says of it, and what it is cut into.

    ``young_bytes`` is the most that the young generation may come to, ``survivor_bytes`` one of its
    survivor spaces as the JVM lays them out at the start; None where a collector has no such thing.
    """

    gc: str
    java: int
    asked_bytes: int
    max_heap_bytes: int
    max_memory_bytes: int
    why: str
    initial_bytes: int = 0
    region_bytes: int | None = None
    young_bytes: int | None = None
    survivor_bytes: int | None = None
    mappings: int = 1
    """How often the heap stands among the addresses of the process: resident memory counts a page in each."""

    @property
    def counted_again_bytes(self) -> int:
        """What the resident memory of the process holds beyond the heap itself, once all of it is in use [bytes]."""
        return self.max_heap_bytes * (self.mappings - 1)

    @property
    def held_back_bytes(self) -> int:
        """What the heap may grow to but ``Runtime.maxMemory`` does not count [bytes]."""
        return self.max_heap_bytes - self.max_memory_bytes

    @property
    def starts_full(self) -> bool:
        """Whether all of the heap is taken from the system at the start."""
        return self.initial_bytes == self.max_heap_bytes


def initial_heap(max_heap_bytes: int, flags: HeapFlags, machine_memory_bytes: int, alignment: int = HEAP_ALIGNMENT) -> int:
    """``InitialHeapSize`` [bytes]: ``-Xms``, or a share of the machine (1/64); room for both generations, at most the heap.

    Follows ``Arguments::set_heap_size``.
    """
    new_size = flags.new_size_bytes if flags.new_size_bytes is not None else NEW_SIZE
    share_bytes = int(machine_memory_bytes * flags.initial_ram_percentage / 100)
    asked = flags.initial_heap_bytes or max(share_bytes, OLD_SIZE + new_size)
    return min(align_up(asked, alignment), max_heap_bytes)


def least_max_heap(max_memory_bytes: int, heap_of: Callable[[int], Heap], least_bytes: int = 0) -> int:
    """The smallest whole ``-Xmx`` [MiB] with which ``Runtime.maxMemory`` is at least so much.

    ``heap_of`` gives the heap for an ``-Xmx`` in bytes, for ``least_bytes`` and more.
    """
    mib = -(-max(max_memory_bytes, least_bytes) // MIB)
    floor = max(-(-least_bytes // MIB), 1)
    while (missing := max_memory_bytes - heap_of(mib * MIB).max_memory_bytes) > 0:
        mib += -(-missing // MIB)
    # A heap is rounded up to a step or a region, so less than was asked for may do.
    while mib > floor and heap_of((mib - 1) * MIB).max_memory_bytes >= max_memory_bytes:
        mib -= 1
    return mib


def collector_threads(processors: int) -> int:
    """Threads that collect at once (``VM_Version::parallel_worker_threads``: five eighths of what is above eight).

    >>> collector_threads(4), collector_threads(9), collector_threads(16)
    (4, 8, 13)
    """
    return processors if processors <= 8 else 8 + (processors - 8) * 5 // 8


def align_up(size_bytes: int, alignment: int) -> int:
    """The next multiple of the alignment."""
    return -(-size_bytes // alignment) * alignment


def align_down(size_bytes: int, alignment: int) -> int:
    """The multiple of the alignment at or below."""
    return size_bytes // alignment * alignment
