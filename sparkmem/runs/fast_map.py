"""Keys that generated code keeps in a map of its own before an aggregate's, as many as a page holds.

Followed: ``RowBasedKeyValueBatch``, ``RowBasedHashMapGenerator``.
"""

from __future__ import annotations

from sparkmem.eventlog.plans import AGGREGATE
from sparkmem.eventlog.run import Stage
from sparkmem.runs.arrays import KEY, array_bytes, arrays, page_bytes

_STORAGE_SHARE = 0.5
"""What ``spark.memory.storageFraction`` takes by default, before pages are sized from the rest."""
_FAST_KEYS, _LEAST_ENTRY, _POINTER = 1 << 16, 32, 8
"""Keys of a fast map (``spark.sql.codegen.aggregate.fastHashMap.capacityBit``); the least bytes of a key with its value: two
lengths, a row of one column, a pointer; and what an entry of the fast map has less, the lengths of rows of one size."""
_STEPS = 32


def entry_beside_a_fast_map(rows: float, peak: float, pool: int) -> float:
    """Bytes of a key and its value where the map had not all keys; 0 where it had, or where that makes no more of it.

    Generated code keeps the first keys in a map of its own, as many as one page holds and no more than ``_FAST_KEYS``;
    its page is not in the peak.  An executor with less memory has smaller pages, so that more keys go to the map, whose
    array may double for them.
    """
    page, found = page_bytes(pool * _STORAGE_SHARE), 0.0
    for array in arrays(AGGREGATE, peak):
        pages = peak - array - page / 2  # the last page is not full
        entry = max(pages / rows, _LEAST_ENTRY) if rows else 0.0
        for _ in range(_STEPS):
            keys = rows - min(_FAST_KEYS, page / max(entry - _POINTER, 1))
            if keys <= 0:
                break
            entry = (entry + pages / keys) / 2
        if keys > 0 and entry >= _LEAST_ENTRY and array_bytes(AGGREGATE, keys, KEY) == array:
            found = max(found, entry)
    return found if found * rows > peak - array_bytes(AGGREGATE, rows, KEY) else 0.0


def beside_a_fast_map(stage: Stage, pool: int) -> bool:
    """Whether an aggregate of a stage that spilled nothing had keys that its map did not."""
    tasks = max(1, sum(stage.tally.execution.values()))
    return any(
        one.kind == AGGREGATE and not one.spilled and entry_beside_a_fast_map(one.rows / tasks, one.peak / tasks, pool) > 0
        for one in stage.operators
    )
