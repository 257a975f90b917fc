"""Whose a failure is that names no process: told by its container, by the process that the kernel killed, or by its stack.

What stands at the failure itself tells: the frames below an exception, the logger of its line, the name of a container
or a pod.  A server that is a driver (Thrift, Connect, an engine of Kyuubi's) is one here too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from sparkmem.diagnosis.literals import Literals
from sparkmem.diagnosis.services import SERVICES, Service

DRIVER, EXECUTOR = "driver", "executor"
_OF_FRAMES = tuple(service for service, frames, _ in SERVICES if frames)
_FRAMES = Literals(
    re.compile("|".join(f"({frames})" for _, frames, _ in SERVICES if frames)),
    (
        "deploy.", "FsHistoryProvider", "HistoryServer", "log-replay-executor", "apache.livy.", "LivyServer",
        "apache.zeppelin.", "ZeppelinServer", "apache.kyuubi.", "hive.metastore.", ".server.",
    ),
)  # fmt: skip
_NAMES = tuple((service, re.compile(names)) for service, _, names in SERVICES if names)
_DRIVERS_FRAMES = Literals(re.compile(
    r"hive\.thriftserver\.|\bHiveThriftServer2\b|\bSparkExecuteStatementOperation\b|\bHiveServer2-(?:Background|Handler)-Pool\b|sql\.connect\.(?:service|planner|execution)\.|kyuubi\.engine\.spark"
    r"|zeppelin\.(?:spark|interpreter)\.|livy\.(?:repl|rsc\.driver)\.|glue\.ProcessLauncher"
    r"|sql\.execution\.SparkPlan\.execute(?:Collect|Take|ToIterator)|\bcollectFromPlan\b|SparkContext\.runJob\("
    r"|sql\.delta\.(?:Snapshot|DeltaLog|OptimisticTransaction)\b"
), (
    "hrift", "SparkExecuteStatement", "HiveServer2-", "sql.connect.", "kyuubi.engine.", "zeppelin.", "livy.",
    "glue.ProcessLauncher", "SparkPlan.execute", "collectFromPlan", "SparkContext.runJob(", "sql.delta.",
))  # fmt: skip
"""Servers and sessions that are drivers, and what only a driver runs."""
_DRIVERS_NAMES = re.compile(
    r"spark-kubernetes-driver|^driver$|thrift-?server|spark-thrift|spark-connect|connect-server|-driver$"
)
_EXECUTORS_NAMES = re.compile(r"spark-kubernetes-executor|^executor$|-exec-([0-9]{1,7})$")
_CONTAINERS_OF_SPARK = re.compile(r"spark-kubernetes-(?:driver|executor)")
_ENTRY = re.compile(r"\s{0,40}(?:at |\.\.\. [0-9]|Caused by: )")
_HEADING = re.compile(r"( {1,8})([a-z0-9][a-z0-9.-]{0,80}):[ \t]*$")
"""A container in what kubectl describes: names of containers have small letters only, and what is said of one has not."""
_NAMED = re.compile(r"[ \t,{-]{0,40}\"?name\"?:[ \t]{0,4}\"?([a-z0-9][a-z0-9.-]{0,100})\"?,?[ \t]*$")
_NEXT = re.compile(r"[ \t]{0,40}(?:- )?\"?(?:containerID|apiVersion)\"?:")
_OF_SPARKS_LIST = re.compile(r"\s{0,20}(?:termination reason|exit code|container state):")
_IN_SPARKS_LIST = re.compile(r"\s{0,20}container name: ([a-z0-9][a-z0-9.-]{0,100})")
"""What Spark writes of the containers of a pod of an executor (KubernetesUtils, containersDescription)."""
_OF_EXECUTOR = re.compile(r"[Ee]xecutor with id ([0-9]{1,7}) exited")
_POD = re.compile(r"Name:[ \t]{1,20}([a-z0-9][a-z0-9.-]{0,252})[ \t]*$")
_ROW = re.compile(r"[ \t]{0,8}(?:pod/)?([a-z0-9][a-z0-9.-]{0,252})[ \t]{1,80}[0-9]{1,3}/[0-9]{1,3}[ \t]")
_MOST_FRAMES, _MOST_BELOW = 60, 14


@dataclass(frozen=True)
class Owner:
    """Whose a failure is: a process of Spark's, a service, or a container that is neither; all empty where nothing tells."""

    process: str = ""
    service: Service | None = None
    executor: str = ""

    @property
    def known(self) -> bool:
        """Whether it is told."""
        return bool(self.process or self.service)


