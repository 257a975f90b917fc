"""How ``SparkConf`` reads a value that has no entry: ``getLong``, ``getDouble`` and so on, refusals included."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sparkmem.errors import Refused
from sparkmem.javalang import java_double, java_integer, java_trim
from sparkmem.size import SizeError, byte_string_as_bytes, byte_string_as_kb, byte_string_as_mb

SEE = "memory/executor-heap/#refusals"


def size_as_bytes(key: str, text: str, release: str) -> int:
    """What ``SparkConf.getSizeAsBytes(key)`` returns: a bare number is bytes, whatever the entry says."""
    try:
        return byte_string_as_bytes(text, release)
    except SizeError as error:
        raise Refused(key, f"Illegal value for config key {key}: {error}", SEE) from None


def size_as_kb(key: str, text: str, release: str) -> int:
    """What ``SparkConf.getSizeAsKb(key)`` returns: whole KiB, a bare number being KiB."""
    try:
        return byte_string_as_kb(text, release)
    except SizeError as error:
        raise Refused(key, f"Illegal value for config key {key}: {error}", SEE) from None


def size_as_mb(key: str, text: str, release: str) -> int:
    """What ``SparkConf.getSizeAsMb(key)`` returns: whole MiB, a bare number being MiB."""
    try:
        return byte_string_as_mb(text, release)
    except SizeError as error:
        raise Refused(key, f"Illegal value for config key {key}: {error}", SEE) from None


def plain_long(key: str, text: str, release: str = "") -> int:
    """What ``SparkConf.getLong(key, …)`` returns."""
    try:
        return java_integer(text)
    except ValueError:
        raise Refused(key, f'Illegal value for config key {key}: For input string: "{text}"', SEE) from None


def plain_int(key: str, text: str, release: str = "") -> int:
    """What ``SparkConf.getInt(key, …)`` returns."""
    try:
        return java_integer(text, 32)
    except ValueError:
        raise Refused(key, f'Illegal value for config key {key}: For input string: "{text}"', SEE) from None


def digits(key: str, text: str, release: str = "") -> int:
    """What ``Integer.parseInt`` makes of the text where no method of ``SparkConf`` stands between."""
    try:
        return java_integer(text, 32)
    except ValueError:
        raise Refused(key, f'For input string: "{text}"', SEE) from None


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


PLAIN: dict[str, Callable[[str, str, str], Any]] = {
    "double": plain_double,
    "long": plain_long,
    "int": plain_int,
    "digits": digits,
    "boolean": plain_boolean,
    "bytes": size_as_bytes,
    "KiB": size_as_kb,
    "MiB": size_as_mb,
}
