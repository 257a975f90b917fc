"""How Spark reads a value of its configuration, refusals included (``ConfigBuilder``, ``SparkConf``).

An ``Entry`` reads a text as ``SparkConf.get(entry)`` does, or raises ``Refused`` with the text
of the exception that Spark throws, at the release asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sparkmem.errors import Refused
from sparkmem.javalang import java_double, java_double_text, java_integer, java_trim
from sparkmem.release import release as release_named
from sparkmem.release import since
from sparkmem.size import MIB, SizeError, byte_string_as, byte_string_as_bytes, time_string_as_ms
from sparkmem.source import Source

SEE = "memory/executor-heap/#refusals"

_PACKAGE = "core/src/main/scala/org/apache/spark/internal/config/package.scala"
MEMORY = "core/src/main/scala/org/apache/spark/memory/"
_TESTS = "core/src/main/scala/org/apache/spark/internal/config/Tests.scala"


@dataclass(frozen=True)
class Entry:
    """One ``ConfigEntry``: key, the type it is read as, its default and check, and its name in Spark's code.

    Some became entries only in release ``declared``; before, the class in ``old_path`` read the
    key from ``SparkConf`` by itself, without a check.
    """

    key: str
    symbol: str
    kind: str  # "double", "int", "long", "boolean", "bytes", "MiB"
    default: str | None
    check: Callable[[Any], bool] | None = None
    rule: str = ""
    path: str = _PACKAGE
    declared: str = "2.4"
    old_path: str = ""

    def read(self, text: str, release: str) -> Any:
        """The value that ``SparkConf.get`` returns for this text; ``Refused`` where it throws."""
        if not since(release, self.declared):
            return PLAIN[self.kind](self.key, text, release)
        value = _READERS[self.kind](self, text, release)
        if self.check and not self.check(value):
            raise Refused(self.key, self._broken(value, release), SEE)
        return value

    def _broken(self, value: Any, release: str) -> str:
        if since(release, "4.1"):
            written = f"{value}b" if self.kind == "bytes" else _scala_text(value)
            return _invalid_conf_value("REQUIREMENT", self.key, written, self.rule)
        named = f"'{_scala_text(value)}' in {self.key} is invalid. " if since(release, "3.2") else ""
        return named + self.rule

    def mismatch(self, text: str, release: str, type_name: str) -> Refused:
        """The refusal of a text that is not of the entry's type."""
        if since(release, "4.1"):
            rule = f"It should be a/an '{type_name}' value."
            return Refused(self.key, _invalid_conf_value("TYPE_MISMATCH", self.key, text, rule), SEE)
        return Refused(self.key, f"{self.key} should be {type_name}, but was {text}", SEE)

    def source(self, release: str) -> Source:
        """Where Spark declares the entry, or reads the key, at the release's tag."""
        tag = release_named(release).tag
        if not since(release, self.declared):
            return Source("Spark", tag, self.old_path, self.key)
        return Source("Spark", tag, self.path, self.symbol)


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
    unit, unit_name = (MIB, "MiB") if entry.kind == "MiB" else (1, "BYTE")
    negative = text.startswith("-")
    try:
        value = byte_string_as(text[1:] if negative else text, unit, release)
    except SizeError as error:
        if since(release, "4.1"):
            raise entry.mismatch(text, release, f"bytes in {unit_name}") from None
        raise Refused(entry.key, str(error), SEE) from None
    return -value if negative else value


def _time(entry: Entry, text: str, release: str) -> int:
    try:
        return time_string_as_ms(text)
    except ValueError:
        raise entry.mismatch(text, release, "time in MILLISECONDS") from None


_READERS: dict[str, Callable[[Entry, str, str], Any]] = {
    "double": _double,
    "int": _whole,
    "long": _whole,
    "boolean": _boolean,
    "bytes": _size,
    "MiB": _size,
    "ms": _time,
}


def size_as_bytes(key: str, text: str, release: str) -> int:
    """What ``SparkConf.getSizeAsBytes(key)`` returns: a bare number is bytes, whatever the entry says."""
    try:
        return byte_string_as_bytes(text, release)
    except SizeError as error:
        raise Refused(key, f"Illegal value for config key {key}: {error}", SEE) from None


