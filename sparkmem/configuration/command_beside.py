"""A command at a prompt beside the program that it starts: both are of one job, and each has its own precedence."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from sparkmem.configuration.combine import combined
from sparkmem.configuration.configuration import Configuration, ConfigurationError

_SHOWN, _PARSED = "get-all", "Parsed arguments:"
PROGRAMS = ("session-builder", "code")
"""Forms of programs, in whose text a command may stand on lines of its own."""
_COMMAND = re.compile(
    r"^[ \t]*(?:[\w./~$%{}:\\-]{0,80}[/\\])?(?:spark[23]?-(?:submit|shell|sql)|pyspark[23]?|sparkR)(?:\.cmd)?"
    r"[ \t]+(?:-|[\\^]\r?$|[\w./-]{1,80}\.(?:py|jar|R)\b)",
    re.MULTILINE,
)
_GOES_ON = re.compile(r"[\\^`][ \t\r]*$")
_QUOTES = ('"""', "'''", "`")
_MOST_LINES = 60


def with_command(found: Configuration, text: str, read: Callable[[str], Configuration]) -> Configuration:
    """What a program says, with the options of the command beside it, read by its own reader, which started the driver."""
    if found.format == _SHOWN and _PARSED in text:
        return _with_the_command_above(found, text[: text.index(_PARSED)], read)
    command = next((one for one in _COMMAND.finditer(text) if not _in_a_text(text, one.start())), None)
    if found.format not in PROGRAMS or command is None:
        return found
    first = text.count("\n", 0, command.start())
    lines = text.split("\n")
    last = first
    while last + 1 < min(len(lines), first + _MOST_LINES) and (
        _GOES_ON.search(lines[last][-40:]) or lines[last + 1].lstrip().startswith("--")
    ):
        last += 1
    try:
        started = read("\n".join(lines[: last + 1]))
    except ConfigurationError:
        return found
    return combined([started, found]) if started.settings and started.format == "spark-submit" else found


def _with_the_command_above(found: Configuration, above: str, read: Callable[[str], Configuration]) -> Configuration:
    """What ``spark-submit --verbose`` shows, with those options of the command above it that are not shown."""
    try:
        started = read(above)
    except ConfigurationError:
        return found
    shown = {one.key for one in found.settings} | {one.key for one in found.lost}
    more = tuple(one for one in started.settings if one.key not in shown)
    return combined([found, replace(started, settings=more, ignored=(), lost=(), said=())]) if more else found


def _in_a_text(text: str, at: int) -> bool:
    """Whether a place is between the quotes of a text of several lines."""
    return any(text.count(quotes, 0, at) % 2 for quotes in _QUOTES)
