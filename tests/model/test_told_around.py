"""What the words around a failure tell of it: the executor, the process, and what is no executor's number."""

import pytest

from sparkmem.diagnosis.diagnose import diagnosed

_FULL = "\njava.lang.OutOfMemoryError: Java heap space"
_DIRECT = "failed to allocate 8388608 byte(s) of direct memory (used: 1065353216, max: 1073741824)"


@pytest.mark.parametrize(
    ("line", "executors"),
    [
        ("2025-10-20 12:55:01 ERROR Executor:98 - Exception in task 6.0 in stage 33.0 (TID 1290)", ()),
        ("25/10/20 12:55:01 [INFO] org.apache.spark.executor.Executor:98 - Exception in task 6.0 in stage 3.0 (TID 9)", ()),
        ("12:55:01 ERROR [Executor task launch worker for task 12] Executor:7 [app=etl] - Exception in task 6.0", ()),
        ("25/10/20 12:55:01 INFO Executor: 3 block locks were not released by TID = 1290:", ()),
        ("Executor: 12 on node-3", ("12",)),
        ("25/10/20 12:55:01 ERROR YarnScheduler: Lost executor 12 on node-3: heap", ("12",)),
    ],
)
def test_the_line_of_a_logger_is_no_executor(line: str, executors: tuple[str, ...]) -> None:
    first = diagnosed(line + _FULL).first
    assert first is not None
    assert first.executors == executors


def test_what_a_task_could_not_fetch_is_said_by_its_executor() -> None:
    lost = "24/02/01 08:00:00 WARN TaskSetManager: Lost task 2.0 in stage 5.1 (TID 99) (w-2.example executor 5): "
    text = f"{lost}FetchFailed(BlockManagerId(7, w-9, 7337, None), shuffleId=1, message=\n"
    first = diagnosed(f"{text}org.apache.spark.shuffle.FetchFailedException: {_DIRECT}").first
    assert first is not None
    assert (first.finding.id, first.executors, first.at.host) == ("netty-direct-memory", ("5",), "w-2.example")

    gone = "24/02/01 07:59:00 ERROR YarnScheduler: Lost executor 7 on w-9: Container released on a *lost* node.\n"
    missing = "org.apache.spark.shuffle.MetadataFetchFailedException: Missing an output location for shuffle 4"
    told = {one.finding.id: one.executors for one in diagnosed(gone + text + missing).findings}
    assert told["yarn-node-lost"] == ("7",)
    assert told["fetch-failed"] == ("5",)


@pytest.mark.parametrize(
    ("text", "process"),
    [
        ("ERROR Executor: Exception in task 1.0 in stage 7.0 (TID 3)\norg.apache.spark.SparkException: R computation failed"
         " with\n Error: cannot allocate vector of size 1.4 Gb", "executor"),
        ("R worker produced errors: Error in matrix(0, n, n) : cannot allocate vector of size 800 Mb", "executor"),
        ("ERROR sparklyr: RScript (7712) terminated unexpectedly: cannot allocate vector of size 640 Mb", "executor"),
        ("> x <- collect(df)\nError: cannot allocate vector of size 3.1 Gb", "driver"),
        ("INFO TaskSetManager: Finished task 3.0 in stage 1.0 (TID 9) in 812 ms on wn07 (executor 5) (4/4)\n"
         "Error: cannot allocate vector of size 5.1 Gb", "driver"),
    ],
)  # fmt: skip
def test_r_beside_an_executor_is_the_executors(text: str, process: str) -> None:
    first = diagnosed(text).first
    assert first is not None
    assert (first.finding.id, first.process) == ("r-memory", process)
    assert first.changes[0]["key"] == f"spark.{process}.memoryOverhead"
