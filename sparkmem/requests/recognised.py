"""What a text is, whatever a reader has in hand: one box takes it, and what reads it is named."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from sparkmem.configuration.formats import recognise
from sparkmem.diagnosis.codes import code_in
from sparkmem.diagnosis.diagnose import Diagnosis, diagnosed
from sparkmem.diagnosis.sizing_asked import sizing_asked
from sparkmem.requests.setting_named import settings_named
from sparkmem.size.shown import NotANumber, readings

EVENT_LOG, FAILURE, CONFIGURATION, NUMBER, SIZE, NATIVE, EXIT_CODE, SETTING, SIZING, UNKNOWN = (
    "event-log", "failure", "configuration", "number", "size", "native-memory", "exit-code", "setting", "sizing", "unknown",
)  # fmt: skip
_PAGES = {
    FAILURE: "what-happened/", CONFIGURATION: "explain/", NUMBER: "calculators/ui-number/", EXIT_CODE: "what-happened/",
    SIZE: "memory/executor-heap/", SIZING: "calculators/fit-node/", NATIVE: "calculators/overhead-budget/",
    EVENT_LOG: "read-a-run/",
}  # fmt: skip
_CALCULATORS = {
    CONFIGURATION: ("explain", "text"), NUMBER: ("ui-number", "number"), SIZE: ("executor-memory", "spark.executor.memory"),
    NATIVE: ("overhead-budget", "native-memory"),
}  # fmt: skip
_EVENT = re.compile(r'\s*\{"Event":\s*"(?:SparkListener|org\.apache\.spark)')
_SIZE = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,9})?\s?[kmgt]", re.IGNORECASE)
_TRACKED = re.compile(r"Native Memory Tracking:|Total:\s{0,2}reserved=[0-9]", re.IGNORECASE)
_GROWN = re.compile(r"reserved=[0-9]{1,18}[KMG]?B [+-][0-9]")
"""How the memory tracking of a JVM writes what has changed, which "What happened?" reads and no budget does."""
_LONGEST_NUMBER = 60


@dataclass(frozen=True)
class Recognised:
    """The kind of a text, and the page that reads it, from the site's root; empty where none does.

    There are the calculator with the inputs that answer it, or the exit code that it is, or what was found in a failure,
    or the settings of which it is the name.
    """

    kind: str
    page: str = ""
    calculator: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)
    code: int | None = None
    found: Diagnosis | None = None
    settings: tuple[str, ...] = ()


def recognised(text: str) -> Recognised:
    """What a text is: of a failure with settings beside it, a failure.

    >>> [recognised(text).kind for text in ("137", "434.4 MiB", "--executor-memory 8g", "nobody knows why")]
    ['exit-code', 'number', 'configuration', 'unknown']
    >>> found = recognised("8g")
    >>> found.kind, found.calculator, dict(found.inputs)
    ('size', 'executor-memory', {'spark.executor.memory': '8g'})
    >>> recognised("memoryOverhead").settings[0]
    'spark.executor.memoryOverhead'
    >>> recognised("java.lang.OutOfMemoryError: Java heap space").page
    'what-happened/'
    """
    if _EVENT.match(text):
        return Recognised(EVENT_LOG, _PAGES[EVENT_LOG])
    if _TRACKED.search(text) and not _GROWN.search(text):
        return _calculated(NATIVE, text)
    short = text.strip()
    if (code := code_in(short)) is not None:
        return Recognised(EXIT_CODE, _PAGES[EXIT_CODE], code=code, found=diagnosed(short))
    if _SIZE.fullmatch(short):
        return _calculated(SIZE, short.lower())
    if len(short) <= _LONGEST_NUMBER and _is_number(short):
        return _calculated(NUMBER, short)
    if named := settings_named(short):
        return Recognised(SETTING, settings=named)
    return _long(text)


def _long(text: str) -> Recognised:
    found = diagnosed(text)
    failed = Recognised(FAILURE, _PAGES[FAILURE], found=found)
    if not found.by_words and any(one.finding.kind in ("cause", "consequence") for one in found.findings):
        return failed
    if any(one.kind != "pod" for one in found.moments):
        return failed
    if recognise(text):
        return _calculated(CONFIGURATION, text)
    if sizing := sizing_asked(text):
        return Recognised(SIZING, _PAGES[SIZING], "fit-node" if sizing.inputs else "", sizing.inputs)
    return failed if found.findings or found.harmless or found.moments else Recognised(UNKNOWN)


def _calculated(kind: str, text: str) -> Recognised:
    calculator, name = _CALCULATORS[kind]
    return Recognised(kind, _PAGES[kind], calculator, {name: text})


def _is_number(text: str) -> bool:
    try:
        return bool(readings(text))
    except NotANumber:
        return False
