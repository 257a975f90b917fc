"""What a program sets for its driver's own JVM: where that JVM runs already it changes nothing, and is named as lost.

A program for the JVM runs in the driver's, in each deploy mode.  Python and R have none before their session: they start
one through ``spark-submit`` and hand on what they set (``launch_gateway(conf)`` of ``python/pyspark/java_gateway.py``,
which starts none where PYSPARK_GATEWAY_PORT is there, as behind ``spark-submit`` and in a session of a platform's).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice

from sparkmem.configuration.carried import shaped
from sparkmem.configuration.combine import strength_of
from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.forms import LAST_RESORT
from sparkmem.configuration.found import OF_THE_DRIVERS_JVM, TOO_LATE
from sparkmem.configuration.lost import LOST, SET_TOO_LATE
from sparkmem.configuration.setting import Lost, Setting
from sparkmem.configuration.submit_options import ENVIRONMENT, OPTIONS
from sparkmem.facts import fact
from sparkmem.release import NEWEST
from sparkmem.size import MIB, SizeError, byte_string_as_mb

_HEAP = "spark.driver.memory"
_OF_A_JVM = re.compile(
    r"^[ \t]*(?:package [\w.]+;?|object \w+|(?:lazy )?val \w+|fun \w+\(|import [\w.]+;)|\bpublic (?:static|class|final)\b"
    r"|\bnew (?:SparkConf|SparkContext|JavaSparkContext)\b|\(SparkConf\.\)"
    r"|\b(?:SparkSession|SparkConf) \w+ ?=|\bwithSpark(?:Conf)?\s{0,3}[({]",
    re.MULTILINE,
)
_CONTEXT = re.compile(
    r"\bnew (?:Java)?SparkContext\(|\((?:Java)?SparkContext\. |\(SparkConf\.\)|\bSparkSession\b[^\n]{0,40}\bbuilder\b"
)
_STARTS_OTHERS = re.compile(r"\bSparkLauncher\b|\bProcessBuilder\b|\bHttpClient\b|\bLivy|\bspark-submit\b")
"""Of a program that starts another, which is the driver."""
_OF_A_CONTEXT = re.compile(
    r"\b(?:sparkContext|sc|spark_context)(?:\._conf|\.getConf(?:\(\))?)\.set(?:All)?\((?:[^()]|\([^()\n]{0,300}\)){0,3000}\)"
)
_MOST = 20
_SUBMITTED = re.compile(
    r"\b(?:spark[23]?-(?:submit|shell)|pyspark[23]?)(?:\.cmd)?[\"']?[ \t]+"
    r"(?:--[a-z]|-c[ \t]|\\\n|[\w./$-]{1,120}\.(?:py|R)\b)"
    r"|\bgcloud dataproc jobs submit\b|\bcommand-runner\.jar\b"
    r"|\b(?:submit(?:ted|ting)?|r[au]n(?:ning)?|start(?:ed)?|launch(?:ed)?)[^.;!?\n]{0,30}? (?:with|via|using|through|by)"
    r" [`\"']?spark[23]?-submit\b"
)
_OF_SPARKLYR = re.compile(r"\bspark_(?:connect|config)\(")
_ELSEWHERE = re.compile(r"\bmethod\s{0,3}=\s{0,3}[\"'](?!shell)|\bsparkR\.")
_GIVEN = re.compile(
    r"\bSparkSession available as\b|\bSpark context available as\b|^[ \t]*Starting Spark application\b"
    r"|^[ \t]*%(?:spark\d?(?:\.i?pyspark|\.spark)?|i?pyspark)[ \t]*$",
    re.MULTILINE,
)
"""What a shell, sparkmagic and Zeppelin say or are told, where the session is there before the first line of a program."""
_OF_DEFAULTS = re.compile(
    r"^[ \t]{0,8}(spark\.driver\.\w{1,40})(?:[ \t]{1,80}|[ \t]{0,9}=[ \t]{0,9})([\w.]{1,40})[ \t]{0,80}$", re.MULTILINE
)
_STARTED = re.compile(
    r"\bConnected to Spark cluster with app\b|\bGranted executor ID\b|\bRegistered executor\b"
    r"|\b(?:INFO|WARN|ERROR):? (?:[\w.]{1,60}\.)?(?:TaskSetManager|TaskSchedulerImpl|DAGScheduler)\b"
)
"""What the driver of an application that has started logs (``StandaloneSchedulerBackend.connected`` and what follows)."""
_WRITE_THERE = "write sparklyr.shell.driver-memory, which sparklyr gives to spark-submit"
_WRITE = "give it to what starts that JVM: --driver-memory, spark-defaults.conf, or -Xmx where java itself does"
_WRITE_KEY = "give it to what starts the driver, by --conf or in spark-defaults.conf"
_BEFORE = "before the session begins"
_PLATFORMS = {
    "databricks": "set it in the Spark config of the cluster, which is read as the driver starts",
    "fabric": f"set it by %%configure {_BEFORE}, or in the environment of the workspace",
    "synapse": f"set it by %%configure {_BEFORE}, or in the configuration of the pool",
    "glue": "give it to the job as a parameter, or take a larger type of worker",
    "emr-serverless": "write it into sparkSubmitParameters",
    "emr-on-eks": "write it into sparkSubmitParameters",
    "sagemaker": "give it to the processing job as its configuration",
    "azureml": "write it into the conf of the job",
    "dataproc-serverless": "give it by --properties as the batch is submitted",
}
"""Vendors who start the driver before the program, and what to write there."""


def without_what_is_late(parts: Sequence[Configuration], text: str, told: Callable[[str], str]) -> list[Configuration]:
    """The parts without what comes too late, which would go before what holds; ``told`` says a circumstance of the text.

    What another part overrides is said to be overridden, and stays.
    """
    kept = [_in_force(part, parts, text, told) for part in parts]
    late = [one for part in kept for one in part.lost if one.id == SET_TOO_LATE]
    lost = {one.key for one in late} - {key for part in kept for key in part.values}
    if not lost or kept == list(parts):
        return kept
    lines = text.split("\n")
    for one in late:
        lines[one.line - 1 : one.line] = [""]
    return [*kept, *_beside(lost, "\n".join(lines))]


def _beside(keys: set[str], text: str) -> list[Configuration]:
    """What the words beside a program give to what starts the driver, where the program's own value is lost."""
    if not LAST_RESORT.looks_like(text):
        return []
    told = LAST_RESORT.read(text)
    given = [one for one in told.settings if OPTIONS.get(ENVIRONMENT.get(one.written_as, one.written_as)) == one.key in keys]
    given += _in_defaults(keys - {one.key for one in given}, text)
    return [Configuration(tuple(given), format=LAST_RESORT.id)] if given else []


