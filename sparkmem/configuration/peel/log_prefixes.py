"""What logs put before a line: time, level, class; the name of a container."""

from __future__ import annotations

import re

_TIME = (
    r"\[?(?:[0-9]{2,4}[-/][0-9]{2}[-/][0-9]{2}[T ])?[0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,9})?"
    r"(?:Z|[+-][0-9:]{4,6}| UTC)?\]?"
)
_LEVEL = r"(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR)"
_PREFIX = re.compile(
    rf"^(?:[\w.-]{{1,60}} {{1,10}}\| )?(?:\[?[\w.-]{{1,60}}\]? )?{_TIME}[ ,:-]{{1,4}}"
    rf"(?:\{{[\w.]{{1,80}}:[0-9]{{1,6}}\}} )?(?:\[[\w ./-]{{1,80}}\] )?(?:\[?{_LEVEL}\]?[ :-]{{1,3}})?"
    r"(?:\[[\w ./-]{1,80}\] )?(?:[\w.$]{2,80}(?::[0-9]{1,6})?(?: -|:) )?(?:- )?",
    re.MULTILINE,
)
_CONTAINER = re.compile(r"^(?!(?:-D|conf\.)?spark\.)[\w.-]{1,60} {0,20}\| (?=\S)", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*:?-{2,}:? ?\|", re.MULTILINE)  # of a table
_CLOCK = re.compile(r"[0-9]{2}:[0-9]{2}:[0-9]{2}")


def peel(text: str) -> str:
    """The text without what a log puts before its lines, where most lines have it.

    >>> peel("24/01/05 10:11:12 INFO SparkSubmit: spark-submit --executor-memory 4g")
    'spark-submit --executor-memory 4g'
    """
    lines = text.count("\n") + 1
    if _CLOCK.search(text) and len(_PREFIX.findall(text)) * 2 >= lines:
        return _PREFIX.sub("", text)
    table = " | " in text and ("|" in text.split("\n", 1)[0][:2] or bool(_RULE.search(text)))
    if " | " in text and not table and len(_CONTAINER.findall(text)) * 2 > lines:
        return _CONTAINER.sub("", text)
    return text
