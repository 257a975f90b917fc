"""Entries of the memory overhead: given, or a share of the heap and a minimum."""

from __future__ import annotations

from sparkmem.spark.settings.entry import Entry

EXECUTOR_MEMORY_OVERHEAD = Entry("spark.executor.memoryOverhead", "EXECUTOR_MEMORY_OVERHEAD", "MiB", None)
DRIVER_MEMORY_OVERHEAD = Entry("spark.driver.memoryOverhead", "DRIVER_MEMORY_OVERHEAD", "MiB", None)


def _factor(key: str, symbol: str) -> Entry:
    rule = "Ensure that memory overhead is a double greater than 0"
    return Entry(key, symbol, "double", "0.1", check=lambda value: value > 0, rule=rule, declared="3.3")


EXECUTOR_MEMORY_OVERHEAD_FACTOR = _factor("spark.executor.memoryOverheadFactor", "EXECUTOR_MEMORY_OVERHEAD_FACTOR")
DRIVER_MEMORY_OVERHEAD_FACTOR = _factor("spark.driver.memoryOverheadFactor", "DRIVER_MEMORY_OVERHEAD_FACTOR")
EXECUTOR_MIN_MEMORY_OVERHEAD = Entry(
    "spark.executor.minMemoryOverhead", "EXECUTOR_MIN_MEMORY_OVERHEAD", "MiB", "384m", declared="4.0"
)
DRIVER_MIN_MEMORY_OVERHEAD = Entry(
    "spark.driver.minMemoryOverhead", "DRIVER_MIN_MEMORY_OVERHEAD", "MiB", "384m", declared="4.0"
)
