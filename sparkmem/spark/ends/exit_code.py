"""One exit code: what it means, who ended the process, and who says so."""

from __future__ import annotations

from dataclasses import dataclass

from sparkmem.release import NEWEST, RELEASES, since
from sparkmem.source import Source

SPARK, MASTER, SIGNAL, JVM, YARN = "spark", "master", "signal", "jvm", "yarn"

_PATHS = {
    "SparkExitCode": "core/src/main/scala/org/apache/spark/util/SparkExitCode.scala",
    "ExecutorExitCode": "core/src/main/scala/org/apache/spark/executor/ExecutorExitCode.scala",
    "ApplicationMaster": "resource-managers/yarn/src/main/scala/org/apache/spark/deploy/yarn/ApplicationMaster.scala",
}
_HADOOP = "hadoop-yarn-project/hadoop-yarn/hadoop-yarn-api/src/main/java/org/apache/hadoop/yarn/api/records/"
_HADOOP_TAG = "rel/release-3.4.1"


@dataclass(frozen=True)
class ExitCode:
    """One code: ``owner`` is the class that names it, ``by`` who ends the process with it."""

    code: int
    name: str
    kind: str
    by: str
    meaning: str
    owner: str = ""
    since: str = "2.4"
    says: str = ""
    memory: str = "no"
    last: str = ""

    @property
    def id(self) -> str:
        """Its anchor.

        >>> [ExitCode(code, "", kind, "", "").id for code, kind in ((-104, YARN), (137, SIGNAL), (11, MASTER))]
        ['exit-minus-104', 'exit-137', 'exit-master-11']
        """
        middle = {MASTER: "master-", JVM: "jvm-"}.get(self.kind, "")
        return f"exit-{middle}{self.code}" if self.code >= 0 else f"exit-minus-{-self.code}"

    def source(self) -> Source | None:
        """Where it is named; a signal's number and the JVM's own codes were measured."""
        if self.kind == YARN:
            return Source("Hadoop", _HADOOP_TAG, f"{_HADOOP}ContainerExitStatus.java", self.name)
        if self.owner:
            return Source("Spark", RELEASES[self.last or NEWEST].tag, _PATHS[self.owner], self.name)
        return None

    def known(self, release: str) -> bool:
        """Whether a release names it."""
        return since(release, self.since) and not (self.last and since(release, self.last) and release != self.last)
