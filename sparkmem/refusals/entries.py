"""Any key that is taken, read as its release reads it: the value, or Spark's refusal to the letter."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import ge, gt, le, lt
from typing import Any

from sparkmem.errors import Refused
from sparkmem.javalang import double_to_long, java_double, java_trim
from sparkmem.refusals.entry_table import CHECKS, READ_AS, RENAMED, TYPES
from sparkmem.release import since
from sparkmem.spark.settings.entry import Entry
from sparkmem.spark.settings.plain_values import PLAIN, SEE

DECIMAL, ABSENT = "decimal", "-"


def read(key: str, text: str, release: str) -> Any:
    """The value that the release reads from this text; ``Refused`` where it throws, KeyError where it does not read the key.

    >>> read("spark.reducer.maxSizeInFlight", "48m", "4.3"), read("spark.executor.instances", " 4 ", "4.3")
    (48, 4)
    """
    kind = type_of(key, release)
    if not kind:
        raise KeyError(key)
    name = _read_as(key, release)
    if kind.startswith("="):
        return PLAIN[kind[1:]](name, text, release)
    if kind == DECIMAL:
        from sparkmem.spark.settings.python import cpus_per_task

        return cpus_per_task(release).read(text, release)
    return _entry(key, name, kind, release).read(text, release)


def read_any(key: str, text: str, release: str) -> Any:
    """The same for a key under any of its names."""
    if type_of(key, release) or key not in _rows(RENAMED):
        return read(key, text, release)
    return read_renamed(key, text, release)


def read_renamed(old: str, text: str, release: str) -> Any:
    """The value under an old name, as the key in its place is read where that is not set itself.

    >>> read_renamed("spark.kryoserializer.buffer.mb", "0.064", "4.3")
    64
    """
    name = renamed_to(old, release)
    if not name or gone_by(old, release):
        raise KeyError(old)
    if old == "spark.kryoserializer.buffer.mb":
        text = _in_kib(name, text, release)
    return read(name, text, release)


def renamed_to(old: str, release: str) -> str:
    """The key that the release reads in place of an old name; "" where it is none."""
    if type_of(old, release) or old not in _rows(RENAMED):
        return ""
    return next((name for name in _rows(RENAMED)[old][0] if type_of(name, release)), "")


def is_read(key: str, release: str) -> bool:
    """Whether the release reads a key, under this name or for another.

    >>> is_read("spark.memory.useLegacyMode", "2.4"), is_read("spark.memory.useLegacyMode", "3.0")
    (True, False)
    """
    return bool(type_of(key, release) or (renamed_to(key, release) and not gone_by(key, release)))


def gone_by(old: str, release: str) -> bool:
    """Whether the release has forgotten the old name."""
    return _newest(RENAMED, old, release) == ABSENT


def _in_kib(name: str, text: str, release: str) -> str:
    """Kryo's buffer, once in MB of 1000 KiB (``SparkConf.configsWithAlternatives``)."""
    try:
        return f"{max(-(1 << 31), min((1 << 31) - 1, double_to_long(java_double(text) * 1000)))}k"
    except ValueError:
        shown = java_trim(text)
        said = f'For input string: "{shown}"' if shown else "empty String"
        plain = type_of(name, release).startswith("=")
        raise Refused(name, f"Illegal value for config key {name}: {said}" if plain else said, SEE) from None


@cache
def type_of(key: str, release: str) -> str:
    """The type as which the release reads a key, ``=`` before it where it has no entry; "" where it does not read it.

    >>> type_of("spark.rpc.message.maxSize", "2.4"), type_of("spark.rpc.message.maxSize", "3.0")
    ('=int', 'int')
    """
    found = _newest(TYPES, key, release)
    return "" if found == ABSENT else found


@cache  # of keys that are read
def _read_as(key: str, release: str) -> str:
    return _newest(READ_AS, key, release) or key


@cache
def _entry(key: str, name: str, kind: str, release: str) -> Entry:
    bounds, rule = _check(key, release)
    if not rule:
        return Entry(name, "", kind, None)
    return Entry(name, "", kind, None, check=lambda value: all(within(value) for within in bounds), rule=rule)


def _check(key: str, release: str) -> tuple[list[Callable[[Any], bool]], str]:
    """The bounds of the entry's check and its words; "" where it checks nothing."""
    found = [row for row in CHECKS if row[0] == key and since(release, row[1])]
    if not found:
        return [], ""
    *_, bounds, rule = found[-1]
    return [_bound(bound) for bound in bounds.split(",")], rule


def _bound(text: str) -> Callable[[Any], bool]:
    """Whether a value keeps to a bound such as ``>=0``.

    >>> _bound("<=3")(3), _bound("<3")(3)
    (True, False)
    """
    sign, end = text[:1] + "=" * (text[1] == "="), int(text.lstrip("<>="))
    compare = {">": gt, ">=": ge, "<": lt, "<=": le}[sign]
    return lambda value: bool(compare(value, end))


def _newest(table: str, key: str, release: str) -> str:
    """The last text of the key's row whose release has come; "" where there is none."""
    changes = (change.partition(":") for row in _rows(table).get(key, []) for change in row)
    return next((text for first, _, text in reversed(list(changes)) if text and since(release, first)), "")


@cache
def _rows(table: str) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for line in table.strip().splitlines():
        key, *rest = line.split()
        found.setdefault(key, []).append(rest)
    return found
