"""Numbers of a log: whole, not negative, and at most what a long of Java holds; anything else counts as not measured."""

from __future__ import annotations

from typing import Any

from sparkmem.javalang import LONG_MAX


def number(value: Any) -> int:
    """The value where it is such a number, else 0.

    >>> number(5), number(-1), number("5"), number(True), number(1 << 70)
    (5, 0, 0, 0, 0)
    """
    return value if type(value) is int and 0 <= value <= LONG_MAX else 0


def text(value: Any, most: int = 300) -> str:
    """The value where it is a text, not longer than so many letters."""
    return value[:most] if isinstance(value, str) else ""


def inner(value: Any, key: str) -> dict[str, Any]:
    """The object under a key, or an empty one."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}
