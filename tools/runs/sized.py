"""Jobs whose right size is proven beside those of jobs.py: rows out of a shuffle, two tasks at once, off the heap, texts."""

from tools.lab.spark.context import Spark

from .jobs import CLUSTER_1, ONE_CORE, PLAIN, Act, Job, noop

SMALL = {"spark.executor.memory": "640m", "spark.memory.fraction": "0.25", **PLAIN}
CLUSTER_2 = "local-cluster[1,2,640]"
TWO_CORES = {"spark.executor.cores": "2"}
_TWO = {"spark.sql.shuffle.partitions": "2", "spark.sql.autoBroadcastJoinThreshold": "-1"}

SIZED: dict[str, Job] = {}


def _query(id: str, query: str, master: str, settings: dict[str, str]) -> None:
    def act(spark: Spark) -> None:
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
