"""The static memory manager of Spark 2.4: storage and execution each have a share, and neither lends."""

from __future__ import annotations

from sparkmem.spark.managers.memory_manager import MemoryManager
from sparkmem.spark.managers.pools import require
from sparkmem.spark.managers.static_regions import Share
from sparkmem.spark.managers.unified_regions import Regions

_NO_OFF_HEAP = "StaticMemoryManager does not support off-heap {} memory"


class StaticMemoryManager(MemoryManager):
    """``StaticMemoryManager``: storage is on the heap only; off the heap, all goes to execution."""

    def __init__(self, storage: Share, execution: Share, max_unroll_memory: int, off_heap_bytes: int) -> None:
        heap = Regions(storage.usable_bytes + execution.usable_bytes, storage.usable_bytes)
        super().__init__(heap, Regions(off_heap_bytes, 0))
        self.max_unroll_memory = max_unroll_memory

    def max_on_heap_storage_memory(self) -> int:
        return self.on_heap.storage_region_size

    def max_off_heap_storage_memory(self) -> int:
        return 0

    def acquire_storage_memory(self, block: str, num_bytes: int, off_heap: bool) -> bool:
        require(not off_heap, _NO_OFF_HEAP.format("storage"))
        if num_bytes > self.on_heap.storage_region_size:
            return False
        return self.on_heap.storage.acquire_memory(block, num_bytes)

    def acquire_unroll_memory(self, block: str, num_bytes: int, off_heap: bool) -> bool:
        """Free memory, and beyond it only so many evictions as leave unrolling within its share of storage."""
        require(not off_heap, _NO_OFF_HEAP.format("unroll"))
        storage = self.on_heap.storage
        free = storage.memory_free
        most_to_free = max(0, self.max_unroll_memory - self.memory_store.current_unroll_memory - free)
        return storage.acquire_memory(block, num_bytes, max(0, min(most_to_free, num_bytes - free)))
