"""The storage pool, and the memory store that evicts for it (``StorageMemoryPool``, ``MemoryStore``).

The store has the blocks in the order of their last use, and says who may evict whom; each of the two calls the other.
Read locks are kept here too; in Spark they are ``BlockInfoManager``'s.  An evicted block is dropped:
whether it goes to disk is for its storage level to say, and no memory of Spark's changes with that.
"""

from __future__ import annotations

import re
from collections import OrderedDict

from sparkmem.spark.managers.pools import MemoryPool

_RDD_BLOCK = re.compile(r"rdd_([0-9]+)_[0-9]+")


def rdd_id(block: str | None) -> str | None:
    """The RDD that a block is a partition of (``BlockId.asRDDId``); None for broadcasts and the like.

    >>> rdd_id("rdd_7_2"), rdd_id("broadcast_7")
    ('7', None)
    """
    match = _RDD_BLOCK.fullmatch(block) if block is not None else None
    return match[1] if match else None


class MemoryEntry:
    """A block in memory: its size [bytes], the pool that holds it, its RDD, and how many are reading it."""

    __slots__ = ("pool", "rdd", "readers", "size")

    def __init__(self, size: int, pool: StorageMemoryPool, rdd: str | None) -> None:
        self.size = size
        self.pool = pool
        self.rdd = rdd
        self.readers = 0


class MemoryStore:
    """Blocks of both memory modes, least recently used first, and the memory that unrolling holds."""

    __slots__ = ("entries", "evicted", "unroll_memory")

    def __init__(self) -> None:
        self.entries: OrderedDict[str, MemoryEntry] = OrderedDict()
        self.evicted: list[str] = []
        self.unroll_memory = [0, 0]  # on the heap, off the heap

    @property
    def current_unroll_memory(self) -> int:
        """What blocks that are being unrolled hold [bytes]."""
        return self.unroll_memory[0] + self.unroll_memory[1]

    def put(self, block: str, size: int, pool: StorageMemoryPool) -> None:
        """Keep a block whose memory was acquired already, as the most recently used."""
        self.entries[block] = MemoryEntry(size, pool, rdd_id(block))

    def get(self, block: str) -> bool:
        """Whether the block is there; to look is to use it, so it is evicted last."""
        if block not in self.entries:
            return False
        self.entries.move_to_end(block)
        return True

    def remove(self, block: str) -> bool:
        """Drop a block and give its memory back, unless it is being read (``BlockManager.removeBlock`` would wait)."""
        entry = self.entries.get(block)
        if entry is None or entry.readers:
            return False
        del self.entries[block]
        entry.pool.release_memory(entry.size)
        return True

    def lock_for_reading(self, block: str) -> bool:
        """Lock a block, which keeps it from being evicted until it is unlocked as often."""
        entry = self.entries.get(block)
        if entry is None:
            return False
        entry.readers += 1
        return True

    def unlock(self, block: str) -> bool:
        """Take one read lock off."""
        entry = self.entries.get(block)
        if entry is None or not entry.readers:
            return False
        entry.readers -= 1
        return True

    def evict_blocks_to_free_space(self, block: str | None, space: int, pool: StorageMemoryPool) -> int:
        """Evict as many blocks as it takes, least recently used first, and say how much that freed.

        A candidate is of the same memory mode, not being read, and not of the RDD of the block that
        wants the space.  Blocks go whole, so more may come free than was wanted; and where all
        candidates together are too small, none goes.
        """
        rdd = rdd_id(block)
        selected = []
        freed = 0
        for name, entry in self.entries.items():
            if entry.pool is pool and not entry.readers and (rdd is None or rdd != entry.rdd):
                selected.append(name)
                freed += entry.size
                if freed >= space:
                    break
        if freed < space:
            return 0
        for name in selected:
            pool.release_memory(self.entries.pop(name).size)
        self.evicted += selected
        return freed


class StorageMemoryPool(MemoryPool):
    """Cached blocks, broadcasts and what is being unrolled; the memory store evicts for it."""

    __slots__ = ("memory_store", "off_heap")

    def __init__(self, pool_size: int, off_heap: bool, memory_store: MemoryStore) -> None:
        super().__init__(pool_size)
        self.off_heap = off_heap
        self.memory_store = memory_store

    def acquire_memory(self, block: str, num_bytes: int, num_bytes_to_free: int | None = None) -> bool:
        """Take memory for a block, evicting others for what is not free; all of it or nothing."""
        if num_bytes_to_free is None:
            num_bytes_to_free = num_bytes - self.pool_size + self.memory_used
        if num_bytes_to_free > 0:
            self.memory_store.evict_blocks_to_free_space(block, num_bytes_to_free, self)
        if num_bytes > self.pool_size - self.memory_used:  # an eviction has called release_memory meanwhile
            return False
        self.memory_used += num_bytes
        return True

    def release_memory(self, size: int) -> None:
        """Give memory back; asking for more than there is gives back all."""
        self.memory_used = max(0, self.memory_used - size)

    def free_space_to_shrink_pool(self, space_to_free: int) -> int:
        """How much the caller may take off the pool: free memory first, then whole blocks, so it can be more."""
        released = min(space_to_free, self.pool_size - self.memory_used)
        remaining = space_to_free - released
        if remaining > 0:
            return released + self.memory_store.evict_blocks_to_free_space(None, remaining, self)
        return released
