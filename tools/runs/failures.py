"""The jobs whose logs are kept as texts: each fails in one way, or is healthy, and says what its log must tell first.

What ``expect`` names is a finding of ``sparkmem.diagnosis``; of a healthy run, nothing.
"""

import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tools.lab.spark.context import Spark

from .jobs import JOBS, PLAIN, Act, Job, noop

FAILURES: dict[str, Job] = {
    "executor-heap": replace(JOBS["executor-out-of-memory"], expect="heap-space"),
    "executor-heap-exit-flag": replace(
        JOBS["executor-out-of-memory"], expect="heap-space",
        settings={"spark.task.maxFailures": "1", "spark.executor.extraJavaOptions": "-XX:+ExitOnOutOfMemoryError"}),
    "killed-from-outside": replace(JOBS["killed-from-outside"], expect="exit-137"),
    "result-too-large": replace(JOBS["result-too-large"], expect="max-result-size"),
    "python-worker-limit": replace(JOBS["python-worker-limit"], expect="python-memory-error"),
    "python-worker-killed": JOBS["python-worker-killed"],
    "executor-memory-refused": Job("executor-memory-refused", "invalid-executor-memory", python="healthy",
                                   settings={"spark.executor.memory": "400m"}),
    "off-heap-without-size": Job("off-heap-without-size", "off-heap-size-missing", python="healthy",
                                 settings={"spark.memory.offHeap.enabled": "true"}),
    "healthy-spill": replace(JOBS["sort-spills"], expect=""),
    **{name: JOBS[name] for name in JOBS if name.endswith("healthy") or name.startswith("healthy-")},
}  # fmt: skip
"""By name."""


def failure(id: str, expect: str, **more: Any) -> Any:
    """Registers what a job does."""
    def register(act: Act) -> Act:
        FAILURES[id] = Job(id, expect, act, **more)
        return act
    return register


def failing(action: Callable[[], Any], spark: Spark) -> None:
    """Does what is meant to fail, and has Java say how at the end of the driver's log, as a program does that ends so."""
    try:
        action()
    except spark.jvm.java_error as error:
        error.java_exception.printStackTrace()
    else:
        raise AssertionError("the action did not fail")


@failure("array-too-long", "array-longer-than-vm", settings={"spark.task.maxFailures": "1"})
def _array(spark: Spark) -> None:
    failing(lambda: spark.longs(1, 1).map(spark.view.probes.Payload(2**31 - 1)).count(), spark)


@failure("direct-memory", "direct-buffer-memory", settings=JOBS["direct-memory"].settings)
def _direct(spark: Spark) -> None:
    failing(spark.longs(1, 1).mapPartitions(spark.view.probes.DirectBuffers(100)).collect, spark)


@failure("lineage-too-deep", "stack-overflow")
def _lineage(spark: Spark) -> None:
    rdd = spark.longs(1, 1)
    for _ in range(4000):
        rdd = rdd.map(spark.view.probes.Sleeping(0))
    failing(rdd.count, spark)


@failure("kryo-buffer", "kryo-buffer", settings={"spark.kryoserializer.buffer.max": "1m"})
def _kryo(spark: Spark) -> None:
    rows = spark.view.java.util.ArrayList()
    rows.add(os.urandom(2 << 20))
    encoder = spark.view.org.apache.spark.sql.Encoders.kryo(spark.view.java.lang.Class.forName("[B"))
    failing(lambda: spark.session.createDataset(rows, encoder).count(), spark)


@failure("task-too-large", "rpc-message-too-large", settings={"spark.rpc.message.maxSize": "1"})
def _task(spark: Spark) -> None:
    rows = spark.view.java.util.ArrayList()
    rows.add(os.urandom(2 << 20))
    failing(lambda: spark.context.parallelize(rows, 1).count(), spark)


@failure("broadcast-timeout", "broadcast-timeout", settings={**PLAIN, "spark.sql.broadcastTimeout": "2"})
def _timeout(spark: Spark) -> None:
    failing(lambda: noop(spark, "SELECT /*+ BROADCAST(b) */ a.id FROM range(1000) a JOIN (SELECT id FROM range(3) WHERE"
                                  " java_method('java.lang.Thread', 'sleep', 4000 + id) IS NULL) b ON a.id = b.id"), spark)


@failure("broadcast-driver-heap", "broadcast-build-memory", settings={**PLAIN, "spark.driver.maxResultSize": "0"})
def _broadcast(spark: Spark) -> None:
    failing(lambda: noop(spark, "SELECT /*+ BROADCAST(b) */ a.id FROM range(1000) a JOIN"
                                  " (SELECT id, hash(id) AS h FROM range(9000000)) b ON a.id = b.id WHERE b.h > 0"), spark)


@failure("shuffle-lost", "exit-137", master="local-cluster[2,1,1024]", settings=PLAIN)
def _shuffle(spark: Spark) -> None:
    pairs = spark.longs(40, 4).map(spark.view.probes.Payload(64 << 10)).repartition(4)
    pairs.count()
    os.kill(spark.executor_pids()[0], signal.SIGKILL)
    pairs.count()
    time.sleep(1)


@failure("executor-stands-still", "heartbeat-timeout",
         settings={"spark.network.timeout": "12s", "spark.network.timeoutInterval": "2s", "spark.task.maxFailures": "1",
                   "spark.executor.heartbeatInterval": "2s"})
def _stopped(spark: Spark) -> None:
    (pid,) = spark.executor_pids()
    threading.Timer(2.0, os.kill, (pid, signal.SIGSTOP)).start()
    failing(lambda: spark.longs(2, 2).map(spark.view.probes.Sleeping(6000)).count(), spark)
    os.kill(pid, signal.SIGKILL)


@failure("healthy-broadcast-join", "", settings=PLAIN)
def _join(spark: Spark) -> None:
    noop(spark, "SELECT /*+ BROADCAST(b) */ a.id, b.h FROM range(0, 400000, 1, 4) a JOIN"
                " (SELECT id, hash(id) AS h FROM range(50000)) b ON a.id % 50000 = b.id")


@failure("healthy-streaming", "", settings={"spark.sql.shuffle.partitions": "2"})
def _streaming(spark: Spark) -> None:
    rows = spark.session.readStream().format("rate").option("rowsPerSecond", "1000").load()
    counted = rows.groupBy("value", spark.jvm.array("java.lang.String")).count()
    query = counted.writeStream().format("noop").outputMode("update").start()
    while query.lastProgress() is None or query.lastProgress().batchId() < 3:
        time.sleep(0.5)
    query.stop()
