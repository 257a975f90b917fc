"""Numbers of memory as Spark shows them, read backwards: which sizes would be written so.

The web UI of 2.4 counts in steps of 1000 and writes MB; its log counts in steps of 1024 and
writes MB too.  From 3.0 on both count in steps of 1024 and write MiB.  The web UI drops a
last ``.0`` and takes a larger unit from one of it on, the log keeps it and waits for two.
"""

import re
from bisect import bisect_left

from sparkmem.record import record
from sparkmem.release import NEWEST, RELEASES, since
from sparkmem.size.written import bytes_to_string, ui_bytes

WEB_UI, LOG, EXACT, ROUNDED = "web UI", "log", "event log or REST API", "rounded by hand"

_NUMBER = re.compile(r"(?:.*/)?\s*([0-9][0-9,_]*)(?:\.([0-9]+))?\s*+([kmgtp]?)(i?)(b?)(?:ytes)?\s*", re.IGNORECASE)
_OLDEST = next(iter(RELEASES))
_POWERS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4, "p": 5}


class NotANumber(ValueError):
    """A text in which no number of memory was found."""


@record
class Reading:
    """One way to read a number: where it stands, in which releases, and the sizes that are written so [bytes]."""

    where: tuple[str, ...]
    releases: tuple[str, ...]
    least_bytes: int
    most_bytes: int

    @property
    def span(self) -> str:
        """The releases, for people."""
        first, last = self.releases[0], self.releases[-1]
        return f"Spark {first}" if first == last else f"Spark {first} to {last}"


def readings(text: str, release: str | None = None) -> list[Reading]:
    """Every way to read ``text``, in one release or in all; ``0.0 B / 434.4 MiB`` is read from its last part.

    >>> [(r.where, r.span, r.least_bytes) for r in readings("434.4 MiB")]
    [(('web UI', 'log'), 'Spark 3.0 to 4.3', 455448986)]
    >>> [(r.where, r.span) for r in readings("956.6 MB")]
    [(('web UI',), 'Spark 2.4'), (('log',), 'Spark 2.4')]
    """
    match = _NUMBER.fullmatch(text)
    if not match:
        raise NotANumber(text)
    whole, decimals, prefix, binary = re.sub("[,_]", "", match[1]), match[2] or "", match[3].lower(), bool(match[4])
    if len(whole) + len(decimals) > 40:
        raise NotANumber(text)
    known = tuple(RELEASES) if release is None else (release,)
    power = _POWERS[prefix]
    if power == 0:
        return [Reading((EXACT,), known, int(whole), int(whole))]
    new = tuple(name for name in known if since(name, "3.0"))
    old = tuple(name for name in known if not since(name, "3.0"))
    # A unit that the release does not write was written by a person, who meant its own.
    if binary and not new:
        new = old
    elif not binary and not old:
        new, old = known, ()
    elif not binary:
        new = ()
    if binary or not old:
        return _as_written(whole, decimals, power, 1024, new) or _rounded(whole, decimals, 1024**power, new)
    web_ui = _as_written(whole, decimals, power, 1000, old, (WEB_UI,))
    log = _as_written(whole, decimals, power, 1024, old, (LOG,))
    return web_ui + log or [
        reading for step in (1000, 1024) for reading in _rounded(whole, decimals, step**power, old)
    ]  # fmt: skip


def by_hand(text: str, release: str | None = None) -> list[Reading]:
    """The ways to read ``text`` as a person would have written it, which Spark itself would not: rounded, GB for GiB.

    >>> [(r.span, r.least_bytes >> 20) for r in by_hand("114 GB")]
    [('Spark 2.4', 108242), ('Spark 2.4', 116224), ('Spark 3.0 to 4.3', 116224)]
    """
    match = _NUMBER.fullmatch(text)
    if not match or not match[3]:
        return []
    whole, decimals, unit = re.sub("[,_]", "", match[1]), match[2] or "", _POWERS[match[3].lower()]
    known = tuple(RELEASES) if release is None else (release,)
    old = tuple(name for name in known if not since(name, "3.0"))
    new = tuple(name for name in known if since(name, "3.0"))
    steps = [*((step, old) for step in (1000, 1024) if old and not match[4]), *([(1024, new)] if new else [])]
    return [reading for step, releases in steps for reading in _rounded(whole, decimals, step**unit, releases)]


_FREE = re.compile(r".*\bfree:? +([0-9][^()]*?)[ ,;)]*", re.IGNORECASE)


def without_free(text: str) -> tuple[str, bool]:
    """What stands after *free*, and whether that word was there, as in lines of the log about a block.

    >>> without_free("Added rdd_1_0 in memory on a:1 (size: 24.0 KiB, free: 30.4 GiB)"), without_free("30.4 GiB")
    (('30.4 GiB', True), ('30.4 GiB', False))
    """
    match = _FREE.fullmatch(text.strip())
    return (match[1], True) if match else (text, False)


def _as_written(
    whole: str, decimals: str, power: int, step: int, releases: tuple[str, ...], places: tuple[str, ...] = (WEB_UI, LOG)
) -> list[Reading]:
    """The sizes that a place writes exactly so; places with the same sizes together."""
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    unit = step**power
    for place in places:
        if len(decimals) > 1 or (place == WEB_UI and decimals == "0") or (place == LOG and not decimals):
            continue
        least, most = _around(whole + (decimals or "0"), 1, unit)
        first = unit if place == WEB_UI else 2 * unit
        least, most = max(least, first), min(most, first * step - 1)
        if least <= most:
            least, most = _as_doubles_fall(least, most, place, releases[0])
        if least <= most:
            found[least, most] = (*found.get((least, most), ()), place)
    return [Reading(where, releases, *sizes) for sizes, where in found.items()]


def _as_doubles_fall(least: int, most: int, place: str, release: str) -> tuple[int, int]:
    """The same sizes as the place writes them in the release: doubles send some beside a border to its other side.

    The log counts exactly until 3.4; from 3.5 on, sizes of a pebibyte and more may fall so.
    """
    write = ui_bytes if place == WEB_UI else bytes_to_string
    text = write((least + most) // 2, release)
    before = range(least - _slack(least), least + _slack(least))
    after = range(most - _slack(most), most + _slack(most) + 1)
    first = bisect_left(before, True, key=lambda size: write(size, release) == text)
    beyond = bisect_left(after, True, key=lambda size: write(size, release) != text)
    return before.start + first, after.start + beyond - 1


def _slack(size: int) -> int:
    """More than a double is wrong by: the logarithm that chooses the unit is the least exact [bytes]."""
    return (size >> 40) + 1


def _rounded(whole: str, decimals: str, unit: int, releases: tuple[str, ...]) -> list[Reading]:
    return [Reading((ROUNDED,), releases, *_around(whole + decimals, len(decimals), unit))]


def _around(digits: str, decimals: int, unit: int) -> tuple[int, int]:
    """Least and most whole size of which these digits are what is left after rounding, halves up."""
    twice, scale = 2 * int(digits), 2 * 10**decimals
    least, beyond = (-(-(twice + side) * unit // scale) for side in (-1, 1))
    return max(least, 0), beyond - 1


def release_of(reading: Reading) -> str:
    """A release of the reading, to write a size as it does."""
    return reading.releases[-1] if reading.releases else NEWEST
