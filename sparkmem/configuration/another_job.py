"""Sizes of a job beside the one that is read: which keys they have, and when two values are those of two jobs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sparkmem.configuration.carried import shaped
from sparkmem.configuration.lost import LOST
from sparkmem.configuration.same_value import is_same
from sparkmem.configuration.setting import Lost, Setting

OF_ANOTHER = "of-another-job"
SIZES = (
    "spark.executor.memory", "spark.driver.memory", "spark.executor.memoryOverhead", "spark.driver.memoryOverhead",
    "spark.yarn.executor.memoryOverhead", "spark.memory.offHeap.size",
)  # fmt: skip
"""Keys of which two values in one text are those of two jobs, where none of them is put over the other."""


def of_another(others: Iterable[Setting], read: Mapping[str, str], *, alone: bool = False) -> Iterator[Setting]:
    """Those of the others that size another job: what is read has another value, or with ``alone`` none at all.

    >>> two = (Setting("spark.executor.memory", "8G"), Setting("spark.driver.memory", "2g"))
    >>> [one.value for one in of_another(two, {"spark.executor.memory": "8g", "spark.driver.memory": "4g"})]
    ['2g']
    >>> [one.value for one in of_another(two, {"spark.executor.memory": "4g"}, alone=True)]
    ['8G', '2g']
    """
    for one in others:
        held = read.get(one.key, "" if alone else one.value)
        if one.key in SIZES and shaped(one.value) and not is_same(one.key, held, one.value):
            yield one


def lost(one: Setting) -> Lost:
    """Such a size as it is named: Spark does not get it for the job that is read."""
    said, see = LOST[OF_ANOTHER]
    return Lost(OF_ANOTHER, one.line, one.key, said.format(given=one.value), "", see)
