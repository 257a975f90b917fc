"""How Spark reads a value of its configuration, refusals included (``ConfigBuilder``, ``SparkConf``).

An ``Entry`` reads a text as ``SparkConf.get(entry)`` does, or raises ``Refused`` with the text
of the exception that Spark throws, at the release asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from sparkmem.errors import Refused
from sparkmem.javalang import LONG_MAX, java_double, java_double_text, java_integer, java_trim
from sparkmem.release import release as release_named
from sparkmem.release import since
from sparkmem.size import KIB, MIB, SizeError, byte_string_as
from sparkmem.source import Source
from sparkmem.spark.settings.plain_values import PLAIN, SEE
from sparkmem.spark.settings.time_string import in_units, time_parts

_PACKAGE = "core/src/main/scala/org/apache/spark/internal/config/package.scala"


@dataclass(frozen=True, eq=False)
class Entry:
    """One ``ConfigEntry``: key, the type it is read as, its default and check, and its name in Spark's code.

    Some became entries only in release ``declared``; before, the class in ``old_path`` read the
    key from ``SparkConf`` by itself, without a check.
    """

    key: str
    symbol: str
    kind: str  # "double", "int", "long", "boolean", "bytes", "KiB", "MiB", "ms", "text"
    default: str | None
    check: Callable[[Any], bool] | None = None
    rule: str = ""
    path: str = _PACKAGE
    declared: str = "2.4"
    old_path: str = ""
    choices: tuple[str, ...] = ()
    _defaults: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def default_at(self, release: str) -> Any:
        """The value of the default, None for an entry that has none; read once for each release."""
        if self.default is None:
            return None
        if release not in self._defaults:
            self._defaults[release] = self.read(self.default, release)
        return self._defaults[release]

    def read(self, text: str, release: str) -> Any:
        """The value that ``SparkConf.get`` returns for this text; ``Refused`` where it throws."""
        return _value(self, text, release)

    def checked(self, value: Any, release: str) -> Any:
        """The value, which the entry's own check and choices let through."""
        if self.check and not self.check(value):
            raise Refused(self.key, self._broken(value, release), SEE)
        if self.choices and value not in self.choices:
            raise Refused(self.key, self._out_of_range(value, release), SEE)
        return value

    def _broken(self, value: Any, release: str) -> str:
        if since(release, "4.1"):
            written = _scala_text(value)
            if self.kind in _UNITS:
                size_bytes = value * _UNITS[self.kind][0]
                if abs(size_bytes) > LONG_MAX:  # it is written in bytes, which fails in turn
                    return self.mismatch(written, release, f"bytes in {_UNITS[self.kind][1]}").message
                written = f"{size_bytes}b"
            return _invalid_conf_value("REQUIREMENT", self.key, written, self.rule)
        named = f"'{_scala_text(value)}' in {self.key} is invalid. " if since(release, "3.2") else ""
        return named + self.rule

    def _out_of_range(self, value: Any, release: str) -> str:
        options = ", ".join(self.choices)
        if since(release, "4.1"):
            return _invalid_conf_value("OUT_OF_RANGE_OF_OPTIONS", self.key, value, f"It should be one of '{options}'.")
        return f"The value of {self.key} should be one of {options}, but was {value}"

    def mismatch(self, text: str, release: str, type_name: str) -> Refused:
        """The refusal of a text that is not of the entry's type."""
        if since(release, "4.1"):
            rule = f"It should be a/an '{type_name}' value."
            return Refused(self.key, _invalid_conf_value("TYPE_MISMATCH", self.key, text, rule), SEE)
        return Refused(self.key, f"{self.key} should be {type_name}, but was {text}", SEE)

    def source(self, release: str) -> Source:
        """Where Spark declares the entry, or reads the key, at the release's tag."""
        return _witness(self, release)


@cache
def _witness(entry: Entry, release: str) -> Source:
    tag = release_named(release).tag
    if not since(release, entry.declared):
        return Source("Spark", tag, entry.old_path, entry.key)
    return Source("Spark", tag, entry.path, entry.symbol)


@lru_cache(maxsize=512)  # calculators and the register read the same texts, and most of them again for the next answer
def _value(entry: Entry, text: str, release: str) -> Any:
    if not since(release, entry.declared):
        return PLAIN[entry.kind](entry.key, text, release)
    return entry.checked(_READERS[entry.kind](entry, text, release), release)


def _invalid_conf_value(condition: str, key: str, value: str, rule: str) -> str:
    return f"[INVALID_CONF_VALUE.{condition}] The value '{value}' in the config \"{key}\" is invalid. {rule} SQLSTATE: 22022"


def _scala_text(value: Any) -> str:
    return java_double_text(value) if isinstance(value, float) else str(value)


def _double(entry: Entry, text: str, release: str) -> float:
    try:
        return java_double(text)
    except ValueError:
        raise entry.mismatch(text, release, "double") from None


def _whole(entry: Entry, text: str, release: str) -> int:
    try:
        return java_integer(java_trim(text), 32 if entry.kind == "int" else 64)
    except ValueError:
        raise entry.mismatch(text, release, entry.kind) from None


def _boolean(entry: Entry, text: str, release: str) -> bool:
    word = java_trim(text)
    # Scala 2.12 lowers the text first, 2.13 compares letter by letter: they differ on U+017F.
    folded = word.upper().lower() if since(release, "4.0") else word.lower()
    if folded not in ("true", "false"):
        raise entry.mismatch(text, release, "boolean")
    return folded == "true"


def _size(entry: Entry, text: str, release: str) -> int:
    unit, unit_name = _UNITS[entry.kind]
    negative = text.startswith("-")
    try:
        value = byte_string_as(text[1:] if negative else text, unit, release)
    except SizeError as error:
        if since(release, "4.1"):
            raise entry.mismatch(text, release, f"bytes in {unit_name}") from None
        raise Refused(entry.key, str(error), SEE) from None
    return -value if negative else value


def _time(entry: Entry, text: str, release: str) -> int:
    parts = time_parts(text)
    try:
        amount, unit = (java_integer(parts[0]), parts[1] or "ms") if parts else (0, "")
        return in_units(amount, unit, "ms")
    except (ValueError, KeyError):
        raise entry.mismatch(text, release, "time in MILLISECONDS") from None


def _text(entry: Entry, text: str, release: str) -> str:
    return text


_UNITS = {"bytes": (1, "BYTE"), "KiB": (KIB, "KiB"), "MiB": (MIB, "MiB")}
_READERS: dict[str, Callable[[Entry, str, str], Any]] = {
    "double": _double,
    "int": _whole,
    "long": _whole,
    "boolean": _boolean,
    "bytes": _size,
    "KiB": _size,
    "MiB": _size,
    "ms": _time,
    "text": _text,
}
