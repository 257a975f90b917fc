"""Sizes: bytes and their binary units, and the grammars in which Spark and the JVM read and write them.

Spark reads ``8g`` with ``JavaUtils.byteStringAs`` and writes ``434.4 MiB`` with
``Utils.bytesToString``; the JVM reads ``-Xmx8g`` with a grammar of its own.
All sizes are ``int`` bytes.
"""

import re
from math import floor, log

from sparkmem.javalang import LONG_MAX, LONG_MIN, java_integer, java_one_decimal, java_trim, wrap
from sparkmem.release import NEWEST, since

KIB = 1 << 10
MIB = 1 << 20
GIB = 1 << 30
TIB = 1 << 40
PIB = 1 << 50
EIB = 1 << 60

_UNIT_NAMES = {1: "B", KIB: "KiB", MIB: "MiB", GIB: "GiB", TIB: "TiB", PIB: "PiB", EIB: "EiB"}
_OLD_UNIT_NAMES = {unit: name.replace("i", "") for unit, name in _UNIT_NAMES.items()}  # the same powers of 1024

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

# JavaUtils.timeSuffixes
_TIME = re.compile(r"(-?[0-9]+)([a-z]+)?")
_MICROSECONDS = {
    "us": 1, "ms": 1000, "s": 10**6, "m": 60 * 10**6, "min": 60 * 10**6, "h": 3600 * 10**6, "d": 86400 * 10**6,
}  # fmt: skip

_BYTE_ERROR = (
    "Size must be specified as bytes (b), kibibytes (k), mebibytes (m), gibibytes (g), "
    "tebibytes (t), or pebibytes(p). E.g. 50b, 100k, or 250m.\n"
)


class SizeError(ValueError):
    """A text that Spark does not take as a size; the message is Spark's, at the release asked for."""


class SizeOverflow(SizeError):
    """A size that is well written but more than a Java ``long`` holds (IllegalArgumentException)."""


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
        name = "BYTE" if from_unit == 1 else _UNIT_NAMES[from_unit]
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


def time_string_as_ms(text: str) -> int:
    """Time in whole milliseconds, a bare number being milliseconds (``JavaUtils.timeStringAsMs``).

    >>> time_string_as_ms("2min"), time_string_as_ms("-1"), time_string_as_ms("999us")
    (120000, -1, 0)
    """
    match = _TIME.fullmatch(java_trim(text.lower()))
    if not match or (match[2] and match[2] not in _MICROSECONDS):
        raise ValueError(text)
    microseconds = java_integer(match[1]) * _MICROSECONDS[match[2] or "ms"]
    return max(LONG_MIN, min(LONG_MAX, abs(microseconds) // 1000 * (-1 if microseconds < 0 else 1)))


def memory_string_to_mb(text: str, release: str = NEWEST) -> int:
    """Size in whole MiB, a bare number being bytes (``Utils.memoryStringToMb``), as a Java ``int``.

    >>> memory_string_to_mb("1048576"), memory_string_to_mb("1g")
    (1, 1024)
    """
    return wrap(byte_string_as_bytes(text, release) // MIB, 32)


def bytes_to_string(size_bytes: int, release: str = NEWEST) -> str:
    """The size as Spark writes it in its log (``Utils.bytesToString``).

    A unit is used from two of it on, with one decimal, halves rounded up.  Before 3.0, "MB" is
    written and MiB is meant.

    >>> bytes_to_string(455501414), bytes_to_string(3 * GIB // 2), bytes_to_string(455501414, "2.4")
    ('434.4 MiB', '1536.0 MiB', '434.4 MB')
    """
    if size_bytes >= (1 << 11) * EIB:
        return _three_digits(size_bytes) + " B"
    unit = next((u for u in reversed(_UNIT_NAMES) if size_bytes >= 2 * u), 1)
    # From 3.5 on the quotient is a double; before, it was exact.
    number = java_one_decimal(size_bytes / unit) if since(release, "3.5") else _one_decimal(size_bytes, unit)
    names = _UNIT_NAMES if since(release, "3.0") else _OLD_UNIT_NAMES
    return f"{number} {names[unit]}"


def _one_decimal(size_bytes: int, unit: int) -> str:
    """The exact quotient with one decimal, halves away from zero."""
    tenths = (abs(size_bytes) * 20 + unit) // (2 * unit)
    return f"{'-' if size_bytes < 0 else ''}{tenths // 10}.{tenths % 10}"


def _three_digits(size_bytes: int) -> str:
    """Three significant digits in scientific notation, as ``BigDecimal.toString`` gives them."""
    exponent = len(str(size_bytes)) - 1
    scale = 10 ** (exponent - 2)
    digits = (size_bytes * 2 + scale) // (2 * scale)
    if digits == 1000:
        digits, exponent = 100, exponent + 1
    return f"{digits // 100}.{digits % 100:02d}E+{exponent}"


def ui_bytes(size_bytes: int, release: str = NEWEST) -> str:
    """The size as the web UI writes it (``formatBytes`` in ``utils.js``): 1024 is 1 KiB already.

    Before 3.0 the web UI counts in steps of 1000, though the log of the same release does not.

    >>> ui_bytes(455501414), ui_bytes(2 * GIB), ui_bytes(0), ui_bytes(455501414, "2.4")
    ('434.4 MiB', '2 GiB', '0.0 B', '455.5 MB')
    """
    if size_bytes <= 0:
        return "0.0 B"
    if not since(release, "3.0"):
        return _ui_bytes_in_thousands(size_bytes)
    unit = next(u for u in reversed(_UNIT_NAMES) if size_bytes >= u)
    return f"{_one_decimal(size_bytes, unit).removesuffix('.0')} {_UNIT_NAMES[unit]}"


def _ui_bytes_in_thousands(size_bytes: int) -> str:
    """As JavaScript computes it, in doubles: 26950000 bytes are 26.9 MB."""
    names = list(_OLD_UNIT_NAMES.values())
    power = min(floor(log(size_bytes) / log(1000)), len(names) - 1)
    numerator, denominator = (size_bytes / 1000**power).as_integer_ratio()
    tenths = (20 * numerator + denominator) // (2 * denominator)  # toFixed(1) takes the double as it is
    number = f"{tenths // 10}.{tenths % 10}".removesuffix(".0")
    return f"{number} {names[power]}"


def mib_text(size_bytes: int) -> str:
    """The size for people: MiB with as many decimals as it needs, three at most, and thin groups.

    >>> mib_text(4 * GIB), mib_text(2388236697), mib_text(512), mib_text(0)
    ('4,096 MiB', '2,277.6 MiB', '512 B', '0 MiB')
    """
    if 0 < abs(size_bytes) < KIB:
        return f"{size_bytes} B"
    if size_bytes % MIB == 0:
        return f"{size_bytes // MIB:,} MiB"
    whole, decimals = divmod(round(abs(size_bytes) * 10 / MIB), 10)
    sign = "-" if size_bytes < 0 else ""
    if whole == 0 and decimals == 0:
        return f"{sign}{abs(size_bytes) / KIB:.1f} KiB"
    return f"{sign}{whole:,}.{decimals} MiB"
