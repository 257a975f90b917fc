"""Whether two values of one key are one: of sizes however they are written, of other values by their letters."""

from __future__ import annotations

from sparkmem.size import SizeError, byte_string_as_bytes, byte_string_as_mb

_OF_MIB = (".memory", "emoryOverhead")
_OF_BYTES = (".offHeap.size", ".maxResultSize")


def is_same(key: str, one: str, other: str) -> bool:
    """Whether Spark reads the same in both: whole MiB of a heap or an overhead, bytes of off-heap memory.

    >>> is_same("spark.driver.memory", "4096m", "4G"), is_same("spark.memory.offHeap.size", "1024", "1k")
    (True, True)
    >>> is_same("spark.driver.memory", "4096", "4k"), is_same("spark.executor.cores", "4", "4")
    (False, True)
    """
    one, other = one.strip().lower(), other.strip().lower()
    if one == other or not key.endswith((*_OF_MIB, *_OF_BYTES)):
        return one == other
    read = byte_string_as_mb if key.endswith(_OF_MIB) else byte_string_as_bytes
    try:
        return read(one) == read(other)
    except SizeError:
        return False
