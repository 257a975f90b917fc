"""The jobs: what each does, with which settings, and what a reader of its log must find first."""

import os
import signal
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tools.lab.spark.context import Spark

Act = Callable[[Spark], None]


@dataclass(frozen=True)
class Job:
    """One job: the master, settings beside the common ones, and the id of the finding that must come first.

    Where ``python`` is set it is a function of programs.py, run by PySpark; else ``act`` is.
    """

    id: str
    expect: str
    act: Act | None = None
    python: str = ""
    master: str = "local-cluster[1,2,1024]"
    settings: Mapping[str, str] = field(default_factory=dict)


JOBS: dict[str, Job] = {}


def job(id: str, expect: str, **more: Any) -> Callable[[Act], Act]:
    """Registers what a job does."""
    def register(act: Act) -> Act:
        JOBS[id] = Job(id, expect, act, **more)
        return act
    return register


def noop(spark: Spark, query: str) -> None:
    """Runs a query and throws its rows away."""
    spark.session.sql(query).write().format("noop").mode("overwrite").save()


def attempted(action: Callable[[], Any], spark: Spark) -> None:
    """An action that is meant to fail."""
    spark.failure(action)


ONE_CORE = {"spark.executor.cores": "1"}
CLUSTER_1 = "local-cluster[1,1,1024]"
PLAIN = {"spark.sql.adaptive.enabled": "false"}


@job("executor-out-of-memory", "heap-full", settings={"spark.task.maxFailures": "1"})
def _heap(spark: Spark) -> None:
    attempted(spark.longs(1, 1).mapPartitions(spark.view.probes.UserMap(False)).collect, spark)


@job("executor-out-of-memory-retried", "heap-full", settings={"spark.task.maxFailures": "2"})
def _heap_twice(spark: Spark) -> None:
    noop(spark, "SELECT id % 10 AS k, count(*) FROM range(100000) GROUP BY 1")
    attempted(spark.longs(2, 2).mapPartitions(spark.view.probes.UserMap(False)).collect, spark)


@job("sort-spills", "execution-short", master=CLUSTER_1, settings={**ONE_CORE, **PLAIN, "spark.memory.fraction": "0.12"})
def _sort(spark: Spark) -> None:
    columns = spark.jvm.array("java.lang.String", "hash(id) AS k", "id")
    frame = spark.session.range(0, 4_000_000, 1, 1).selectExpr(columns)
    frame.sortWithinPartitions("k", spark.jvm.array("java.lang.String")).write().format("noop").mode("overwrite").save()


@job("aggregation-spills", "execution-short", master=CLUSTER_1,
     settings={**ONE_CORE, **PLAIN, "spark.memory.fraction": "0.12", "spark.sql.shuffle.partitions": "1"})
def _aggregation(spark: Spark) -> None:
    noop(spark, "SELECT hash(id) AS k, count(*), sum(id) FROM range(0, 2500000, 1, 1) GROUP BY 1")


@job("join-spills", "execution-short", master=CLUSTER_1,
     settings={**ONE_CORE, **PLAIN, "spark.memory.fraction": "0.12", "spark.sql.shuffle.partitions": "1",
               "spark.sql.autoBroadcastJoinThreshold": "-1"})
def _join(spark: Spark) -> None:
    noop(spark, "SELECT a.id, b.id FROM (SELECT id, hash(id) AS k FROM range(0, 2000000, 1, 1)) a"
                " JOIN (SELECT id, hash(id) AS k FROM range(0, 2000000, 1, 1)) b ON a.k = b.k")


@job("window-spills", "execution-short", master=CLUSTER_1,
     settings={**ONE_CORE, **PLAIN, "spark.memory.fraction": "0.12", "spark.sql.shuffle.partitions": "1"})
def _window(spark: Spark) -> None:
    noop(spark, "SELECT id, row_number() OVER (PARTITION BY k ORDER BY id) FROM"
                " (SELECT id, hash(id) % 1000 AS k FROM range(0, 2500000, 1, 1))")


@job("skewed", "skew", master="local-cluster[1,2,1024]",
     settings={"spark.executor.cores": "2", **PLAIN, "spark.memory.fraction": "0.15", "spark.sql.shuffle.partitions": "8",
               "spark.sql.autoBroadcastJoinThreshold": "-1"})
def _skew(spark: Spark) -> None:
    noop(spark, "SELECT id, row_number() OVER (PARTITION BY k ORDER BY id DESC) FROM"
                " (SELECT id, IF(id % 10 < 9, 1, id % 64) AS k FROM range(0, 2500000, 1, 4))")


CACHE = {"spark.eventLog.logBlockUpdates.enabled": "true", "spark.eventLog.logStageExecutorMetrics": "true",
         "spark.executor.metrics.pollingInterval": "100"}


@job("cache-of-large-records", "heap-full", settings=CACHE)
def _large_records(spark: Spark) -> None:
    rdd = spark.longs(60, 12).map(spark.view.probes.Payload(12 << 20)).persist(spark.level("MEMORY_ONLY_SER"))
    rdd.count()
    rdd.count()


