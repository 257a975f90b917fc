"""All that is worked out of one executor's heap, before it is put into words."""

from __future__ import annotations

from sparkmem.record import record
from sparkmem.spark.managers.unified_regions import Regions
from sparkmem.subjects.java_heap.reading import JavaHeap


@record
class ExecutorMemory:
    """All that was computed for one executor [bytes, fractions between 0 and 1]."""

    java: JavaHeap
    system_bytes: int
    reserved_bytes: int
    memory_fraction: float
    storage_fraction: float
    regions: Regions
    off_heap: Regions
    off_heap_enabled: bool
    cores: int
    page_bytes: int
    unmanaged_counted: bool = False

    @property
    def measured(self) -> bool:
        """Whether the reader gave what the JVM reports."""
        return self.system_bytes != self.java.heap.max_memory_bytes
