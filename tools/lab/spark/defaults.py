"""What Spark's own entries say that they are where nobody sets them."""

from typing import Any

from tools.oracle import jvm, packages
from tools.oracle.kinds import companion
from tools.oracle.releases import at_least

from ..experiment import SPARKS, Figures, experiment, ratio, size, text
from .context import JAVA

_CONFIG = "org.apache.spark.internal.config"
OBJECTS = [f"{_CONFIG}.package", f"{_CONFIG}.UI", f"{_CONFIG}.Kryo", f"{_CONFIG}.History", f"{_CONFIG}.Network",
           f"{_CONFIG}.Status", "org.apache.spark.sql.internal.SQLConf", "org.apache.spark.sql.internal.StaticSQLConf"]
"""The objects that hold entries: each is known to Spark once its object has been loaded."""
_CONNECT = "org.apache.spark.sql.connect.config.Connect"

KEYS = [
    "spark.shuffle.sort.bypassMergeThreshold", "spark.shuffle.file.buffer", "spark.shuffle.push.enabled",
    "spark.sql.shuffle.partitions", "spark.sql.adaptive.enabled", "spark.sql.adaptive.shuffle.targetPostShuffleInputSize",
    "spark.sql.adaptive.coalescePartitions.enabled", "spark.sql.adaptive.coalescePartitions.parallelismFirst",
    "spark.sql.adaptive.coalescePartitions.minPartitionSize", "spark.sql.adaptive.coalescePartitions.initialPartitionNum",
    "spark.sql.adaptive.skewJoin.enabled", "spark.sql.adaptive.skewJoin.skewedPartitionFactor",
    "spark.sql.adaptive.skewJoin.skewedPartitionThresholdInBytes",
    "spark.sql.adaptive.maxShuffledHashJoinLocalMapThreshold", "spark.sql.adaptive.autoBroadcastJoinThreshold",
    "spark.sql.autoBroadcastJoinThreshold", "spark.sql.join.preferSortMergeJoin", "spark.sql.shuffledHashJoinFactor",
    "spark.sql.objectHashAggregate.sortBased.fallbackThreshold", "spark.sql.execution.useObjectHashAggregateExec",
    "spark.sql.windowExec.buffer.in.memory.threshold", "spark.sql.cartesianProductExec.buffer.in.memory.threshold",
    "spark.sql.parquet.columnarReaderBatchSize", "spark.sql.orc.columnarReaderBatchSize",
    "spark.sql.parquet.enableVectorizedReader", "spark.sql.files.maxPartitionBytes",
    "spark.sql.maxConcurrentOutputFileWriters", "spark.sql.thriftServer.incrementalCollect",
    "spark.sql.ui.retainedExecutions", "spark.ui.retainedJobs", "spark.ui.retainedStages", "spark.ui.retainedTasks",
    "spark.ui.retainedDeadExecutors", "spark.history.retainedApplications", "spark.network.timeout",
    "spark.executor.heartbeatInterval", "spark.executor.heartbeat.maxFailures",
    "spark.sql.broadcastTimeout", "spark.history.store.hybridStore.maxMemoryUsage",
    "spark.rpc.message.maxSize", "spark.kryoserializer.buffer.max",
]
"""What pages quote."""

CONNECT_KEYS = [
    "spark.connect.grpc.maxInboundMessageSize", "spark.connect.grpc.arrow.maxBatchSize",
    "spark.connect.session.manager.defaultSessionTimeout", "spark.connect.session.planCache.maxSize",
    "spark.connect.execute.reattachable.observerRetryBufferSize",
    "spark.connect.session.connectML.mlCache.memoryControl.enabled",
]
"""The same of Spark Connect's server, whose jar is in the package since 4.0."""


@experiment(
    "defaults-of-entries",
    question="What are Spark's settings of joins, adaptive execution, readers and limits where nobody sets them?",
    statement="Both releases name the same 200 partitions for a shuffle of SQL and for the threshold of bypassing; adaptive "
              "execution and its coalescing are on, and a sort-merge join is preferred to a shuffled hash join.",
    ran="the entries of Spark's own configuration, asked for their defaults (Spark Connect's in 4.3 alone), and two "
        "constants of the Parquet that comes with it",
    on=SPARKS,
)
def defaults_of_entries(release: str) -> Figures:
    connect = at_least(release, "4.0")
    with jvm.Jvm(JAVA, ["-Xmx256m"], packages.spark_home(release) / "jars") as real:
        for name in [*OBJECTS, *([_CONNECT] if connect else [])]:
            companion(real, name)
        find = companion(real, "org.apache.spark.internal.config.ConfigEntry").findEntry
        parquet = {"parquet.block.size": size(_constant(real, "ParquetWriter", "DEFAULT_BLOCK_SIZE")),
                   "parquet.memory.pool.ratio": ratio(_constant(real, "MemoryManager", "DEFAULT_MEMORY_POOL_RATIO"))}
        keys = [*KEYS, *(CONNECT_KEYS if connect else [])]
        return parquet | {key: text(str(find(key).defaultValueString())) for key in keys}


def _constant(real: jvm.Jvm, name: str, constant: str) -> Any:
    """A constant of one of Parquet's classes."""
    found = real.view.java.lang.Class.forName(f"org.apache.parquet.hadoop.{name}").getDeclaredField(constant)
    found.setAccessible(True)
    return found.get(None)
