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
    """An execution pool beside what storage holds [bytes]."""

    regions: Regions
    storage_used_bytes: int

    @property
    def kept_bytes(self) -> int:
        """What execution cannot take from storage: what is cached, up to the storage region."""
        return min(self.storage_used_bytes, self.regions.storage_bytes)

    @property
    def most_bytes(self) -> int:
        """The most that the pool can grow to (``computeMaxExecutionPoolSize``)."""
        return self.regions.unified_bytes - self.kept_bytes

    @property
    def untouched_bytes(self) -> int:
        """What the pool can grow to without evicting a block."""
        return self.regions.unified_bytes - self.storage_used_bytes

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

    def least_for_each(self, tasks: int) -> int:
        """What a task waits for at least while so many are active: 1/2N (``minMemoryPerTask``) [bytes].

        One alone has nobody to wait for: what it holds and what is free are the whole pool, more than half of it.

        >>> pool = Pool(Regions(455501414, 227750707), 0)
        >>> pool.least_for_each(4), pool.least_for_each(1)
        (56937676, 0)
        """
        return self.most_bytes // (2 * tasks) if tasks > 1 else 0


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
