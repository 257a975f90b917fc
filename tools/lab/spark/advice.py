"""Whether what a finding advises helps: an application that fails with its text before, and runs after."""

import os
from collections.abc import Callable, Mapping
from typing import Any

from sparkmem.diagnosis.diagnose import diagnosed

from ..experiment import Figures, experiment, text, yes
from .context import Refused, Spark

_HEAP = "-Xmx512m"
_CLUSTER = {"spark.master": "local-cluster[1,1,512]", "spark.executor.memory": "512m"}
"""For what only executors in processes of their own are told."""


def _start(spark: Spark) -> Any:
    return spark.longs(4, 2).count()


def _collect(spark: Spark) -> Any:
    return spark.longs(3, 3).map(spark.view.probes.Payload(400 << 10)).collect()


def _join(spark: Spark) -> Any:
    small, large = spark.session.range(100_000), spark.session.range(200_000)
    return large.join(small, "id").count()


def _kryo(spark: Spark) -> Any:
    rows = spark.view.java.util.ArrayList()
    rows.add(os.urandom(2 << 20))
    encoder = spark.view.org.apache.spark.sql.Encoders.kryo(spark.view.java.lang.Class.forName("[B"))
    return spark.session.createDataset(rows, encoder).count()


def _task(spark: Spark) -> Any:
    rows = spark.view.java.util.ArrayList()
    rows.add(os.urandom(2 << 20))
    return spark.context.parallelize(rows, 1).count()


def _slow_join(spark: Spark) -> Any:
    return spark.session.sql("SELECT a.id FROM range(1000) a JOIN (SELECT id FROM range(3) WHERE java_method("
                             "'java.lang.Thread', 'sleep', 1500 + id) IS NULL) b ON a.id = b.id").count()


Action = Callable[[Spark], Any]
_TRIES: dict[str, tuple[Mapping[str, str], Action]] = {
    "invalid-executor-memory": ({"spark.executor.memory": "400m"}, _start),
    "heap-option-refused": ({"spark.executor.extraJavaOptions": "-Xmx2g"}, _start),
    "off-heap-size-missing": ({"spark.memory.offHeap.enabled": "true"}, _start),
    "memory-fraction-refused": ({"spark.memory.storageFraction": "1.0"}, _start),
    "size-unreadable": ({"spark.executor.memory": "2.5g"}, _start),
    "max-result-size": ({"spark.driver.maxResultSize": "1m"}, _collect),
    "kryo-buffer": ({"spark.kryoserializer.buffer.max": "1m"}, _kryo),
    "rpc-message-too-large": ({"spark.rpc.message.maxSize": "1", **_CLUSTER}, _task),
    "broadcast-timeout": ({"spark.sql.broadcastTimeout": "1", "spark.sql.adaptive.enabled": "false"}, _slow_join),
    "broadcast-too-large": ({"spark.sql.maxBroadcastTableSize": "100k", "spark.ui.enabled": "false"}, _join),
}  # fmt: skip
"""By finding: settings that fail, and what is run."""


@experiment(
    "advice-for-spark",
    question="Does an application run with what the page of its failure advises?",
    statement="Each fails before with the text of its finding, and runs with the settings that the finding names, with "
              "the values that follow from the numbers of the text.",
    ran="local[2], or one executor of 512 MiB for a task that is too large; -Xmx512m, or -Xmx400m for a heap below the "
        "least; one setting that is refused or passed in each; then the same with the settings of the first finding in what "
        "was thrown",
    on=("spark-4.3.0",),
)
def advice_for_spark(release: str) -> Figures:
    figures: Figures = {}
    for finding_id, (settings, action) in _TRIES.items():
        said = _said(release, settings, action)
        advice = {change["key"]: change["value"] for change in said.changes if change["value"]} if said else {}
        kept = {key: value for key, value in settings.items() if key != "spark.executor.extraJavaOptions"}
        figures[f"{finding_id}-before"] = text(said.finding.id if said else "nothing")
        figures[f"{finding_id}-after"] = yes(_said(release, {**kept, **advice}, action) is None)
    said = _said(release, {}, _start, "-Xmx400m")
    heap = next(change["value"] for change in said.changes if change["key"] == "spark.driver.memory") if said else "1m"
    figures["invalid-driver-memory-before"] = text(said.finding.id if said else "nothing")
    figures["invalid-driver-memory-after"] = yes(_said(release, {}, _start, f"-Xmx{heap}") is None)
    return figures


def _said(release: str, settings: Mapping[str, str], action: Action, heap: str = _HEAP) -> Any:
    """The first finding in what is thrown; None where nothing is."""
    try:
        with Spark(release, settings.get("spark.master", "local[2]"), settings, (heap, "-XX:+UseG1GC")) as spark:
            try:
                action(spark)
            except spark.jvm.java_error as error:
                return diagnosed(str(error.java_exception.toString())).first
    except Refused as refused:
        return diagnosed(str(refused)).first
    return None
