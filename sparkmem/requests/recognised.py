"""What a text is, whatever a reader has in hand: one box takes it, and the page that reads it is named."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sparkmem.configuration.formats import recognise
from sparkmem.diagnosis.codes import code_in
from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.size.shown import NotANumber, readings

EVENT_LOG, FAILURE, CONFIGURATION, NUMBER, EXIT_CODE, UNKNOWN = (
    "event-log", "failure", "configuration", "number", "exit-code", "unknown",
)  # fmt: skip
_PAGES = {
    FAILURE: "what-happened/", CONFIGURATION: "explain/", NUMBER: "calculators/ui-number/", EXIT_CODE: "what-happened/",
}  # fmt: skip
_EVENT = re.compile(r'\s*\{"Event":\s*"(?:SparkListener|org\.apache\.spark)')
_LONGEST_NUMBER = 60


@dataclass(frozen=True)
class Recognised:
    """The kind of a text, and the page that reads it, from the site's root; empty where none does."""

    kind: str
    page: str = ""


def recognised(text: str) -> Recognised:
    """What a text is: of a failure with settings beside it, a failure.

    >>> [recognised(text).kind for text in ("137", "434.4 MiB", "--executor-memory 8g", "Java heap space, it said")]
    ['exit-code', 'number', 'configuration', 'unknown']
    >>> recognised("java.lang.OutOfMemoryError: Java heap space")
    Recognised(kind='failure', page='what-happened/')
    """
    kind = _kind(text)
    return Recognised(kind, _PAGES.get(kind, ""))


def _kind(text: str) -> str:
    if _EVENT.match(text):
        return EVENT_LOG
    short = text.strip()
    if code_in(short) is not None:
        return EXIT_CODE
    if len(short) <= _LONGEST_NUMBER and _is_number(short):
        return NUMBER
    found = diagnosed(text)
    if not found.by_words and any(one.finding.kind in ("cause", "consequence") for one in found.findings):
        return FAILURE
    if recognise(text):
        return CONFIGURATION
    return FAILURE if found.findings or found.harmless else UNKNOWN


def _is_number(text: str) -> bool:
    try:
        return bool(readings(text))
    except NotANumber:
        return False
