"""Jobs whose right size is proven beside those of jobs.py: rows out of a shuffle, two tasks at once, off the heap, texts,
a broadcast, one key with most rows, a frame of many rows, lists, a cache beside a sort, functions in Python."""

from tools.lab.spark.context import Spark

from .jobs import CLUSTER_1, METRICS, ONE_CORE, PLAIN, Act, Job, noop

SMALL = {"spark.executor.memory": "640m", "spark.memory.fraction": "0.25", **PLAIN}
CLUSTER_2 = "local-cluster[1,2,640]"
BLOCKS = {"spark.eventLog.logBlockUpdates.enabled": "true"}
TWO_CORES = {"spark.executor.cores": "2"}
_TWO = {"spark.sql.shuffle.partitions": "2", "spark.sql.autoBroadcastJoinThreshold": "-1"}

SIZED: dict[str, Job] = {}


def _query(id: str, query: str, master: str, settings: dict[str, str], before: str = "") -> None:
    def act(spark: Spark) -> None:
        if before:
            spark.session.sql(before)
        noop(spark, query)

    run: Act = act
    SIZED[id] = Job(id, "execution-short", run, master=master, settings=settings)


_query("sort-of-texts", "SELECT * FROM (SELECT concat('key of ', hash(id)) AS k, id FROM range(0, 1600000, 1, 2))"
                        " DISTRIBUTE BY id % 2 SORT BY k", CLUSTER_1, {**ONE_CORE, **SMALL, **_TWO})
_query("sort-two-at-once", "SELECT * FROM (SELECT hash(id) AS k, id, id * 2 AS a, id * 3 AS b FROM range(0, 2400000, 1, 2))"
                           " DISTRIBUTE BY id SORT BY k", CLUSTER_2, {**TWO_CORES, **SMALL, **_TWO})
_query("sort-off-heap", "SELECT * FROM (SELECT hash(id) AS k, id FROM range(0, 1500000, 1, 2))"
                        " DISTRIBUTE BY id % 2 SORT BY k", CLUSTER_1,
       {**ONE_CORE, **SMALL, **_TWO, "spark.memory.offHeap.enabled": "true", "spark.memory.offHeap.size": "32m"})
_query("aggregation-two-at-once", "SELECT hash(id) AS k, count(*), sum(id), max(id) FROM range(0, 1600000, 1, 4) GROUP BY 1",
       CLUSTER_2, {**TWO_CORES, **SMALL, **_TWO, "spark.sql.adaptive.enabled": "true",
                   "spark.sql.adaptive.coalescePartitions.enabled": "false"})
_query("join-out-of-a-shuffle", "SELECT a.id, a.c, b.id FROM (SELECT id, hash(id) AS k, id * 2 AS c FROM"
                                " range(0, 1500000, 1, 2)) a JOIN (SELECT id, hash(id) AS k FROM range(0, 700000, 1, 2)) b"
                                " ON a.k = b.k", CLUSTER_2, {**TWO_CORES, **SMALL, **_TWO})
_query("window-of-large-groups", "SELECT id, sum(id) OVER (PARTITION BY k) FROM (SELECT id, id % 2 AS k FROM"
                                 " range(0, 1200000, 1, 2))", CLUSTER_1, {**ONE_CORE, **SMALL, **_TWO})

_query("sort-above-a-broadcast", "SELECT /*+ BROADCAST(b) */ a.id, b.h FROM (SELECT id, hash(id) AS k FROM"
                                 " range(0, 1500000, 1, 2) DISTRIBUTE BY id % 2) a JOIN (SELECT id, hash(id + 1) AS h FROM"
                                 " range(500000)) b ON a.id % 500000 = b.id SORT BY k", CLUSTER_1,
       {**ONE_CORE, **SMALL, **METRICS, "spark.sql.shuffle.partitions": "2"})
_query("join-with-a-large-key", "SELECT a.id, a.c, b.id FROM (SELECT id, IF(id % 10 < 7, 1, id % 1000) AS k, id * 2 AS c"
                                " FROM range(0, 2000000, 1, 2)) a JOIN (SELECT id FROM range(0, 1000, 1, 2)) b"
                                " ON a.k = b.id", CLUSTER_2,
       {**TWO_CORES, **SMALL, **_TWO, "spark.sql.shuffle.partitions": "6"})
_query("window-of-a-wide-frame", "SELECT id, sum(id) OVER (PARTITION BY k ORDER BY id ROWS BETWEEN 40 PRECEDING AND 40"
                                 " FOLLOWING) FROM (SELECT id, id % 4 AS k FROM range(0, 1200000, 1, 2))", CLUSTER_1,
       {**ONE_CORE, **SMALL, **_TWO})
_query("collected-lists", "SELECT k, collect_list(id) FROM (SELECT id, hash(id) % 50000 AS k FROM range(0, 1500000, 1, 2))"
                          " GROUP BY k", CLUSTER_1, {**ONE_CORE, **SMALL, **_TWO})
_query("cache-and-sort", "SELECT * FROM (SELECT a.id, hash(a.id) AS k, a.x FROM kept a) DISTRIBUTE BY id % 2 SORT BY k",
       CLUSTER_1, {**ONE_CORE, **SMALL, **METRICS, **BLOCKS, "spark.sql.shuffle.partitions": "2"},
       "CACHE TABLE kept AS SELECT id, hash(id + 1) AS x FROM range(0, 1500000, 1, 2)")
SIZED["python-functions-and-a-sort"] = Job("python-functions-and-a-sort", "execution-short", python="sorted_rows",
                                           master="local-cluster[1,1,1024]",
                                           settings={**ONE_CORE, **SMALL, **METRICS, "spark.sql.shuffle.partitions": "2"})
