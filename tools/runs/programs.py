"""The jobs that need Python workers, run by PySpark: python programs.py NAME, with the settings in LAB_SETTINGS."""

import contextlib
import json
import os
import sys
import time


def limit(context):
    """A task whose Python wants more than its limit."""
    context.parallelize(range(4), 2).map(lambda n: n + 1).count()
    with contextlib.suppress(Exception):
        context.parallelize(range(1), 1).map(lambda _: len(bytearray(1 << 30))).collect()


def killed(context):
    """A task whose Python is killed from outside."""
    import signal

    context.parallelize(range(4), 2).map(lambda n: n + 1).count()
    with contextlib.suppress(Exception):
        context.parallelize(range(1), 1).map(lambda _: os.kill(os.getpid(), signal.SIGKILL)).collect()


def healthy(context):
    """Tasks whose Python holds a little for a while."""
    def held(number):
        kept = bytearray(os.urandom(1 << 20)) * 20
        time.sleep(1.5)
        return len(kept)

    context.parallelize(range(4), 4).map(held).collect()
    context.parallelize(range(4), 4).map(held).collect()


def sorted_rows(context):
    """Rows that a Python function has made, sorted in the executor."""
    from pyspark.sql import SparkSession
    from pyspark.sql.functions import udf

    session = SparkSession(context)
    doubled = udf(lambda number: number * 2, "long")
    rows = session.range(0, 600000, 1, 2).selectExpr("id", "hash(id) AS k")
    rows = rows.select("k", doubled("id").alias("d"), "id").repartition(2, "id").sortWithinPartitions("k")
    rows.write.format("noop").mode("overwrite").save()


def grouped(context):
    """Lists of rows in Python, which spill by a limit of Python's own."""
    pairs = context.parallelize(range(600000), 2).map(lambda number: (number % 50000, "x" * 40 + str(number)))
    pairs.groupByKey(2).mapValues(len).count()


def main():
    from pyspark import SparkConf, SparkContext

    conf = SparkConf()
    for key, value in json.loads(os.environ["LAB_SETTINGS"]).items():
        conf.set(key, value)
    context = SparkContext(conf=conf)
    context.setLogLevel("INFO")
    try:
        globals()[sys.argv[1]](context)
        print("LAB {}")
    finally:
        context.stop()


if __name__ == "__main__":
    main()
