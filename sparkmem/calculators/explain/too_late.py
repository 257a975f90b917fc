"""A driver's heap that a program sets for itself: where its JVM runs already it changes nothing, and is named as lost."""

from __future__ import annotations

import re
from dataclasses import replace

from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.found import TOO_LATE
from sparkmem.configuration.lost import LOST, SET_TOO_LATE
from sparkmem.configuration.setting import Lost, Setting

_KEY = "spark.driver.memory"
_OF_A_JVM = re.compile(
    r"^[ \t]*(?:package [\w.]+;?|object \w+|(?:lazy )?val \w+|fun \w+\(|import [\w.]+;)|\bpublic (?:static|class|final)\b"
    r"|\bnew (?:SparkConf|SparkContext|JavaSparkContext)\b"
    r"|\b(?:SparkSession|SparkConf) \w+ ?=|\bwithSpark(?:Conf)?\s{0,3}[({]",
    re.MULTILINE,
)
_SUBMITTED = re.compile(
    r"\b(?:spark[23]?-(?:submit|shell)|pyspark[23]?)(?:\.cmd)?[\"']?[ \t]+"
    r"(?:--[a-z]|-c[ \t]|\\\n|[\w./$-]{1,120}\.(?:py|R)\b)"
)
_OF_SPARKLYR = re.compile(r"\bspark_(?:connect|config)\(")
_ELSEWHERE = re.compile(r"\bmethod\s{0,3}=\s{0,3}[\"'](?!shell)|\bsparkR\.")
_WRITE_THERE = "write sparklyr.shell.driver-memory, which sparklyr gives to spark-submit"
_WRITE = "give it to what starts that JVM: --driver-memory, spark-defaults.conf, or -Xmx where java itself does"


def without_what_is_late(found: Configuration, text: str) -> Configuration:
    """The same with such a heap as lost.

    Of an entry of sparklyr's its shell takes those that begin with sparklyr.shell alone (``spark_config_shell_args`` of
    sparklyr's ``R/connection_spark.R``): others are set once the JVM runs.
    A program for the JVM runs in the driver's, in each deploy mode.  Python and R have none before their session, start
    it through spark-submit and hand on what they set (``launch_gateway``), unless spark-submit started them.
    """
    late = next((one for one in found.settings if one.key == _KEY), None)
    if late and _is_set_by_sparklyr(late, text):
        return _without(found, late, _WRITE_THERE)
    if late is None or not any(
        one.reason == TOO_LATE and (one.text, one.line) == (_KEY, late.line) for one in found.remarks
    ):
        return found
    language = found.circumstances.language
    by_itself = language == "jvm" or (not language and _OF_A_JVM.search(text))
    if not (by_itself or _SUBMITTED.search(text)):
        return found
    return _without(found, late, _WRITE)


def _is_set_by_sparklyr(late: Setting, text: str) -> bool:
    """Whether the line of a setting has Spark's own key, and no entry of sparklyr's shell."""
    if not _OF_SPARKLYR.search(text) or _ELSEWHERE.search(text):
        return False
    lines = text.split("\n")
    line = lines[late.line - 1] if 0 < late.line <= len(lines) else ""
    return _KEY in line and "sparklyr.shell.driver" not in line


def _without(found: Configuration, late: Setting, write: str) -> Configuration:
    words, see = LOST[SET_TOO_LATE]
    lost = Lost(SET_TOO_LATE, late.line, _KEY, words, write, see)
    remarks = tuple(one for one in found.remarks if (one.text, one.line) != (_KEY, late.line))
    return replace(found.without(_KEY), lost=(*found.lost, lost), remarks=remarks)
