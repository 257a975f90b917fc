"""Python workers of an executor: how ``spark.executor.pyspark.memory`` is shared out among them, and where it is a limit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from sparkmem.errors import Refused
from sparkmem.javalang import java_trim
from sparkmem.release import since
from sparkmem.spark.entry import Entry

SEE = "calculators/pyspark-memory/#limit"

_EACH_TASK = "Number of cores to allocate for each task"
_LEAST, _MOST = Decimal("1E-9"), Decimal(2147483647)


class _DecimalEntry(Entry):
    """An entry of 4.3 that is read as a decimal number."""

    def read(self, text: str, release: str) -> Decimal:
        """The number; ``Refused`` where Spark throws."""
        try:
            value = Decimal(java_trim(text))
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite():
            raise self.mismatch(text, release, "decimal")
        if not _LEAST <= value <= _MOST:
            raise Refused(self.key, self._broken(value, release), SEE)
        return value


CPUS_PER_TASK = Entry("spark.task.cpus", "CPUS_PER_TASK", "int", "1")
_CHECKED = replace(CPUS_PER_TASK, check=lambda value: value > 0, rule=f"{_EACH_TASK} should be positive.")
_DECIMAL = _DecimalEntry(
    CPUS_PER_TASK.key, CPUS_PER_TASK.symbol, "decimal", "1",
    rule=f"{_EACH_TASK} must be a positive value between 1E-9 and 2147483647 (inclusive).",
)  # fmt: skip


LINUX, MACOS, WINDOWS = "linux", "macos", "windows"


def cpus_per_task(release: str) -> Entry:
    """``spark.task.cpus``: a whole number, which must be positive since 4.2; a decimal one since 4.3.

    >>> cpus_per_task("4.3").read("0.5", "4.3")
    Decimal('0.5')
    """
    if since(release, "4.3"):
        return _DECIMAL
    return _CHECKED if since(release, "4.2") else CPUS_PER_TASK


@dataclass(frozen=True)
class WorkerLimit:
    """What each worker may take [MiB], among how many PySpark's memory was divided, and how many run at a time."""

    mib: int
    divisor: int
    at_a_time: int


def worker_limit(memory_mib: int, cores: int, cpus: Decimal | int, release: str) -> WorkerLimit:
    """The limit of each worker (``BasePythonRunner.getWorkerMemoryMb``).

    Until 4.2 the memory is divided by the executor's cores, whatever a task takes of them; since 4.3
    by the tasks that run at a time, and refused where a worker would get nothing.

    >>> worker_limit(4096, 4, 2, "4.2").mib, worker_limit(4096, 4, 2, "4.3").mib
    (1024, 2048)
    """
    at_a_time = int(cores // cpus)
    if not since(release, "4.3"):
        return WorkerLimit(memory_mib // cores, cores, at_a_time)
    slots = max(1, at_a_time)
    if memory_mib > 0 and memory_mib // slots <= 0:
        text = (
            f"Cannot honor spark.executor.pyspark.memory={memory_mib}m split across {slots} concurrent task slots:"
            " each worker would get less than 1 MiB. Increase spark.executor.pyspark.memory,"
            " or reduce the executor's concurrent task capacity."
        )
        raise Refused("spark.executor.pyspark.memory", text, SEE)
    return WorkerLimit(memory_mib // slots, slots, at_a_time)