def plain_long(key: str, text: str, release: str = "") -> int:
    """What ``SparkConf.getLong(key, …)`` returns."""
    try:
        return java_integer(text)
    except ValueError:
        raise Refused(key, f'Illegal value for config key {key}: For input string: "{text}"', SEE) from None


def plain_double(key: str, text: str, release: str = "") -> float:
    """What ``SparkConf.getDouble(key, …)`` returns."""
    try:
        return java_double(text)
    except ValueError:
        shown = java_trim(text)
        said = f'For input string: "{shown}"' if shown else "empty String"
        raise Refused(key, f"Illegal value for config key {key}: {said}", SEE) from None


def plain_boolean(key: str, text: str, release: str = "") -> bool:
    """What ``SparkConf.getBoolean(key, …)`` returns: nothing is trimmed."""
    if text.lower() not in ("true", "false"):
        raise Refused(key, f'Illegal value for config key {key}: For input string: "{text}"', SEE)
    return text.lower() == "true"


def fraction_refusal(key: str, value: float) -> str:
    """What ``SparkConf.validateSettings`` says when a SparkContext starts with this share; "" where it says nothing.

    >>> fraction_refusal("spark.memory.fraction", 1.5), fraction_refusal("spark.memory.fraction", 1.0)
    ("spark.memory.fraction should be between 0 and 1 (was '1.5').", '')
    """
    return f"{key} should be between 0 and 1 (was '{java_double_text(value)}')." if value > 1 or value < 0 else ""


PLAIN: dict[str, Callable[[str, str, str], Any]] = {
    "double": plain_double,
    "long": plain_long,
    "boolean": plain_boolean,
    "bytes": size_as_bytes,
}

LEGACY_MODE = "spark.memory.useLegacyMode"  # read by SparkEnv of 2.4, never an entry
EXECUTOR_MEMORY = Entry("spark.executor.memory", "EXECUTOR_MEMORY", "MiB", "1g")
EXECUTOR_CORES = Entry("spark.executor.cores", "EXECUTOR_CORES", "int", "1")
MEMORY_FRACTION = Entry(
    "spark.memory.fraction", "MEMORY_FRACTION", "double", "0.6",
    declared="3.0", old_path=MEMORY + "UnifiedMemoryManager.scala",
)  # fmt: skip
MEMORY_STORAGE_FRACTION = Entry(
    "spark.memory.storageFraction",
    "MEMORY_STORAGE_FRACTION",
    "double",
    "0.5",
    check=lambda value: 0 <= value < 1,
    rule="Storage fraction must be in [0,1)",
    declared="3.0",
    old_path=MEMORY + "UnifiedMemoryManager.scala",
)
MEMORY_OFFHEAP_ENABLED = Entry("spark.memory.offHeap.enabled", "MEMORY_OFFHEAP_ENABLED", "boolean", "false")
MEMORY_OFFHEAP_SIZE = Entry(
    "spark.memory.offHeap.size",
    "MEMORY_OFFHEAP_SIZE",
    "bytes",
    "0",
    check=lambda value: value >= 0,
    rule="The off-heap memory size must not be negative",
)
BUFFER_PAGESIZE = Entry(
    "spark.buffer.pageSize", "BUFFER_PAGESIZE", "bytes", None, declared="3.0", old_path=MEMORY + "MemoryManager.scala"
)
TEST_MEMORY = Entry(
    "spark.testing.memory", "TEST_MEMORY", "long", None, path=_TESTS,
    declared="3.0", old_path=MEMORY + "UnifiedMemoryManager.scala",
)  # fmt: skip
TEST_RESERVED_MEMORY = Entry(
    "spark.testing.reservedMemory", "TEST_RESERVED_MEMORY", "long", None, path=_TESTS,
    declared="3.0", old_path=MEMORY + "UnifiedMemoryManager.scala",
)  # fmt: skip
UNMANAGED_MEMORY_POLLING_INTERVAL = Entry(
    "spark.memory.unmanagedMemoryPollingInterval", "UNMANAGED_MEMORY_POLLING_INTERVAL", "ms", "0s", declared="4.1"
)
