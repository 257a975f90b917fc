"""Execution memory that operators of SQL need without spilling, from how many rows they took in and what they spilled.

A sort and a map keep rows in pages and point at them from an array that doubles: until the new one is filled, the old one
stays.  What a task spilled says how large its rows are, and the rows how large the arrays would have become.  Followed:
``UnsafeExternalSorter``, ``UnsafeInMemorySorter``, ``BytesToBytesMap``, ``UnsafeKVExternalSorter``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from sparkmem.eventlog.plans import AGGREGATE, HASH_JOIN, SORT, WINDOW, Operator
from sparkmem.eventlog.run import Stage
from sparkmem.runs.arrays import FIRST, KEY, RADIX, TIM, array_bytes, arrays, page_bytes
from sparkmem.runs.fast_map import entry_beside_a_fast_map

_ROW_LENGTH = 4
_STEPS = 32
_ROOM = 1.1
"""Pages are those of the executor that is advised, which has a head room."""
_NEARLY = 0.9
"""A pool is not all there for one operator: broadcasts and smaller ones have a part of it."""
_UPPER = 0.65
"""Where the rows of the last fill are not known, its size is between bounds: nearer to the larger one."""


class Held(NamedTuple):
    """What an operator holds in a task that never spills [bytes]: its array in the end, its rows, and when that doubled."""

    kind: str
    array: int
    rows_bytes: float
    doubled_at: float
    """The share of the rows that it had when its array doubled for the last time; 1 where it never did."""

    def moments(self) -> tuple[tuple[float, float], ...]:
        """Shares of the rows, and what is held then: in the end, and while the array doubles."""
        doubling = self.array * 1.5 + self.rows_bytes * self.doubled_at
        return (1.0, self.array + self.rows_bytes), (self.doubled_at, doubling if self.doubled_at < 1 else 0.0)


def each_of(operator: Operator, tasks: int) -> int:
    """Bytes of its array for a row: only a sort by one key can be a radix sort, and is where its peak does not say no."""
    if operator.kind in (AGGREGATE, HASH_JOIN):
        return KEY
    if operator.kind != SORT or operator.keys != 1:
        return TIM
    return TIM if operator.row_bytes and not _can_be_radix(operator, tasks) else RADIX


def _can_be_radix(operator: Operator, tasks: int) -> bool:
    """Whether a peak is one of an array with so much for a row, where an exchange says how large a row is."""
    row, peak, rows = operator.row_bytes + _ROW_LENGTH, operator.peak / tasks, operator.rows / tasks
    if not operator.spilled:
        radix, tim = (abs(array_bytes(SORT, rows, each) + rows * row - peak) for each in (RADIX, TIM))
        return radix <= tim
    spare = 2 * page_bytes(peak)  # the last page of a fill is not full
    return any(
        array / RADIX / 2 < (peak - array) / row and (peak - array - spare) / row <= array / RADIX
        for array in arrays(SORT, peak)
    )


def rows_bytes(operator: Operator, tasks: int, pool: int) -> float:
    """What the rows of all tasks take in pages [bytes]."""
    rows, peak, spilled = (value / tasks for value in (operator.rows, operator.peak, operator.spilled))
    if operator.kind == SORT and operator.row_bytes:
        return operator.rows * (operator.row_bytes + _ROW_LENGTH)
    if not operator.spilled:
        if operator.kind == AGGREGATE and (entry := entry_beside_a_fast_map(rows, peak, pool)):
            return entry * operator.rows
        return max(operator.peak - array_bytes(operator.kind, rows, each_of(operator, tasks)) * tasks, 0)
    fill = _sort_fill if operator.kind == SORT else _map_fill
    return fill(operator, rows, peak, spilled, pool) * operator.rows


def _sort_fill(operator: Operator, rows: float, peak: float, spilled: float, pool: int) -> float:
    """Bytes of a row, where pages are spilled and not the array, and the rest stays in memory at the end.

    A fill ends when its array is full and cannot double, or when there is no page left.  Where another operator has the
    rest spilled, all of it is, and the last array with it.
    """
    each, found, page = each_of(operator, 1), list[float](), page_bytes(pool or peak)
    for array in arrays(SORT, peak):
        pages = peak - array
        fills, full = max(1, round(spilled / pages)), array / each
        if abs(spilled - fills * pages) <= pages / 8:
            least, most = max(rows / (fills + 1), full / 2), min(rows / fills, full)
            if least <= full <= most * 1.01 and peak + 2 * array >= pool * _NEARLY:
                found.append((pages - page / 2) / full)
            if least < most and peak + page >= pool * _NEARLY:
                found.append(pages / least * _UPPER + pages / most * (1 - _UPPER))
        whole = (spilled - array) / rows
        if whole > 0 and full / 2 < pages / whole <= full * 1.125:
            found.append(whole)
    return max(found) if found else (spilled + peak / 4) / rows


def _map_fill(operator: Operator, rows: float, peak: float, spilled: float, pool: int) -> float:
    """Bytes of a key and its value, where pages and array are spilled together, the last time in the end."""
    best = (float("inf"), max(spilled / rows - KEY * 1.5, 0.0))
    for array in arrays(operator.kind, peak):
        for step in range(_STEPS + 1):
            keys = array / KEY / 2 * (1 + step / _STEPS)
            each, fills = (peak - array) / keys, int(rows / keys)
            rest = rows - fills * keys
            told = fills * peak + (array_bytes(operator.kind, rest, KEY) + rest * each if rest > 1 else 0)
            best = min(best, (abs(told - spilled), each))
    return best[1]


def known(stage: Stage) -> bool:
    """Whether the log has what the need of a stage is worked out from."""
    return bool(stage.operators) and all(one.rows > 0 for one in stage.operators) and _whole(stage) > 0


def _whole(stage: Stage) -> int:
    return sum(one.peak for one in stage.operators) + stage.sum("memory-spilled")


def need_of_task(stage: Stage, reached_bytes: int, pool: int) -> int:
    """What a task needed that reached and spilled so much together [bytes]: its part of the rows of the stage."""
    tasks = max(1, sum(stage.tally.execution.values()))
    share = min(1.0, reached_bytes / _whole(stage))
    return _need(stage.operators, stage.sum("memory-spilled"), tasks, share, pool)


@lru_cache(4096)
def _need(operators: tuple[Operator, ...], spilled: int, tasks: int, share: float, pool: int) -> int:
    rest = spilled - sum(one.spilled for one in operators if one.kind != WINDOW)
    sized = _sized(operators, tasks, pool)
    held = [_held(one, one.rows * share, size * share, each_of(one, tasks)) for one, size in sized]
    windows = [one for one in operators if one.kind == WINDOW and one.spilled]
    if windows and rest > 0:  # it keeps the rows of a group: of how many no log says, so that all of them are taken
        rest = 0
        below = max((size for _, size in sized), default=0.0)
        held += [_held(one, one.rows * share, below * share, TIM) for one in windows]
    page = page_bytes(_together(held) * _ROOM)
    paged = [one._replace(rows_bytes=-(-one.rows_bytes // page) * page) for one in held]
    return int(_together(paged) + max(rest, 0) * share)


@lru_cache(256)
def _sized(operators: tuple[Operator, ...], tasks: int, pool: int) -> tuple[tuple[Operator, float], ...]:
    return tuple((one, rows_bytes(one, tasks, pool)) for one in operators if one.kind != WINDOW)


def _held(operator: Operator, rows: float, size: float, each: int) -> Held:
    array = array_bytes(operator.kind, rows, each)
    doubled = array / 2 / each / rows if array > FIRST[operator.kind] and rows else 1.0
    return Held(operator.kind, array, size, min(1.0, doubled))


def _together(operators: Sequence[Held]) -> float:
    """The largest sum at one moment: a sort keeps what it has to the end, an aggregate gives back pages as they are read."""
    most = kept = given_back = 0.0
    for one in operators:
        most = max(most, *(kept + size + given_back * (1 - share) for share, size in one.moments()))
        if one.kind == AGGREGATE:
            given_back = one.rows_bytes
        else:
            kept, given_back = kept + one.array + one.rows_bytes, 0.0
    return most
