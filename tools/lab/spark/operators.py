"""Which operators ask for execution memory, and which path of theirs is the default."""

import threading
from typing import Any

from ..experiment import SPARKS, Figures, count, experiment, size, text
from .context import Spark

SHUFFLED_ROWS = 5_000_000
ROWS = 200_000
CROSSED = 5_000
"""Rows of each side of a cartesian product: more than the 4,096 that it keeps as objects."""

WRITERS: dict[str, tuple[int, dict[str, str]]] = {
    "200": (200, {}),
    "201": (201, {}),
    "200-threshold-1": (200, {"spark.shuffle.sort.bypassMergeThreshold": "1"}),
    "1000-threshold-1000": (1000, {"spark.shuffle.sort.bypassMergeThreshold": "1000"}),
}
"""Partitions of a shuffle, and the settings beside them."""

_TABLE = f"SELECT id, id % 10 AS ten, id % 1000 AS k, md5(cast(id AS string)) AS s FROM range(0, {ROWS}, 1, 1)"
_JOIN = "SELECT /*+ {hint}(b) */ a.id, b.k FROM t a JOIN t b ON a.s = b.s"
_CROSS = f"SELECT {{hint}} a.id + b.id FROM range(0, {CROSSED}, 1, 1) a CROSS JOIN range(0, {CROSSED}, 1, 1) b"

QUERIES: dict[str, tuple[str, str]] = {
    "sort": ("Sort", "SELECT s FROM t SORT BY s"),
    "hash-aggregation": ("HashAggregate", "SELECT k, sum(id) FROM t GROUP BY k"),
    "object-hash-aggregation-10-keys": ("ObjectHashAggregate", "SELECT ten, collect_list(id) FROM t GROUP BY ten"),
    "object-hash-aggregation-1000-keys": ("ObjectHashAggregate", "SELECT k, collect_list(id) FROM t GROUP BY k"),
    "sort-aggregation": ("SortAggregate", "SELECT k, max(s) FROM t GROUP BY k"),
    "sort-merge-join": ("SortMergeJoin", _JOIN.format(hint="MERGE")),
    "shuffled-hash-join": ("ShuffledHashJoin", _JOIN.format(hint="SHUFFLE_HASH")),
    "broadcast-hash-join": ("BroadcastHashJoin", _JOIN.format(hint="BROADCAST")),
    "broadcast-nested-loop-join": ("BroadcastNestedLoopJoin", _CROSS.format(hint="/*+ BROADCAST(b) */")),
    "cartesian-product": ("CartesianProduct", _CROSS.format(hint="")),
    "window-200-rows": ("Window", "SELECT sum(id) OVER (PARTITION BY k) FROM t"),
    "window-20000-rows": ("Window", "SELECT sum(id) OVER (PARTITION BY ten) FROM t"),
}
"""The operator that each query is for, and the query; a window's rows are those of one of its partitions."""


@experiment(
    "shuffle-writers",
    question="Does the write of a shuffle collect its records in execution memory?",
    statement="Not up to spark.shuffle.sort.bypassMergeThreshold partitions, which the defaults of both settings meet: "
              "records then go to one file for each partition, and no execution memory is asked for.  From 201 partitions "
              "on they are collected in pages and spilled; a larger threshold takes that back.",
    ran=f"local[1], -Xmx512m, defaults beside what is named; {SHUFFLED_ROWS:,} rows of a number and a text of 32 letters, "
        "repartitioned by the number, results thrown away; the metrics of the stage that writes",
    on=SPARKS,
)
def shuffle_writers(release: str) -> Figures:
    figures: Figures = {"rows": count(SHUFFLED_ROWS)}
    for name, (partitions, settings) in WRITERS.items():
        with Spark(release, "local[1]", settings) as spark:
            columns = spark.jvm.array("java.lang.String", "id", "md5(cast(id AS string)) AS t")
            frame = spark.session.range(0, SHUFFLED_ROWS, 1, 1).selectExpr(columns)
            by = spark.jvm.array("org.apache.spark.sql.Column", frame.col("id"))
            _discard(spark, frame.repartition(partitions, by))
            writing = spark.stages()[0]
            figures |= {f"{name}-peak-execution-memory": size(writing.peakExecutionMemory()),
                        f"{name}-memory-spilled": size(writing.memoryBytesSpilled())}
    return figures


@experiment(
    "operators-memory",
    question="Which operators of SQL ask for execution memory?",
    statement="Sorts, hash aggregations and shuffled hash joins do, and so do a sort-merge join and a sort aggregation by "
              "the sorts below them.  A broadcast join asks for none.  Object hash aggregations, windows and cartesian "
              "products keep objects that nobody counts, and ask only from a number of keys or rows on.  The stage's figure "
              "leaves out the map of a shuffled hash join, and counts a broadcast table as if it were execution memory.",
    ran=f"local[1], -Xmx512m, adaptive execution off, no broadcast without a hint; {ROWS:,} rows in one partition, so that "
        f"nothing is shuffled ({CROSSED:,} on each side of a cross join), results thrown away; what the memory manager had "
        "granted, asked over and over while the query ran, and what the stage shows as peak execution memory",
    on=SPARKS,
)
def operators_memory(release: str) -> Figures:
    figures: Figures = {"rows": count(ROWS)}
    settings = {"spark.sql.adaptive.enabled": "false", "spark.sql.autoBroadcastJoinThreshold": "-1"}
    with Spark(release, "local[1]", settings) as spark:
        spark.session.sql(_TABLE).createOrReplaceTempView("t")
        for name, (operator, query) in QUERIES.items():
            before, frame = len(spark.stages()), spark.session.sql(query)
            plan = frame.queryExecution().executedPlan().toString()
            if operator not in plan:
                raise SystemExit(f"lab: {name} did not become {operator} in {release}: {plan}")
            held = _held(spark, frame)
            peaks = [stage.peakExecutionMemory() for stage in spark.stages()[before:]]
            figures |= {f"{name}-operator": text(operator), f"{name}-held": size(held), f"{name}-shown": size(max(peaks))}
    return figures


def _held(spark: Spark, frame: Any) -> int:
    """The most execution memory that was granted while a query ran, as far as it was seen [bytes]."""
    running = threading.Thread(target=_discard, args=(spark, frame))
    running.start()
    most = 0
    while running.is_alive():
        most = max(most, spark.memory.executionMemoryUsed())
    running.join()
    return most


def _discard(spark: Spark, frame: Any) -> None:
    """Runs a query, throws its rows away, and waits until Spark's own listeners have heard of its stages."""
    frame.write().format("noop").mode("overwrite").save()
    spark.context.sc().listenerBus().waitUntilEmpty()
