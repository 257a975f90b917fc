"""A memory manager for a configuration: what it is made with, and what Spark refuses on the way.

Sizes come from ``unified_regions`` and ``static_regions``; here is only the order in which Spark reads.
"""

from __future__ import annotations

from typing import Any

from sparkmem.errors import InputError
from sparkmem.facts import fact
from sparkmem.release import since
from sparkmem.spark.managers import static_regions, unified_regions
from sparkmem.spark.managers.memory_manager import MemoryManager
from sparkmem.spark.managers.pools import SEE
from sparkmem.spark.managers.static_manager import StaticMemoryManager
from sparkmem.spark.managers.unified_manager import UnifiedMemoryManager
from sparkmem.spark.settings import config, static_shares
from sparkmem.spark.settings.entry import Entry
from sparkmem.spark.settings.plain_values import plain_long, size_as_bytes
from sparkmem.spark.settings.spark_conf import SparkConf

UNIFIED, STATIC = "unified", "static"


def unified_manager(conf: SparkConf, process: str = "driver") -> UnifiedMemoryManager:
    """``UnifiedMemoryManager(conf, …)``; ``Refused`` as Spark refuses, at its first fault.

    >>> unified_manager(SparkConf({"spark.testing.memory": "4294967296"}, "4.3")).on_heap.max_memory
    2388236697
    """
    release = conf.release
    system = _system_memory(conf)
    reserved = _reserved_memory(conf)
    least = unified_regions.min_system_memory(reserved, release)
    unified_regions.check_system_memory(system, least, process, release)
    _check_executor_memory(conf, least)
    fraction = conf.get(config.MEMORY_FRACTION)
    storage_fraction = conf.get(config.MEMORY_STORAGE_FRACTION)
    on_heap = unified_regions.on_heap_regions(system, reserved, fraction, storage_fraction)
    unified_regions.check_pools(on_heap, release)
    return UnifiedMemoryManager(on_heap, _off_heap(conf))


def static_manager(conf: SparkConf) -> StaticMemoryManager:
    """``StaticMemoryManager(conf, …)`` of Spark 2.4."""
    if since(conf.release, "3.0"):
        message = f"Spark {conf.release} has no static memory manager; it went with 3.0"
        change = f"replay it on {static_regions.RELEASE}"
        raise InputError("manager", message, "calculators/legacy-memory/#gone", change=change)
    system = _system_memory(conf)
    least = int(fact("LEGACY_MIN_MEMORY_BYTES", static_regions.RELEASE))
    unified_regions.check_system_memory(system, least, "driver", static_regions.RELEASE)
    _check_executor_memory(conf, least)
    execution = _share(conf, system, static_shares.SHUFFLE_MEMORY_FRACTION, static_shares.SHUFFLE_SAFETY_FRACTION)
    storage = _share(conf, system, static_shares.STORAGE_MEMORY_FRACTION, static_shares.STORAGE_SAFETY_FRACTION)
    static_regions.check_pools(storage, execution)
    off_heap = _off_heap(conf)
    unroll = static_regions.unroll_memory(storage.usable_bytes, conf.get(static_shares.STORAGE_UNROLL_FRACTION))
    return StaticMemoryManager(storage, execution, unroll, off_heap.unified_bytes)


def initial(manager: MemoryManager, conf: SparkConf, cores: int, gc: str) -> dict[str, Any]:
    """What a manager says of itself before anything has happened, in the terms of a trace's answer [bytes]."""
    fraction = conf.get(config.MEMORY_STORAGE_FRACTION)
    off_heap_fraction = unified_regions.off_heap_regions(manager.off_heap.max_memory, fraction)
    enabled = conf.get(config.MEMORY_OFFHEAP_ENABLED)
    # The static manager settles its page size before it joins the pools off the heap.
    pool = off_heap_fraction.execution_bytes if enabled else manager.on_heap.execution.pool_size
    page = conf.get(config.BUFFER_PAGESIZE)
    if page is None:
        page = unified_regions.page_size(pool, cores, enabled, gc, conf.release)
    heap = {"maxHeapMemory": manager.on_heap.max_memory, "onHeapStorageRegionSize": manager.on_heap.storage_region_size}
    return {
        **(heap if isinstance(manager, UnifiedMemoryManager) else {}),
        "maxOnHeapStorageMemory": manager.max_on_heap_storage_memory(),
        "maxOffHeapStorageMemory": manager.max_off_heap_storage_memory(),
        "maxOffHeapMemory": manager.off_heap.max_memory,
        "offHeapStorageMemory": off_heap_fraction.storage_bytes,
        "onHeapStoragePool": manager.on_heap.storage.pool_size,
        "onHeapExecutionPool": manager.on_heap.execution.pool_size,
        "offHeapStoragePool": manager.off_heap.storage.pool_size,
        "offHeapExecutionPool": manager.off_heap.execution.pool_size,
        "pageSize": page,
        "tungstenMode": "OFF_HEAP" if enabled else "ON_HEAP",
    }


def _system_memory(conf: SparkConf) -> int:
    system = conf.get(config.TEST_MEMORY)
    if system is None:
        key = config.TEST_MEMORY.key
        change = f"give {key}, in bytes; sparkmem executor-memory works it out from -Xmx and the collector"
        raise InputError(key, "a replay has no JVM that could report Runtime.maxMemory", SEE, change=change)
    return int(system)


def _reserved_memory(conf: SparkConf) -> int:
    text = conf.text(config.TEST_RESERVED_MEMORY.key)
    if text is not None:
        return plain_long(config.TEST_RESERVED_MEMORY.key, text)
    return 0 if conf.text("spark.testing") is not None else int(fact("RESERVED_SYSTEM_MEMORY_BYTES", conf.release))


def _check_executor_memory(conf: SparkConf, least: int) -> None:
    key = config.EXECUTOR_MEMORY.key
    text = conf.text(key)
    if text is not None:
        unified_regions.check_executor_memory(size_as_bytes(key, text, conf.release), least, conf.release)


def _share(conf: SparkConf, system: int, memory: Entry, safety: Entry) -> static_regions.Share:
    return static_regions.share(system, conf.get(memory), conf.get(safety))


def _off_heap(conf: SparkConf) -> unified_regions.Regions:
    """The pools off the heap, and after them the check that every manager makes of the switch."""
    size = conf.get(config.MEMORY_OFFHEAP_SIZE)
    regions = unified_regions.off_heap_regions(size, conf.get(config.MEMORY_STORAGE_FRACTION))
    unified_regions.check_pools(regions, conf.release, True)
    unified_regions.check_off_heap(conf.get(config.MEMORY_OFFHEAP_ENABLED), size)
    if conf.text(config.BUFFER_PAGESIZE.key) is not None:
        conf.get(config.BUFFER_PAGESIZE)
    return regions
