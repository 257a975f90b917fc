"""Programs that run beside Spark's applications and run out of memory themselves, and where their own memory is set.

Where each reads its memory from say bin/ and conf/ of Spark, Hadoop, Hive, Livy, Zeppelin and Kyuubi.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sparkmem.diagnosis.conditions import Number
from sparkmem.size import GIB, mib_text

_DAEMON = "SPARK_DAEMON_MEMORY"
LEASE, DAEMON_HEAP = "history_lease", "daemon_heap"
"""Clues: what the history server's hybrid store leased for an application, and the heap of a daemon of Spark's [bytes]."""


@dataclass(frozen=True)
class Service:
    """A program by the name that people call it, and where its heap is set: the key, and how."""

    name: str
    heap: str = ""
    where: str = ""
    less: tuple[tuple[str, str], ...] = ()
    """What asks less of it: options, and why."""

    @property
    def says(self) -> str:
        """Whose memory it was, for whoever has just pasted the text."""
        return f"It was {self.name}, no driver and no executor: no setting of an application is for it."

    def changes(self, region: str, numbers: Mapping[str, Number] | None = None) -> list[dict[str, str]]:
        """What to change where its heap, or its container, was too small.

        >>> [one["key"] for region in ("heap", "container", "direct") for one in HISTORY.changes(region)]
        ['SPARK_DAEMON_MEMORY', 'resources.limits.memory']
        """
        if region == "container":
            heap = f" Its heap ({self.heap}) is inside, and stays below it." if self.heap else ""
            return [{"key": "resources.limits.memory", "value": "", "why": f"Of its own container.{heap}"}]
        less: list[dict[str, str]] = [{"key": key, "value": "", "why": why} for key, why in self.less]
        if region not in ("heap", "elsewhere"):
            return []
        if not self.heap:
            return less
        value, now = _of_a_daemon(numbers or {}) if self.heap == _DAEMON else ("", "")
        why = f"Its heap, {self.where}. {now}A container around it grows by as much."
        room = {"key": self.heap, "value": value, "why": why}
        return [room, *less, *(_HYBRID if LEASE in (numbers or {}) and self.heap == _DAEMON else ())]


def _of_a_daemon(numbers: Mapping[str, Number]) -> tuple[str, str]:
    """A heap for a daemon of Spark's, and why: twice what it has, and all that the hybrid store leased for an application.

    >>> _of_a_daemon({"daemon_heap": 2**30})
    ('2g', 'It is 1,024 MiB here. ')
    """
    heap, lease = int(numbers.get(DAEMON_HEAP, 0)), int(numbers.get(LEASE, 0))
    told = f"It is {mib_text(heap)} here. " if heap else ""
    more = ", more than that heap" if 0 < heap < lease else ""
    if lease:
        told += f"The hybrid store leased {mib_text(lease)} for one application{more}, and reading the log takes some too. "
    needed = max(2 * heap, 2 * lease + (heap or GIB) if lease else 0)
    return (f"{-(-needed // GIB)}g" if needed else ""), told


_HYBRID = [{
    "key": "spark.history.store.hybridStore.maxMemoryUsage", "value": "",
    "why": "Well below that heap: the hybrid store leases up to so much of it for applications that are read at once;"
    " or spark.history.store.hybridStore.enabled=false.",
}]  # fmt: skip
HISTORY = Service("Spark's history server", _DAEMON, "1g by default, in the environment that starts it")
SHUFFLE = Service("the shuffle service", _DAEMON, "1g by default, in the environment that starts it")
METASTORE = Service("Hive's metastore", "HADOOP_HEAPSIZE", "in MiB, in hive-env.sh")
NAMENODE = Service("HDFS's NameNode", "HDFS_NAMENODE_OPTS", "as -Xmx, in hadoop-env.sh")
ELASTICSEARCH = Service(
    "Elasticsearch", "ES_JAVA_OPTS", "as -Xmx and -Xms, or in a file of jvm.options.d",
    (("es.batch.size.bytes", "An option of the connector: smaller bulks. It, and es.batch.size.entries, are of a task."),
     ("numPartitions", "Of a coalesce before the write: fewer tasks send bulks at once.")),
)  # fmt: skip
SERVICES = (
    (HISTORY, r"deploy\.history\.|\bFsHistoryProvider\b|\bHistoryServer\b|\blog-replay-executor\b",
     r"history-?server|spark-history|(?:^|-)shs(?:-|$)"),
    (SHUFFLE, "", r"shuffle"),
    (Service("a standalone master or worker", _DAEMON, "1g by default, in spark-env.sh"),
     r"spark\.deploy\.(?:master\.\w|worker\.(?!DriverWrapper)\w)", ""),
    (Service("Livy's server", "LIVY_SERVER_JAVA_OPTS", "as -Xmx, in livy-env.sh"),
     r"apache\.livy\.(?:server|sessions)\b|\bLivyServer\b", r"(?:^|-)livy(?:-|$)"),
    (Service("Zeppelin's server", "ZEPPELIN_MEM", "as -Xmx, in zeppelin-env.sh"),
     r"apache\.zeppelin\.(?:server|notebook|socket|rest)\b|\bZeppelinServer\b", r"(?:^|-)zeppelin(?:-server)?(?:-|$)"),
    (Service("Kyuubi's server", "KYUUBI_JAVA_OPTS", "as -Xmx, in kyuubi-env.sh"),
     r"apache\.kyuubi\.(?:server|session\.KyuubiSession)\b", r"(?:^|-)kyuubi(?:-server)?(?:-[0-9]+)?$"),
    (METASTORE,
     r"hive\.metastore\.(?:HiveMetaStore|ObjectStore|MetaStoreDirectSql)\b", r"metastore"),
    (NAMENODE,
     r"hdfs\.server\.namenode\b", r"namenode"),
    (Service("an HDFS DataNode", "HDFS_DATANODE_OPTS", "as -Xmx, in hadoop-env.sh"),
     r"hdfs\.server\.datanode\b", r"datanode"),
    (Service("YARN's ResourceManager", "YARN_RESOURCEMANAGER_HEAPSIZE", "in MiB, in yarn-env.sh"),
     r"yarn\.server\.resourcemanager\b", r"resourcemanager"),
    (Service("YARN's NodeManager", "YARN_NODEMANAGER_HEAPSIZE", "in MiB, in yarn-env.sh"),
     r"yarn\.server\.nodemanager\b", r"nodemanager"),
    (Service("the operator of Spark's applications"), "", r"(?:spark-?|^)operator(?:-|$)"),
    (Service("Airflow"), "", r"(?:^|-)airflow(?:-|$)"),
)  # fmt: skip
"""Each with what its frames and loggers have, and what its containers and pods are called."""
