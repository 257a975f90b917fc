"""Whose failure a text is of: another program's gets no setting of Spark's, and an open process a key for each."""

import pytest

from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.requests.diagnosis import diagnosis_dict

HEAP = "java.lang.OutOfMemoryError: Java heap space\n"


@pytest.mark.parametrize(("text", "other"), [
    (HEAP + "\tat org.apache.flink.streaming.runtime.io.StreamTaskNetworkInput.emitNext(S.java:1)", "Flink"),
    ("[2025-03-01T08:00:00,000][ERROR][o.e.b.ElasticsearchUncaughtExceptionHandler] fatal\n" + HEAP, "Elasticsearch"),
    ("Caused by: " + HEAP + "\tat io.trino.operator.HashBuilderOperator.addInput(HashBuilderOperator.java:1)", "Trino"),
    (HEAP + "\tat me.lucko.spark.common.Sampler.run(S.java:1)\n\tat org.bukkit.Task.run(T.java:2)", "Minecraft"),
    ("Containers:\n  gateway:\n    Image:  example/gateway:1\n    Last State:  Terminated\n      Reason:  OOMKilled\n",
     "the container gateway"),
])  # fmt: skip
def test_another_programs_failure_is_named_and_no_setting_of_sparks_advised(text, other):
    first = diagnosis_dict(diagnosed(text))["findings"][0]
    assert first["kind"] == "cause"
    assert (first["changes"], first["calculator"]) == ([], None)
    assert f"The text names {other} and nothing of Spark" in first["says"]


@pytest.mark.parametrize("beside", [
    "", "24/01/02 03:04:05 INFO SparkContext: Running Spark version 3.5.1\n", "Lost task 1.0 in stage 2.0\n",
    "\tat org.apache.spark.rdd.RDD.collect(RDD.scala:1)\n", "pod/agg-51c-exec-3\n",
])  # fmt: skip
def test_what_names_nobody_or_spark_as_well_is_sparks(beside):
    flink = "\tat org.apache.flink.Task.run(T.java:1)\n" if beside else ""
    assert diagnosis_dict(diagnosed(HEAP + flink + beside))["findings"][0]["changes"]


def test_a_process_that_is_not_told_gets_a_key_for_each_with_its_condition():
    changes = diagnosed(HEAP).first.changes
    assert [(one["key"], one["why"].partition(":")[0]) for one in changes] == [
        ("spark.executor.cores", "Where it was an executor"),
        ("spark.executor.memory", "Where it was an executor"),
        ("spark.driver.memory", "Where it was the driver"),
    ]
    told = diagnosed("Exception in task 0.0 in stage 1.0 (TID 3) (w-1 executor 2): " + HEAP).first.changes
    assert not any("Where it was" in one["why"] for one in told)


@pytest.mark.parametrize(("text", "id", "process"), [
    ("Job aborted due to stage failure: Exception while getting task result: x\n"
     "java.lang.OutOfMemoryError: Direct buffer memory", "direct-buffer-memory", "driver"),
    ("$ ./bin/spark-shell --driver-memory 30G\nOpenJDK 64-Bit Server VM warning: INFO:"
     " os::commit_memory(0x0, 8589934592, 0) failed; error='Cannot allocate memory' (errno=12)\n#\n"
     "# There is insufficient memory for the Java Runtime Environment to continue.", "jvm-no-native-memory", "driver"),
    ("FATAL YarnUncaughtExceptionHandler: Thread Thread[shuffle-server-3-1,5,main] threw an Error.\n" + HEAP,
     "shuffle-service-heap", "none"),
    (HEAP + "\tat org.apache.spark.network.shuffle.ExternalShuffleBlockResolver.get(E.java:1)",
     "shuffle-service-heap", "none"),
    ('  File "/opt/py/pyspark/sql/pandas/conversion.py", line 202, in toPandas\n    batches = self._collect_as_arrow()\n'
     '  File "pyarrow/error.pxi", line 91, in check_status\npyarrow.lib.ArrowMemoryError: malloc of size 4294967296 failed',
     "driver-python-memory", "driver"),
    ('  File "/opt/py/pyspark/worker.py", line 619, in process\n    return f(pdf.toPandas())\n'
     "numpy.core._exceptions._ArrayMemoryError: Unable to allocate 3.00 GiB for an array with shape (9, 9)"
     " and data type float64",
     "python-memory-error", "python worker"),
    ("Exception in task 0.0 in stage 1.0 (TID 3)\nR worker produced errors: Error: cannot allocate vector of size 2.2 Gb",
     "r-memory", "executor"),
])  # fmt: skip
def test_whose_process_it_was_is_taken_from_what_stands_around(text, id, process):
    first = diagnosed(text).first
    assert (first.finding.id, first.process) == (id, process)


def test_an_executor_of_another_host_is_not_taken_for_the_one_that_was_lost():
    text = (
        "WARN YarnAllocator: Container from a bad node: container_1700000000000_0009_01_000007 on host: w-7.example."
        " Exit status: -100. Diagnostics: Container released on a *lost* node.\n"
        "ERROR YarnClusterScheduler: Lost executor 6 on w-7.example: Container released on a *lost* node.\n"
        "WARN TaskSetManager: Lost task 2.0 in stage 5.1 (TID 99) (w-2.example executor 5): FetchFailed(null, shuffleId=1,"
        " mapIndex=-1, mapId=-1, reduceId=2, message="
    )
    first = diagnosed(text).first
    assert (first.finding.id, first.executors, first.at.host) == ("yarn-node-lost", ("6",), "w-7.example")


def test_the_name_alone_is_a_profilers_where_minecraft_stands_too():
    said = "[Server thread/ERROR]: Error occurred while enabling spark v1.9.1\njava.lang.OutOfMemoryError: unable to create"
    stack = " new native thread\n\tat me.lucko.spark.common.sampler.Sampler.start(S.java:8)\n"
    assert diagnosed(f"{said}{stack}").first.elsewhere == "Minecraft"
    assert diagnosed(f"{said}{stack}\tat org.apache.spark.A.b(A.java:1)").first.elsewhere == ""


@pytest.mark.parametrize(("main", "keys"), [
    ("org.apache.hadoop.mapred.YarnChild 10.0.0.2 9", []),
    ("org.apache.spark.executor.YarnCoarseGrainedExecutorBackend", ["spark.executor.memoryOverhead"]),
])  # fmt: skip
def test_of_another_programs_processes_no_setting_of_sparks_is_worked_out(main, keys):
    tree = f"""Container [pid=7,containerID=container_1_2_01_000006] is running beyond physical memory limits.
Dump of the process-tree for container_1_2_01_000006 :
\t|- 7 6 7 7 (java) 812 44 2899992576 300000 /usr/java/bin/java -Xmx800m {main}"""
    (moment,) = diagnosed(tree).moments
    assert [one.key for one in moment.settings] == keys
    assert moment.held
