"""Storage memory: what caching and broadcasting take, and where."""

import os
import signal

from tools.oracle.kinds import companion

from ..experiment import SPARKS, Figures, count, experiment, size, text, yes
from .context import Spark, wait

LEVELS = ("MEMORY_ONLY", "MEMORY_ONLY_SER", "MEMORY_AND_DISK", "DISK_ONLY", "OFF_HEAP")
ROWS = 300_000
OFF_HEAP = {"spark.memory.offHeap.enabled": "true", "spark.memory.offHeap.size": "256m"}


@experiment(
    "broadcast-memory",
    question="Which memory does a broadcast variable take?",
    statement="Storage memory, by about its size; execution memory does not change, and destroying the broadcast gives all "
              "of it back.",
    ran="local[2], -Xmx512m; a broadcast of a long[1000000]; storageMemoryUsed and executionMemoryUsed of "
        "the memory manager",
    on=SPARKS,
)
def broadcast_memory(release: str) -> Figures:
    with Spark(release) as spark:
        storage, execution = spark.memory.storageMemoryUsed(), spark.memory.executionMemoryUsed()
        values = spark.view.java.lang.reflect.Array.newInstance(spark.view.java.lang.Long.TYPE, 1_000_000)
        sent = spark.context.broadcast(values)
        after, execution_after = spark.memory.storageMemoryUsed(), spark.memory.executionMemoryUsed()
        sent.destroy(True)
        wait(lambda: spark.memory.storageMemoryUsed() == storage)
        return {
            "values": size(8 * 1_000_000),
            "storage-growth": size(after - storage),
            "execution-growth": size(execution_after - execution),
            "storage-after-destroy": size(spark.memory.storageMemoryUsed() - storage),
        }


@experiment(
    "storage-levels-rdd",
    question="How large is the same RDD at each storage level?",
    statement="Deserialized it takes more than twice what it takes serialized; on disk and off heap it is serialized, and "
              "DISK_ONLY takes no storage memory.  In 4.3.0 serialized blocks are compressed unasked, in 3.5.9 "
              "they are not.",
    ran="local[2], -Xmx768m, spark.memory.offHeap.size=256m; 300,000 strings in 4 partitions, cached at each "
        "level; bytes in "
        "memory and on disk as the Storage page sums them",
    on=SPARKS,
)
def storage_levels_rdd(release: str) -> Figures:
    with Spark(release, settings=OFF_HEAP, options=("-Xmx768m", "-XX:+UseG1GC")) as spark:
        figures: Figures = {"rows": count(ROWS), "compressed": yes(_compresses(spark))}
        for name in LEVELS:
            rdd = spark.longs(ROWS, 4).map(spark.view.probes.Name()).persist(spark.level(name))
            rdd.count()
            figures |= _cached(spark, name)
            rdd.unpersist(True)
        return figures


@experiment(
    "storage-levels-dataframe",
    question="How large is the same DataFrame at each storage level?",
    statement="A cached DataFrame is columnar at every level and smaller than its rows as objects; MEMORY_ONLY_SER is no "
              "smaller than MEMORY_ONLY, except where spark.rdd.compress is on, which it is unasked in 4.3.0.",
    ran="local[2], -Xmx768m, spark.memory.offHeap.size=256m; 300,000 rows of a long and the strings of "
        "storage-levels-rdd, in "
        "4 partitions, cached at each level",
    on=SPARKS,
)
def storage_levels_dataframe(release: str) -> Figures:
    with Spark(release, settings=OFF_HEAP, options=("-Xmx768m", "-XX:+UseG1GC")) as spark:
        figures: Figures = {"rows": count(ROWS), "compressed": yes(_compresses(spark))}
        columns = spark.jvm.array("java.lang.String", "id", "concat('record of the probe, number ', id) AS name")
        for name in LEVELS:
            frame = spark.session.range(0, ROWS, 1, 4).selectExpr(columns).persist(spark.level(name))
            frame.count()
            figures |= _cached(spark, name)
            frame.unpersist(True)
        return figures


