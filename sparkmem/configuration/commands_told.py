"""The commands of a text that size something: where each stands, what it starts, and by which words it may be spoken of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from sparkmem.configuration.before_and_after import SIZED
from sparkmem.configuration.submit_options import COMMANDS_LINE

_GOES_ON = re.compile(r"[ \t]*--?[a-z][\w-]|[ \t]*\S{1,200}\.(?:jar|py|R)(?:[ \t]|$)")
_APPLICATION = re.compile(r"(?<=[\s\"'])(?!-)[^\s\"']{1,300}\.(?:jar|py|R)(?=[\s\"'\\]|$)(?P<behind>[^\n]{0,300})")
_LISTED = re.compile(r"--(?:jars|py-files|files|archives|driver-class-path)[ =]$")
_CLASS = re.compile(r"--class[= ]{1,3}[\"']?([\w.$]{1,200})")
_NAME = re.compile(r"--name[= ]{1,3}[\"']?([\w.-]{1,80})")
_WHERE = re.compile(r"--(?:master|deploy-mode)[= ]{1,3}\S{1,200}")
_PART = re.compile(r"[A-Z]?[a-z]{3,40}|[A-Z]{4,40}")
_MOST = 40


@dataclass(frozen=True)
class Command:
    start: int
    end: int
    line: int
    text: str
    application: tuple[str, ...]
    """Its file, class and arguments, and where it runs: of tries these are the same."""
    names: frozenset[str]
    """Words by which prose may speak of it."""


def commands_of(text: str) -> list[Command]:
    """The commands that size something, each with its further lines."""
    found: list[Command] = []
    for begun in islice(COMMANDS_LINE.finditer(text), _MOST):
        start = text.rfind("\n", 0, begun.end() - 1) + 1
        if found and start < found[-1].end:
            continue
        end = _end(text, start)
        own = text[start:end]
        if SIZED.search(own):
            line = text.count("\n", 0, start) + 1
            application, names = _named(own, text[max(0, start - 200) : start])
            found.append(Command(start, end, line, own, application, names))
    return found


def _end(text: str, start: int) -> int:
    """Where a command ends: lines that a backslash joins, and options on lines of their own."""
    at = start
    while True:
        end = text.find("\n", at)
        if end < 0:
            return len(text)
        joined = text[at:end].rstrip().endswith(("\\", "^", "`"))
        if not joined and not _GOES_ON.match(text, end + 1):
            return end
        at = end + 1


def _named(command: str, above: str) -> tuple[tuple[str, ...], frozenset[str]]:
    files = (one for one in _APPLICATION.finditer(command) if not _LISTED.search(command[: one.start()][-30:]))
    found = next(files, None)
    file = found[0][: len(found[0]) - len(found["behind"])] if found else ""
    main = one[1] if (one := _CLASS.search(command)) else ""
    name = one[1] if (one := _NAME.search(command)) else ""
    where = " ".join(sorted(_WHERE.findall(command)))
    remark = above.rstrip("\n").rpartition("\n")[2]
    remark = remark if remark.lstrip().startswith(("#", "//")) or remark.rstrip().endswith(":") else ""
    behind = " ".join(found["behind"].split()) if found else ""
    names = words_of(f"{file.rpartition('/')[2].rpartition('.')[0]} {main.rpartition('.')[2]} {name} {remark}")
    return (file, main, where, behind), names


def words_of(names: str) -> frozenset[str]:
    """The words that names are made of, in small letters.

    >>> sorted(words_of("daily_sales com.acme.SalesReport"))
    ['acme', 'daily', 'report', 'sales']
    """
    return frozenset(word.lower() for word in _PART.findall(names) if len(word) > 3)
