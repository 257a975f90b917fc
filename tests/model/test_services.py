"""Programs beside Spark's applications: whose memory it was, and that no key of an application is advised for it."""

import pytest

from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.requests.diagnosis import diagnosis_dict

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
