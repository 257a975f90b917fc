"""The unified memory manager: storage and execution lend to each other, and only execution can ask back."""

from __future__ import annotations

from sparkmem.spark.managers.memory_manager import MemoryManager, ModePools


class UnifiedPools(ModePools):
    """One memory mode of ``UnifiedMemoryManager``."""

    __slots__ = ()

    def maybe_grow_execution_pool(self, extra_memory_needed: int) -> None:
        """Take back from storage what is free, or what it holds above its region, evicting blocks for that."""
        if extra_memory_needed <= 0:
            return
        storage = self.storage
        free = storage.pool_size - storage.memory_used
        reclaimable = max(free, storage.pool_size - self.storage_region_size)
        if reclaimable > 0:
            reclaimed = storage.free_space_to_shrink_pool(min(extra_memory_needed, reclaimable))
            storage.decrement_pool_size(reclaimed)
            self.execution.increment_pool_size(reclaimed)

    def max_execution_pool_size(self) -> int:
        """All but what is stored within the storage region, and but what is held unmanaged (4.1+)."""
        kept = min(self.storage.memory_used, self.storage_region_size)
        return max(0, self.max_memory - kept - self.unmanaged_memory)


class UnifiedMemoryManager(MemoryManager):
    """``UnifiedMemoryManager`` of Spark 2.4 to 4.3; before 4.1, nothing is unmanaged."""

    pools_of_mode = UnifiedPools

    def max_on_heap_storage_memory(self) -> int:
        return self.on_heap.max_memory - self.on_heap.execution.memory_used

    def max_off_heap_storage_memory(self) -> int:
        return self.off_heap.max_memory - self.off_heap.execution.memory_used

    def acquire_storage_memory(self, block: str, num_bytes: int, off_heap: bool) -> bool:
        """Memory for a block: free storage memory, then free execution memory, then other blocks' memory."""
        pools = self.off_heap if off_heap else self.on_heap
        storage, execution = pools.storage, pools.execution
        if num_bytes > max(0, pools.max_memory - execution.memory_used - pools.unmanaged_memory):
            return False  # it will not fit, whatever is evicted
        missing = num_bytes - storage.pool_size + storage.memory_used
        if missing > 0:
            borrowed = min(execution.pool_size - execution.memory_used, missing)
            execution.decrement_pool_size(borrowed)
            storage.increment_pool_size(borrowed)
        return storage.acquire_memory(block, num_bytes)

    def acquire_unroll_memory(self, block: str, num_bytes: int, off_heap: bool) -> bool:
        return self.acquire_storage_memory(block, num_bytes, off_heap)