def _in_defaults(keys: set[str], text: str) -> list[Setting]:
    """What a pasted file of defaults has for these keys, each on a line of its own; the last of a key counts there.

    Spark reads it by ``java.util.Properties`` (``Utils.getPropertiesFromFile``), where a later line goes before.
    """
    if "spark-defaults" not in text:
        return []
    found: dict[str, Setting] = {}
    for one in _OF_DEFAULTS.finditer(text):
        if one[1] in keys and shaped(one[2]):
            found[one[1]] = Setting(one[1], one[2], text.count("\n", 0, one.start()) + 1)
    return list(found.values())


def _in_force(
    part: Configuration, parts: Sequence[Configuration], text: str, told: Callable[[str], str]
) -> Configuration:
    late = [one for one in part.settings if one.key in OF_THE_DRIVERS_JVM and _counts(one, part, parts)]
    if not late:
        return part
    lines = {(one.text, one.line) for one in part.remarks if one.reason == TOO_LATE}
    lost: list[tuple[Setting, str]] = []
    for one in late:
        if _is_set_by_sparklyr(one, text):
            lost.append((one, _WRITE_THERE))
        elif _is_of_a_context(one, text):
            lost.append((one, _WRITE if one.key == _HEAP else _WRITE_KEY))
        elif ((one.key, one.line) in lines or _is_of_code(one, part, text)) and (write := _why(one, parts, text, told)):
            lost.append((one, write))
    for one, write in lost:
        part = _without(part, one, write)
    return part


def _is_of_a_context(one: Setting, text: str) -> bool:
    """Whether a program puts it into the configuration of a context that runs, in whose JVM the next one is made too."""
    for given in islice(_OF_A_CONTEXT.finditer(text), _MOST):
        first = text.count("\n", 0, given.start()) + 1
        if first <= one.line <= first + given[0].count("\n"):
            return True
    return False


def _is_of_code(one: Setting, part: Configuration, text: str) -> bool:
    """Whether a program for the JVM that makes its context puts a key of Spark's into what that is made with."""
    by_key = part.format == "code" and one.written_as == one.key
    return by_key and bool(_CONTEXT.search(text)) and not _STARTS_OTHERS.search(text)


def _counts(one: Setting, part: Configuration, parts: Sequence[Configuration]) -> bool:
    """Whether nothing beside it goes before it."""
    own = strength_of(part.format, one.key)
    others = [other for other in parts if other is not part and one.key in other.values]
    return all(strength_of(other.format, one.key) <= own for other in others)


def _why(one: Setting, parts: Sequence[Configuration], text: str, told: Callable[[str], str]) -> str:
    """What to write, where the JVM runs already; empty where the program may start it, or nothing tells."""
    language = next((lang for part in parts if (lang := part.circumstances.language)), "") or told("language")
    write = _WRITE if one.key == _HEAP else _WRITE_KEY
    if language == "jvm" or (not language and _OF_A_JVM.search(text)) or _SUBMITTED.search(text):
        return write
    local = any(part.circumstances.cluster_manager == "local" for part in parts)
    if not local and (platform := _PLATFORMS.get(told("vendor"), "")):
        return platform
    return write if _GIVEN.search(text) or (_is_below_any(one) and _STARTED.search(text)) else ""


def _is_below_any(one: Setting) -> bool:
    """Whether it is a heap with which no application starts (``UnifiedMemoryManager.getMaxMemory``)."""
    try:
        least = int(fact("RESERVED_SYSTEM_MEMORY_BYTES", NEWEST)) * 1.5 / MIB
        return one.key == _HEAP and byte_string_as_mb(one.value) < least
    except SizeError:
        return False


def _is_set_by_sparklyr(late: Setting, text: str) -> bool:
    """Whether the line of a heap has Spark's own key, and no entry of sparklyr's shell.

    That shell takes entries that begin with sparklyr.shell alone (``spark_config_shell_args`` of sparklyr's
    ``R/connection_spark.R``): others are set once the JVM runs.
    """
    if late.key != _HEAP or not _OF_SPARKLYR.search(text) or _ELSEWHERE.search(text):
        return False
    lines = text.split("\n")
    line = lines[late.line - 1] if 0 < late.line <= len(lines) else ""
    return _HEAP in line and "sparklyr.shell.driver" not in line


def _without(part: Configuration, late: Setting, write: str) -> Configuration:
    words, see = LOST[SET_TOO_LATE]
    lost = Lost(SET_TOO_LATE, late.line, late.key, words, write, see)
    remarks = tuple(one for one in part.remarks if (one.text, one.line) != (late.key, late.line))
    return replace(part.without(late.key), lost=(*part.lost, lost), remarks=remarks)
