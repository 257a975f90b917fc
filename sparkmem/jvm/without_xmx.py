"""The largest heap of a JVM that nobody gave an ``-Xmx``: shares of the memory that it sees (``Arguments::set_heap_size``).

Held against Java 11, 17, 21 and 25.  Not modelled: a limit on address space (``ulimit -v``), ``ErgoHeapSizeLimit``, and the
old ``MaxRAMFraction`` and its like.
"""

from dataclasses import dataclass

from sparkmem.facts import FACTS
from sparkmem.jvm.flags import HeapFlags
from sparkmem.release import NEWEST
from sparkmem.size import GIB, MIB

MAX_HEAP_SIZE, MAX_RAM = (int(FACTS[name].at(NEWEST)) for name in ("MAX_HEAP_SIZE", "MAX_RAM"))
SHARES_LIFT_LIMITS = 13  # JDK-8222252: from this Java on, who gives a share or MaxRAM wants that, whatever references allow
_ADDRESSABLE = 32 * GIB - 2 * GIB  # by compressed references, above HeapBaseMinAddress
_ALIGNMENT = {"g1": 32 * MIB, "shenandoah": 32 * MIB}  # GCArguments::conservative_max_heap_alignment, by collector
_LEAST_ALIGNMENT = 2 * MIB


@dataclass(frozen=True)
class Unasked:
    """The heap that a JVM takes by itself [bytes], and by which of its rules."""

    size_bytes: int
    because: str
    plateau: bool = False
    """Whether the heap is as large as it would be with somewhat less memory, or more."""
    small: bool = False
    """Whether the memory is so small that MinRAMPercentage decides, and MaxRAMPercentage is not looked at."""


def unasked_heap(memory_bytes: int, flags: HeapFlags, gc: str, java: int) -> Unasked:
    """The largest heap in so much memory without ``-Xmx``.

    >>> from sparkmem.size import MIB
    >>> [unasked_heap(size * MIB, HeapFlags(), "g1", 17).size_bytes // MIB for size in (200, 250, 400, 4096)]
    [100, 124, 124, 1024]
    """
    ram = memory_for_shares(memory_bytes, flags, java)
    least, most = (int(ram * share / 100) for share in (flags.min_ram_percentage, flags.max_ram_percentage))
    found = _by_share(ram, least, most, flags)
    if flags.initial_heap_bytes is not None and flags.initial_heap_bytes > found.size_bytes:
        return Unasked(flags.initial_heap_bytes, "-Xms, which is more than the JVM would have taken")
    limit = _ADDRESSABLE - _ALIGNMENT.get(gc, _LEAST_ALIGNMENT)
    if not _lifted(flags, java) and found.size_bytes > limit:  # also under ZGC, which gives up short references only later
        return Unasked(limit, "as much as references of 32 bits reach; MaxRAMPercentage or MaxRAM lift that from Java 13 on")
    return found


def memory_for_shares(memory_bytes: int, flags: HeapFlags, java: int) -> int:
    """The memory of which the JVM takes its shares, that of the heap at the start too: no more than MaxRAM [bytes].

    >>> [memory_for_shares(256 * GIB, HeapFlags(shares_given=given), 17) // GIB for given in (False, True)]
    [128, 256]
    """
    if flags.max_ram_bytes is not None:
        return flags.max_ram_bytes
    return memory_bytes if _lifted(flags, java) else min(memory_bytes, MAX_RAM)


def _lifted(flags: HeapFlags, java: int) -> bool:
    return java >= SHARES_LIFT_LIMITS and (flags.shares_given or flags.max_ram_bytes is not None)


def _by_share(ram: int, least: int, most: int, flags: HeapFlags) -> Unasked:
    if least < MAX_HEAP_SIZE:
        words = f"MinRAMPercentage of {ram:,} bytes, {flags.min_ram_percentage:g} %, since that is less than the usual least"
        return Unasked(least, words, small=True)
    if most < MAX_HEAP_SIZE:
        words = f"the usual least: MaxRAMPercentage of {ram:,} bytes, {flags.max_ram_percentage:g} %, is only {most:,}"
        return Unasked(MAX_HEAP_SIZE, words, plateau=True)
    return Unasked(most, f"MaxRAMPercentage of the memory that it sees, {flags.max_ram_percentage:g} % of {ram:,} bytes")
