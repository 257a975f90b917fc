"""A cluster that a text describes without a setting of Spark's: platform or workers say what holds in their place."""

from __future__ import annotations

import re

from sparkmem.configuration import standalone_workers
from sparkmem.configuration.clue import clue
from sparkmem.configuration.configuration import Circumstances, Configuration

_STANDALONE = Configuration((), Circumstances(cluster_manager="standalone"), format="environment-variables")
_OF_A_PLATFORM = clue(
    (
        "node_type_id", "nodeTypeId", "spark_version", "orker_type", "orkerType", "orker-type", "_cluster\"",
        "emr create-cluster", "dataproc clusters create", "synapse_spark_pool", "spark pool create", "erverless",
    ),
    r"(?:\b(?:node_type_id|nodeTypeId)\b[\"']?\s{0,30}[:=]"
    r"|\bspark_version\b[\"']?\s{0,30}[:=]\s{0,3}[\"']?\d{1,2}\.\d{1,2}\.x"
    r"|(?:\b[wW]orker(?:_t|T)ype\b[\"']?\s{0,30}[:=]\s{0,3}|--worker-type[ =])[\"']?[GR]\.\d{1,2}X"
    r"|\bresource \"(?:aws_emr_cluster|google_dataproc_cluster|azurerm_hdinsight_spark_cluster)\""
    r"|\baws emr create-cluster\b|\bgcloud (?:beta )?dataproc clusters create\b"
    r"|\bresource \"azurerm_synapse_spark_pool\"|\baz synapse spark pool create\b"
    r"|\bAWS::EMRServerless::Application\b|\baws_emrserverless_application\b"
    r"|\baws emr-serverless (?:create-application|start-job-run)\b)",
)  # fmt: skip
"""Fields and commands that describe a cluster of Databricks, Glue, EMR, Dataproc, HDInsight or Synapse."""
_A_SIZE_OF_SPARKS = re.compile(
    r"(?i)(?:executor|driver)[\w .-]{0,12}mem|\bheap|-Xm[xs]|memory-?overhead|\bworker_?configuration\b"
)
_LOOKED_AT = 100_000


def described_alone(text: str) -> Configuration | None:
    """What such a text is: a configuration without a setting, of which circumstances are told; None for any other.

    A text with words for a size of Spark's that nothing has read is none of them.

    >>> described_alone("SPARK_WORKER_MEMORY=8g").circumstances.cluster_manager
    'standalone'
    >>> described_alone("node_type_id: i3.xlarge").settings, described_alone("a node of type i3.xlarge")
    ((), None)
    """
    text = text[:_LOOKED_AT]
    if _A_SIZE_OF_SPARKS.search(text):
        return None
    if any(standalone_workers.refused(text)) or standalone_workers.of_workers(text):
        return _STANDALONE
    return Configuration((), format="any-text") if _OF_A_PLATFORM.search(text) else None