def _compresses(spark: Spark) -> bool:
    """Whether spark.rdd.compress is true, which nobody set here."""
    entry = companion(spark.jvm, "org.apache.spark.internal.config.package").RDD_COMPRESS()
    return bool(spark.context.sc().conf().get(entry))


def _cached(spark: Spark, name: str) -> Figures:
    """The bytes of what is cached, in memory, of that off the heap, and on disk."""
    found = spark.cached()
    off_heap = sum(row.memoryMetrics().get().usedOffHeapStorageMemory() for row in spark.executors())
    return {f"{name}-memory": size(found["memory"]), f"{name}-off-heap": size(off_heap), f"{name}-disk": size(found["disk"])}


@experiment(
    "off-heap-cache-after-kill",
    question="Does a cache in off-heap memory outlive its executor?",
    statement="No: off-heap memory is memory of the process. When the executor is killed its blocks are gone, and the next "
              "action computes them again.",
    ran="local-cluster[1,1,512], spark.memory.offHeap.size=128m; 4 partitions persisted OFF_HEAP and counted, the executor "
        "killed with SIGKILL, then the blocks counted, and after the next action",
    on=SPARKS,
)
def off_heap_cache_after_kill(release: str) -> Figures:
    settings = {"spark.executor.memory": "512m", "spark.memory.offHeap.enabled": "true", "spark.memory.offHeap.size": "128m"}
    with Spark(release, "local-cluster[1,1,512]", settings) as spark:
        rdd = spark.longs(20_000, 4).map(spark.view.probes.Name()).persist(spark.level("OFF_HEAP"))
        rdd.count()
        wait(lambda: spark.cached()["blocks"] == 4)
        before = spark.cached()
        (pid,) = spark.executor_pids()
        os.kill(pid, signal.SIGKILL)
        wait(lambda: any(not row.isActive() for row in spark.executors(active=False)))
        after = spark.cached()
        rows = rdd.count()
        wait(lambda: spark.cached()["blocks"] == 4)
        lost = next(row for row in spark.executors(active=False) if not row.isActive())
        return {
            "blocks-before": count(before["blocks"]),
            "memory-before": size(before["memory"]),
            "blocks-after-kill": count(after["blocks"]),
            "rows-computed-again": count(rows),
            "blocks-computed-again": count(spark.cached()["blocks"]),
            "text": text(lost.removeReason().get()),
        }


@experiment(
    "off-heap-under-a-direct-limit",
    question="Does -XX:MaxDirectMemorySize bound Spark's off-heap memory?",
    statement="No: with a limit of 64 MiB both an OFF_HEAP cache and execution memory off the heap get 100 MiB and more, "
              "while a direct buffer of 100 MiB is refused.",
    ran="local[1], -Xmx512m -XX:MaxDirectMemorySize=64m, spark.memory.offHeap.size=400m; 20 partitions of 10 MiB persisted "
        "OFF_HEAP, 100 MiB from the Tungsten allocator, 100 MiB from ByteBuffer.allocateDirect",
    on=SPARKS,
)
def off_heap_under_a_direct_limit(release: str) -> Figures:
    settings = {"spark.memory.offHeap.enabled": "true", "spark.memory.offHeap.size": "400m"}
    options = ("-Xmx512m", "-XX:+UseG1GC", "-XX:MaxDirectMemorySize=64m")
    with Spark(release, "local[1]", settings, options) as spark:
        rdd = spark.longs(20, 20).map(spark.view.probes.Payload(10 << 20)).persist(spark.level("OFF_HEAP"))
        rdd.count()
        cached = sum(row.memoryMetrics().get().usedOffHeapStorageMemory() for row in spark.executors())
        block = spark.memory.tungstenMemoryAllocator().allocate(100 << 20)
        refused = spark.failure(lambda: spark.view.java.nio.ByteBuffer.allocateDirect(100 << 20))
        return {
            "limit": size(64 << 20),
            "cached-off-heap": size(cached),
            "tungsten-off-heap": size(block.size()),
            "tungsten-is-off-heap": yes(block.getBaseObject() is None),
            "text": text(refused),
        }
