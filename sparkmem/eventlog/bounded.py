"""Tables that keep no more than so many keys, the smallest, so that those of two pieces merge into the table of both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

Place = tuple[int, int]
"""Where a line stands: which file of the log, which line of it, both from 1 on."""

Key = TypeVar("Key")
Value = TypeVar("Value")


def first(one: int | None, other: int | None) -> int | None:
    """The smaller of two numbers, of which either may not be known."""
    return other if one is None else one if other is None else min(one, other)


def last(one: int | None, other: int | None) -> int | None:
    """The larger of two numbers, of which either may not be known."""
    return other if one is None else one if other is None else max(one, other)


def keep_first(kept: dict[Any, Any], more: Mapping[Any, Any], most: int) -> None:
    """Add to a table that keeps its smallest keys, each with its smallest value."""
    for key, value in more.items():
        kept[key] = min(kept[key], value) if key in kept else value
    if len(kept) > most:
        for key in sorted(kept)[most:]:
            del kept[key]


def keep_newest(kept: dict[str, tuple[Place, str]], more: Mapping[str, tuple[Place, str]], most: int = 100) -> None:
    """Add to a table that keeps its smallest keys, each with the value that stands last in the log."""
    for key, value in more.items():
        if key not in kept or kept[key] < value:
            kept[key] = value
    if len(kept) > most:
        pruned(kept, most, as_it_is)


def pruned(table: dict[Any, Any], most: int, order: Any) -> None:
    """Keep the smallest keys of a table."""
    for key in sorted(table, key=order)[most:]:
        del table[key]


def at_key(table: dict[Key, Value], key: Key, make: Any, most: int, order: Any) -> Value:
    """The value of a key, made where it is not there; where there are too many, the smallest keys are kept."""
    found = table.get(key)
    if found is None:
        found = table[key] = make()
        if len(table) > most + most // 4:  # the smallest are whole: no key that is smaller than they was ever left out
            pruned(table, most, order)
            found = table.get(key, found)
    return found


def by_number(name: str) -> tuple[int, str]:
    """Executors in the order of their numbers."""
    return len(name), name


def as_it_is(key: Any) -> Any:
    """Keys in their own order."""
    return key
