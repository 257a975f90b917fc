"""Numbers and strings as ``java.lang`` reads, writes and overflows them; Spark's arithmetic rests on these."""

import math
import re

LONG_MAX = (1 << 63) - 1
LONG_MIN = -(1 << 63)

# String.trim takes off every character up to U+0020, and no other.
_BLANKS = "".join(map(chr, range(0x21)))

# Each digit can be read in one way alone: two ways for each take a square of the time to fail.
_DECIMAL = re.compile(r"[+-]?(NaN|Infinity|([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?[fFdD]?)")
_HEX = re.compile(r"[+-]?0[xX]([0-9a-fA-F]+\.?|[0-9a-fA-F]*\.[0-9a-fA-F]+)[pP][+-]?[0-9]+[fFdD]?")
_WHOLE = re.compile(r"([+-]?)([0-9]+)")


def java_trim(text: str) -> str:
    """The text without leading and trailing characters up to U+0020, as ``String.trim`` gives it."""
    return text.strip(_BLANKS)


def java_integer(text: str, bits: int = 64) -> int:
    """The number that ``Long.parseLong`` (32 bits: ``Integer.parseInt``) reads; ValueError where it would not.

    >>> java_integer("+12"), java_integer("2147483648", 64)
    (12, 2147483648)
    """
    match = _WHOLE.fullmatch(text)
    digits = match[2].lstrip("0") if match else ""
    if not match or len(digits) > 19:
        raise ValueError(text)
    value = int(f"{match[1]}{digits or 0}")
    if wrap(value, bits) != value:
        raise ValueError(text)
    return value


def java_double(text: str) -> float:
    """The number that ``Double.parseDouble`` reads; ValueError where it would not.

    >>> java_double(" .6f "), java_double("0x1p-1"), java_double("Infinity")
    (0.6, 0.5, inf)
    """
    trimmed = java_trim(text)
    if _DECIMAL.fullmatch(trimmed):
        return float(trimmed if trimmed[-1] in "Ny" else trimmed.rstrip("fFdD"))
    if _HEX.fullmatch(trimmed):
        return float.fromhex(trimmed.rstrip("fFdD") if trimmed[-1] in "fFdD" else trimmed)
    raise ValueError(text)


def _shortest(value: float) -> tuple[str, int]:
    """Digits of the shortest decimal that reads back as ``|value|``, and how many stand before its point."""
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(digits) - len(fraction) + int(exponent or 0)
    return digits.rstrip("0") or "0", point


def java_double_text(value: float) -> str:
    """The number as ``Double.toString`` writes it.

    >>> java_double_text(1.04), java_double_text(1e7), java_double_text(-0.00012)
    ('1.04', '1.0E7', '-1.2E-4')
    >>> java_double_text(0.0), java_double_text(-0.0)
    ('0.0', '-0.0')
    """
    if math.isnan(value):
        return "NaN"
    sign = "-" if math.copysign(1, value) < 0 else ""
    if math.isinf(value):
        return f"{sign}Infinity"
    if value == 0:
        return f"{sign}0.0"
    digits, point = _shortest(value)
    if not 1e-3 <= abs(value) < 1e7:
        return f"{sign}{digits[0]}.{digits[1:] or '0'}E{point - 1}"
    digits = "0" * (1 - point) + digits if point < 1 else digits.ljust(point + 1, "0")
    cut = max(point, 1)
    return f"{sign}{digits[:cut]}.{digits[cut:]}"


def java_one_decimal(value: float) -> str:
    """The number as ``%.1f`` of ``String.format`` writes it: halves of its shortest decimal go up.

    >>> java_one_decimal(2.25), java_one_decimal(434.39), java_one_decimal(-0.05), java_one_decimal(0.0)
    ('2.3', '434.4', '-0.1', '0.0')
    """
    digits, point = _shortest(value)
    digits = "0" * (1 - point) + digits  # none where the point stands behind a digit
    cut = max(point, 1)
    padded = digits.ljust(cut + 2, "0")
    tenths = int(padded[: cut + 1]) + (padded[cut + 1] >= "5")
    return f"{'-' if value < 0 else ''}{tenths // 10}.{tenths % 10}"


def double_to_long(value: float) -> int:
    """The whole part, as Scala's ``toLong`` gives it: NaN is 0, and the ends of ``long`` hold."""
    if math.isnan(value):
        return 0
    if value >= LONG_MAX:
        return LONG_MAX
    return LONG_MIN if value <= LONG_MIN else int(value)


def wrap(value: int, bits: int = 64) -> int:
    """The value as a Java ``long`` (32 bits: ``int``) keeps it, overflow included.

    >>> wrap(1 << 63) == LONG_MIN, wrap((1 << 31) + 5, 32)
    (True, -2147483643)
    """
    half = 1 << (bits - 1)
    return (value + half) % (2 * half) - half