@job("cache-too-large", "storage-short", settings=CACHE)
def _cache(spark: Spark) -> None:
    rdd = spark.longs(600, 40).map(spark.view.probes.Payload(1 << 20)).persist(spark.level("MEMORY_ONLY_SER"))
    rdd.count()
    rdd.count()


@job("direct-memory", "direct-memory",  # with the usual 200m to memory an executor refuses to start under this limit
     settings={"spark.executor.extraJavaOptions": "-XX:MaxDirectMemorySize=64m",
               "spark.network.maxRemoteBlockSizeFetchToMem": "32m", "spark.task.maxFailures": "1"})
def _direct(spark: Spark) -> None:
    attempted(spark.longs(1, 1).mapPartitions(spark.view.probes.DirectBuffers(100)).collect, spark)


@job("killed-from-outside", "killed", settings={"spark.task.maxFailures": "2"})
def _killed(spark: Spark) -> None:
    spark.longs(2, 2).count()
    (pid,) = spark.executor_pids()
    threading.Timer(2.0, os.kill, (pid, signal.SIGKILL)).start()
    spark.longs(4, 4).map(spark.view.probes.Sleeping(1500)).count()
    time.sleep(1)


@job("result-too-large", "result-too-large", settings={"spark.driver.maxResultSize": "1m"})
def _result(spark: Spark) -> None:
    attempted(spark.longs(6, 3).map(spark.view.probes.Payload(400 << 10)).collect, spark)


@job("broadcast-too-large", "result-too-large", settings={"spark.driver.maxResultSize": "4m", **PLAIN})
def _broadcast(spark: Spark) -> None:
    attempted(lambda: noop(spark, "SELECT /*+ BROADCAST(b) */ a.id FROM range(1000) a JOIN"
                                  " (SELECT id, repeat(cast(hash(id) AS string), 20) s FROM range(400000)) b ON a.id = b.id"
                                  " WHERE length(b.s) > 3"), spark)


JOBS["python-worker-limit"] = Job("python-worker-limit", "python-worker", python="limit",
                                  settings={"spark.executor.pyspark.memory": "512m", "spark.executor.cores": "2",
                                            "spark.task.maxFailures": "1"})
JOBS["python-worker-killed"] = Job("python-worker-killed", "python-worker-crashed", python="killed",
                                   settings={"spark.executor.cores": "2", "spark.task.maxFailures": "1"})
JOBS["python-healthy"] = Job("python-healthy", "", python="healthy",
                             settings={"spark.executor.cores": "2", "spark.executor.processTreeMetrics.enabled": "true",
                                       "spark.executor.metrics.pollingInterval": "200"})

METRICS = {"spark.eventLog.logStageExecutorMetrics": "true", "spark.executor.metrics.pollingInterval": "100",
           "spark.executor.processTreeMetrics.enabled": "true"}


JOBS["python-spills"] = Job("python-spills", "python-spilled", python="grouped", master="local-cluster[1,1,1024]",
                            settings={**ONE_CORE, **METRICS, **PLAIN, "spark.executor.memory": "640m",
                                      "spark.memory.fraction": "0.25", "spark.python.worker.memory": "32m"})


@job("healthy-aggregation", "", settings=METRICS)
def _healthy(spark: Spark) -> None:
    noop(spark, "SELECT id % 1000 AS k, count(*), sum(id) FROM range(0, 3000000, 1, 4) GROUP BY 1")


@job("healthy-off-heap", "", master="local-cluster[1,2,1024]",
     settings={**METRICS, "spark.memory.offHeap.enabled": "true", "spark.memory.offHeap.size": "128m",
               "spark.sql.shuffle.partitions": "2"})
def _off_heap(spark: Spark) -> None:
    noop(spark, "SELECT hash(id) % 100000 AS k, count(*), sum(id) FROM range(0, 1500000, 1, 4) GROUP BY 1")


@job("healthy-cache", "", settings=CACHE)
def _healthy_cache(spark: Spark) -> None:
    rdd = spark.longs(20, 4).map(spark.view.probes.Payload(4 << 20)).persist(spark.level("MEMORY_ONLY_SER"))
    rdd.count()
    rdd.count()


@job("healthy-parallel", "", settings={"spark.executor.extraJavaOptions": "-XX:+UseParallelGC"})
def _parallel(spark: Spark) -> None:
    noop(spark, "SELECT id % 10 AS k, count(*) FROM range(0, 1000000, 1, 4) GROUP BY 1")


@job("healthy-two-executors", "", master="local-cluster[2,1,768]",
     settings={"spark.executor.memory": "768m", "spark.executor.cores": "1"})
def _two(spark: Spark) -> None:
    noop(spark, "SELECT id % 10 AS k, count(*) FROM range(0, 1000000, 1, 4) GROUP BY 1")


@job("healthy-local", "", master="local[2]")
def _local(spark: Spark) -> None:
    noop(spark, "SELECT id % 10 AS k, count(*) FROM range(0, 1000000, 1, 4) GROUP BY 1")
