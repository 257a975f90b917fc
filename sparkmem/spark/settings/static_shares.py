"""The shares that the static memory manager of Spark 2.4 reads."""

from sparkmem.spark.settings.config import MEMORY
from sparkmem.spark.settings.entry import Entry

_STATIC = MEMORY + "StaticMemoryManager.scala"


def _share(key: str, default: str) -> Entry:
    """A share that the manager reads from ``SparkConf`` by itself, unchecked; it never became an entry."""
    return Entry(key, key, "double", default, declared="3.0", old_path=_STATIC)


STORAGE_MEMORY_FRACTION = _share("spark.storage.memoryFraction", "0.6")
STORAGE_SAFETY_FRACTION = _share("spark.storage.safetyFraction", "0.9")
STORAGE_UNROLL_FRACTION = _share("spark.storage.unrollFraction", "0.2")
SHUFFLE_MEMORY_FRACTION = _share("spark.shuffle.memoryFraction", "0.2")
SHUFFLE_SAFETY_FRACTION = _share("spark.shuffle.safetyFraction", "0.8")

SHARES = (
    STORAGE_MEMORY_FRACTION,
    STORAGE_SAFETY_FRACTION,
    STORAGE_UNROLL_FRACTION,
    SHUFFLE_MEMORY_FRACTION,
    SHUFFLE_SAFETY_FRACTION,
)
