"""Executors as processes: what they take, what they report, and how they end."""

import os
import signal
from tempfile import TemporaryDirectory

from .. import java
from ..experiment import SPARKS, Figures, count, experiment, size, text
from .context import JAVA, Spark, wait

CLUSTER = "local-cluster[1,2,512]"
MEMORY = {"spark.executor.memory": "512m"}


@experiment(
    "executor-exit-codes",
    question="How does the driver say that an executor ran out of heap, or was killed?",
    statement="After `Java heap space` an executor ends itself with code 52; one that the system killed with SIGKILL is "
              "reported with 137 = 128 + 9.",
    ran="local-cluster[1,2,512], spark.executor.memory=512m, spark.task.maxFailures=1; a function that fills the heap, and "
        "an executor killed with SIGKILL; the reasons on the Executors page",
    on=SPARKS,
)
def executor_exit_codes(release: str) -> Figures:
    with Spark(release, CLUSTER, {**MEMORY, "spark.task.maxFailures": "1"}) as spark:
        job = spark.failure(spark.longs(1, 1).mapPartitions(spark.view.probes.UserMap(False)).collect)
        exhausted = removal(spark, set())
    with Spark(release, CLUSTER, MEMORY) as spark:
        spark.longs(2, 2).count()
        (pid,) = spark.executor_pids()
        os.kill(pid, signal.SIGKILL)
        killed = removal(spark, set())
    return {"heap-exhausted": text(exhausted), "killed": text(killed),
            "job-text": text(job.partition("\n")[0].partition("Driver stacktrace")[0].strip())}


def removal(spark: Spark, known: set[str]) -> str:
    """Why the first executor that is gone is gone."""
    def gone() -> list[str]:
        return [row.removeReason().get() for row in spark.executors(active=False)
                if not row.isActive() and row.removeReason().isDefined()]
    wait(lambda: bool(gone()))
    return str(gone()[0])


@experiment(
    "executor-outside-the-heap",
    question="What does an executor take outside its heap, and how many threads does it have?",
    statement="Dozens of threads and more than 100 MiB outside the heap after a single small query: metaspace, code, the "
              "collector and stacks.",
    ran="local-cluster[1,2,512], spark.executor.memory=512m, G1, -XX:NativeMemoryTracking=summary; a DataFrame aggregated "
        "over a shuffle; then /proc/PID/status and jcmd PID VM.native_memory summary of the executor",
    on=SPARKS,
)
def executor_outside_the_heap(release: str) -> Figures:
    settings = {**MEMORY, "spark.sql.shuffle.partitions": "4",
                "spark.executor.extraJavaOptions": "-XX:+UseG1GC -XX:NativeMemoryTracking=summary"}
    with Spark(release, CLUSTER, settings) as spark:
        columns = spark.jvm.array("java.lang.String", "id % 1000 AS k", "id")
        spark.session.range(0, 2_000_000, 1, 4).selectExpr(columns).groupBy("k", spark.jvm.array("java.lang.String")) \
            .count().write().format("noop").mode("overwrite").save()
        (pid,) = spark.executor_pids()
        status, native = java.status(pid), java.native(java.of(JAVA), pid)
        committed = native.committed
        return {
            "threads": count(status["Threads"]),
            "resident": size(status["VmRSS"] << 10),
            "heap-committed": size(committed["Java Heap"]),
            "outside-the-heap": size(committed["Total"] - committed["Java Heap"]),
            "threads-committed": size(committed["Thread"]),
            "threads-reserved": size(native.reserved["Thread"]),
            "metaspace": size(committed["Metaspace"]),
            "code": size(committed["Code"]),
            "collector": size(committed["GC"]),
            "symbols": size(committed["Symbol"]),
            "tracking-itself": size(committed["Native Memory Tracking"]),
        }


AREAS = {
    "metaspace": ("Class", "Metaspace", "Shared class space", "Module"),
    "thread-stacks": ("Thread",),
    "code": ("Code", "Compiler"),
    "collector": ("GC", "GCCardSet"),
    "other": ("Other",),
}
"""Categories of native memory tracking by what they are; all others together are the JVM's own small things."""


@experiment(
    "executor-native-memory",
    question="What does an executor, and what does the driver, take outside the heap after many different queries?",
    statement="Metaspace and code have grown well beyond what one query needs, stacks take a few MiB, and what Netty "
              "receives in shuffles is tens of MiB at most.",
    ran="local-cluster[2,2,1024], spark.executor.memory=1g, G1, -XX:NativeMemoryTracking=summary, "
        "spark.shuffle.readHostLocalDisk=false; 30 different queries with aggregates, joins, windows and sorts over "
        "500,000 rows, shuffled between the executors, a file written and read; then /proc/PID/status and "
        "jcmd PID VM.native_memory summary of the larger executor and of the driver (-Xmx1g)",
    on=SPARKS,
)
def executor_native_memory(release: str) -> Figures:
    settings = {"spark.executor.memory": "1g", "spark.executor.cores": "2", "spark.sql.shuffle.partitions": "8",
                "spark.shuffle.readHostLocalDisk": "false",
                "spark.executor.extraJavaOptions": "-XX:+UseG1GC -XX:NativeMemoryTracking=summary"}
    options = ("-Xmx1g", "-XX:+UseG1GC", "-XX:NativeMemoryTracking=summary")
    with Spark(release, "local-cluster[2,2,1024]", settings, options) as spark, TemporaryDirectory() as folder:
        _queries(spark, folder)
        seen = [(java.status(pid), java.native(java.of(JAVA), pid)) for pid in spark.executor_pids()]
        status, native = max(seen, key=lambda found: found[1].committed["Total"] - found[1].committed["Java Heap"])
        driver = java.native(java.of(JAVA), spark.jvm.pid)
        return {
            "threads": count(status["Threads"]), "resident": size(status["VmRSS"] << 10), **_areas(native, ""),
            "driver-threads": count(java.status(spark.jvm.pid)["Threads"]), **_areas(driver, "driver-"),
        }


