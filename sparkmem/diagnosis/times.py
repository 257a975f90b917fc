"""When something was said, by the line itself or by those around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_CLOCK = r"(?P<clock>[0-2][0-9]:[0-5][0-9]:[0-5][0-9](?:[.,][0-9]{1,6})?)"
_TIMES = (
    re.compile(r"(?:20)(?P<year>[0-9]{2})-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])[T ]" + _CLOCK),
    re.compile(r"(?<![0-9/])(?P<year>[0-9]{2})/(?P<month>[01][0-9])/(?P<day>[0-3][0-9]) " + _CLOCK),
    re.compile(r"(?<![0-9:.])" + _CLOCK + r"(?![0-9:])"),
)
_ANY_CLOCK = re.compile(r":[0-5][0-9]:[0-5]")
"""What stands in every time."""
_FINISHED = re.compile(r"\s*(?:Finished|finishedAt|container finished at):", re.IGNORECASE)


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
