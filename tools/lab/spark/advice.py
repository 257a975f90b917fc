"""Whether what a finding advises helps: an application that fails with its text before, and runs after."""

from collections.abc import Callable, Mapping
from typing import Any

from sparkmem.diagnosis.diagnose import diagnosed

from ..experiment import Figures, experiment, text, yes
from .context import Refused, Spark

_HEAP = "-Xmx512m"


def _start(spark: Spark) -> Any:
    return spark.longs(4, 2).count()


def _collect(spark: Spark) -> Any:
    return spark.longs(3, 3).map(spark.view.probes.Payload(400 << 10)).collect()


def _join(spark: Spark) -> Any:
    small, large = spark.session.range(100_000), spark.session.range(200_000)
    return large.join(small, "id").count()


Action = Callable[[Spark], Any]
_TRIES: dict[str, tuple[Mapping[str, str], Action]] = {
    "invalid-executor-memory": ({"spark.executor.memory": "400m"}, _start),
    "heap-option-refused": ({"spark.executor.extraJavaOptions": "-Xmx2g"}, _start),
    "off-heap-size-missing": ({"spark.memory.offHeap.enabled": "true"}, _start),
    "memory-fraction-refused": ({"spark.memory.storageFraction": "1.0"}, _start),
    "size-unreadable": ({"spark.executor.memory": "2.5g"}, _start),
    "max-result-size": ({"spark.driver.maxResultSize": "1m"}, _collect),
    "broadcast-too-large": ({"spark.sql.maxBroadcastTableSize": "100k", "spark.ui.enabled": "false"}, _join),
}  # fmt: skip
"""By finding: settings that fail, and what is run."""


@experiment(
    "advice-for-spark",
    question="Does an application run with what the page of its failure advises?",
    statement="Each fails before with the text of its finding, and runs with the settings that the finding names, with "
              "the values that follow from the numbers of the text.",
    ran="local[2], -Xmx512m (-Xmx400m for a heap below the least), one setting that is refused or passed in each; then "
        "the same with the settings of the first finding in what was thrown",
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
        with Spark(release, "local[2]", settings, (heap, "-XX:+UseG1GC")) as spark:
            try:
                action(spark)
            except spark.jvm.java_error as error:
                return diagnosed(str(error.java_exception.toString())).first
    except Refused as refused:
        return diagnosed(str(refused)).first
    return None
