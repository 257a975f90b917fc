"""Whose a failure is: the process that a text names, with its place, or that it leaves open."""

import pytest

from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.render.diagnosis_reply import reply
from tests.model.failures import ids_in


def test_what_is_beside_a_text_is_known_of_it():
    line = (
        "23/11/07 10:59:24 WARN TaskSetManager: Lost task 7.1 in stage 3.0 (TID 42) (worker-1 executor 5):"
        " java.lang.OutOfMemoryError: Java heap space"
    )
    at = diagnosed(line).findings[0].at
    assert (at.time, at.executor, at.host) == ("2023-11-07 10:59:24", "5", "worker-1")
    assert (at.task, at.stage, at.tid) == ("7.1", "3.0", "42")
    assert diagnosed(line).findings[0].process == "executor"
    assert diagnosed(line.replace("executor 5", "executor driver")).findings[0].process == "driver"


STACK = "java.lang.OutOfMemoryError: Metaspace\n\tat java.base/java.lang.ClassLoader.defineClass1(Native Method)\n"
FRAMES = "".join(f"\tat com.acme.reports.Step{n}.apply(Steps.scala:{n})\n" for n in range(9))
POD = "State: Terminated\n  Reason: OOMKilled\n  Exit Code: 137\n" + "  Ready: False\n" * 9 + "Environment:\n  {}: 12\n"


@pytest.mark.parametrize(("text", "process"), [
    (STACK + FRAMES, "not told"),
    (STACK + FRAMES + "\tat org.apache.spark.executor.Executor$TaskRunner.run(Executor.scala:9)\n", "executor"),
    (STACK + FRAMES + "\tat org.apache.spark.scheduler.DAGScheduler.handleJobSubmitted(D.scala:9)\n", "driver"),
    (STACK + FRAMES + "24/05/01 10:00:00 INFO Executor: next\n", "not told"),
    (POD.format("SPARK_EXECUTOR_ID"), "executor"),
    (POD.format("SPARK_DRIVER_BIND_ADDRESS"), "driver"),
    (POD.format("OTHER"), "not told"),
    ("Reason: OOMKilled\nName: other-pod\nEnvironment:\n  x: y\n  SPARK_EXECUTOR_ID: 3\n", "not told"),
    ("Container spark-kubernetes-executor was killed. Reason: OOMKilled", "executor"),
    ("[2024] 1/1 local-dirs are bad: /mnt/yarn; NodeManager", "none"),
])  # fmt: skip
def test_a_process_is_said_where_the_text_tells_it_and_left_open_where_not(text, process):
    assert diagnosed(text).first.process == process


def test_only_what_is_no_process_of_sparks_is_said_to_be_none():
    assert "Process: <strong>not told</strong>" in reply({"text": STACK, "page": "what-happened/"})["html"]
    assert "none of Spark" not in reply({"text": STACK, "page": "what-happened/"})["html"]
    node = reply({"text": "1/1 local-dirs are bad: /mnt/yarn", "page": "what-happened/"})["html"]
    assert "Process: <strong>none of Spark&#x27;s</strong>" in node


OVER_LIMIT = (
    "Container [pid=1,containerID=container_1700000000001_0031_02_{}] is running 73728B beyond the 'PHYSICAL' memory limit."
    " Current usage: 1.4 GB of 1.4 GB physical memory used; 3.1 GB of 2.9 GB virtual memory used. Killing container."
)


def test_the_first_container_of_an_application_is_its_masters_and_advice_is_the_drivers():
    (master,) = diagnosed(OVER_LIMIT.format("000001")).findings
    assert (master.finding.id, master.process) == ("yarn-am-physical-limit", "driver")
    assert {one["key"] for one in master.changes} == {"spark.driver.memoryOverhead", "spark.yarn.am.memoryOverhead"}
    (executor,) = diagnosed(OVER_LIMIT.format("000013")).findings
    assert (executor.finding.id, executor.process) == ("yarn-physical-limit", "executor")


def test_one_kill_of_the_master_is_one_cause_however_often_it_is_said():
    failed = "Application application_1_0031 failed 2 times due to AM Container for x exited with exitCode: -104"
    assert ids_in(f"{OVER_LIMIT.format('000001')}\n{failed}") == ["yarn-am-physical-limit"]


_CALL = "py4j.protocol.Py4JJavaError: An error occurred while calling o355.save.\n: "
_FULL = "java.lang.OutOfMemoryError: GC overhead limit exceeded\n\tat {}(A.scala:1)"
_PAUSE = "[2024-05-02T03:13:09.621+0000][info][gc] GC(18) Pause Full (G1 Compaction Pause) 12288M->12262M(12288M) 20911.3ms"


@pytest.mark.parametrize(("text", "process"), [
    (_FULL.format("org.apache.spark.sql.catalyst.optimizer.InferFiltersFromConstraints$.apply"), "driver"),
    (_FULL.format("org.apache.spark.sql.execution.QueryExecution.optimizedPlan"), "driver"),
    (_FULL.format("org.apache.spark.sql.catalyst.expressions.UnsafeRow.copy"), "not told"),
    (f"{_CALL}{_FULL.format('a.B.c')}", "driver"),
    (f"{_CALL}org.apache.spark.SparkException: Job aborted.\nCaused by: {_FULL.format('a.B.c')}", "not told"),
    (f"stdout of executor 11 (-Xlog:gc*):\n{_PAUSE}", "executor"),
    (f"Driver stdout:\n{_PAUSE}", "driver"),
    (f"driver GC log:\n{_PAUSE}", "driver"),
    (f"Driver stdout:\nINFO Main: x\n\n{_PAUSE}", "not told"),
    (f"no logs of the executor or the driver\n{_PAUSE}", "not told"),
])  # fmt: skip
def test_a_frame_of_planning_what_py4j_was_given_and_a_plain_heading_tell_the_process(text, process):
    assert diagnosed(text).first.process == process
