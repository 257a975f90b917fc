"""Which release of Spark a vendor's label stands for, from the vendors' own lists, and only where those were seen."""

from __future__ import annotations

import re

from sparkmem.configuration.clue import Clue, clue

_EMR = (
    # https://docs.aws.amazon.com/emr/latest/ReleaseGuide/Spark-release-history.html, and the pages of EMR Serverless
    # such as https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/release-version-6120.html
    ((5, 32), (5, 36), "2.4"), ((6, 0), (6, 0), "2.4"), ((6, 1), (6, 2), "3.0"), ((6, 3), (6, 5), "3.1"),
    ((6, 6), (6, 7), "3.2"),
    ((6, 8), (6, 11), "3.3"), ((6, 12), (6, 15), "3.4"), ((7, 0), (7, 13), "3.5"),
)  # fmt: skip
_DATABRICKS = (
    # https://docs.databricks.com/release-notes/runtime
    ((9, 1), (9, 1), "3.1"), ((10, 4), (10, 4), "3.2"), ((11, 3), (12, 2), "3.3"), ((13, 3), (13, 3), "3.4"),
    ((14, 3), (16, 4), "3.5"), ((17, 0), (17, 3), "4.0"), ((18, 0), (18, 0), "4.1"),
)  # fmt: skip
_DATABRICKS_OLD = (
    # https://docs.databricks.com/archive/runtime-release-notes/7.3-migration.html
    ((5, 0), (6, 6), "2.4"), ((7, 0), (7, 3), "3.0"),
)  # fmt: skip
_FABRIC = (((1, 1), (1, 1), "3.3"), ((1, 2), (1, 2), "3.4"), ((1, 3), (1, 3), "3.5"))
# How the label is written; from which version of it to which that release of Spark is in it, as far as the list was seen.
_LABELS: tuple[tuple[Clue, tuple[tuple[tuple[int, int], tuple[int, int], str], ...]], ...] = (
    (clue(("emr", "EMR"),
          r"\b(?:emr-|(?:EMR|emr)(?: release| version)?[ :_-]{1,3}v?)(\d)\.(\d{1,2})(?:\.\d{1,2})?\b"), _EMR),
    (clue(("scala2.1",), r"\b(\d{1,2})\.(\d{1,2})\.x-(?:\w+-){0,4}scala2\.1[0-3]"), (*_DATABRICKS_OLD, *_DATABRICKS)),
    (clue(("DBR", "untime", "LTS"),
          r"\b(?:DBR|[dD]atabricks [rR]untime|[rR]untime[ _]?[vV]ersion)(?: [vV]ersion)?\*{0,2}[ :=]{1,4}\*{0,2}"
          r"(?=\d{1,2}\.\d{1,2}\b)(?!1\.)"
          r"(\d{1,2})\.(\d{1,2})\b"), _DATABRICKS),
    (clue(("DATABRICKS_RUNTIME_VERSION",),
          r"\bDATABRICKS_RUNTIME_VERSION[\"']?[\])]?[ \t]{0,3}[=:]?\s{0,3}[\"']?(\d{1,2})\.(\d{1,2})\b"), _DATABRICKS),
    (clue((" LTS", "-LTS"), r"\b(\d{1,2})\.(\d{1,2})(?:\.x)?[ -](?:ML[ -])?LTS\b"), _DATABRICKS),
    # https://docs.aws.amazon.com/glue/latest/dg/release-notes.html; 1.0, 2.0: glue-version-support-policy.html there
    (clue(("lue",),
          r"\b[gG]lue(?:[_-]?[vV]ersion[\"']?\s{0,30}[:=,]?\s{0,3}[\"']?| (?:[jJ]ob |[vV]ersion )?v?)(\d)\.(\d)\b"), (
        ((1, 0), (2, 0), "2.4"), ((3, 0), (3, 0), "3.1"), ((4, 0), (4, 0), "3.3"), ((5, 0), (5, 1), "3.5"),
    )),
    # https://docs.cloudera.com/documentation/enterprise/6/release-notes/topics/rg_cdh_63_packaging.html
    (clue(("CDH", "cdh"), r"(?:\bCDH[ -]?|[.-]cdh)(\d)\.(\d)\b"), (((6, 3), (6, 3), "2.4"),)),
    # https://learn.microsoft.com/en-us/fabric/data-engineering/lifecycle
    (clue(("runtime_version", "abric "),
          r"(?:(?m:^)[ \t]*runtime_version:[ \t]*[\"']?|\b[fF]abric [rR]untime )(\d)\.(\d)\b"), _FABRIC),
    # https://cloud.google.com/dataproc/docs/concepts/versioning/dataproc-version-clusters and its lists of images;
    # 3.0 is of https://cloud.google.com/dataproc/docs/release-notes/service, September 08, 2025
    (clue(("image", "ataproc "),
          r"\b(?:(?:image[-_]version|imageVersion)[\"']?\s{0,3}[:=]?\s{0,3}[\"']?"
          r"|[dD]ataproc (?:image )?(?:version )?)(\d)\.(\d)\b"), (
        ((1, 4), (1, 5), "2.4"), ((2, 0), (2, 0), "3.1"), ((2, 1), (2, 1), "3.3"), ((2, 2), (2, 3), "3.5"),
        ((3, 0), (3, 0), "4.0"),
    )),
)  # fmt: skip
_LABELS_OF: tuple[tuple[Clue, Clue, tuple[tuple[tuple[int, int], tuple[int, int], str], ...]], ...] = (
    (clue(("abric", "instancePool", "sparkProperties", "instance_pool", "defaultLakehouse"),
          r"\b[fF]abric\b|\bFabric[A-Z]|[\"'](?:instancePool|sparkProperties|defaultLakehouse)[\"']"
          r"|(?m:^[ \t]*instance_pool:)"),
     clue(("untime",), r"\b(?:runtime_?[vV]ersion[\"']?\s{0,3}[:=]|[rR]untime)\s{0,3}[\"']?(\d)\.(\d)\b"), _FABRIC),
    # https://cloud.google.com/dataproc-serverless/docs/concepts/versions/spark-runtime-versions, and the page of 1.1
    (clue(("dataproc", "atch"), r"\bdataproc batches\b|\b(?:pyspark|spark|sparkR|sparkSql|spark_r|spark_sql)_?[bB]atch\b"),
     clue(("version",),
          r"(?:--version[= ]|\bruntime_?[cC]onfig[\"']?\s{0,3}[:=]\s{0,3}\{?\s{0,20}[\"']?version[\"']?\s{0,3}[:=]\s{0,3})"
          r"[\"']?(\d)\.(\d)\b"), (
        ((1, 1), (1, 1), "3.3"), ((1, 2), (1, 2), "3.5"), ((2, 2), (2, 2), "3.5"),
    )),
    # https://learn.microsoft.com/azure/hdinsight/hdinsight-40-component-versioning
    (clue(("HDInsight", "hdinsight", "restAuthCredential"),
          r"\b(?:HDInsight|hdinsight|azurerm_hdinsight\w{0,40}|restAuthCredential)\b"),
     clue(("ersion", "HDInsight "),
          r"(?:\bcluster_?[vV]ersion[\"']?\s{0,3}[:=]\s{0,3}[\"']?|--version[= ][\"']?|\bHDInsight (?:version )?)"
          r"(\d)\.(\d)\b"), (
        ((4, 0), (4, 0), "2.4"), ((5, 0), (5, 0), "3.1"),
    )),
)  # fmt: skip
"""Numbers that say something only beside words of their platform: those words, the label, and its releases."""


def release_of_label(text: str, near: int = 0) -> tuple[str, re.Match[str]] | None:
    """The release that a label in the text stands for, and where it stands: of several the last before ``near``.

    >>> release_of_label("--release-label emr-6.12.0")[0], release_of_label("emr-2.1") is None
    ('3.4', True)
    >>> release_of_label('runtimeVersion: "1.3"') is None, release_of_label('instancePool "runtimeVersion": "1.3"') is None
    (True, True)
    >>> release_of_label('{"instancePool": {}, "runtimeVersion": "1.3"}')[0]
    '3.5'
    """
    of_platforms = [(told, table) for platform, told, table in _LABELS_OF if platform.search(text)]
    for told, table in (*_LABELS, *of_platforms):
        match = told.search(text)
        if match and near > match.end():
            *_, match = told.pattern.finditer(text, match.start(), near)
        if match:
            version = (int(match[1]), int(match[2]))
            for first, last, release in table:
                if first <= version <= last:
                    return release, match
    return None
