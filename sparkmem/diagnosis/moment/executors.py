"""Executors as Spark's REST interface lists them, with the peaks of their metrics."""

from __future__ import annotations

import re

from sparkmem.diagnosis.moment.held import Held, Moment, counted
from sparkmem.diagnosis.moment.listed import Listed, said_of
from sparkmem.size import mib_text

BEGINS = (b"hostPort", b"peakMemoryMetrics")
MOST_LINES = 4000
BEFORE = 3
_ID = re.compile(r'"id"\s{0,8}:\s{0,8}"(driver|[0-9]{1,7})"')
_GONE = re.compile(r'"isActive"\s{0,8}:\s{0,8}false')
_NUMBER = re.compile(r'"(\w{3,60})"\s{0,8}:\s{0,8}([0-9]{1,19})')
_JVM, _PYTHON, _HEAP, _REST = "ProcessTreeJVMRSSMemory", "ProcessTreePythonRSSMemory", "JVMHeapMemory", "JVMOffHeapMemory"


def read(lines: list[str], number: int) -> Moment | None:
    """For each executor the most that it reached: resident where the process tree was measured, else heap and beside it."""
    text = "\n".join(lines)
    places = list(_ID.finditer(text))
    held, largest, listed = [], 0, list[Listed]()
    for at, place in enumerate(places):
        after = places[at + 1].start() if at + 1 < len(places) else len(text)
        found = {name: int(value) for name, value in _NUMBER.findall(text, place.end(), after)}
        if "maxMemory" not in found and _HEAP not in found:
            continue
        gone = bool(_GONE.search(text, place.end(), after))
        listed.append(Listed(
            place[1], not gone, used=found.get("memoryUsed", -1), total=found.get("maxMemory", -1),
            tasks=found.get("totalTasks", -1), failed=found.get("failedTasks", -1),
            task_time=found.get("totalDuration", -1), gc_time=found.get("totalGCTime", -1),
        ))  # fmt: skip
        resident = found.get(_JVM, 0) + found.get(_PYTHON, 0)
        known = found.get(_HEAP, 0) + found.get(_REST, 0)
        name = "driver" if place[1] == "driver" else f"executor {place[1]}"
        note = (f"heap {mib_text(found[_HEAP])}, beside it {mib_text(found.get(_REST, 0))}" if _HEAP in found else
                f"storage {mib_text(found.get('memoryUsed', 0))} of {mib_text(found['maxMemory'])}")  # fmt: skip
        if resident and found.get(_PYTHON):
            note += f", Python {mib_text(found[_PYTHON])}"
        held.append(Held(name, resident or known or found.get("memoryUsed", 0), note))
        largest = max(largest, 0 if name == "driver" else held[-1].bytes)
    if not held:
        return None
    measured = any(_JVM in line for line in lines)
    reached = f"; the largest executor reached {mib_text(largest)}" if largest else ""
    says = [f"{counted(len(held), 'process')}{reached}."]
    if not measured:
        says.append("Heap and known pools only: without spark.executor.processTreeMetrics.enabled nobody measured more.")
    says += said_of(listed) if any(one.tasks >= 0 for one in listed) else []
    return Moment("executors", "Executors, by what they reached", number, tuple(held[:40]), tuple(says))
