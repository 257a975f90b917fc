"""Sorts and maps of Spark as they take memory, page by page and array by array: what a log would say of them."""

from typing import NamedTuple

from sparkmem.size import KIB, MIB


class Told(NamedTuple):
    """What a log says, the peak and what was spilled [bytes]; and what it does not, what was held at most."""

    peak: int
    spilled: int
    most: int


def page_of(budget: int) -> int:
    """The page under such a pool for one task [bytes]."""
    page = MIB
    while page < min(budget // 16, 64 * MIB):
        page *= 2
    return page


def sort(rows: int, row: int, each: int, budget: int) -> Told:
    """``UnsafeExternalSorter``: rows of so many bytes, so many bytes of the array for each."""
    page, first = page_of(budget), 64 * KIB
    array, pages, count, room = first, 0, 0, 0
    peak = spilled = most = 0
    while rows:
        places = array // each - count
        step = min(rows, places, room)
        if step:
            rows, count, room = rows - step, count + step, room - step
            continue
        wanted = 2 * array if places == 0 else page
        most = max(most, min(array + pages * page + wanted, budget))
        if array + pages * page + wanted > budget:
            peak, spilled = max(peak, array + pages * page), spilled + pages * page
            array, pages, count, room = first, 0, 0, 0
        elif places == 0:
            array *= 2
        else:
            pages, room = pages + 1, page // row
    return Told(max(peak, array + pages * page), spilled, most)


def beside_a_fast_map(keys: int, entry: int, pool: int) -> Told:
    """The same after a map of generated code, which keeps the first keys in a page of its own.

    Half of the pool is kept for storage before pages are sized, as Spark does it.
    """
    page = page_of(pool // 2)
    kept = min(1 << 16, page // (entry - 8), keys)
    told = aggregate(keys - kept, entry, pool - page, page)
    return told._replace(most=told.most + page)


def aggregate(keys: int, entry: int, budget: int, page: int = 0) -> Told:
    """``BytesToBytesMap`` of an aggregate: what is in it at the end is spilled too, once something was."""
    page, first = page or page_of(budget), 256 * KIB
    array, pages, count, room, grows = first, 0, 0, 0, True
    peak = spilled = most = 0
    while keys:
        full = count >= array // 32
        if full and grows:
            most = max(most, min(3 * array + pages * page, budget))
            grows = 3 * array + pages * page <= budget
            array *= 2 if grows else 1
            continue
        most = max(most, min(array + (pages + 1) * page, budget)) if not room else most
        if full or (not room and array + (pages + 1) * page > budget):
            peak, spilled = max(peak, array + pages * page), spilled + array + pages * page
            array, pages, count, room, grows = first, 0, 0, 0, True
            continue
        if not room:
            pages, room = pages + 1, page // entry
        step = min(keys, array // 32 - count, room)
        keys, count, room = keys - step, count + step, room - step
    held = array + pages * page
    return Told(max(peak, held), spilled + held if spilled else 0, most)
