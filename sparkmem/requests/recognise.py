"""What a text is that somebody pasted: settings, an error, an exit code, a number of the web UI, a JVM's own words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from sparkmem.configuration import ConfigurationError, read
from sparkmem.requests.phrases import PHRASES, Phrase
from sparkmem.spark.ends.exit_code import ExitCode
from sparkmem.spark.ends.exit_codes import EXIT_CODES

EXIT_PAGE = "reference/exit-codes/"

_NUMBER = re.compile(r"(?:\d[\d.,]*\s?(?:B|[KMGT]i?B)\s?/\s?)?\d[\d.,]*\s?(?:B|[KMGT]i?B)|\d{6,15}", re.IGNORECASE)
_SIZE = re.compile(r"\d{1,9}(?:[.,]\d{1,9})?\s?[kmgt]", re.IGNORECASE)
_CODE = re.compile(r"[+-]?\d{1,3}")
_SAYS_CODE = r"\b(?:exit(?:ed)?(?:\s{1,3}with)?(?:\s{1,3}(?:code|status))?|exit_?code|exitStatus|status)\b"
_NAMED_CODE = re.compile(rf"{_SAYS_CODE}\s{{0,3}}[:=]?\s{{0,3}}\"?(-?\d{{1,3}})\b", re.IGNORECASE)
_TRACKED = re.compile(r"Native Memory Tracking|Total:\s{0,2}reserved=\d", re.IGNORECASE)
_SHORT = 80


@dataclass(frozen=True)
class Recognised:
    """What a text is, in words, and the calculator with the inputs that answer it; or what its codes and phrases mean."""

    kind: str
    calculator: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)
    codes: tuple[ExitCode, ...] = ()
    phrases: tuple[Phrase, ...] = ()


def recognise(text: str) -> Recognised | None:
    """What a text is; None where nothing in it is known.

    >>> [found.kind if (found := recognise(text)) else None for text in ("137", "366.3 MiB", "8g", "hello")]
    ['an exit code', 'a number of the web UI', 'a size of an executor', None]
    >>> recognise("spark.executor.memory 8g").calculator
    'explain'
    """
    short = text.strip()
    if _TRACKED.search(text):
        return Recognised("what a JVM says of its native memory", "overhead-budget", {"native-memory": text})
    phrases = tuple(phrase for phrase in PHRASES if phrase.told(text))
    codes = _codes(short)
    if len(short) <= _SHORT and not phrases:
        if _SIZE.fullmatch(short):
            return Recognised("a size of an executor", "executor-memory", {"spark.executor.memory": short.lower()})
        if _NUMBER.fullmatch(short):
            return Recognised("a number of the web UI", "ui-number", {"number": short})
        if codes:
            return Recognised("an exit code", codes=codes)
    if phrases:
        return Recognised("an error", codes=codes, phrases=phrases)
    if _is_configuration(text):
        return Recognised("a configuration", "explain", {"text": text})
    return Recognised("an exit code", codes=codes) if codes else None


def _codes(text: str) -> tuple[ExitCode, ...]:
    """Those that a text names, in the order of the list; a number that stands alone is one."""
    named = {int(text)} if _CODE.fullmatch(text) else {int(found) for found in _NAMED_CODE.findall(text)}
    return tuple(code for code in EXIT_CODES if code.code in named and code.code != 0)


def _is_configuration(text: str) -> bool:
    try:
        found = read(text)
    except ConfigurationError:
        return False
    return bool(found.settings or found.lost)
