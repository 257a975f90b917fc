"""Programs beside Spark's applications: whose memory it was, and that no key of an application is advised for it."""

import pytest

from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.render.diagnosis import diagnosis_text
from sparkmem.render.headline import headline
from sparkmem.requests.diagnosis import address_of, diagnosis_dict, of_address

HEAP = "java.lang.OutOfMemoryError: Java heap space\n\tat java.util.Arrays.copyOf(Arrays.java:3332)\n\tat "
ENDED = "    Last State:  Terminated\n      Reason:    OOMKilled\n      Exit Code: 137\n"
BESIDE = "  spark-kubernetes-executor:\n    State:  Running\n"


@pytest.mark.parametrize(("text", "program", "keys"), [
    (f"{HEAP}org.apache.spark.deploy.history.FsHistoryProvider.load(F.scala:9)", "Spark's history server",
     ["SPARK_DAEMON_MEMORY"]),
    (f"25/02/11 07:30:12 ERROR FsHistoryProvider: Exception in checking for event log updates\n{HEAP}x.y(Z.scala:1)",
     "Spark's history server", ["SPARK_DAEMON_MEMORY"]),
    (f"{HEAP}org.apache.livy.sessions.SessionManager.all(S.scala:12)", "Livy's server", ["LIVY_SERVER_JAVA_OPTS"]),
    (f"{HEAP}org.apache.hadoop.hive.metastore.ObjectStore.list(O.java:26)", "Hive's metastore", ["HADOOP_HEAPSIZE"]),
    (f"Name:  spark-history-server-7c9d-x2\nContainers:\n  main:\n{ENDED}", "Spark's history server",
     ["resources.limits.memory"]),
    (f"Name:  rates-9f-exec-4\nContainers:\n{BESIDE}  istio-proxy:\n{ENDED}", "the container istio-proxy",
     ["resources.limits.memory"]),
    ("spark-shuffle-service-kd8  0/1  OOMKilled  2 (80s ago)  9m", "the shuffle service", ["resources.limits.memory"]),
    ("kernel: Out of memory: Killed process 22 (mysqld) total-vm:9210012kB, anon-rss:6100220kB, file-rss:0kB",
     "the process mysqld", []),
])  # fmt: skip
def test_a_program_beside_the_application_is_named_and_gets_its_own_setting(text, program, keys):
    first = diagnosis_dict(diagnosed(text))["findings"][0]
    assert (first["kind"], first["process"], first["program"]) == ("cause", "none", program)
    assert ([one["key"] for one in first["changes"]], first["calculator"]) == (keys, None)
    assert program in first["says"]


@pytest.mark.parametrize(("text", "process", "executors"), [
    (f"{HEAP}org.apache.spark.sql.hive.thriftserver.SparkExecuteStatementOperation.run(S.scala:3)", "driver", ()),
    (f"{HEAP}org.apache.hadoop.hive.metastore.ObjectStore.list(O.java:26)\n\tat org.apache.spark.sql.hive.A.b(A.scala:1)",
     "not told", ()),
    (f"Name:  spark-connect-server-6f7d\nContainers:\n  spark-connect:\n{ENDED}", "driver", ()),
    (f"Name:  rates-9f-exec-4\nContainers:\n  istio-proxy:\n    State:  Running\n  spark-kubernetes-executor:\n{ENDED}",
     "executor", ("4",)),
    ("The executor with id 3 exited with exit code 137(SIGKILL, possible container OOM).\n\t container name: "
     "spark-kubernetes-executor\n\t container image: r/spark\n\t container state: terminated\n\t container started at: "
     "2025-02-03T01:00:00Z\n\t container finished at: 2025-02-03T01:14:00Z\n\t exit code: 137\n\t termination reason: "
     "OOMKilled", "executor", ("3",)),
    ("a-7-driver  1/1  Running    0  31m\na-7-exec-1  0/1  OOMKilled  0  30m\na-7-exec-2  0/1  OOMKilled  0  30m",
     "executor", ("1", "2")),
])  # fmt: skip
def test_a_process_of_sparks_is_told_by_its_container_or_its_stack(text, process, executors):
    first = diagnosed(text).first
    assert (first.process, first.service, first.executors) == (process, None, executors)


def test_what_stands_far_above_the_last_lines_of_a_text_is_seen():
    """The last lines of a text are a block of their own, beside which fewer lines were kept."""
    fields = "".join(f"      field{n}:  x\n" for n in range(30))
    text = f"Name:  a-driver\nContainers:\n{BESIDE}  log-shipper:\n{fields}{ENDED}"
    assert diagnosed(text).first.service.name == "the container log-shipper"


def test_a_circumstance_alone_is_no_failure():
    said = "WARN MemoryStore: Not enough space to cache rdd_4_1 in memory! (computed 412.6 MiB so far)"
    told = diagnosis_dict(diagnosed(said))
    assert headline(told) == "No failure is told here, only this: A block did not fit into storage memory."
    assert "Where it matters, change: " in diagnosis_text(told)


