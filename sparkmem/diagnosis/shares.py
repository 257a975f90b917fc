"""What each of the tasks at once has of a heap, by the settings that a text names."""

from __future__ import annotations

from collections.abc import Mapping

from sparkmem.facts import FACTS
from sparkmem.release import NEWEST
from sparkmem.size import MIB
from sparkmem.spark.managers.unified_regions import on_heap_regions
from sparkmem.spark.settings.config import MEMORY_FRACTION
from sparkmem.spark.settings.shuffle import REDUCER_MAX_SIZE_IN_FLIGHT

DEFAULTED = "by default"
"""Before a key, among what a text has set: that its size is Spark's default, since it is not set."""
LATE = "late"
"""Before a heap's key, among what a text has set: what it sets in vain [bytes]."""
INFERRED = "inferred"
"""Before a key, among what a text has set: that its size follows from a container's limit, and is not set."""
_IN_FLIGHT = REDUCER_MAX_SIZE_IN_FLIGHT.default_at(NEWEST) * MIB
"""What a task may fetch at once where nothing says otherwise [bytes]."""
_DRIVER, _EXECUTOR = "driver", "executor"


def shares(process: str, asked: Mapping[str, int], threads: int = 0, local: bool = False) -> dict[str, int]:
    """``set_heap`` and ``set_overhead`` of a process [bytes], and where tasks run in it, the parts of each at once.

    ``threads``: tasks at once.  ``flight``: what they may fetch at once, and
    ``default_flight`` by Spark's default.  ``unified``: what storage and execution have,
    with ``spark.memory.fraction`` at its default.  ``default_overhead``: beside the heap of a JVM's program,
    where none is set.  ``share`` and ``least_share``: what a task may have of it, and what it
    is sure of (``ExecutionMemoryPool``).

    >>> found = shares("executor", {"spark.executor.memory": 2 << 30, "spark.executor.cores": 8})
    >>> found["threads"], found["unified"] >> 20, found["share"] >> 20, found["least_share"] >> 20
    (8, 1048, 131, 65)
    >>> shares("driver", {"spark.driver.memory": 1 << 30})
    {'set_heap': 1073741824, 'default_overhead': 402653184}
    """
    if process not in (_DRIVER, _EXECUTOR):
        return {}
    keys = (("set_heap", f"spark.{process}.memory"), ("set_overhead", f"spark.{process}.memoryOverhead"))
    found = {name: asked[key] for name, key in keys if key in asked and f"{INFERRED} {key}" not in asked}
    found = {name: size for name, size in found.items() if asked.get(f"{LATE} spark.{process}.memory") != size}
    if "set_heap" in found and keys[1][1] not in asked:
        least = int(FACTS["MEMORY_OVERHEAD_MIN_BYTES"].at(NEWEST))
        found["default_overhead"] = max(least, found["set_heap"] // MIB // 10 * MIB)
    at_once = threads if local else 0 if process == _DRIVER else asked.get("spark.executor.cores", 0)
    if at_once < 1 or "set_heap" not in found:
        return found
    found["threads"] = at_once
    if in_flight := asked.get("spark.reducer.maxSizeInFlight", 0):
        found |= {"flight": at_once * in_flight, "default_flight": at_once * _IN_FLIGHT}
    reserved = int(FACTS["RESERVED_SYSTEM_MEMORY_BYTES"].at(NEWEST))
    if found["set_heap"] > reserved:
        unified = on_heap_regions(found["set_heap"], reserved, float(MEMORY_FRACTION.default or 0), 0.5).unified_bytes
        found |= {"unified": unified, "share": unified // at_once, "least_share": unified // (2 * at_once)}
    return found
