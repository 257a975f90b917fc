"""Entries of Python's workers: their memory, and how many run at a time."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation

from sparkmem.errors import Refused
from sparkmem.javalang import java_trim
from sparkmem.release import since
from sparkmem.spark.settings.entry import Entry

SEE = "calculators/pyspark-memory/#limit"

PYSPARK_EXECUTOR_MEMORY = Entry(
    "spark.executor.pyspark.memory", "PYSPARK_EXECUTOR_MEMORY", "MiB", None,
    path="core/src/main/scala/org/apache/spark/internal/config/Python.scala",
)  # fmt: skip

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


def cpus_per_task(release: str) -> Entry:
    """``spark.task.cpus``: a whole number, which must be positive since 4.2; a decimal one since 4.3.

    >>> cpus_per_task("4.3").read("0.5", "4.3")
    Decimal('0.5')
    """
    if since(release, "4.3"):
        return _DECIMAL
    return _CHECKED if since(release, "4.2") else CPUS_PER_TASK
