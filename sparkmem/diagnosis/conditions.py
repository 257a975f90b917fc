"""Small arithmetic over the numbers of a text: conditions, and sums that become the value of a setting."""

from __future__ import annotations

import re
from collections.abc import Mapping
from operator import eq, ge, gt, le, lt, ne

MIB = 2**20
Number = int | float
_COMPARE = {"<=": le, ">=": ge, "!=": ne, "<": lt, ">": gt, "=": eq}
_COMPARISON = re.compile(r"(.+?)\s*(<=|>=|!=|<|>|=)\s*(.+)")
_TERM = re.compile(r"(?:([0-9]+(?:\.[0-9]+)?)(MiB|GiB)?)?(?:\s*\*\s*)?([a-z_][a-z0-9_-]*\??)?")
_SIGN = re.compile(r"\s+([+-])\s+")


class ConditionError(ValueError):
    """A condition or a sum that cannot be read."""


def condition(text: str, numbers: Mapping[str, Number]) -> bool:
    """Whether it holds; never where a number of it is not there.

    >>> condition("used >= 0.95 * limit and code = 137", {"used": 96, "limit": 100, "code": 137})
    True
    >>> condition("heap > limit", {"limit": 1})
    False
    """
    parts = [_holds(part, numbers) for part in text.split(" and ")]  # all are read, so that a mistake is found
    return all(parts)


def _holds(text: str, numbers: Mapping[str, Number]) -> bool:
    match = _COMPARISON.fullmatch(text.strip())
    if not match:
        raise ConditionError(f"{text!r} is no comparison")
    left, right = total(match[1], numbers), total(match[3], numbers)
    return left is not None and right is not None and bool(_COMPARE[match[2]](left, right))


def total(text: str, numbers: Mapping[str, Number]) -> Number | None:
    """A sum of names with factors; None where a number is not there, nothing of one that has ``?``.

    >>> total("1.5 * used - heap + 64MiB", {"used": 100, "heap": 50})
    67108964.0
    >>> total("largest - 1.0 * overhead - 1.0 * pyspark?", {"largest": 100, "overhead": 20})
    80.0
    """
    parts = ["+", *_SIGN.split(text.strip())]
    terms = [_term(part, numbers) for part in parts[1::2]]
    if any(term is None for term in terms):
        return None
    return sum(term if sign == "+" else -term for sign, term in zip(parts[::2], terms, strict=True) if term is not None)


def _term(text: str, numbers: Mapping[str, Number]) -> Number | None:
    match = _TERM.fullmatch(text.strip())
    if not match or not text.strip():
        raise ConditionError(f"{text!r} is no number, no name and no product of both")
    number: Number = 1
    if match[1]:
        number = (float(match[1]) if "." in match[1] else int(match[1])) * {"MiB": MIB, "GiB": 2**30, None: 1}[match[2]]
    if not match[3]:
        return number
    name = match[3].removesuffix("?")
    return numbers[name] * number if name in numbers else (None if name == match[3] else 0)


def value_of(text: str, numbers: Mapping[str, Number]) -> str:
    """What a setting is set to: a sum rounded up to MiB, or the words as they stand in ``"…"``; empty where unknown.

    Of several sums, between ``|``, the first whose numbers are there.

    >>> value_of("1.1 * used", {"used": 2 * 2**30}), value_of("1.1 * used", {}), value_of('"true"', {})
    ('2253m', '', 'true')
    """
    if not text or text.startswith('"'):
        return text.strip('"')
    sums = [total(part, numbers) for part in text.split("|")]  # all are read, so that a mistake is found
    found = next((one for one in sums if one is not None), None)
    return "" if found is None or found <= 0 else f"{-int(-found // MIB)}m"