@pytest.mark.parametrize(("text", "keys"), [
    ("YarnAllocator: Container killed by YARN for exceeding memory limits. 11.2 GB of 11 GB physical memory used. Consider"
     " boosting spark.yarn.executor.memoryOverhead.", ["spark.yarn.executor.memoryOverhead", "spark.executor.cores"]),
    ("  File \"/opt/spark/python/pyspark/worker.py\", line 9, in main\n_ArrayMemoryError: Unable to allocate 7.45 GiB for an"
     " array with shape (9, 9)\n# df.groupBy('k').applyInPandas(f, s)",
     ["spark.executor.pyspark.memory", "spark.executor.memoryOverhead", "spark.executor.cores"]),
    ("Lost executor 4 on 10.0.0.1: x\nMessage: Pod was terminated in response to imminent node shutdown.\n"
     "exited with exit code 137(SIGKILL, possible container OOM).", ["spark.decommission.enabled"]),
])  # fmt: skip
def test_what_is_advised_fits_the_release_the_function_and_the_first_cause(text, keys):
    assert [one["key"] for found in diagnosed(text).findings for one in found.changes] == keys


@pytest.mark.parametrize(("text", "said", "keys"), [
    ("a-7-driver  0/1  OOMKilled  0  31m\na-7-exec-1  0/1  OOMKilled  0  30m\na-7-exec-4  0/1  OOMKilled  0  30m",
     "First cause: A container was killed at its memory limit (driver; executors 1, 4).",
     ["spark.driver.memoryOverhead", "spark.executor.memoryOverhead"]),
    ("spark-history-server-7c9  0/1  OOMKilled  0  31m",
     "First cause: A container was killed at its memory limit (Spark's history server).", ["resources.limits.memory"]),
])  # fmt: skip
def test_the_headline_names_all_that_was_lost(text, said, keys):
    found = diagnosed(text)
    assert (headline(diagnosis_dict(found)), [one["key"] for one in found.first.changes]) == (said, keys)


def test_of_a_stage_that_goes_on_the_rest_is_counted():
    bar = "[Stage 14:============>                 (411 + 32) / 1846]\n"
    said = "Total size of serialized results of 412 tasks (1029.3 MiB) "
    said += "is bigger than spark.driver.maxResultSize (1024.0 MiB)"
    assert [diagnosed(text + said).first.changes[0]["value"] for text in (bar, "")] == ["5535m", "1236m"]


def test_whoever_could_not_fetch_is_not_the_executor_that_went():
    text = '''25/03/01 10:00:01 ERROR Executor: Exception in task 1.0 in stage 3.0 (TID 31)
java.lang.OutOfMemoryError: Java heap space
25/03/01 10:00:03 ERROR TaskSchedulerImpl: Lost executor 6 on w-6: Command exited with code 52
25/03/01 10:00:09 WARN TaskSetManager: Lost task 4.0 in stage 4.0 (TID 91) (w-2 executor 2): FetchFailed(null, x)'''
    assert diagnosed(text).first.executors == ("6",)


def test_what_is_killed_below_the_prompt_of_a_program_is_the_driver():
    assert diagnosed(">>> rows = df.toPandas()\nKilled").first.process == "driver"


def test_an_address_advises_nothing_of_sparks_for_another_program_either():
    held = address_of(diagnosed("spark-history-server-7c9  0/1  OOMKilled  0  31m"))["found"]
    first = of_address(held).first
    assert (held, first.process, first.changes) == ("oom-killed~other=1", "none", [])


def test_the_end_of_the_master_s_container_is_the_driver_s():
    text = "failed due to AM Container for appattempt_17_1_000001 exited with  exitCode: 137\nKilled by external signal"
    assert {one.process for one in diagnosed(text).findings} == {"driver"}
    far = text + "\nx" * 20 + "\nContainer killed on request. Exit code is 143"
    assert "executor" in {one.process for one in diagnosed(far).findings}


@pytest.mark.parametrize(("around", "value", "keys"), [
    ("INFO M: Leasing 1644.0 MiB memory usage for app a\njava -Xmx1g org.apache.spark.deploy.history.HistoryServer",
     "5g", 2),
    ("INFO M: Leasing 3.0 GiB memory usage for app a_1 / Some(1)", "7g", 2),
    ("SPARK_DAEMON_MEMORY=2g", "4g", 1),
    ("java -Xmx1536m org.apache.spark.deploy.history.HistoryServer", "3g", 1),
    ("spark.driver.memory 8g", "", 1),
])  # fmt: skip
def test_a_history_server_gets_a_heap_from_what_the_text_says(around, value, keys):
    changes = diagnosed(f"{HEAP}org.apache.spark.deploy.history.FsHistoryProvider.load(F.scala:9)\n{around}\n").first.changes
    assert (changes[0]["key"], changes[0]["value"], len(changes)) == ("SPARK_DAEMON_MEMORY", value, keys)
