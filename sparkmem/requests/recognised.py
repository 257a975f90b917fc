"""What a text is, whatever a reader has in hand: one box takes it, and what reads it is named."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from sparkmem.configuration.formats import recognise
from sparkmem.diagnosis.codes import code_in
from sparkmem.diagnosis.diagnose import Diagnosis, diagnosed
from sparkmem.diagnosis.sizing_asked import sizing_asked
from sparkmem.requests.machine_named import machine_named
from sparkmem.requests.setting_named import settings_named
from sparkmem.requests.subjects_named import Subject, subjects_named
from sparkmem.size.shown import NotANumber, readings

EVENT_LOG, FAILURE, CONFIGURATION, NUMBER, SIZE, NATIVE, HEAP, EXIT_CODE, SETTING, SIZING, MACHINE, SUBJECT, UNKNOWN = (
    "event-log", "failure", "configuration", "number", "size", "native-memory", "heap", "exit-code", "setting", "sizing",
    "machine", "subject", "unknown",
)  # fmt: skip
_PAGES = {
    FAILURE: "what-happened/", CONFIGURATION: "explain/", NUMBER: "calculators/ui-number/", EXIT_CODE: "what-happened/",
    SIZE: "memory/executor-heap/", HEAP: "memory/executor-heap/", SIZING: "calculators/fit-node/",
    NATIVE: "calculators/overhead-budget/", EVENT_LOG: "read-a-run/", MACHINE: "calculators/fit-node/",
}  # fmt: skip
_CALCULATORS = {
    CONFIGURATION: ("explain", "text"), NUMBER: ("ui-number", "number"), SIZE: ("executor-memory", "spark.executor.memory"),
    HEAP: ("executor-memory", "spark.executor.memory"), NATIVE: ("overhead-budget", "native-memory"),
}  # fmt: skip
_EVENT = re.compile(r'\s*\{"Event":\s*"(?:SparkListener|org\.apache\.spark)')
_SIZE = re.compile(r"([0-9]{1,9}(?:[.,][0-9]{1,9})?)\s?([kmgt])|([0-9]{1,7})\s?([kmgt])i?b", re.IGNORECASE)
"""A size as it is set; the web UI writes bytes with a part of ten, and whoever writes ``16 GB`` means a size."""
_IN_MIB = re.compile(r"[1-9][0-9]{2,5}")
"""A number alone, which Spark takes in MiB where it is set, and with fewer digits than any memory has bytes."""
_LARGEST_CODE = 255
_LARGEST_HEAP = re.compile(r"\bMaxHeapSize\s{0,60}:?=\s{0,60}([0-9]{6,15})\b")
_XMX = re.compile(r"(?<!\S)-(?:Xmx|XX:MaxHeapSize=)([0-9]{1,15})([kmgt]?)(?!\S)", re.IGNORECASE)
_SHOWN = re.compile(
    r"(?:MemoryStore started with capacity|Registering block manager \S{1,200} with"
    r"|[sS]torage [mM]emory(?: total)?[ \t]{0,3}[:=]?)[ \t]{0,3}"
    r"((?:[0-9.]{1,12} ?[KMGT]?i?B ?/ ?)?[0-9.]{1,12} ?[KMGT]i?B)(?: RAM)?\b"
)
"""A number that the web UI or a log shows, beside its name; ``MemoryStore``, ``BlockManagerMasterEndpoint``."""
_FEW_LINES = 3
_TOLD = re.compile(r"(?i)[0-9]\s{0,3}[kmgtp]?i?b(?:ytes)?\s*$|^[0-9,_]{7,}$")
"""A number of memory has a unit, or is one of bytes; another may be of anything."""
_BARE = re.compile(r"(?:\./|\$ |bin/)?(?:spark-(?:submit|shell|sql)|pyspark|sparkR)(?: --?(?:version|help|h))?")
_TRACKED = re.compile(r"Native Memory Tracking:|Total:\s{0,2}reserved=[0-9]", re.IGNORECASE)
_GROWN = re.compile(r"reserved=[0-9]{1,18}[KMG]?B [+-][0-9]")
"""How the memory tracking of a JVM writes what has changed, which "What happened?" reads and no budget does."""
_LONGEST_NUMBER = 60


@dataclass(frozen=True)
class Recognised:
    """The kind of a text, and the page that reads it, from the site's root; empty where none does.

    There are the calculator with the inputs that answer it, or the exit code that it is, or what was found in a failure,
    or the settings or subjects of which it is the name.  ``said`` is what it is, where the kind alone does not tell.
    """

    kind: str
    page: str = ""
    calculator: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)
    code: int | None = None
    found: Diagnosis | None = None
    settings: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = ()
    said: str = ""


def recognised(text: str) -> Recognised:
    """What a text is: of a failure with settings beside it, a failure.

    >>> [recognised(text).kind for text in ("137", "434.4 MiB", "--executor-memory 8g", "nobody knows why")]
    ['exit-code', 'number', 'configuration', 'unknown']
    >>> found = recognised("8g")
    >>> found.kind, found.calculator, dict(found.inputs)
    ('size', 'executor-memory', {'spark.executor.memory': '8g'})
    >>> recognised("m5.2xlarge").inputs["machine-type"]
    'm5.2xlarge'
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
    if size := _SIZE.fullmatch(short):
        return _calculated(SIZE, "".join(part or "" for part in size.groups()).lower())
    if _IN_MIB.fullmatch(short) and int(short) > _LARGEST_CODE:
        return _calculated(SIZE, f"{short}m")
    if len(short) <= _LONGEST_NUMBER and _is_number(short):
        return _calculated(NUMBER, short)
    if machine := machine_named(short):
        return Recognised(MACHINE, _PAGES[MACHINE], "fit-node", machine.inputs, said=machine.said)
    if named := settings_named(short):
        return Recognised(SETTING, settings=named)
    if subjects := subjects_named(short):
        return Recognised(SUBJECT, subjects=subjects)
    if short.count("\n") < _FEW_LINES:
        if shown := _SHOWN.search(short):
            return _calculated(NUMBER, shown[1])
        if (heap := _heap(short)) and not recognise(short):
            return _calculated(HEAP, heap)
    return _long(text)


