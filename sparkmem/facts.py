"""Numbers that Spark and the JVM decided, each with its unit and its witness.

A number that differs between releases has a row for each; ``at`` gives the one in force.
Defaults of configuration keys are with their entries in ``spark/settings/``.
"""

from dataclasses import dataclass
from functools import cache

from sparkmem.release import release, since
from sparkmem.size import GIB, MIB, mib_text
from sparkmem.source import Source

Number = int | float

_UNIFIED = "core/src/main/scala/org/apache/spark/memory/UnifiedMemoryManager.scala"
_MANAGER = "core/src/main/scala/org/apache/spark/memory/MemoryManager.scala"
_SHARED = "src/hotspot/share/"
_GC = "gc/shared/gc_globals.hpp"
_BROADCAST = "sql/core/src/main/scala/org/apache/spark/sql/execution/exchange/BroadcastExchangeExec.scala"
_YARN_API = "hadoop-yarn-project/hadoop-yarn/hadoop-yarn-api/src/main/java/org/apache/hadoop/yarn/"
_ROCKSDB = "sql/core/src/main/scala/org/apache/spark/sql/execution/streaming/state/RocksDB.scala"
_TAGS = {"OpenJDK": "jdk-17+35", "Hadoop": "rel/release-3.4.1"}


@dataclass(frozen=True, eq=False)
class Fact:
    """One number: ``rows`` says what it is from which release on, oldest first."""

    name: str
    meaning: str
    unit: str
    rows: tuple[tuple[str, Number], ...]
    path: str
    symbol: str
    project: str = "Spark"
    last: str = ""  # the last release that has it, where that is not the newest
    tag: str = ""  # the tag at which it stands, where no release that the model knows has it

    def at(self, release_name: str) -> Number:
        """The number at that release, in the fact's unit."""
        if len(self.rows) == 1:
            return self.rows[0][1]
        return next(value for first, value in reversed(self.rows) if since(release_name, first))

    def source(self, release_name: str) -> Source:
        """Its witness at that release's tag; for the JVM and for YARN, at a tag of their own."""
        return _witness(self, release_name)

    def text(self, release_name: str) -> str:
        """The number as people read it."""
        value = self.at(release_name)
        return mib_text(int(value)) if self.unit == "bytes" else f"{value:g}"


@cache  # each answer names a score of them
def _witness(fact: Fact, release_name: str) -> Source:
    named = fact.last if fact.last and since(release_name, fact.last) else release_name
    tag = fact.tag or _TAGS.get(fact.project) or release(named).tag
    return Source(fact.project, tag, fact.path, fact.symbol)


def _spark(name: str, meaning: str, unit: str, value: Number, path: str, symbol: str) -> Fact:
    return Fact(name, meaning, unit, (("2.4", value),), path, symbol)


def _jvm(name: str, meaning: str, unit: str, value: Number, path: str) -> Fact:
    return Fact(name, meaning, unit, (("2.4", value),), _SHARED + path, name, "OpenJDK")


def _yarn(name: str, meaning: str, unit: str, value: Number, symbol: str) -> Fact:
    return Fact(name, meaning, unit, (("2.4", value),), _YARN_API + "conf/YarnConfiguration.java", symbol, "Hadoop")


