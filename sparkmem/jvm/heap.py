"""The Java heap: how large it may grow, and how much of that ``Runtime.maxMemory`` reports.

Spark does not divide what ``-Xmx`` says but what ``Runtime.maxMemory`` says; the two differ by
what the collector holds back.  The rules of each collector are in ``generations`` and ``regions``;
they follow OpenJDK 11, 17, 21 and 25 on 64-bit Linux with small pages.

Not modelled: ``-XX:+UseLargePages``, and collectors outside OpenJDK.
"""

from dataclasses import dataclass

from sparkmem.jvm.flags import HeapFlags
from sparkmem.size import MIB

HEAP_ALIGNMENT = 2 * MIB  # CardTable::ct_max_alignment_constraint with pages of 4 KiB
NEW_SIZE = 1363144  # NewSize where nobody set it: ScaleForWordSize(1 * M) on 64 bit
OLD_SIZE = 5452592  # OldSize where nobody set it: ScaleForWordSize(4 * M) on 64 bit


@dataclass(frozen=True)
class Heap:
    """One heap [bytes]: its most, what ``Runtime.maxMemory`` says of it, and what it is cut into."""

    gc: str
    java: int
    asked_bytes: int
    max_heap_bytes: int
    max_memory_bytes: int
    why: str
    region_bytes: int | None = None
    young_bytes: int | None = None

    @property
    def held_back_bytes(self) -> int:
        """What the heap may grow to but ``Runtime.maxMemory`` does not count [bytes]."""
        return self.max_heap_bytes - self.max_memory_bytes


def initial_heap(max_heap_bytes: int, flags: HeapFlags, machine_memory_bytes: int) -> int:
    """``InitialHeapSize`` [bytes]: ``-Xms``, or 1/64 of the machine; room for both generations, at most the heap.

    Follows ``Arguments::set_heap_size``.
    """
    new_size = flags.new_size_bytes if flags.new_size_bytes is not None else NEW_SIZE
    asked = flags.initial_heap_bytes or max(machine_memory_bytes // 64, OLD_SIZE + new_size)
    return min(align_up(asked, HEAP_ALIGNMENT), max_heap_bytes)


def align_up(size_bytes: int, alignment: int) -> int:
    """The next multiple of the alignment."""
    return -(-size_bytes // alignment) * alignment


def align_down(size_bytes: int, alignment: int) -> int:
    """The multiple of the alignment at or below."""
    return size_bytes // alignment * alignment
