"""What releases say of exit codes, and with which one a JVM ends: tests/oracle/exit-codes.json.

For each release: the codes that its classes name, the texts that they have for a code, and what a real
`YarnAllocator` makes of a container that ended with one.  For the JVM: what a shell sees when it ends so or so.
"""

import logging
from collections.abc import Callable
from pathlib import Path
from resource import RLIMIT_CORE, getrlimit, setrlimit
from signal import SIGABRT, SIGHUP, SIGINT, SIGKILL, SIGSEGV, SIGTERM
from typing import Any

from . import jvm, packages
from .jvm import Jvm
from .kinds import companion, spark_conf, yarn
from .record import RECORDED, write
from .releases import JAVA, at_least

FILE = "exit-codes.json"
COMMAND = "python -m tools.oracle exits"
JAVA_OF_EXITS = 17

MASTER_OWNER = "org.apache.spark.deploy.yarn.ApplicationMaster"
OWNERS = ("org.apache.spark.util.SparkExitCode", "org.apache.spark.executor.ExecutorExitCode")
YARN_UTIL = "org.apache.spark.deploy.yarn.YarnSparkHadoopUtil"
YARN_OWNER = "org.apache.hadoop.yarn.api.records.ContainerExitStatus"
YARN_DEFAULTS = "org.apache.hadoop.yarn.conf.YarnConfiguration"
DEFAULTS_NAMED = ("_ALLOCATION_MB", "NM_VMEM_PMEM_RATIO", "NM_CONTAINER_MON_INTERVAL_MS", "MEM_CHECK_ENABLED", "SIGKILL_MS")
ROCKSDB = "org.apache.spark.sql.execution.streaming.state.RocksDBConf"
KUBERNETES = "org.apache.spark.scheduler.cluster.k8s.ExecutorPodsLifecycleManager"

CODES = [0, 1, 2, 3, 10, 11, 42, *range(50, 61), 101, 124, 126, 127, 128, 129, 130, 134, 137, 139, 143, 154, 255]
STATUSES = [0, -1000, *range(-109, -99), 1, 52, 134, 137, 139, 143]
DIAGNOSTICS = (
    "Container [pid=4711,containerID=container_1_0001_01_000002] is running 536870912B beyond the 'PHYSICAL' memory limit."
    " Current usage: 5.5 GB of 5 GB physical memory used; 7.9 GB of 10.5 GB virtual memory used. Killing container."
)
"""In the words of Hadoop 3's ContainersMonitorImpl, the numbers made up."""


def record() -> Path:
    """The file, made anew for all releases."""
    rows: list[dict[str, Any]] = []
    for release, java in JAVA.items():
        with jvm.Jvm(java, ["-Xmx512m"], packages.unpacked(f"spark-{release}")) as real:
            rows += [{"release": release, **row} for row in _said_by(real, release)]
    logging.getLogger("py4j").setLevel(logging.CRITICAL)  # it reports each JVM that is ended under it
    setrlimit(RLIMIT_CORE, (0, getrlimit(RLIMIT_CORE)[1]))
    with jvm.Jvm(JAVA_OF_EXITS, ["-Xmx64m"]) as real:
        version = jvm.version(real)
    rows += [{"exit": name, **_end(ends)} for name, ends in EXITS.items()]
    path = RECORDED / FILE
    write(path, {"jvm": version, "command": COMMAND, "diagnostics": DIAGNOSTICS}, "rows", rows)
    return path


