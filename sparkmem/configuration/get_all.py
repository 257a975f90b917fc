"""What ``SparkConf().getAll()`` shows: pairs as Python or as Scala writes them, as ``spark-submit --verbose`` does too."""

from __future__ import annotations

import re

from sparkmem.configuration.branches import Branches
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.found import Found
from sparkmem.configuration.literals import STRING, tokens
from sparkmem.configuration.piece import numbered

FORMAT = "get-all"

_PYTHON = re.compile(r"(?<![\w)\].])\(\s*u?['\"]spark\.")
_SCALA = re.compile(r"(?:^|[\s(,])\((spark\.[\w.\-]+),", re.MULTILINE)
_PARSED = "Parsed arguments:"
_ROW = re.compile(r"[^\n]{0,60}?[ \t]{2,8}(\w{3,30})[ \t]+(\S[^\n]{0,300}?)[ \t\r]*$")
_ADDED = re.compile(r"^[^\n]{0,60}?Adding default property: (spark\.[\w.]{3,80})=([^\n]{1,300}?)[ \t\r]*$", re.MULTILINE)
_FIELDS = {
    "master": "spark.master", "deployMode": "spark.submit.deployMode", "executorMemory": "spark.executor.memory",
    "executorCores": "spark.executor.cores", "totalExecutorCores": "spark.cores.max", "driverMemory": "spark.driver.memory",
    "driverCores": "spark.driver.cores", "driverExtraJavaOptions": "spark.driver.extraJavaOptions",
    "numExecutors": "spark.executor.instances",
}  # fmt: skip
_MOST_ROWS = 60
_END = re.compile(r"\)(?=\){0,3}[ \t]{0,99}(?:$|,\s{0,99}\(|,\s{0,99}$))", re.MULTILINE)


def looks_like(text: str) -> bool:
    """Whether there is a pair whose first is a key of Spark's, or what spark-submit says of its arguments."""
    return _PARSED in text or bool(_PYTHON.search(text) or _SCALA.search(text))


def read(text: str) -> Configuration:
    """The settings of the pairs."""
    found = Found(FORMAT)
    found.branches = Branches(text)  # of a program that writes such pairs itself
    for added in _ADDED.finditer(text):
        found.setting(added[1], added[2], text.count("\n", 0, added.start()) + 1)
    if _PYTHON.search(text):
        _python(text, found)
    elif _SCALA.search(text):
        _scala(text, found)
    elif _PARSED not in text:
        raise ConfigurationError("no pairs of SparkConf.getAll")
    _arguments(text, found)
    return found.configuration()


def _arguments(text: str, found: Found) -> None:
    """What spark-submit has of its own options, which go before the file and ``--conf`` (SparkSubmitArguments.toString)."""
    start = text.find(_PARSED)
    if start < 0:
        return
    line = text.count("\n", 0, start) + 1
    for number, row in enumerate(text[start:].split("\n")[1:_MOST_ROWS], line + 1):
        field = _ROW.match(row)
        if field is None:
            if row.strip():
                break
            continue
        if field[2] != "null" and (key := _FIELDS.get(field[1], "")):
            found.setting(key, field[2], number, field[1])


def _python(text: str, found: Found) -> None:
    words = tokens(text)
    for at in range(1, len(words) - 3):
        opening, key, comma, value, closing = words[at - 1 : at + 4]
        if opening.text != "(" or key.kind != STRING or key.text is None or comma.text != ",":
            continue
        if value.kind == STRING and value.text is not None and closing.text == ")":
            found.setting(key.text, value.text, key.line)
        elif key.text.startswith("spark."):
            found.ignore(key.line, "…", "a pair whose value is no plain text")


def _scala(text: str, found: Found) -> None:
    """Values stand without quotes: one ends at a bracket before the next pair, or before the end of its line."""
    starts = list(_SCALA.finditer(text))
    for (line, this), following in zip(numbered(starts, 1), [*starts[1:], None], strict=True):
        stop = following.start(1) if following else len(text)
        ends = [match.start() for match in _END.finditer(text, this.end(), stop)]
        if ends:
            value = text[this.end() : ends[-1] if following else ends[0]]
            found.setting(this[1], value, line)
        else:
            found.ignore(line, this[1], "cut off before its end")
