"""The Java heap: how large it may grow, and how much of that ``Runtime.maxMemory`` reports.

Spark does not divide what ``-Xmx`` says but what ``Runtime.maxMemory`` says.  G1, ZGC and
Shenandoah report the whole heap.  Serial and Parallel hold back one survivor space, since
objects can live in only one of the two at any time.

The rules follow OpenJDK 11, 17, 21 and 25 on 64-bit Linux with small pages, and were held
against real JVMs.  Not modelled: ``-XX:+UseLargePages``, ``-XX:NewSize`` above what the heap
allows, and collectors outside OpenJDK.
"""

from dataclasses import dataclass

from sparkmem.jvm.flags import HeapFlags
from sparkmem.size import GIB, KIB, MIB

HEAP_ALIGNMENT = 2 * MIB  # CardTable::ct_max_alignment_constraint with pages of 4 KiB
SERVER_CLASS_PROCESSORS = 2  # os::is_server_class_machine
SERVER_CLASS_MEMORY = 2 * GIB - 256 * MIB
TARGET_REGIONS = 2048  # HeapRegionBounds::TARGET_REGION_NUMBER, ShenandoahTargetNumRegions
_MIN_NEW_SIZE = 1363144  # NewSize where nobody set it: ScaleForWordSize(1 * M) on 64 bit


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
    return _SHAPES[gc](max_heap_bytes, java, flags, machine_memory_bytes)


def _initial_heap(max_heap_bytes: int, flags: HeapFlags, machine_memory_bytes: int) -> int:
    """``InitialHeapSize`` [bytes], aligned: ``-Xms``, or 1/64 of the machine, at most the heap."""
    asked = flags.initial_heap_bytes or machine_memory_bytes // 64
    return min(align_up(max(asked, 8 * MIB), HEAP_ALIGNMENT), max_heap_bytes)


# Generations: Serial and Parallel (GenArguments::initialize_size_info)


def _young_sizes(heap: int, initial: int, flags: HeapFlags, alignment: int) -> tuple[int, int]:
    """Largest and first size of the young generation [bytes]."""
    ratio = (flags.new_ratio if flags.new_ratio is not None else 2) + 1
    new_size = flags.new_size_bytes if flags.new_size_bytes is not None else _MIN_NEW_SIZE
    new_size = max(align_down(new_size, alignment), alignment)
    if flags.max_new_size_bytes is not None:
        largest = max(align_down(flags.max_new_size_bytes, alignment), alignment)
        largest = min(largest, heap - alignment)
    else:
        largest = max(align_down(heap // ratio, alignment), new_size)
    if flags.new_size_bytes is not None:
        return largest, min(new_size, largest)
    if initial == heap:
        return largest, largest
    return largest, min(max(align_down(initial // ratio, alignment), new_size), largest)


def _serial(asked: int, java: int, flags: HeapFlags, machine: int) -> Heap:
    alignment = 64 * KIB
    heap = align_up(asked, HEAP_ALIGNMENT)
    young, _ = _young_sizes(heap, _initial_heap(heap, flags, machine), flags, alignment)
    parts = (flags.survivor_ratio if flags.survivor_ratio is not None else 8) + 2
    survivor = max(align_down(young // parts, alignment), alignment)
    why = f"the heap less one survivor space, 1/{parts} of the young generation"
    return Heap("serial", java, asked, heap, heap - survivor, why, young_bytes=young)


def _parallel(asked: int, java: int, flags: HeapFlags, machine: int) -> Heap:
    alignment = 512 * KIB
    heap = align_up(asked, HEAP_ALIGNMENT)
    initial = _initial_heap(heap, flags, machine)
    young, first_young = _young_sizes(heap, initial, flags, alignment)
    least, first = _survivor_ratios(flags)
    first_survivor = max(align_down(first_young // first, alignment), alignment)
    if flags.adaptive_size_policy:
        survivor = align_down(young // least, alignment)
        why = f"the heap less the largest survivor space, 1/{least} of the young generation"
    else:
        survivor = first_survivor
        why = f"the heap less the first survivor space, 1/{first} of the first young generation"
    committed = initial - first_survivor  # ParallelScavengeHeap::max_capacity never says less
    if committed > heap - survivor:
        survivor = heap - committed
        why = f"what the heap starts with, less one survivor space of 1/{first} of its young generation"
    return Heap("parallel", java, asked, heap, heap - survivor, why, young_bytes=young)


def _survivor_ratios(flags: HeapFlags) -> tuple[int, int]:
    """MinSurvivorRatio and InitialSurvivorRatio; SurvivorRatio, if given, sets both (set_parallel_gc_flags)."""
    both = flags.survivor_ratio + 2 if flags.survivor_ratio is not None else None
    return (
        flags.min_survivor_ratio or both or 3,
        flags.initial_survivor_ratio or both or 8,
    )


# Regions: G1, ZGC, Shenandoah


def _g1(asked: int, java: int, flags: HeapFlags, machine: int) -> Heap:
    region = _g1_region(asked, java, flags, machine)
    heap = align_up(asked, max(HEAP_ALIGNMENT, region))
    return Heap("g1", java, asked, heap, heap, "the whole heap", region_bytes=region)


def _g1_region(asked: int, java: int, flags: HeapFlags, machine: int) -> int:
    """Size of a G1 region [bytes], a power of 2 (HeapRegion::setup_heap_region_size)."""
    if flags.region_bytes:
        most = 512 * MIB if java >= 18 else 32 * MIB
        return min(max(power_of_2_below(flags.region_bytes), MIB), most)
    if java >= 17:
        return min(max(power_of_2_above(asked // TARGET_REGIONS), MIB), 32 * MIB)
    first = min(flags.initial_heap_bytes or machine // 64, asked)
    return min(max(power_of_2_below((first + asked) // 2 // TARGET_REGIONS), MIB), 32 * MIB)


def _z(asked: int, java: int, flags: HeapFlags, machine: int) -> Heap:
    heap = align_up(asked, 2 * MIB)  # ZGranuleSize
    return Heap("z", java, asked, heap, heap, "the whole heap")


def _shenandoah(asked: int, java: int, flags: HeapFlags, machine: int) -> Heap:
    region = flags.region_bytes or asked // TARGET_REGIONS
    region = min(max(power_of_2_below(region), 256 * KIB), 32 * MIB)
    heap = align_up(asked, region)
    return Heap("shenandoah", java, asked, heap, heap, "the whole heap", region_bytes=region)


_SHAPES = {"g1": _g1, "parallel": _parallel, "serial": _serial, "z": _z, "shenandoah": _shenandoah}


def align_up(size_bytes: int, alignment: int) -> int:
    """The next multiple of the alignment."""
    return -(-size_bytes // alignment) * alignment


def align_down(size_bytes: int, alignment: int) -> int:
    """The multiple of the alignment at or below."""
    return size_bytes // alignment * alignment


def power_of_2_below(n: int) -> int:
    """The power of 2 at or below ``n``; 0 for 0."""
    return 1 << n.bit_length() - 1 if n > 0 else 0


def power_of_2_above(n: int) -> int:
    """The power of 2 at or above ``n``."""
    return 1 << max(n - 1, 0).bit_length()
