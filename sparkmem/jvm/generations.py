"""Heaps of two generations: Serial, Parallel and CMS, which hold back one survivor space.

Objects live in only one of the two survivor spaces at any time, so none of these collectors
reports the other one.  Follows ``GenArguments::initialize_size_info``,
``DefNewGeneration::max_capacity`` and ``ParallelScavengeHeap::max_capacity``.
"""

from dataclasses import replace

from sparkmem.jvm.flags import HeapFlags
from sparkmem.jvm.heap import HEAP_ALIGNMENT, NEW_SIZE, OLD_SIZE, Heap, align_down, align_up, initial_heap
from sparkmem.size import KIB, MIB

CMS_YOUNG_PER_WORKER = 64 * MIB  # CMSYoungGenPerWorker, before it is scaled to 64 bits
SMALL_PAGE = 4 * KIB


def _young_sizes(heap: int, initial: int, java: int, flags: HeapFlags, alignment: int) -> tuple[int, int]:
    """Largest and first size of the young generation [bytes].

    Options that contradict each other are settled as the JVM settles them: ``NewSize`` gives way to
    the first heap, ``MaxNewSize`` to ``NewSize``, and both leave room for an old generation.
    """
    ratio = (flags.new_ratio if flags.new_ratio is not None else 2) + 1
    given = flags.new_size_bytes
    new_size = NEW_SIZE if given is None else min(given, initial - alignment)
    new_size = max(align_down(min(new_size, heap - alignment), alignment), 3 * alignment)
    wanted = new_size
    if java < 25:  # JDK-8346005: before, an old generation of OldSize was made room for
        old_size = align_down(OLD_SIZE, alignment)
        if new_size + old_size > heap:
            new_size = max(align_down(int(new_size * (heap / (new_size + old_size))), alignment), 3 * alignment)
    if flags.max_new_size_bytes is None:
        largest = max(align_down(heap // ratio, alignment), new_size)
    else:
        largest = max(min(align_down(flags.max_new_size_bytes, alignment), heap - alignment), wanted)
    if initial == heap:
        settled = largest if given is None else new_size
        return settled, settled
    first = new_size if given is not None else max(align_down(initial // ratio, alignment), new_size)
    # What the old generation may not grow to hold, the young one starts with.
    return largest, min(max(first, initial - (heap - largest)), largest)


def serial(asked: int, java: int, flags: HeapFlags, machine: int) -> Heap:
    alignment = 64 * KIB
    heap = align_up(asked, HEAP_ALIGNMENT)
    initial = initial_heap(heap, flags, machine)
    young, _ = _young_sizes(heap, initial, java, flags, alignment)
    parts = (flags.survivor_ratio if flags.survivor_ratio is not None else 8) + 2
    survivor = max(align_down(young // parts, alignment), alignment)
    why = f"the heap less one survivor space, 1/{parts} of the young generation"
    return Heap("serial", java, asked, heap, heap - survivor, why, initial, young_bytes=young, survivor_bytes=survivor)


def cms(asked: int, java: int, flags: HeapFlags, machine: int) -> Heap:
    """The concurrent collector of Java 8 to 13: a young generation that its threads can collect in a short pause.

    Follows ``CMSArguments::initialize`` of Java 11.  Nothing but MaxNewSize or NewRatio on the command line lifts the bound.
    """
    heap = align_down(asked, HEAP_ALIGNMENT)
    each = flags.cms_young_per_worker_bytes or CMS_YOUNG_PER_WORKER
    for_pauses = align_down(each * (flags.parallel_threads or 1) * 13 // 10, 8)  # ScaleForWordSize
    if flags.max_new_size_bytes is None and flags.new_ratio is None:
        preferred = align_up(min(heap // 3, for_pauses), SMALL_PAGE)
        flags = replace(flags, max_new_size_bytes=max(flags.new_size_bytes or 0, preferred))
    return replace(serial(asked, java, flags, machine), gc="cms")


def parallel(asked: int, java: int, flags: HeapFlags, machine: int) -> Heap:
    alignment = 512 * KIB
    heap = align_up(asked, HEAP_ALIGNMENT)
    initial = initial_heap(heap, flags, machine)
    young, first_young = _young_sizes(heap, initial, java, flags, alignment)
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
    reported = heap - survivor
    return Heap("parallel", java, asked, heap, reported, why, initial, young_bytes=young, survivor_bytes=first_survivor)


def _survivor_ratios(flags: HeapFlags) -> tuple[int, int]:
    """MinSurvivorRatio and InitialSurvivorRatio; SurvivorRatio, if given, sets both (set_parallel_gc_flags)."""
    both = flags.survivor_ratio + 2 if flags.survivor_ratio is not None else None
    return (
        flags.min_survivor_ratio or both or 3,
        max(flags.initial_survivor_ratio or both or 8, 3),
    )
