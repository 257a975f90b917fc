"""Arrays of pointers and pages in which sorts and maps of SQL keep rows: how large they are.

Followed: ``UnsafeInMemorySorter``, ``BytesToBytesMap``, ``MemoryManager.defaultPageSizeBytes``.
"""

from __future__ import annotations

from sparkmem.eventlog.plans import AGGREGATE, HASH_JOIN, SORT, WINDOW
from sparkmem.size import KIB, MIB

RADIX, TIM, KEY = 32, 24, 32
"""Bytes of an array for a row: pointer and prefix, twice for a radix sort, one and a half times for Tim's; twice the two
words of a map, which is never more than half full."""
FIRST = {SORT: 64 * KIB, WINDOW: 16 * KIB, AGGREGATE: 256 * KIB, HASH_JOIN: KIB}
"""The array at first: 4,096 and 1,024 places of two words, 16,384 and 64 places of a map."""
_PAGES, _LEAST_PAGE, _MOST_PAGE = 16, MIB, 64 * MIB


def array_bytes(kind: str, rows: float, each: int) -> int:
    """The array for so many rows [bytes].

    >>> array_bytes(SORT, 4_000_000, RADIX) >> 20, array_bytes(AGGREGATE, 2_500_000, KEY) >> 20
    (128, 128)
    """
    size = FIRST[kind]
    while size < rows * each or (kind in (AGGREGATE, HASH_JOIN) and size == rows * each):
        size *= 2
    return size


def arrays(kind: str, peak: float) -> list[int]:
    """The sizes of an array that leave room for rows."""
    found, size = [], FIRST[kind]
    while size < peak:
        found.append(size)
        size *= 2
    return found


def page_bytes(task_bytes: float) -> int:
    """A page that is not smaller than those of an executor that has so much for each task [bytes].

    ``defaultPageSizeBytes`` starts from what the storage fraction leaves of that.
    """
    size = _LEAST_PAGE
    while size < min(task_bytes / _PAGES, _MOST_PAGE):
        size *= 2
    return size
