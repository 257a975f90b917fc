"""Arithmetic of programs: sums, products and powers of values that are known, as far as they are not too large."""

from __future__ import annotations

from sparkmem.configuration.values import Items, Value, as_text

_LARGEST = 10**18
_MOST_RAISED = 1 << 20


def added(one: Value | None, other: Value | None, sign: str) -> Value | None:
    """A sum or a difference of numbers, texts put together, or two lists as one."""
    if sign == "-":
        both = isinstance(one, int | float) and isinstance(other, int | float)
        return one - other if both else None  # type: ignore[operator]
    if isinstance(one, int | float) and isinstance(other, int | float) and not isinstance(one, bool):
        return _small(one + other)
    if isinstance(one, Items) and isinstance(other, Items):
        return Items(one.program, (*one.places, *other.places)) if one.program is other.program else None
    if isinstance(one, str) or isinstance(other, str):
        left, right = as_text(one), as_text(other)
        return None if left is None or right is None else left + right
    return None


def multiplied(one: Value | None, other: Value | None, sign: str, language: str) -> Value | None:
    """A product, a quotient or a rest, as the language has it; None where that is not known, or too large."""
    if not isinstance(one, int | float) or not isinstance(other, int | float):
        return None
    if sign == "*":
        return _small(one * other)
    if not other:
        return None
    if sign == "//":
        return _small(one // other)
    if sign == "%":
        return one % other if language == "python" or (one >= 0 and other > 0) else None
    if language == "python" or isinstance(one, float) or isinstance(other, float):
        return _small(one / other)
    exact = abs(one) % abs(other) == 0
    if language == "scala" or exact:
        whole = abs(one) // abs(other)
        return whole if (one < 0) == (other < 0) else -whole
    return None


def power(one: Value | None, other: Value | None) -> Value | None:
    """A whole number raised to another; None where that is too large."""
    whole = isinstance(one, int) and isinstance(other, int) and 0 <= other <= 60
    return _small(one**other) if whole and -_MOST_RAISED <= one <= _MOST_RAISED else None  # type: ignore[operator]


def _small(number: int | float) -> int | float | None:
    return number if -_LARGEST < number < _LARGEST else None
