"""Numbers as they are written in a text, by kinds, and what they mean.

Kinds of a number: ``bytes``, ``kib``, ``mib``, ``gib``, ``pages`` (of 4 KiB): a whole number of those.
``size``: a number with its unit, ``5.5 GB``, ``1024.0 MiB``, ``48136K``, in steps of 1024, as Spark, Hadoop and the JVM
mean it.
``quantity``: one of Kubernetes, ``48136Ki`` or ``500M``.  ``count``, ``ms``, ``seconds``, ``fraction``: plain numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_WHOLE = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,6}|[0-9]{1,19})"
_DECIMAL = r"[0-9]{1,15}(?:[.,][0-9]{1,9})?"
_OPEN = rf"(?:{_DECIMAL}|[0-9]{{1,15}})(?:\.(?=[KMGTPE]i?B))?"
"""A decimal, perhaps without digits behind its point: NumPy writes ``381. MiB``."""
_SIGNED = rf"-?{_WHOLE}"
_UNITS = {"": 1, "k": 2**10, "m": 2**20, "g": 2**30, "t": 2**40, "p": 2**50, "e": 2**60}
_DECIMAL_UNITS = {"k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12, "p": 10**15}
_WHOLE_UNITS = {"bytes": 1, "kib": 2**10, "mib": 2**20, "gib": 2**30, "pages": 4096}
PATTERNS = {
    **dict.fromkeys(_WHOLE_UNITS, _WHOLE),
    "size": rf"{_OPEN}(?:[KkMmGgTtPpEe](?:i?[Bb]|[Bb])?|[Bb](?:ytes)?)?",
    "quantity": rf"{_DECIMAL}(?:[KMGTPE]i|[kMGTP])?",
    "count": _SIGNED,
    "ms": _WHOLE,
    "seconds": _DECIMAL,
    "fraction": _DECIMAL,
    "word": r"[\w._:/$@-]{1,200}",
    "text": "",
}
COMPILED = {kind: re.compile(pattern) for kind, pattern in PATTERNS.items() if pattern}
BYTES = frozenset((*_WHOLE_UNITS, "size", "quantity"))
"""The kinds whose numbers are bytes."""
WORDS = frozenset(("word", "text"))


@dataclass(frozen=True)
class Written:
    """A number as it was written, and what it means [bytes for the kinds of ``BYTES``]; of words only the text."""

    text: str
    value: int | float | None
    kind: str


def value(text: str, kind: str) -> int | float:
    """What a number means, in bytes where its kind is a size.

    >>> value("5.5GB", "size"), value("48136Ki", "quantity"), value("1,613,717", "pages"), value("0,5", "fraction")
    (5905580032, 49291264, 6609784832, 0.5)
    """
    if kind in _WHOLE_UNITS:
        return int(text.replace(",", "")) * _WHOLE_UNITS[kind]
    if kind in ("count", "ms"):
        return int(text.replace(",", ""))
    if kind in ("seconds", "fraction"):
        return float(text.replace(",", "."))
    number = text.rstrip("KkMmGgTtPpEeiBbys")
    unit = text[len(number) :]
    many = _UNITS[unit[:1].lower().replace("b", "")]
    if kind == "quantity" and unit and not unit.endswith("i"):
        many = _DECIMAL_UNITS[unit.lower()]
    whole, _, decimals = number.replace(",", ".").partition(".")
    return int(whole + decimals) * many // int(10 ** len(decimals))


def first_of_number(text: str, end: int, kind: str) -> int:
    """Where a number that ends there begins."""
    begin = end
    while begin > max(0, end - 30) and (text[begin - 1].isdigit() or text[begin - 1] in ".,"):
        begin -= 1
    if begin == end and kind in ("size", "quantity"):
        letters = re.compile(r"[A-Za-z]{1,5}")
        for length in (5, 4, 3, 2, 1):
            if letters.fullmatch(text, max(0, end - length), end):
                begun = first_of_number(text, end - length, "")
                if begun < end - length:
                    return begun
    return begin
