"""Whether a text speaks of Spark at all: another program's failure is named, and no setting of Spark's is advised for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sparkmem.diagnosis.lines import Block
from sparkmem.diagnosis.literals import Literals
from sparkmem.diagnosis.prose import is_guess, is_prose

_OURS = re.compile(
    rb"org[./]apache[./]spark|[Pp]y[Ss]park"
    rb"|MicroBatchExecution|StreamingQuery|\bio\.delta\."
    rb"|TaskSetManager|TaskSchedulerImpl|DAGScheduler|ExecutorLostFailure|CoarseGrained|BlockManager|YarnAllocator"
    rb"|\bexecutors?[ :(=_-]|-exec-[0-9]|\bTID\b|in stage [0-9]|py4j|\b[Ll]ivy\b|\b[Dd]ataproc\b"
    rb"|\b(?:EMR|Glue|Databricks)\b"
)
_NAME = re.compile(rb"(?<!lucko\.)(?<!\[)\b(?:[Ss]park|SPARK)(?![\w]*[Pp]lugin)(?:\b|_|[A-Z][a-z])")
"""The bare name, which a profiler of Minecraft's has as well."""
_NAMESAKES = "Minecraft"
_OTHERS = (
    ("Flink", rb"org\.apache\.flink|taskmanager\.memory"),
    ("Elasticsearch", rb"org\.elasticsearch|\[o\.e\.[a-z]|\bElasticsearch exited\b|\bES_ECS\b"),
    ("OpenSearch", rb"org\.opensearch"),
    ("Trino", rb"\bio\.trino|com\.facebook\.presto|io\.prestosql"),
    ("Cassandra", rb"org\.apache\.cassandra"),
    ("Kafka", rb"\bkafka\.(?:server|log|network)\.|org\.apache\.kafka\.(?:connect|streams|server)"),
    ("Solr", rb"org\.apache\.solr"),
    ("HBase", rb"hadoop\.hbase\.regionserver"),
    ("Pulsar", rb"org\.apache\.pulsar"),
    ("Druid", rb"org\.apache\.druid"),
    ("Tez", rb"org\.apache\.tez"),
    ("MapReduce", rb"mapreduce\.v2\.app|org\.apache\.hadoop\.mapred\.YarnChild"),
    ("Logstash", rb"org\.logstash"),
    ("PyTorch", rb"\btorch\.(?:cuda\.)?OutOfMemoryError|reserved in total by PyTorch|/torch/nn/modules/"),
    ("TensorFlow", rb"/tensorflow/python/|tensorflow/core/common_runtime"),
    ("Jenkins", rb"\b(?:hudson|jenkins)\.(?:model|remoting)\."),
    ("Gradle", rb"org\.gradle\."),
    ("sbt", rb"\bx?sbt\.(?:internal|compiler|Incomplete|std)\b"),
    ("Maven", rb"org\.apache\.maven\."),
    ("Tomcat", rb"org\.apache\.catalina"),
    ("Minecraft", rb"net\.minecraft|org\.bukkit|me\.lucko\."),
)
_FOREIGN = Literals(re.compile(b"|".join(b"(" + words + b")" for _, words in _OTHERS)), (
    b"ES_ECS", b"Elasticsearch exited",
    b"org.apache.", b"taskmanager.memory", b"org.elastic", b"[o.e.", b"org.opensearch", b"io.trino", b"facebook.presto",
    b"io.prestosql", b"kafka.", b"hadoop.", b"mapreduce.v2.app", b"org.logstash", b"orch", b"tensorflow", b"hudson.",
    b"jenkins.", b"org.gradle.", b"sbt.", b"net.minecraft", b"org.bukkit", b"me.lucko.",
))  # fmt: skip
_CONTAINER = re.compile(rb"(?m)^Containers:[ \t]{0,8}\r?\n[ \t]{1,8}([a-z0-9][a-z0-9.-]{0,80}):[ \t]{0,8}\r?$")


def program_of(failure: str, around: Iterable[str]) -> str:
    """The other program whose frames or loggers stand in the lines of a failure; empty where Spark's do there or around.

    What a person says of Spark around them is no line of Spark's.

    >>> kafka = "\\tat kafka.log.Log.append(Log.scala:1)"
    >>> program_of(kafka, ["Is it our Spark job?"]), program_of(kafka, ["Lost task 1.0 in stage 2.0"])
    ('Kafka', '')
    """
    match = _FOREIGN.search(failure.encode())
    if not match or any(_OURS.search(line.encode()) for line in around if not (is_guess(line) or is_prose(line))):
        return ""
    return _OTHERS[(match.lastindex or 1) - 1][0]


@dataclass
class Whose:
    """What a text says of whom: whether anything of Spark, and else the first other program, or container, that it names."""

    ours: bool = False
    named: bool = False
    """The bare name of Spark stands there."""
    other: str = ""

    def see(self, block: Block) -> None:
        """Takes a block.

        >>> from sparkmem.diagnosis.lines import blocks, of_text
        >>> seen = Whose()
        >>> for block in blocks(of_text("java.lang.OutOfMemoryError: x\\n at org.apache.flink.runtime.Task.run")):
        ...     seen.see(block)
        >>> seen.elsewhere
        'Flink'
        """
        if self.ours:
            return
        self.ours = bool(_OURS.search(block.joined))
        if self.ours or self.other == _NAMESAKES:
            return
        self.named = self.named or bool(_NAME.search(block.joined))
        if match := _FOREIGN.search(block.joined):
            other = _OTHERS[(match.lastindex or 1) - 1][0]
            self.other = self.other if self.other and other != _NAMESAKES else other
        elif not self.other and (match := _CONTAINER.search(block.joined)):
            self.other = f"the container {match[1].decode()}"

    @property
    def elsewhere(self) -> str:
        """Whose failure it is where nothing of Spark is named; empty where something is, or nobody is."""
        return "" if self.ours or (self.named and self.other != _NAMESAKES) else self.other

    @property
    def sparks(self) -> bool:
        """Whether something of Spark is named."""
        return self.ours or (self.named and not self.elsewhere)
