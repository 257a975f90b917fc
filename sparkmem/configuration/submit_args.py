"""PYSPARK_SUBMIT_ARGS without an application: ``launch_gateway`` hands it to ``spark-submit``, which ends without one.

(python/pyspark/java_gateway.py, where ``pyspark-shell`` stands for the variable alone; ``SparkSubmitArguments`` refuses a
command without a primary resource.)
"""

from __future__ import annotations

from dataclasses import replace

from sparkmem.configuration.clue import clue
from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.lost import APPLICATION_MISSING, LOST
from sparkmem.configuration.setting import Lost
from sparkmem.configuration.submit_options import COMMANDS_LINE

_GIVEN = clue(
    ("PYSPARK_SUBMIT_ARGS",),
    r"(?m:^)[ \t]{0,20}(?:export |%env |os\.environ\[[\"'])?PYSPARK_SUBMIT_ARGS(?:[\"']\])?[ \t]{0,3}=[ \t]{0,3}"
    r"(?P<quote>[\"'])(?P<value>--[^\"'\n$\{\\]{3,400})(?P=quote)[ \t]*(?m:$)",
)
_APPLICATION = "pyspark-shell"


def without_an_application(whole: Configuration, text: str) -> Configuration:
    """The same with the command as refused, where the whole of such a variable names no application."""
    given = _GIVEN.search(text)
    if given is None or _APPLICATION in text or COMMANDS_LINE.search(text) or ".py" in given["value"].rpartition(" ")[2]:
        return whole
    said, see = LOST[APPLICATION_MISSING]
    line = text.count("\n", 0, given.start("value")) + 1
    write = f"write {_APPLICATION} at its end"
    return replace(whole, lost=(*whole.lost, Lost(APPLICATION_MISSING, line, "PYSPARK_SUBMIT_ARGS", said, write, see)))
