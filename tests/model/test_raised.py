"""What a program threw: named where nothing of memory is, and nothing said of it where something is, or is gone."""

import pytest

from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.diagnosis.raised import RAISED
from sparkmem.render.headline import headline
from sparkmem.requests.diagnosis import diagnosis_dict

MASTER = (
    "24/05/06 09:12:45 ERROR ApplicationMaster: User class threw exception: java.io.FileNotFoundException: hdfs://nn/conf.yaml\n"
    "\tat a.Conf.load(Conf.scala:20)\n24/05/06 09:12:46 ERROR YarnCoarseGrainedExecutorBackend: RECEIVED SIGNAL TERM"
)


def test_the_innermost_exception_of_a_chain_is_quoted_with_its_name():
    first = diagnosed(
        'Exception in thread "main" org.apache.spark.SparkException: Job aborted.\n\tat org.apache.spark.A.b(A.scala:1)\n'
        "Caused by: java.util.concurrent.ExecutionException: java.lang.NullPointerException: no name\n\t... 3 more\n"
        "Caused by: java.lang.NullPointerException: no name"
    ).first
    assert (first.finding.id, first.line, first.changes) == (RAISED, 5, [])
    assert first.says.startswith("It is NullPointerException; ")


@pytest.mark.parametrize("text", [
    f"{MASTER}\n24/05/06 09:12:40 WARN TaskSetManager: java.lang.OutOfMemoryError: Java heap space",
    "24/05/06 09:12:45 ERROR YarnScheduler: Lost executor 4 on w3: Executor heartbeat timed out after 130021 ms\n" + MASTER,
    "24/05/06 09:12:45 WARN spark.util.Utils: Spark\njava.io.FileNotFoundException: /x\n\tat a.B.c(B.scala:1)",
    "Exception in thread \"main\" org.apache.spark.SparkException: Job aborted due to stage failure: x\n"
    "Caused by: java.io.IOException: Failed to connect to w1/10.0.0.1:7337",
    "java.lang.IllegalStateException: Cannot call methods on a stopped SparkContext.",
    "Exception in thread \"main\" a.b.RateException: no rate\n\tat org.apache.kafka.connect.runtime.Worker.run(W.java:1)",
], ids=["memory", "lost before", "warning", "connection", "stopped", "another program"])  # fmt: skip
def test_nothing_is_said_of_it_where_memory_or_what_is_gone_may_be_why(text):
    assert RAISED not in [one.finding.id for one in diagnosed(text).findings]


def test_a_class_of_the_programs_own_is_not_named():
    first = diagnosed('Exception in thread "main" a.b.RateException: x\n\tat org.apache.spark.sql.A.b(A.scala:1)').first
    assert first.finding.id == RAISED
    assert "RateException" not in first.says


LOST = (
    "24/02/22 04:07:50 ERROR YarnClusterScheduler: Lost executor 31 on w1: Container marked as failed: c on host: w1."
    " Exit status: -100. Diagnostics: Container released on a *lost* node.\n"
)
WELL = "24/02/22 04:31:20 INFO ApplicationMaster: Final app status: SUCCEEDED, exitCode: 0\n"


@pytest.mark.parametrize(("text", "said"), [
    (LOST + WELL, "The application ended with SUCCEEDED all the same. On the way: A node was lost."),
    (WELL + LOST, "First cause: A node was lost."),
    (LOST + WELL + "App x_1 failed 2 times due to AM Container for x exited with  exitCode: 13", "First cause"),
], ids=["after it", "before it", "failed"])  # fmt: skip
def test_an_application_that_ended_well_has_not_failed(text, said):
    assert headline(diagnosis_dict(diagnosed(text))).startswith(said)


@pytest.mark.parametrize(("text", "name"), [
    ('AnalysisException: [X_Y] no column\n---\nAnalysisException  Traceback (most recent call last)\nFile pyspark/sql/a.py',
     "AnalysisException"),
    ('{"msg":"Exception in task 0.0 in stage 1.0 (TID 1)","exception":{"class":"org.apache.spark.SparkException",'
     '"msg":"[TASK_WRITE_FAILED] x","cause":{"class":"java.lang.NullPointerException","msg":"no"}},"logger":"Executor"}',
     "NullPointerException"),
], ids=["notebook", "structured"])  # fmt: skip
def test_an_exception_is_found_as_notebooks_and_structured_logs_show_it(text, name):
    first = diagnosed(text).first
    assert first.finding.id == RAISED
    assert first.says.startswith(f"It is {name};")
