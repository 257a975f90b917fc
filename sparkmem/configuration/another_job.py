"""Sizes of a job beside the one that is read: which keys they have, and when two values are those of two jobs."""

from __future__ import annotations

from sparkmem.configuration.carried import shaped
from sparkmem.configuration.setting import Setting

OF_ANOTHER = "of-another-job"
SIZES = (
    "spark.executor.memory", "spark.driver.memory", "spark.executor.memoryOverhead", "spark.driver.memoryOverhead",
    "spark.yarn.executor.memoryOverhead", "spark.memory.offHeap.size",
)  # fmt: skip
"""Keys of which two values in one text are those of two jobs, where none of them is put over the other."""


def differ(one: Setting, other: Setting) -> bool:
    """Whether two values of a key are those of two jobs: both are in the text, and they are not the same."""
    return shaped(one.value) and shaped(other.value) and one.value.lower() != other.value.lower()