FACTS: dict[str, Fact] = {
    fact.name: fact
    for fact in (
        _spark(
            "RESERVED_SYSTEM_MEMORY_BYTES", "heap that Spark sets aside before it divides the rest", "bytes",
            300 * MIB, _UNIFIED, "RESERVED_SYSTEM_MEMORY_BYTES",
        ),
        _spark(
            "MIN_SYSTEM_MEMORY_FACTOR", "least heap, in multiples of the reserved memory", "times",
            1.5, _UNIFIED, "minSystemMemory",
        ),
        _spark("MIN_PAGE_SIZE_BYTES", "smallest Tungsten page", "bytes", MIB, _MANAGER, "minPageSize"),
        _spark("MAX_PAGE_SIZE_BYTES", "largest Tungsten page", "bytes", 64 * MIB, _MANAGER, "maxPageSize"),
        _spark("PAGE_SAFETY_FACTOR", "pages that each core should find room for", "times", 16, _MANAGER, "safetyFactor"),
        _spark(
            # Two for each of the 4096 records of spark.shuffle.sort.initialBufferSize.
            "FIRST_POINTER_ARRAY_LONGS", "entries of the first pointer array of a sorter, 8 bytes each", "longs", 8192,
            "core/src/main/java/org/apache/spark/util/collection/unsafe/sort/UnsafeInMemorySorter.java", "initialSize * 2",
        ),
        Fact(
            "PAGE_ARRAY_HEADER_BYTES", "header of a Java array, taken off the page so that both fit one region", "bytes",
            (("2.4", 0), ("3.3", 16)), "common/unsafe/src/main/java/org/apache/spark/unsafe/Platform.java",
            "LONG_ARRAY_OFFSET",
        ),
        _jvm("NewRatio", "old generation, in sizes of the young one", "times", 2, _GC),
        _jvm("SurvivorRatio", "eden, in sizes of one survivor space", "times", 8, _GC),
        _jvm("MinSurvivorRatio", "Parallel: young generation in largest survivor spaces", "times", 3, _GC),
        _jvm("InitialSurvivorRatio", "Parallel: young generation in first survivor spaces", "times", 8, _GC),
        Fact(
            "HEAP_ALIGNMENT", "step of the heap's size", "bytes", (("2.4", 2 * MIB),),
            _SHARED + "gc/shared/cardTable.cpp", "ct_max_alignment_constraint", "OpenJDK",
        ),
        Fact(
            "MAX_HEAP_SIZE", "heap below which MaxRAMPercentage does not go without -Xmx", "bytes", (("2.4", 130862280),),
            _SHARED + "gc/shared/gc_globals.hpp", "MaxHeapSize", "OpenJDK",  # ScaleForWordSize(96 * M) on 64 bit
        ),
        Fact(
            "MAX_RAM", "most memory of which the JVM takes shares unasked", "bytes", (("2.4", 128 * GIB),),
            _SHARED + "gc/shared/gc_globals.hpp", "MaxRAM", "OpenJDK",
        ),
        Fact(
            "SERVER_CLASS_MEMORY", "least memory at which the JVM takes G1 by itself", "bytes",
            (("2.4", 2 * GIB - 256 * MIB),),
            _SHARED + "runtime/os.cpp", "is_server_class_machine", "OpenJDK",
        ),
        Fact(
            "SERVER_CLASS_PROCESSORS", "least processors with which the JVM takes G1 by itself", "processors", (("2.4", 2),),
            _SHARED + "runtime/os.cpp", "is_server_class_machine", "OpenJDK",
        ),
        _jvm("G1MaxNewSizePercent", "G1: most of the heap that is young", "percent", 60, "gc/g1/g1_globals.hpp"),
        Fact(
            "LEGACY_MIN_MEMORY_BYTES", "least heap of the static memory manager", "bytes", (("2.4", 32 * MIB),),
            "core/src/main/scala/org/apache/spark/memory/StaticMemoryManager.scala", "MIN_MEMORY_BYTES", last="2.4",
        ),
        _spark(
            "MEMORY_OVERHEAD_FACTOR", "share of the heap that a container adds as overhead", "times", 0.1,
            "resource-managers/yarn/src/main/scala/org/apache/spark/deploy/yarn/YarnSparkHadoopUtil.scala",
            "MEMORY_OVERHEAD_FACTOR",
        ),
        _spark(
            "MEMORY_OVERHEAD_MIN_BYTES", "least overhead of a container", "bytes", 384 * MIB,
            "resource-managers/yarn/src/main/scala/org/apache/spark/deploy/yarn/Client.scala", "amMemoryOverhead",
        ),
        _spark(
            "NON_JVM_MEMORY_OVERHEAD_FACTOR", "the same share on Kubernetes for applications in Python and R", "times", 0.4,
            "resource-managers/kubernetes/core/src/main/scala/org/apache/spark/deploy/k8s/Config.scala",
            "MEMORY_OVERHEAD_FACTOR",
        ),
        _spark(
            "MAX_BROADCAST_TABLE_BYTES", "size from which a table cannot be broadcast", "bytes",
            8 * GIB, _BROADCAST, "dataSize",
        ),
        Fact(
            "MAX_BROADCAST_HASHED_ROWS", "rows from which a table cannot be broadcast for a hash join", "rows",
            (("2.4", 512_000_000), ("3.0", 357_913_941)), _BROADCAST, "numRows",
        ),
        Fact(
            "MAX_BROADCAST_TABLE_ROWS", "rows from which a table cannot be broadcast for any other join", "rows",
            (("2.4", 512_000_000), ("3.0", 357_913_941), ("3.2", 512_000_000)), _BROADCAST, "numRows",
        ),
        Fact(
            "MEMORY_FRACTION_1_6", "default of spark.memory.fraction in Spark 1.6", "times", (("2.4", 0.75),),
            _UNIFIED, "spark.memory.fraction", tag="v1.6.3",
        ),
        _spark(
            "DEFAULT_NUMBER_EXECUTORS", "executors where no setting says how many, on YARN and Kubernetes", "executors", 2,
            "core/src/main/scala/org/apache/spark/scheduler/cluster/SchedulerBackendUtils.scala", "DEFAULT_NUMBER_EXECUTORS",
        ),
        _yarn(
            "NM_VMEM_PMEM_RATIO", "address space that a container may have, in multiples of its memory", "times", 2.1,
            "DEFAULT_NM_VMEM_PMEM_RATIO",
        ),
        _yarn(
            "YARN_MINIMUM_ALLOCATION", "least container of Hadoop's own defaults", "bytes", 1024 * MIB,
            "DEFAULT_RM_SCHEDULER_MINIMUM_ALLOCATION_MB",
        ),
        _yarn(
            "YARN_MAXIMUM_ALLOCATION", "largest container of Hadoop's own defaults", "bytes", 8192 * MIB,
            "DEFAULT_RM_SCHEDULER_MAXIMUM_ALLOCATION_MB",
        ),
        _yarn(
            "NM_CONTAINER_MON_INTERVAL_MS", "time between two looks at a container's memory", "milliseconds", 3000,
            "DEFAULT_NM_CONTAINER_MON_INTERVAL_MS",
        ),
        Fact(
            "ROCKSDB_MAX_MEMORY", "memory of all state stores of an executor, where it is bounded", "bytes",
            (("2.4", 500 * MIB),), _ROCKSDB, "MAX_MEMORY_USAGE_MB",
        ),
        Fact(
            "ROCKSDB_BLOCK_CACHE", "block cache of one state store, where memory is not bounded", "bytes",
            (("2.4", 8 * MIB),), _ROCKSDB, "blockCacheSizeMB",
        ),
        _spark(
            "STANDALONE_WORKER_KEPT_BYTES", "memory of a machine that a standalone worker does not offer", "bytes",
            1024 * MIB, "core/src/main/scala/org/apache/spark/deploy/worker/WorkerArguments.scala", "inferDefaultMemory",
        ),
    )
}  # fmt: skip


def fact(name: str, release_name: str) -> Number:
    """The number of that name at that release.

    >>> fact("RESERVED_SYSTEM_MEMORY_BYTES", "4.3")
    314572800
    """
    return FACTS[name].at(release_name)
