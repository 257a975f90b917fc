"""Heaps of two generations: Serial and Parallel, which hold back one survivor space.

Objects live in only one of the two survivor spaces at any time, so neither collector
reports the other one.  Follows ``GenArguments::initialize_size_info``,
``DefNewGeneration::max_capacity`` and ``ParallelScavengeHeap::max_capacity``.
"""

from sparkmem.jvm.flags import HeapFlags, NotModelled
from sparkmem.jvm.heap import HEAP_ALIGNMENT, NEW_SIZE, Heap, align_down, align_up, initial_heap
from sparkmem.size import KIB


def _young_sizes(heap: int, initial: int, flags: HeapFlags, alignment: int) -> tuple[int, int]:
    """Largest and first size of the young generation [bytes]."""
    if flags.max_new_size_bytes is not None and flags.max_new_size_bytes >= heap:
        raise NotModelled("a young generation as large as the heap: the JVM cuts it down in ways not followed here")
    ratio = (flags.new_ratio if flags.new_ratio is not None else 2) + 1
    new_size = flags.new_size_bytes if flags.new_size_bytes is not None else NEW_SIZE
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


def serial(asked: int, java: int, flags: HeapFlags, machine: int) -> Heap:
    alignment = 64 * KIB
    heap = align_up(asked, HEAP_ALIGNMENT)
    young, _ = _young_sizes(heap, initial_heap(heap, flags, machine), flags, alignment)
    parts = (flags.survivor_ratio if flags.survivor_ratio is not None else 8) + 2
    survivor = max(align_down(young // parts, alignment), alignment)
    why = f"the heap less one survivor space, 1/{parts} of the young generation"
    return Heap("serial", java, asked, heap, heap - survivor, why, young_bytes=young)


def parallel(asked: int, java: int, flags: HeapFlags, machine: int) -> Heap:
    alignment = 512 * KIB
    heap = align_up(asked, HEAP_ALIGNMENT)
    initial = initial_heap(heap, flags, machine)
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
