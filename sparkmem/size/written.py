"""Sizes as Spark writes them, in its log and in its web UI, and as people read them here."""

from functools import lru_cache
from math import floor, log

from sparkmem.javalang import java_one_decimal
from sparkmem.release import NEWEST, since
from sparkmem.size.units import EIB, KIB, MIB, OLD_UNIT_NAMES, UNIT_NAMES


def bytes_to_string(size_bytes: int, release: str = NEWEST) -> str:
    """The size as Spark writes it in its log (``Utils.bytesToString``).

    A unit is used from two of it on, with one decimal, halves rounded up.  Before 3.0, "MB" is
    written and MiB is meant.

    >>> bytes_to_string(455501414), bytes_to_string(3 << 29), bytes_to_string(455501414, "2.4")
    ('434.4 MiB', '1536.0 MiB', '434.4 MB')
    """
    if size_bytes >= (1 << 11) * EIB:
        return _three_digits(size_bytes) + " B"
    unit = next((u for u in reversed(UNIT_NAMES) if size_bytes >= 2 * u), 1)
    # From 3.5 on the quotient is a double; before, it was exact.
    number = java_one_decimal(size_bytes / unit) if since(release, "3.5") else _one_decimal(size_bytes, unit)
    names = UNIT_NAMES if since(release, "3.0") else OLD_UNIT_NAMES
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

    >>> ui_bytes(455501414), ui_bytes(2 << 30), ui_bytes(0), ui_bytes(455501414, "2.4")
    ('434.4 MiB', '2 GiB', '0.0 B', '455.5 MB')
    """
    if size_bytes == 0 or (size_bytes < 0 and since(release, "3.1")):
        return "0.0 B"
    if size_bytes < 0:
        return "NaN undefined"
    step, names = (1024, UNIT_NAMES) if since(release, "3.0") else (1000, OLD_UNIT_NAMES)
    # As JavaScript computes it, in doubles: one byte less than 1 PiB is 1 PiB; in steps of 1000, 26950000 bytes are 26.9 MB.
    power = min(floor(log(size_bytes) / log(step)), len(names) - 1)
    numerator, denominator = (float(size_bytes) / step**power).as_integer_ratio()
    tenths = (20 * numerator + denominator) // (2 * denominator)  # toFixed(1) takes the double as it is
    number = f"{tenths // 10}.{tenths % 10}".removesuffix(".0")
    return f"{number} {tuple(names.values())[power]}"


@lru_cache(maxsize=1024)  # a size is written in its row, in the picture, in what is said of it
def mib_text(size_bytes: int) -> str:
    """The size for people: MiB with as many decimals as it needs, three at most, and thin groups.

    >>> mib_text(4 << 30), mib_text(2388236697), mib_text(512), mib_text(0)
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