def _heap(text: str) -> str:
    """The largest heap that a JVM shows or that its options give it, of which the last one counts; empty where none is.

    >>> _heap("MaxHeapSize = 4294967296 (4096.0MB)"), _heap("java -Xmx1g -Xmx8G -jar a.jar"), _heap("-Xms1g")
    ('4096m', '8g', '')
    """
    if shown := _LARGEST_HEAP.search(text):
        return f"{int(shown[1]) >> 20}m"
    given = list(_XMX.finditer(text))
    if not given:
        return ""
    number, unit = given[-1].groups()
    return f"{number}{unit.lower()}" if unit else f"{int(number) >> 20}m"


def _long(text: str) -> Recognised:
    found = diagnosed(text)
    failed = Recognised(FAILURE, _PAGES[FAILURE], found=found)
    if not found.by_words and any(one.finding.kind in ("cause", "consequence") for one in found.findings):
        return failed
    if any(one.kind != "pod" for one in found.moments):
        return failed
    if recognise(text) and not _is_a_bare_command(text):
        return _calculated(CONFIGURATION, text)
    if sizing := sizing_asked(text):
        return Recognised(SIZING, _PAGES[SIZING], "fit-node" if sizing.inputs else "", sizing.inputs)
    return failed if found.findings or found.harmless or found.moments else Recognised(UNKNOWN)


def _is_a_bare_command(text: str) -> bool:
    """Whether a text names a command and gives it nothing."""
    return bool(_BARE.fullmatch(text.strip()))


def _calculated(kind: str, text: str) -> Recognised:
    calculator, name = _CALCULATORS[kind]
    return Recognised(kind, _PAGES[kind], calculator, {name: text})


def _is_number(text: str) -> bool:
    try:
        return bool(_TOLD.search(text)) and bool(readings(text))
    except NotANumber:
        return False
