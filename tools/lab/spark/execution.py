"""Execution memory: what it may take from storage, and what happens when it runs out."""

from ..experiment import SPARKS, Figures, count, experiment, size
from .context import Spark

TASK = 4711
BLOCK = 5 << 20
BLOCKS = 20
SORTED_ROWS = 5_000_000


@experiment(
    "execution-and-storage",
    question="What may execution take from storage, and storage from execution?",
    statement="Execution has blocks evicted until storage is down to its region (whole blocks go, so it may end a part of a "
              "block below); storage evicts nothing of execution's, and what does not fit beside it is not cached.",
    ran="local[1], -Xmx512m; 20 blocks of 5 MiB cached, then all of Spark memory asked for as execution memory, then "
        "10 blocks more cached while it is held",
    on=SPARKS,
)
def execution_and_storage(release: str) -> Figures:
    with Spark(release, "local[1]") as spark:
        on_heap = spark.view.org.apache.spark.memory.MemoryMode.ON_HEAP
        whole = spark.memory.maxOnHeapStorageMemory()
        serialized = spark.level("MEMORY_ONLY_SER")
        spark.longs(BLOCKS, BLOCKS).map(spark.view.probes.Payload(BLOCK)).persist(serialized).count()
        full, blocks = spark.memory.storageMemoryUsed(), spark.cached()["blocks"]
        granted = spark.memory.acquireExecutionMemory(whole, TASK, on_heap)
        left, blocks_left = spark.memory.storageMemoryUsed(), spark.cached()["blocks"]
        spark.longs(10, 10).map(spark.view.probes.Payload(BLOCK)).persist(serialized).count()
        held = spark.memory.executionMemoryUsed()
        return {
            "spark-memory": size(whole),
            "storage-region": size(spark.jvm.field(spark.memory, "onHeapStorageRegionSize")),
            "block": size(BLOCK),
            "storage-full": size(full),
            "blocks-full": count(blocks),
            "execution-granted": size(granted),
            "storage-left": size(left),
            "blocks-left": count(blocks_left),
            "execution-while-caching": size(held),
            "storage-at-end": size(spark.memory.storageMemoryUsed()),
        }


@experiment(
    "spill-of-a-sort",
    question="What do the two figures of a spill say?",
    statement="Memory spilled is what the rows took in memory, disk spilled what was written, serialized and compressed: "
              "the same rows counted twice, not two amounts to add, and here the first is about twice the second.",
    ran="local[1], -Xmx512m; 5,000,000 rows sorted by a hash, without a shuffle (sortWithinPartitions), results thrown "
        "away; the metrics of the stages",
    on=SPARKS,
)
def spill_of_a_sort(release: str) -> Figures:
    with Spark(release, "local[1]") as spark:
        columns = spark.jvm.array("java.lang.String", "hash(id) AS k", "id")
        order = spark.jvm.array("java.lang.String")
        frame = spark.session.range(0, SORTED_ROWS, 1, 1).selectExpr(columns).sortWithinPartitions("k", order)
        frame.write().format("noop").mode("overwrite").save()
        stages = spark.stages()
        return {
            "rows": count(SORTED_ROWS),
            "spark-memory": size(spark.memory.maxOnHeapStorageMemory()),
            "memory-spilled": size(sum(stage.memoryBytesSpilled() for stage in stages)),
            "disk-spilled": size(sum(stage.diskBytesSpilled() for stage in stages)),
            "peak-execution-memory": size(max(stage.peakExecutionMemory() for stage in stages)),
        }
