"""Zeppelin's variable for its interpreters' heaps, which that of Spark does not get.

(bin/interpreter.sh of Zeppelin: with a SPARK_HOME the interpreter is started by ``spark-submit`` with JAVA_INTP_OPTS and
SPARK_SUBMIT_OPTIONS; ZEPPELIN_INTP_MEM stands in the other branch alone, which starts ``java`` itself.)
"""

from __future__ import annotations

from dataclasses import replace

from sparkmem.configuration.clue import clue
from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.found import Found
from sparkmem.configuration.lost import LOST
from sparkmem.configuration.setting import Ignored, Lost
from sparkmem.size import SizeError, byte_string_as_mb

FORMAT = "environment-variables"
_GIVEN = clue(
    ("ZEPPELIN_INTP_MEM",),
    r"(?m:^[^\n#]{0,200}?)(?<![\w$])(?P<name>ZEPPELIN_INTP_MEM)"
    r"[\"']?(?:[ \t]{0,3}[=:][ \t]{0,3}|[ \t]{0,3},?\s{0,40}[\"']?value[\"']?:[ \t]{0,3})"
    r"[\"']?[^\n\"']{0,200}?-Xmx(?P<heap>[0-9]{1,9}[kKmMgGtT]?)\b",
)
_KEY, _ID = "spark.driver.memory", "zeppelin-memory"
_WRITE = "set spark.driver.memory in the interpreter's settings, or --driver-memory in SPARK_SUBMIT_OPTIONS"


def told(text: str) -> Configuration | None:
    """That the variable is lost, in a text of which nothing else is read.

    >>> [one.key for one in told("export SPARK_HOME=/opt/spark\\nexport ZEPPELIN_INTP_MEM='-Xmx6g'").lost]
    ['spark.driver.memory']
    """
    lost = _lost(text)
    return replace(Found(FORMAT).configuration(), lost=(lost,)) if lost else None


def without_its_heap(whole: Configuration, text: str) -> Configuration:
    """The same with the variable as lost, or passed over where the driver is given as large a heap in another way."""
    lost = _lost(text)
    if lost is None or any(one.id == _ID for one in whole.lost):
        return whole
    given = _GIVEN.search(text)
    if given and _mib(whole.values.get(_KEY, "")) >= _mib(given["heap"]):
        return replace(whole, ignored=(*whole.ignored, Ignored(lost.line, given["name"], lost.text)))
    return replace(whole, lost=(*whole.lost, lost))


def _mib(heap: str) -> int:
    try:
        return byte_string_as_mb(heap)
    except SizeError:
        return 0


def _lost(text: str) -> Lost | None:
    given = _GIVEN.search(text)
    if given is None:
        return None
    said, see = LOST[_ID]
    return Lost(_ID, text.count("\n", 0, given.start("name")) + 1, _KEY, said.format(given=given["name"]), _WRITE, see)
