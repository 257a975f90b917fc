"""Heaps of regions: G1, ZGC and Shenandoah, which report the whole heap, rounded up to a region."""

from sparkmem.jvm.flags import HeapFlags
from sparkmem.jvm.heap import HEAP_ALIGNMENT, Heap, align_up, initial_heap
from sparkmem.size import KIB, MIB

PAGE = 4 * KIB
MAX_NEW_SIZE_PERCENT = 60  # G1MaxNewSizePercent
Z_VIEWS = 3  # ZPhysicalMemoryManager::map: Marked0, Marked1 and Remapped
TARGET_REGIONS = 2048  # HeapRegionBounds::TARGET_REGION_NUMBER, ShenandoahTargetNumRegions


def g1(asked: int, java: int, flags: HeapFlags, machine: int) -> Heap:
    region = _g1_region(asked, java, flags, machine)
    alignment = max(HEAP_ALIGNMENT, region)
    heap = align_up(asked, alignment)
    initial = initial_heap(heap, flags, machine, alignment)
    young = _g1_young(heap, region, flags)
    return Heap("g1", java, asked, heap, heap, "the whole heap", initial, region_bytes=region, young_bytes=young)


def _g1_young(heap: int, region: int, flags: HeapFlags) -> int:
    """Most of the young generation [bytes], whole regions (G1YoungGenSizer::recalculate_min_max_young_length)."""
    regions = heap // region
    least = (flags.new_size_bytes or 0) // region
    if flags.max_new_size_bytes is not None:
        young = max(flags.max_new_size_bytes // region, least)
    elif flags.new_ratio is not None and flags.new_size_bytes is None:
        young = regions // (flags.new_ratio + 1)
    else:
        young = max(regions * MAX_NEW_SIZE_PERCENT // 100, least)
    return max(young, 1) * region


def _g1_region(asked: int, java: int, flags: HeapFlags, machine: int) -> int:
    """Size of a G1 region [bytes], a power of 2 (HeapRegion::setup_heap_region_size)."""
    if flags.region_bytes:
        rounded = power_of_2_above if java >= 17 else power_of_2_below
        most = 512 * MIB if java >= 18 else 32 * MIB
        return min(max(rounded(flags.region_bytes), MIB), most)
    if java >= 17:
        return min(max(power_of_2_above(asked // TARGET_REGIONS), MIB), 32 * MIB)
    first = initial_heap(asked, flags, machine)
    return min(max(power_of_2_below((first + asked) // 2 // TARGET_REGIONS), MIB), 32 * MIB)


def z(asked: int, java: int, flags: HeapFlags, machine: int) -> Heap:
    heap = align_up(asked, 2 * MIB)  # ZGranuleSize
    mappings = 1 if generational_z(java, flags) else Z_VIEWS
    return Heap("z", java, asked, heap, heap, "the whole heap", initial_heap(heap, flags, machine), mappings=mappings)


def generational_z(java: int, flags: HeapFlags) -> bool:
    """Whether ZGC has generations: always from Java 24 on, before only where asked, and not before 21.

    >>> generational_z(21, HeapFlags()), generational_z(21, HeapFlags(generational_z=True)), generational_z(25, HeapFlags())
    (False, True, True)
    """
    return java >= 24 or (java >= 21 and bool(flags.generational_z if flags.generational_z is not None else java >= 23))


def epsilon(asked: int, java: int, flags: HeapFlags, machine: int) -> Heap:
    """A heap that is never collected."""
    heap = align_up(asked, PAGE)
    return Heap("epsilon", java, asked, heap, heap, "the whole heap", initial_heap(heap, flags, machine, PAGE))


def shenandoah(asked: int, java: int, flags: HeapFlags, machine: int) -> Heap:
    region = flags.region_bytes or align_up(asked // TARGET_REGIONS, PAGE)
    region = min(max(power_of_2_below(region), 256 * KIB), 32 * MIB)
    heap = align_up(asked, region)
    initial = initial_heap(heap, flags, machine, region)
    return Heap("shenandoah", java, asked, heap, heap, "the whole heap", initial, region_bytes=region)


def power_of_2_below(n: int) -> int:
    """The power of 2 at or below ``n``; 0 for 0."""
    return 1 << n.bit_length() - 1 if n > 0 else 0


def power_of_2_above(n: int) -> int:
    """The power of 2 at or above ``n``."""
    return 1 << max(n - 1, 0).bit_length()