def _queries(spark: Spark, folder: str) -> None:
    """Many plans, so that much code is generated, and blocks that go from one executor to the other."""
    session = spark.session
    session.sql("CREATE OR REPLACE TEMPORARY VIEW t AS SELECT id, id % 1000 AS k, id % 7 AS g,"
                " concat('name-', id % 5000) AS s, cast(id AS double) / 3 AS d FROM range(500000)")
    for number in range(30):
        session.sql(
            f"SELECT g, count(*) AS n, sum(d + {number}) AS total, max(s) AS last, avg(k * {number + 1}) AS mean FROM"
            f" (SELECT a.*, row_number() OVER (PARTITION BY a.k ORDER BY a.d) AS r FROM t a JOIN"
            f" (SELECT k, max(id) AS top FROM t WHERE id % {number + 2} = 0 GROUP BY k) b ON a.k = b.k"
            f" WHERE a.id % 40 = {number % 40}) WHERE r < {number + 50} GROUP BY g ORDER BY total, last",
        ).write().format("noop").mode("overwrite").save()
    session.sql("SELECT id, s, d FROM t DISTRIBUTE BY k SORT BY d").write().parquet(f"{folder}/rows")
    session.read().parquet(f"{folder}/rows").createOrReplaceTempView("rows")
    session.sql("SELECT s, count(*) AS n, sum(d) AS total FROM rows GROUP BY s ORDER BY n").write().format("noop") \
        .mode("overwrite").save()


def _areas(native: java.Native, prefix: str) -> Figures:
    """What is committed outside the heap, by area."""
    committed = {name: size_ for name, size_ in native.committed.items() if name not in ("Total", "Java Heap")}
    found = {area: sum(committed.get(name, 0) for name in names) for area, names in AREAS.items()}
    small = sum(committed.values()) - sum(found.values())
    return {
        f"{prefix}heap-committed": size(native.committed["Java Heap"]),
        f"{prefix}outside-the-heap": size(sum(committed.values())),
        **{f"{prefix}{area}": size(bytes_) for area, bytes_ in found.items()},
        f"{prefix}symbols-and-the-rest": size(small),
        f"{prefix}threads-reserved": size(native.reserved["Thread"]),
    }


@experiment(
    "off-heap-size-without-enabled",
    question="Does spark.memory.offHeap.size count while spark.memory.offHeap.enabled is false?",
    statement="Yes: an executor's Storage Memory on the Executors page holds it in full, and OFF_HEAP caching uses it; only "
              "execution stays on the heap.",
    ran="local-cluster[1,2,512], spark.executor.memory=512m, once plain and once with spark.memory.offHeap.size=256m and "
        "enabled=false; a block persisted OFF_HEAP; the executor's row of the Executors page",
    on=SPARKS,
)
def off_heap_size_without_enabled(release: str) -> Figures:
    with Spark(release, CLUSTER, MEMORY) as spark:
        plain = _executor(spark).maxMemory()
    off_heap = {"spark.memory.offHeap.enabled": "false", "spark.memory.offHeap.size": "256m"}
    with Spark(release, CLUSTER, {**MEMORY, **off_heap}) as spark:
        spark.longs(4, 4).map(spark.view.probes.Payload(1 << 20)).persist(spark.level("OFF_HEAP")).count()
        wait(lambda: spark.cached()["blocks"] == 4)
        row = _executor(spark)
        return {
            "off-heap-size": size(256 << 20),
            "storage-memory-plain": size(plain),
            "storage-memory": size(row.maxMemory()),
            "off-heap-storage-memory": size(row.memoryMetrics().get().totalOffHeapStorageMemory()),
            "off-heap-used": size(row.memoryMetrics().get().usedOffHeapStorageMemory()),
        }


def _executor(spark: Spark) -> object:
    """The row of the one executor, when it is there."""
    def rows() -> list[object]:
        return [row for row in spark.executors() if row.id() != "driver" and row.maxMemory() > 0]
    wait(lambda: bool(rows()))
    return rows()[0]


@experiment(
    "local-mode-memory",
    question="Which setting sizes the memory in local mode?",
    statement="The driver's: tasks run in the driver's JVM, and spark.executor.memory changes nothing but what is "
              "checked at "
              "the start.",
    ran="local[1], -Xmx512m, with spark.executor.memory=1g and 8g; the storage memory of the one executor",
    on=SPARKS,
)
def local_mode_memory(release: str) -> Figures:
    figures: Figures = {}
    for memory in ("1g", "8g"):
        with Spark(release, "local[1]", {"spark.executor.memory": memory}) as spark:
            (row,) = spark.executors()
            figures[f"storage-memory-{memory}"] = size(row.maxMemory())
            figures["heap"] = size(spark.view.java.lang.Runtime.getRuntime().maxMemory())
    return figures
