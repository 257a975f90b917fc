"""Words by which a text tells whose it is: those that a driver writes, or a task's executor, or what serves Python."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sparkmem.diagnosis.literals import Literals

_DRIVER = Literals(re.compile(
    r"Driver stacktrace|DAGScheduler|SparkContext\b|dag-scheduler|broadcast-exchange|Exception in thread \"main\""
    r"|task-result-getter|TaskSetManager|driver\.log|spark-kubernetes-driver|z:org\.apache\.spark\.api\.python\.PythonRDD"
    r"|sql\.execution\.QueryExecution[.$]|catalyst\.optimizer\.\w{1,60}[.$]|execution\.command\.\w{1,60}[.$]"
    r"|SaveIntoDataSourceCommand\.run"
    r"|refresh progress|while getting task result|TaskResultGetter|BroadcastExchangeExec"
    r"|\bpyspark --"
    r"|\bspark-(?:shell|sql|submit) --(?!.{0,300}deploy-mode[ =]cluster)"
    r"|kafka-admin-client-thread|\bdeploy\.SparkSubmit --(?!.{0,300}deploy-mode[ =]cluster)"
    r"|>>> [^\n]{0,200}\.(?:toPandas|collect)\(|\bAM Container for appattempt"
    r"|\bdriver (?:container|pod)\b|\bDriver was killed\b"
    r"|\bApplicationMaster\b|SPARK_DRIVER_BIND_ADDRESS|spark-role[\"']?[=:] {0,3}[\"']?driver\b"
), (
    "river", "DAGScheduler", "SparkContext", "dag-scheduler", "broadcast-exchange", "\"main\"", "task-result-getter",
    "TaskSetManager", ".PythonRDD", "refresh progress", "while getting task", "TaskResultGetter", "BroadcastExchangeExec",
    "pyspark --", "spark-shell --", "spark-sql --", "spark-submit --", "kafka-admin-client", "SparkSubmit --", ">>> ",
    "execution.QueryExecution", "catalyst.optimizer.", "execution.command.", "SaveIntoDataSource",
    "AM Container", "ApplicationMaster", "SPARK_DRIVER_BIND",
))  # fmt: skip
_BACKEND = Literals(re.compile(
    r"py4j\.(?:GatewayConnection|ClientServerConnection|Gateway\.invoke|commands\.\w{1,30}Command)|api\.r\.RBackendHandler"
    r"|sparklyr\.(?:BackendHandler|StreamHandler|Invoke)\b"
), ("py4j.", "RBackendHandler", "sparklyr."))
"""Frames of what serves Python or R in the driver: whatever is thrown above them was thrown there."""
_CALLED = "An error occurred while calling "
"""How Py4J begins what a call into the JVM ended with; that stands in the next line, behind a colon."""
_WORKER = Literals(re.compile(
    r"Executor task launch worker|executor\.Executor\b|(?:ERROR|WARN|INFO) +Executor\b|CoarseGrainedExecutorBackend"
    r"|SPARK_EXECUTOR_ID|spark-kubernetes-executor|spark-role[\"']?[=:] {0,3}[\"']?executor\b"
    r"|\bContainerStatus\(.{0,900}?\bname=executor\b"
    r"|\bexecutor pods?\b|\bshuffle\.FetchFailedException\b"
    r"|org\.apache\.spark\.scheduler\.Task\.run|JDBCRDD\.compute\("
    r"|datasources\.(?:DynamicPartitionData\w{0,12}Writer|FileFormatDataWriter|SingleDirectoryDataWriter|FileScanRDD)\b"
    r"|parquet\.hadoop\.(?:InternalParquetRecordWriter|codec\.\w{3,30}Decompressor)\b|SnappyDecompressor\b"
    r"|\"logger\" ?: ?\"(?:[\w.]{1,80}\.)?(?:Executor|\w{0,20}CoarseGrainedExecutorBackend|ShuffleBlockFetcherIterator)\""
    r"|Failure while fetching StreamChunkId|R worker produced errors"
), (
    "xecutor", "SPARK_EXECUTOR_ID", ".FetchFailedException", "scheduler.Task.run", "JDBCRDD", "Failure while fetching",
    "R worker produced", "ShuffleBlockFetcherIterator", "datasources.", "InternalParquetRecordWriter", "Decompressor",
))  # fmt: skip


def of_pod(pod: str) -> str:
    """Whose pod it is, by the names that Spark gives them."""
    return "driver" if pod.endswith("-driver") else "executor" if pod else ""


def process_of(texts: tuple[str, str, str], executor: str) -> str:
    """Whose words they are: of a task that failed, its executor's; ``executor driver`` is local mode."""
    if executor:
        return "driver" if executor == "driver" else "executor"
    lines, _, beyond = texts
    if _BACKEND.search(beyond) and not _WORKER.search(lines) and not _WORKER.search(beyond):
        return "driver"
    for text in texts:
        if _WORKER.search(text):
            return "executor"
        if _DRIVER.search(text):
            return "driver"
    return ""


def is_of_a_call(before: Sequence[str], lines: str) -> bool:
    """Whether Py4J tells of an error as what a call itself ended with: it was thrown in the driver's JVM.

    What a task ended with comes as a SparkException, and the error behind it as a cause.

    >>> is_of_a_call(["Py4JJavaError: An error occurred while calling o35.save."], ": java.lang.OutOfMemoryError: x")
    True
    """
    return bool(before) and _CALLED in before[-1] and lines.lstrip().startswith(": java.lang.")
