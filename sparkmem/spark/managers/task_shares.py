"""What one task may hold of an execution pool (``ExecutionMemoryPool.acquireMemory``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sparkmem.release import since
from sparkmem.spark.managers.unified_regions import Regions

if TYPE_CHECKING:
    from decimal import Decimal

_INT_MAX = (1 << 31) - 1


@dataclass(frozen=True)
class Pool:
    """An execution pool beside what storage holds, and what is counted as held unmanaged (4.1+) [bytes]."""

    regions: Regions
    storage_used_bytes: int
    unmanaged_bytes: int = 0

    @property
    def kept_bytes(self) -> int:
        """What execution cannot take from storage: what is cached, up to the storage region."""
        return min(self.storage_used_bytes, self.regions.storage_bytes)

    @property
    def grown_bytes(self) -> int:
        """The most that the pool can grow to, whatever is held unmanaged (``maybeGrowExecutionPool``)."""
        return self.regions.unified_bytes - self.kept_bytes

    @property
    def most_bytes(self) -> int:
        """The most that all tasks together are granted of it (``computeMaxExecutionPoolSize``)."""
        return max(0, self.grown_bytes - self.unmanaged_bytes)

    @property
    def untouched_bytes(self) -> int:
        """What they are granted without a block evicted."""
        return min(self.regions.unified_bytes - self.storage_used_bytes, self.most_bytes)

    @property
    def start_bytes(self) -> int:
        """The pool before it takes anything back from storage."""
        return self.regions.unified_bytes - max(self.storage_used_bytes, self.regions.storage_bytes)

    def most_for_each(self, tasks: int) -> int:
        """What a task gets at most while so many are active: 1/N (``maxMemoryPerTask``) [bytes].

        >>> Pool(Regions(455501414, 227750707), 0).most_for_each(4)
        113875353
        """
        return self.most_bytes // tasks

    @property
    def may_hang(self) -> bool:
        """Whether 1/2N of the pool is more than 1/N of what is granted: a task that asks on may wait, and nobody ends it.

        One that is alone too.  What is held unmanaged comes off the one and not off the other.

        >>> regions = Regions(100, 50)
        >>> Pool(regions, 0, 50).may_hang, Pool(regions, 0, 51).may_hang, Pool(regions, 50, 25).may_hang
        (False, True, False)
        """
        return self.grown_bytes // 2 > self.most_bytes

    @property
    def surely_hangs(self) -> bool:
        """The same of the pool before it grows, so however little is asked for at a time.

        >>> Pool(Regions(100, 50), 0, 75).surely_hangs, Pool(Regions(100, 50), 0, 76).surely_hangs
        (False, True)
        """
        return self.start_bytes // 2 > self.most_bytes

    def least_for_each(self, tasks: int) -> int:
        """What a task waits for at least while so many are active: 1/2N of the pool (``minMemoryPerTask``) [bytes].

        One alone has nobody to wait for: what it holds and what is free are the whole pool, more than half of it.
        That fails where so much is held unmanaged that it is not granted half.

        >>> pool = Pool(Regions(455501414, 227750707), 0)
        >>> pool.least_for_each(4), pool.least_for_each(1)
        (56937676, 0)
        >>> Pool(Regions(100, 50), 0, 80).least_for_each(1)
        50
        """
        return self.grown_bytes // (2 * tasks) if tasks > 1 or self.may_hang else 0


def tasks_at_once(cores: int, cpus: Decimal | int) -> int:
    """How many tasks an executor runs at a time, each taking ``cpus`` of its cores.

    >>> tasks_at_once(5, 2)
    2
    """
    return min(int(cores // cpus), _INT_MAX)


def too_few_cores(cores: int, cpus: Decimal | int, release: str) -> str:
    """What Spark says where not one task fits (``ResourceUtils.validateTaskCpusLargeEnough``); "" before 3.1."""
    if not since(release, "3.1"):
        return ""
    written = f"{cpus:f}"
    written = written.rstrip("0").rstrip(".") if "." in written else written
    return f"The number of cores per executor (={cores}) has to be >= the number of cpus per task = {written}."
