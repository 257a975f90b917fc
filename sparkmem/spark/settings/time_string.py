"""Texts of times as Spark reads them (``JavaUtils.timeStringAs``): digits, and a unit or none."""

from __future__ import annotations

import re

from sparkmem.javalang import LONG_MAX, LONG_MIN, java_trim

MICROSECONDS = {"us": 1, "ms": 10**3, "s": 10**6, "m": 60 * 10**6, "min": 60 * 10**6, "h": 3600 * 10**6, "d": 86400 * 10**6}
"""What a unit is; no other is one."""
_TIME = re.compile(r"(-?[0-9]+)([a-z]+)?")


def time_parts(text: str) -> tuple[str, str] | None:
    """Digits and unit, which may be empty; None where it is no time.

    >>> time_parts("10S"), time_parts("120"), time_parts("1.5s")
    (('10', 's'), ('120', ''), None)
    """
    match = _TIME.fullmatch(java_trim(text.lower()))
    return (match[1], match[2] or "") if match else None


def in_units(amount: int, given: str, unit: str) -> int:
    """An amount of one unit in whole ones of another, cut towards zero and within a long, as ``TimeUnit.convert`` does.

    >>> in_units(-1500, "ms", "s"), in_units(2, "min", "ms")
    (-1, 120000)
    """
    whole = abs(amount) * MICROSECONDS[given] // MICROSECONDS[unit]
    return max(LONG_MIN, min(LONG_MAX, -whole if amount < 0 else whole))
