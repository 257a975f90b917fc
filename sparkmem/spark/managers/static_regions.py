"""The regions of ``StaticMemoryManager``, which Spark 2.4 takes with ``spark.memory.useLegacyMode``.

Storage and execution have a share of the heap each, and neither lends to the other.  It was the
only manager before Spark 1.6, and is gone in 3.0.
"""

from dataclasses import dataclass

from sparkmem.errors import Refused
from sparkmem.javalang import double_to_long
from sparkmem.spark.settings.static_shares import SHUFFLE_MEMORY_FRACTION, STORAGE_MEMORY_FRACTION

SEE = "calculators/legacy-memory/#refusals"

RELEASE = "2.4"
"""The one release of the model that has this manager."""


@dataclass(frozen=True)
class Share:
    """A share of the heap and what is kept of it [bytes]: ``whole_bytes`` before the safety fraction."""

    whole_bytes: int
    usable_bytes: int


def share(system_memory_bytes: int, memory_fraction: float, safety_fraction: float) -> Share:
    """Storage's or execution's share of a heap; cut to whole bytes once, after both products.

    Follows ``getMaxStorageMemory`` and ``getMaxExecutionMemory``.

    >>> share(1 << 30, 0.6, 0.9).usable_bytes, share(1 << 30, 0.2, 0.8).usable_bytes
    (579820584, 171798691)
    """
    whole = system_memory_bytes * memory_fraction
    return Share(double_to_long(whole), double_to_long(whole * safety_fraction))


def unroll_memory(storage_bytes: int, unroll_fraction: float) -> int:
    """Most that unrolling may evict cached blocks for [bytes] (``maxUnrollMemory``).

    >>> unroll_memory(579820584, 0.2)
    115964116
    """
    return double_to_long(storage_bytes * unroll_fraction)


def check_pools(storage: Share, execution: Share) -> None:
    """Refuse pools of less than nothing, storage first (``MemoryPool.incrementPoolSize``)."""
    for part, entry in ((storage, STORAGE_MEMORY_FRACTION), (execution, SHUFFLE_MEMORY_FRACTION)):
        if part.usable_bytes < 0:
            raise Refused(entry.key, "requirement failed", SEE)
