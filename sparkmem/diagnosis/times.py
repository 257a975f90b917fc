"""When something was said, by the line itself or by those around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sparkmem.diagnosis.literals import Literals

_CLOCK = r"(?P<clock>[0-2][0-9]:[0-5][0-9]:[0-5][0-9](?:[.,][0-9]{1,6})?)"
_TIMES = (
    re.compile(r"(?:20)(?P<year>[0-9]{2})-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])[T ]" + _CLOCK),
    re.compile(r"(?<![0-9/])(?P<year>[0-9]{2})/(?P<month>[01][0-9])/(?P<day>[0-3][0-9]) " + _CLOCK),
    re.compile(r"(?<![0-9:.])" + _CLOCK + r"(?![0-9:])"),
)
_ANY_CLOCK = re.compile(r":[0-5][0-9]:[0-5]")
"""What stands in every time."""
_FINISHED = re.compile(r"\s*(?:Finished|finishedAt|container finished at):", re.IGNORECASE)


_ISO = r"[\"' ]{0,4}(20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8})"
_DATE = r"\s{1,12}\w{3}, ([0-9]{2} \w{3} 20[0-9]{2} [0-9:]{8})"
_RAN = (
    Literals(re.compile(rf"\bfinishedAt[\"']?[=:]{_ISO}[\s\S]{{0,400}}?\bstartedAt[\"']?[=:]{_ISO}"), ("startedAt",)),
    Literals(re.compile(rf"container started at:{_ISO}[\s\S]{{0,200}}?container finished at:{_ISO}"), ("finished at:",)),
    Literals(re.compile(rf"Started:{_DATE}[^\n]{{0,12}}\n\s{{0,40}}Finished:{_DATE}"), ("Finished:",)),
)
"""When a container began and ended, as Kubernetes' client, Spark's driver and kubectl write it."""
_PARTS = re.compile(
    r"(?:(20[0-9]{2})-([0-9]{2})-([0-9]{2})T|([0-9]{2}) (\w{3}) (20[0-9]{2}) )([0-9]{2}):([0-9]{2}):([0-9]{2})"
)
_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"


def lasted(text: str) -> int:
    """How long a container ran whose begin and end stand there [ms]; 0 where they do not.

    >>> lasted("finishedAt=2020-02-18T04:17:32Z, reason=OOMKilled, startedAt=2020-02-17T08:02:10Z")
    72922000
    >>> lasted("  Started:   Tue, 12 Mar 2024 09:02:19 +0000\\n  Finished:  Tue, 12 Mar 2024 09:41:53 +0000"), lasted("x")
    (2374000, 0)
    """
    for pattern in _RAN:
        if match := pattern.search(text):
            return abs(_seconds(match[2]) - _seconds(match[1])) * 1000
    return 0


def _seconds(text: str) -> int:
    """Seconds of a date since a day long ago, in its own zone."""
    match = _PARTS.match(text)
    if not match:
        return 0
    year, day = int(match[1] or match[6]), int(match[3] or match[4])
    month = int(match[2] or _MONTHS.find(match[5]) // 3 + 1)
    year, month = (year, month - 3) if month > 2 else (year - 1, month + 9)  # a year that ends with February
    days = 365 * year + year // 4 - year // 100 + year // 400 + (153 * month + 2) // 5 + day
    return ((days * 24 + int(match[7])) * 60 + int(match[8])) * 60 + int(match[9])


def time_of(text: str) -> str:
    """The first time in a text, in one form for all: they sort as they passed.

    >>> time_of("23/11/07 10:59:24.335 main INFO"), time_of("2021-07-15T19:41:35,679Z x"), time_of("at 12:00:01 x")
    ('2023-11-07 10:59:24.335', '2021-07-15 19:41:35.679', '12:00:01')
    """
    for pattern in _TIMES if _ANY_CLOCK.search(text) else ():
        if match := pattern.search(text):
            clock = match["clock"].replace(",", ".")
            return f"20{match['year']}-{match['month']}-{match['day']} {clock}" if match.re.groups > 1 else clock
    return ""


def time_near(before: Sequence[str], after: Sequence[str]) -> str:
    """When a line without a time was written: as the last before it that has one, else as the next; a container's end.

    >>> time_near(["24/01/01 10:00:00 INFO A", "24/01/01 10:05:00 ERROR B"], ["24/01/01 10:09:00 INFO C"])
    '2024-01-01 10:05:00'
    >>> time_near(["  State: Terminated"], ["  Started:  Tue, 12 Mar 2024 09:02:19", "  Finished:  Tue, 09:41:53"])
    '09:41:53'
    """
    ended = next((line for line in after if _FINISHED.match(line)), "")
    times = (time_of(line) for line in (*([ended] if ended else []), *reversed(before), *after))
    return next(filter(None, times), "")