def of_stack(before: Sequence[str], line: str, after: Sequence[str]) -> Owner:
    """What the lines of an error tell: its logger, the one before it, and its frames.

    >>> of_stack([], "java.lang.OutOfMemoryError: x", ["\\tat org.apache.spark.deploy.history.A.b(A.scala:1)"]).service.name
    "Spark's history server"
    >>> of_stack([], "x", ["\\tat org.apache.spark.sql.hive.thriftserver.A.b(A.scala:1)"]).process
    'driver'
    """
    frames = list(takewhile(_ENTRY.match, islice(after, _MOST_FRAMES)))
    said = "\n".join([*before[-1:], line, *frames])
    if _DRIVERS_FRAMES.search(said):
        return Owner(DRIVER)
    match = _FRAMES.search(said)
    found = _OF_FRAMES[(match.lastindex or 1) - 1] if match else None
    if found and "org.apache.spark." in said and "org.apache.spark.deploy." not in said:
        return Owner()  # a driver that has a metastore, or a client of it, inside
    return Owner(service=found)


def of_container(before: Sequence[str], line: str, after: Sequence[str]) -> Owner:
    """Whose container a line of a pod's description is about, by its own name or else by the pod's.

    >>> described = ["Name:  rates-driver", "Containers:", "  istio-proxy:", "    State:  Terminated"]
    >>> of_container([*described, "  spark-kubernetes-driver:"], "      Reason: OOMKilled", []).process
    'driver'
    >>> of_container(described, "      Reason: OOMKilled", ["  spark-kubernetes-driver:"]).service.name
    'the container istio-proxy'
    """
    if row := _ROW.match(line):
        return _named(row[1])
    above = list(takewhile(lambda text: not _POD.match(text), reversed(before)))
    pod = _POD.match(before[-len(above) - 1]) if len(above) < len(before) else None
    container = _container(before, line, after)
    found = _named(container)
    if found.process == EXECUTOR and _OF_SPARKS_LIST.match(line):
        ids = (match[1] for text in islice(reversed(before), _MOST_BELOW) if (match := _OF_EXECUTOR.search(text)))
        return Owner(EXECUTOR, executor=next(ids, ""))
    of_pod = _named(pod[1] if pod else "")
    if not container or (found.process and found.process == of_pod.process):
        return of_pod
    if found.known:
        return found
    below = takewhile(lambda text: not _POD.match(text), after)
    beside = any(map(_CONTAINERS_OF_SPARK.search, (*above, *below)))
    return Owner(service=Service(f"the container {container}")) if beside else of_pod


def _named(name: str) -> Owner:
    """Whose a container or a pod of this name is."""
    if match := _EXECUTORS_NAMES.search(name):
        return Owner(EXECUTOR, executor=match[1] or "")
    if _DRIVERS_NAMES.search(name):
        return Owner(DRIVER)
    return Owner(service=next((service for service, pattern in _NAMES if name and pattern.search(name)), None))


def _container(before: Sequence[str], line: str, after: Sequence[str]) -> str:
    """The container's name: above in what Spark and kubectl describe, below in YAML and JSON."""
    if _OF_SPARKS_LIST.match(line):
        above = islice(reversed(before), _MOST_BELOW)
        return next((match[1] for text in above if (match := _IN_SPARKS_LIST.match(text))), "")
    depth = len(line) - len(line.lstrip())
    for text in reversed(before):
        match = _HEADING.match(text)
        if match and len(match[1]) < depth:
            return match[2] if "reason:" not in line and '"reason"' not in line else _below(after)
        if text and not text[0].isspace():
            break
    return _below(after) if "reason" in line else ""


def _below(after: Sequence[str]) -> str:
    below = takewhile(lambda text: not _NEXT.match(text), islice(after, _MOST_BELOW))
    return next((match[1] for text in below if (match := _NAMED.match(text))), "")


_KILLED = re.compile(
    r"Kill(?:ed)? process [0-9]{1,10} \(((?:mysqld|mariadbd|postgres|mongo[ds]|redis-server|clickhouse|influxd|etcd"
    r"|prometheus|grafana|nginx|envoy|fluent|telegraf|node|chrome|firefox|Xorg|gnome-shell|kubelet|dockerd|containerd|k3s|minio"
    r"|php|ruby|dotnet|beam\.smp|memcached|systemd|snapd)[^)\n]{0,40})\)"
)
"""Programs that are no part of Spark; a process of a JVM may have the name of any of its threads."""


def of_killed(line: str) -> Owner:
    """The process that the kernel killed, where it is of a program that is no part of Spark.

    >>> of_killed("Out of memory: Killed process 812 (mysqld) total-vm:9kB").service.name, of_killed("x").known
    ('the process mysqld', False)
    """
    match = _KILLED.search(line) if " process " in line else None
    return Owner(service=Service(f"the process {match[1]}")) if match else Owner()


def owner(region: str, before: Sequence[str], line: str, after: Sequence[str]) -> Owner:
    """Whose a failure is that names no process itself: the first that the line, a pod's description or a stack tells."""
    found = of_killed(line)
    if not found.known and region == "container":
        found = of_container(before, line, after)
    return found if found.known else of_stack(before, line, after)
