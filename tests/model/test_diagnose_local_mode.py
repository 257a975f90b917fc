"""Local mode, in which driver, executor and tasks are one JVM; broadcasts that a hint asks for; batches of a reader."""

import pytest

from sparkmem.diagnosis.diagnose import diagnosed

LOST = (
    "WARN HeartbeatReceiver: Removing executor driver with no recent heartbeats: 241877 ms exceeds timeout 120000 ms\n"
    "ERROR TaskSchedulerImpl: Lost executor driver on localhost: Executor heartbeat timed out after 241877 ms\n"
)
FULL = "ERROR Executor: Exception in task 4.0 in stage 1.0 (TID 1)\njava.lang.OutOfMemoryError: GC overhead limit exceeded\n"
BROADCAST = "java.lang.OutOfMemoryError: Not enough memory to build and broadcast the table to all worker nodes"


def told(text):
    return [(one["key"], one["value"]) for one in diagnosed(text).first.changes]


@pytest.mark.parametrize(("around", "changes"), [
    (LOST, [("spark.driver.memory", "")]),
    ("spark-shell --master local[8] --driver-memory 2g\n", [("spark.driver.memory", "4096m"), ("spark.master", "local[4]")]),
    ('sc = SparkContext("local", "app1")\n', [("spark.driver.memory", "")]),
    ('sc <- spark_connect(master = "local[2]")\n', [("spark.driver.memory", ""), ("spark.master", "local[1]")]),
    (f'docker run --env JAVA_OPTS="-Xms6g -Xmx6g" x\n\n{LOST}', [("-Xmx", "12288m")]),
])  # fmt: skip
def test_in_local_mode_what_is_an_executors_is_the_drivers(around, changes):
    first = diagnosed(around + FULL).first
    assert (first.finding.id, first.process) == ("gc-overhead", "driver")
    assert "local mode" in first.says
    assert told(around + FULL) == changes


def test_a_heap_that_another_program_sets_has_a_container_around_it():
    (change,) = diagnosed(f'docker run --memory=8G --env JAVA_OPTS="-Xmx6g" x\n\n{LOST}{FULL}').first.changes
    assert change["why"].endswith("A container that holds the JVM has to be larger than that.")


@pytest.mark.parametrize("around", [
    "spark-submit --master yarn --executor-memory 4g\n", "",
    "SparkSession.builder.master('local') # once\nspark-submit --master spark://m:7077 a.py\n",
    "ERROR TaskSchedulerImpl: Lost executor 7 on h: x\nINFO Executor: executor driver\n",
])  # fmt: skip
def test_where_executors_are_processes_of_their_own_they_stay_executors(around):
    assert diagnosed(around + FULL).first.process == "executor"


def test_of_all_that_a_full_driver_says_while_a_table_is_built_the_broadcast_is_first():
    refused = "Caused by: org.apache.spark.memory.SparkOutOfMemoryError: Unable to acquire 134217728 bytes of memory, got 0"
    first = diagnosed(f"Caused by: {BROADCAST}\n\tat a.B.c(B.scala:1)\n{refused}").first
    assert (first.finding.id, first.process) == ("broadcast-build-memory", "driver")


@pytest.mark.parametrize("hint", [
    "select /*+ broadcast(i) */ * from a join i", "SELECT /*+ MAPJOIN(i) */ 1", "a.join(F.broadcast(b), 'id')",
    'b.hint("broadcast")',
])  # fmt: skip
def test_a_hint_to_broadcast_is_to_be_taken_out_and_no_threshold_set(hint):
    keys = [key for key, _ in told(f"{hint}\n{BROADCAST}")]
    assert keys == ["broadcast hint", "spark.driver.memory"]


@pytest.mark.parametrize("none", ["b = sc.broadcast(m)", "INFO x: Destroying Broadcast(5)", "broadcast_3_piece0"])
def test_what_is_no_hint_leaves_the_threshold(none):
    assert told(f"{none}\n{BROADCAST}")[0] == ("spark.sql.autoBroadcastJoinThreshold", "-1")


@pytest.mark.parametrize(("set_to", "to"), [("", "512"), ("spark.sql.parquet.columnarReaderBatchSize 1024\n\n", "128")])
def test_a_batch_of_a_reader_that_does_not_fit_gets_fewer_rows(set_to, to):
    text = "RuntimeException: Cannot reserve additional contiguous bytes in the vectorized reader (requested 1184820113"
    text = f"{set_to}{text} bytes). As a workaround, you can\nCaused by: java.lang.OutOfMemoryError: Java heap space\n"
    first = diagnosed(text).first
    assert (first.finding.id, first.numbers["asked"]) == ("vector-batch-memory", 1184820113)
    assert told(text)[0] == ("spark.sql.parquet.columnarReaderBatchSize", to)


@pytest.mark.parametrize(("java", "python", "overhead"), [(1310720, 1074688, "4618m"), (2162688, 0, "2048m")])
def test_the_overhead_is_what_a_dump_of_processes_counted_beside_the_heap(java, python, overhead):
    text = (
        "--executor-memory 8g\n\n"
        "Container [pid=1,containerID=container_1633340011223_0019_01_000013] is running beyond physical memory limits."
        " Current usage: 9.1 GB of 9 GB physical memory used; 9.5 GB of 18.9 GB virtual memory used. Killing container.\n"
        "Dump of the process-tree for container_1633340011223_0019_01_000013 :\n"
        "\t|- PID PPID PGRPID SESSID CMD_NAME USER_MODE_TIME(MILLIS) SYSTEM_TIME(MILLIS) VMEM_USAGE(BYTES) RSSMEM\n"
        f"\t|- 27722 1 1 1 (java) 88213 6120 11204423680 {java} /bin/java -server -Xmx8192m a.CoarseGrainedExecutorBackend\n"
        f"\t|- 28011 1 1 1 (python) 41180 1502 1904197632 {python} python -m pyspark.daemon\n"
    )
    assert told(text)[0] == ("spark.executor.memoryOverhead", overhead)
