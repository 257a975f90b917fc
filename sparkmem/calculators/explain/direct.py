"""Direct memory that a flag allows a process, held against what its container has beside the heap."""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.answer.note import Note
from sparkmem.answer.result import Result
from sparkmem.calculators.explain.reading import Reading
from sparkmem.configuration.requested import OF_A_POD, PROCESS
from sparkmem.given import Given
from sparkmem.jvm.flags import FlagError
from sparkmem.jvm.native_flags import native_flags
from sparkmem.size import mib_text

_PREFIXES = {"executor": "", "driver": "driver-"}
_OPTIONS = ("defaultJavaOptions", "extraJavaOptions")


def direct_notes(given: Given, reading: Reading, containers: Result) -> Iterator[Note]:
    """A remark for each process whose -XX:MaxDirectMemorySize alone is more than its container has beside the heap."""
    rows = {line.id: line.size_bytes or 0 for line in containers.rows()}
    for process, prefix in _PREFIXES.items():
        keys = [f"spark.{process}.{name}" for name in _OPTIONS]
        options = " ".join(given.text(key) for key in keys if given.is_set(key))
        alone = reading.found.value_said(PROCESS) and not given.is_set("spark.driver.memory")
        alone = alone or any(one.written_as == OF_A_POD and one.key in keys for one in reading.found.settings)
        if alone and not given.is_set(f"spark.{process}.memoryOverhead"):
            continue  # of one process's command or variables, which does not say what its container has beside the heap
        limit = rows.get(f"{prefix}container-limit", 0) if rows.get(f"{prefix}memory-overhead") else 0
        if not limit or "MaxDirectMemorySize" not in options:
            continue
        try:
            most = native_flags(options).max_direct_bytes or 0
        except FlagError:
            continue
        heap = rows.get(f"{process}-memory", 0)
        room = limit - heap - rows.get(f"{prefix}off-heap-memory", 0) - rows.get(f"{prefix}pyspark-memory", 0)
        if most >= room:
            whose = "An executor" if process == "executor" else "The driver"
            text = f"{whose} may take {mib_text(most)} of direct memory, by -XX:MaxDirectMemorySize, and its container has"
            text += f" {mib_text(room)} beside the heap: raise spark.{process}.memoryOverhead above it, or lower the flag."
            yield Note("direct-above-overhead", text, "memory/memory-overhead/#direct-memory", "warning")
