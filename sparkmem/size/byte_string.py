"""Sizes as Spark reads them (``JavaUtils.byteStringAs``), refusals included."""

import re
from functools import lru_cache

from sparkmem.javalang import LONG_MAX, java_integer, java_trim, wrap
from sparkmem.release import NEWEST, since
from sparkmem.size.units import GIB, KIB, MIB, PIB, TIB, UNIT_NAMES

# JavaUtils.byteSuffixes; the long ones came later
_SUFFIXES = {
    "b": 1, "k": KIB, "kb": KIB, "m": MIB, "mb": MIB, "g": GIB, "gb": GIB,
    "t": TIB, "tb": TIB, "p": PIB, "pb": PIB,
}  # fmt: skip
_LONG_SUFFIXES = {
    "kib": KIB,
    "mib": MIB,
    "gib": GIB,
    "tib": TIB,
    "pib": PIB,
    "ki": KIB,
    "mi": MIB,
    "gi": GIB,
    "ti": TIB,
    "pi": PIB,
}

_WHOLE = re.compile(r"([0-9]+)([a-z]+)?")
_FRACTION = re.compile(r"([0-9]+\.[0-9]+)([a-z]+)?")

_BYTE_ERROR = (
    "Size must be specified as bytes (b), kibibytes (k), mebibytes (m), gibibytes (g), "
    "tebibytes (t), or pebibytes(p). E.g. 50b, 100k, or 250m.\n"
)


class SizeError(ValueError):
    """A text that Spark does not take as a size; the message is Spark's, at the release asked for."""


class NoSuchEntry(SizeError):
    """A key of which the release has no entry (``ConfigEntry.findEntry`` finds none)."""


class SizeOverflow(SizeError):
    """A size that is well written but more than a Java ``long`` holds (IllegalArgumentException)."""


@lru_cache(maxsize=512)  # an answer reads the same few texts again and again
def byte_string_as(text: str, unit: int, release: str = NEWEST) -> int:
    """A size in ``unit`` [bytes in one of it], a bare number being in ``unit`` already.

    Follows ``JavaUtils.byteStringAs`` and ``ByteUnit.convertTo``; a finer size is cut down.

    >>> byte_string_as("2g", MIB), byte_string_as("1023k", MIB), byte_string_as("7", MIB)
    (2048, 0, 7)
    """
    lower = java_trim(text.lower())
    whole = _WHOLE.fullmatch(lower)
    if not whole:
        fraction = _FRACTION.fullmatch(lower)
        if fraction:
            raise SizeError(f"{_BYTE_ERROR}Fractional values are not supported. Input was: {fraction[1]}")
        raise SizeError(f"{_BYTE_ERROR}Failed to parse byte string: {text}")
    try:
        value = java_integer(whole[1])
    except ValueError:
        raise SizeError(f'{_BYTE_ERROR}For input string: "{whole[1]}"') from None
    suffixes = _SUFFIXES | _LONG_SUFFIXES if since(release, "4.2") else _SUFFIXES
    suffix = whole[2]
    if suffix and suffix not in suffixes:
        raise SizeError(f'{_BYTE_ERROR}Invalid suffix: "{suffix}"')
    return _convert(value, suffixes[suffix] if suffix else unit, unit, release)


def _convert(value: int, from_unit: int, to_unit: int, release: str) -> int:
    if from_unit <= to_unit:
        return value // (to_unit // from_unit)
    ratio = from_unit // to_unit
    if value > LONG_MAX // ratio:
        name = "BYTE" if from_unit == 1 else UNIT_NAMES[from_unit]
        hint = "Try a larger unit (e.g. MiB instead of KiB)"
        if since(release, "4.3"):
            raise SizeOverflow(f"Conversion of {value} {name} exceeds Long.MAX_VALUE. {hint}.")
        raise SizeOverflow(f"Conversion of {value} exceeds Long.MAX_VALUE in {name}. {hint}")
    return value * ratio


def byte_string_as_bytes(text: str, release: str = NEWEST) -> int:
    """Size in bytes, a bare number being bytes (``JavaUtils.byteStringAsBytes``)."""
    return byte_string_as(text, 1, release)


def byte_string_as_kb(text: str, release: str = NEWEST) -> int:
    """Size in whole KiB, a bare number being KiB (``JavaUtils.byteStringAsKb``)."""
    return byte_string_as(text, KIB, release)


def byte_string_as_mb(text: str, release: str = NEWEST) -> int:
    """Size in whole MiB, a bare number being MiB (``JavaUtils.byteStringAsMb``)."""
    return byte_string_as(text, MIB, release)


def byte_string_as_gb(text: str, release: str = NEWEST) -> int:
    """Size in whole GiB, a bare number being GiB (``JavaUtils.byteStringAsGb``)."""
    return byte_string_as(text, GIB, release)


def memory_string_to_mb(text: str, release: str = NEWEST) -> int:
    """Size in whole MiB, a bare number being bytes (``Utils.memoryStringToMb``), as a Java ``int``.

    >>> memory_string_to_mb("1048576"), memory_string_to_mb("1g")
    (1, 1024)
    """
    return wrap(byte_string_as_bytes(text, release) // MIB, 32)
