"""A time of a log as a day and a time of UTC."""

from __future__ import annotations


def moment(time: int | None) -> str:
    """A time as a day and a time of UTC.

    >>> moment(1702417715262)
    '2023-12-12 21:48:35'
    """
    if not time or time >= 1 << 46:
        return ""
    days, second = divmod(time // 1000, 86_400)
    year, month, day = _day(days)
    return f"{year}-{month:02}-{day:02} {second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"


def _day(days: int) -> tuple[int, int, int]:
    """Year, month and day, so many days after the first of 1970; the page has no module for it.

    >>> _day(19_704), _day(11_016)
    ((2023, 12, 13), (2000, 2, 29))
    """
    era, day_of_era = divmod(days + 719_468, 146_097)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * month + 2) // 5 + 1
    return year_of_era + era * 400 + (month >= 10), month + 3 if month < 10 else month - 9, day
