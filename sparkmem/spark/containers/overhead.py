"""Memory overhead: what a container holds beside the heap, given or worked out from it.

All sizes are whole MiB, as in Spark's own sums.
"""

from __future__ import annotations

from sparkmem.facts import FACTS
from sparkmem.javalang import double_to_long, wrap
from sparkmem.record import record
from sparkmem.release import NEWEST
from sparkmem.size import MIB

GIVEN, FACTOR, MINIMUM = "given", "factor", "minimum"

# Spark's own numbers before 3.3 and 4.0 made them settings; in every release for YARN's client-mode AM.
DEFAULT_FACTOR = FACTS["MEMORY_OVERHEAD_FACTOR"].at(NEWEST)
DEFAULT_MINIMUM_MIB = int(FACTS["MEMORY_OVERHEAD_MIN_BYTES"].at(NEWEST)) // MIB


@record
class Overhead:
    """An overhead [MiB], by which rule it came about, and what that rule would have weighed."""

    mib: int
    rule: str
    factor: float
    memory_mib: int
    share_mib: int
    minimum_mib: int

    @property
    def default_mib(self) -> int:
        """What it would be had it not been given [MiB]."""
        return max(self.share_mib, self.minimum_mib)


def overhead(
    given_mib: int | None, memory_mib: int, factor: float, minimum_mib: int, *, by_client: bool = False
) -> Overhead:
    """The overhead that goes with a heap: what is given, else a share of the heap, at least the minimum.

    Follows ``ResourceProfile.calculateOverHeadMemory`` and the feature steps, which cut the share
    down to an ``int``; YARN's ``Client`` (``by_client``) cuts it to a ``long`` and the result to an ``int``.

    >>> overhead(None, 4096, 0.1, 384).mib, overhead(None, 3849, 0.1, 384).rule
    (409, 'minimum')
    """
    product = factor * memory_mib
    share = double_to_long(product) if by_client else _double_to_int(product)
    if given_mib is not None:
        mib, rule = given_mib, GIVEN
    else:
        mib, rule = max(share, minimum_mib), FACTOR if share > minimum_mib else MINIMUM
    return Overhead(wrap(mib, 32) if by_client else mib, rule, factor, memory_mib, share, minimum_mib)


def default_overhead_mib(memory_mib: int) -> int:
    """What goes with a heap where no setting says otherwise, in a container of a JVM's own [MiB].

    >>> default_overhead_mib(1024), default_overhead_mib(8192)
    (384, 819)
    """
    return overhead(None, memory_mib, DEFAULT_FACTOR, DEFAULT_MINIMUM_MIB).mib


def heap_within_mib(room_mib: int, factor: float = DEFAULT_FACTOR) -> int:
    """The largest heap that fits into so much with the share of it that is added as overhead [MiB]; 0 where there is none.

    >>> heap_within_mib(12288), heap_within_mib(2048), heap_within_mib(300), heap_within_mib(12288, 0.4)
    (11171, 1664, 0, 8777)
    """
    heap = min(room_mib - DEFAULT_MINIMUM_MIB, int(room_mib / (1 + factor)) + 2)
    while heap > 0 and heap + overhead(None, heap, factor, DEFAULT_MINIMUM_MIB).mib > room_mib:
        heap -= 1
    return max(0, heap)


def _double_to_int(value: float) -> int:
    """The whole part as Scala's ``toInt`` gives it: the ends of ``int`` hold."""
    return max(-(1 << 31), min((1 << 31) - 1, double_to_long(value)))
