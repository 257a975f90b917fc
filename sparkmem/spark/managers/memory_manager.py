"""What both memory managers have: two pools on the heap, two off it, one lock and one memory store (``MemoryManager``)."""

from __future__ import annotations

from sparkmem.spark.managers.execution_pool import ExecutionMemoryPool
from sparkmem.spark.managers.pools import Monitor, require
from sparkmem.spark.managers.storage_pool import MemoryStore, StorageMemoryPool
from sparkmem.spark.managers.unified_regions import Regions


class ModePools:
    """The pools of one memory mode, and what divides them [bytes]."""

    __slots__ = ("execution", "max_memory", "storage", "storage_region_size", "unmanaged_memory")

    def __init__(self, regions: Regions, off_heap: bool, store: MemoryStore, monitor: Monitor) -> None:
        self.max_memory = regions.unified_bytes
        self.storage_region_size = regions.storage_bytes
        self.storage = StorageMemoryPool(regions.storage_bytes, off_heap, store)
        self.execution = ExecutionMemoryPool(regions.execution_bytes, monitor)
        self.unmanaged_memory = 0

    def maybe_grow_execution_pool(self, extra_memory_needed: int) -> None:
        """A hook that the unified manager fills; pools that are fixed do not grow."""

    def max_execution_pool_size(self) -> int:
        """The most that the execution pool can grow to."""
        return self.execution.pool_size


class MemoryManager:
    """The memory manager of one executor: acquires and releases storage, unroll and execution memory."""

    pools_of_mode: type[ModePools] = ModePools

    def __init__(self, on_heap: Regions, off_heap: Regions) -> None:
        self.monitor = Monitor()
        self.memory_store = MemoryStore()
        self.on_heap = self.pools_of_mode(on_heap, False, self.memory_store, self.monitor)
        self.off_heap = self.pools_of_mode(off_heap, True, self.memory_store, self.monitor)

    def max_on_heap_storage_memory(self) -> int:
        """The most that storage can come to on the heap at this moment [bytes]."""
        raise NotImplementedError

    def max_off_heap_storage_memory(self) -> int:
        """The same off the heap."""
        raise NotImplementedError

    def acquire_storage_memory(self, block: str, num_bytes: int, off_heap: bool) -> bool:
        """Memory for a block: all of it or nothing."""
        raise NotImplementedError

    def acquire_unroll_memory(self, block: str, num_bytes: int, off_heap: bool) -> bool:
        """Memory for a block that is being unrolled: all of it or nothing."""
        raise NotImplementedError

    def acquire_execution_memory(self, num_bytes: int, task: int, off_heap: bool) -> int | None:
        """Memory for a task: what it is granted, or None where the call has to wait."""
        pools = self.off_heap if off_heap else self.on_heap
        grow, most = pools.maybe_grow_execution_pool, pools.max_execution_pool_size
        return pools.execution.acquire_memory(num_bytes, task, grow, most)

    def acquire_execution_memory_again(self, num_bytes: int, task: int, off_heap: bool) -> int | None:
        """The same for a call that was woken."""
        pools = self.off_heap if off_heap else self.on_heap
        grow, most = pools.maybe_grow_execution_pool, pools.max_execution_pool_size
        return pools.execution.try_to_acquire(num_bytes, task, grow, most)

    def release_execution_memory(self, num_bytes: int, task: int, off_heap: bool) -> None:
        """Take execution memory back from a task."""
        (self.off_heap if off_heap else self.on_heap).execution.release_memory(num_bytes, task)

    def release_all_execution_memory_for_task(self, task: int) -> int:
        """Take back everything, as when the task ends; how much that was."""
        freed = self.on_heap.execution.release_all_memory_for_task(task)
        return freed + self.off_heap.execution.release_all_memory_for_task(task)

    def release_storage_memory(self, num_bytes: int, off_heap: bool) -> None:
        """Take storage memory back."""
        (self.off_heap if off_heap else self.on_heap).storage.release_memory(num_bytes)

    # What a MemoryStore does with its manager

    def put_bytes(self, block: str, size: int, off_heap: bool) -> bool:
        """Store a block if there is memory for it (``MemoryStore.putBytes``)."""
        store = self.memory_store
        require(block not in store.entries, f"Block {block} is already present in the MemoryStore")
        if not self.acquire_storage_memory(block, size, off_heap):
            return False
        store.put(block, size, (self.off_heap if off_heap else self.on_heap).storage)
        return True

    def reserve_unroll_memory(self, block: str, num_bytes: int, off_heap: bool) -> bool:
        """Memory for unrolling a block (``reserveUnrollMemoryForThisTask``)."""
        if not self.acquire_unroll_memory(block, num_bytes, off_heap):
            return False
        self.memory_store.unroll_memory[off_heap] += num_bytes
        return True

    def release_unroll_memory(self, num_bytes: int, off_heap: bool) -> None:
        """Give unroll memory back, of this mode and no more than it holds (``releaseUnrollMemoryForThisTask``)."""
        held = self.memory_store.unroll_memory
        freed = min(num_bytes, held[off_heap])
        if freed > 0:
            held[off_heap] -= freed
            self.release_storage_memory(freed, off_heap)