def _said_by(real: Jvm, release: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [{"owner": owner, "names": _constants(real, owner)} for owner in OWNERS]
    rows.append({"owner": MASTER_OWNER, "names": _constants(real, MASTER_OWNER)})
    rows += [{"owner": owner, "names": _static_constants(real, owner)} for owner in (YARN_OWNER, YARN_DEFAULTS)]
    if at_least(release, "3.5"):
        rows.append({"owner": ROCKSDB, "names": _rocksdb(real)})
    explain = companion(real, OWNERS[1]).explainExitCode
    rows.append({"said": "explainExitCode", "texts": {str(code): explain(code) for code in CODES}})
    if at_least(release, "3.2"):
        described = {str(code): real.call(companion(real, KUBERNETES), "describeExitCode", code) for code in CODES}
        rows.append({"said": "describeExitCode", "texts": described})
    rows.append({"said": "addOutOfMemoryErrorArgument", "texts": {"options": _yarn_adds(real)}})
    texts = {str(status): _yarn_said(real, release, status) for status in STATUSES}
    rows.append({"said": "processCompletedContainers", "texts": texts})
    return rows


def _constants(real: Jvm, owner: str) -> dict[str, int]:
    """The whole numbers that a Scala object names."""
    found = companion(real, owner)
    names = [str(m.getName()) for m in found.getClass().getDeclaredMethods()
             if m.getParameterCount() == 0 and m.getReturnType().getName() == "int"]
    return dict(sorted((name.rpartition("$")[2], int(real.call(found, name))) for name in names))


def _static_constants(real: Jvm, owner: str) -> dict[str, Any]:
    """The whole numbers that a Java class names; of YARN's configuration, the defaults that bear on memory."""
    fields = [f for f in real.view.java.lang.Class.forName(owner).getDeclaredFields()
              if f.getType().getName() in ("int", "float", "boolean", "long")]
    named = {str(f.getName()): f.get(None) for f in fields if f.getName() != "$assertionsDisabled"}
    if owner == YARN_DEFAULTS:
        named = {name: value for name, value in named.items()
                 if name.startswith("DEFAULT_") and name.endswith(DEFAULTS_NAMED)}
    return dict(sorted(named.items()))


def _rocksdb(real: Jvm) -> dict[str, Any]:
    """What a query without settings gives the RocksDB of its state."""
    conf = companion(real, ROCKSDB).apply()
    return {name: real.call(conf, name) for name in ("boundedMemoryUsage", "totalMemoryUsageMB", "blockCacheSizeMB")}


def _yarn_adds(real: Jvm) -> str:
    """The options that executors on YARN are started with on account of `OutOfMemoryError`."""
    options = real.view.scala.collection.mutable.ListBuffer()
    real.call(companion(real, YARN_UTIL), "addOutOfMemoryErrorArgument", options)
    return str(options.mkString(" "))


def _yarn_said(real: Jvm, release: str, status: int) -> dict[str, Any]:
    """`text`, and `byApplication`: whether the allocator counts the loss against the application."""
    allocator = yarn._allocator(real, spark_conf(real, {}))
    records = real.view.org.apache.hadoop.yarn.api.records
    attempt = records.ApplicationAttemptId.newInstance(records.ApplicationId.newInstance(1, 1), 1)
    container = records.ContainerId.newContainerId(attempt, 2)
    executor: Any = "1"
    if at_least(release, "3.1"):
        executor = real.view.scala.Tuple2("1", real.view.java.lang.Integer(0))
    name = "containerIdToExecutorIdAndResourceProfileId" if at_least(release, "3.1") else "containerIdToExecutorId"
    real.field(allocator, name).put(container, executor)
    complete = records.ContainerState.COMPLETE
    ended = records.ContainerStatus.newInstance(container, complete, DIAGNOSTICS, status)
    nothing = companion(real, "scala.collection.immutable.Nil")
    real.call(allocator, "processCompletedContainers", getattr(nothing, "$colon$colon")(ended))
    reason = real.field(allocator, "releasedExecutorLossReasons").apply("1")
    return {"text": reason.message(), "byApplication": reason.exitCausedByApp()}


Ends = tuple[list[str], Callable[[Jvm], None]]


def _signalled(number: int) -> Ends:
    return [], lambda real: real.signal(number)


def _out_of_memory(option: str) -> Ends:
    return [option], lambda real: real.view.java.util.ArrayList(1 << 28)


EXITS: dict[str, Ends] = {
    **{each.name: _signalled(each) for each in (SIGHUP, SIGINT, SIGABRT, SIGKILL, SIGSEGV, SIGTERM)},
    "-XX:+ExitOnOutOfMemoryError": _out_of_memory("-XX:+ExitOnOutOfMemoryError"),
    "-XX:+CrashOnOutOfMemoryError": _out_of_memory("-XX:+CrashOnOutOfMemoryError"),
    "-XX:OnOutOfMemoryError=kill -9 %p": _out_of_memory("-XX:OnOutOfMemoryError=kill -9 %p"),
    "-XX:OnOutOfMemoryError=kill %p": _out_of_memory("-XX:OnOutOfMemoryError=kill %p"),
    "-XX:-CreateCoredumpOnCrash, SIGSEGV": (["-XX:-CreateCoredumpOnCrash"], lambda real: real.signal(SIGSEGV)),
    "unknown option": _out_of_memory("-XX:+G1SummarizeConcMark"),
}
"""How a JVM is ended: an option, and what is done to it once it runs."""

_SMALL = ["-Xmx64m", "-XX:ErrorFile=/dev/null"]


def _end(ends: Ends) -> dict[str, Any]:
    """`status` as a shell shows it, and whether the kernel ended the process or it exited by itself."""
    options, act = ends
    status = jvm.ended(JAVA_OF_EXITS, [*_SMALL, *options], act)
    return {"status": 128 - status if status < 0 else status, "bySignal": status < 0}
