"""The values that a text gives to names: assignments of make, just, CI, units and images, parameters with a default."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sparkmem.configuration.carried import cluster_manager, shaped
from sparkmem.configuration.given_patterns import (
    CALLED,
    DEFAULTS,
    MAKE,
    OF_MAKE,
    OF_UNIT,
    OPTIONS,
    OTHERWISE,
    PATTERNS,
    UNIT,
)

_APPLICATION = re.compile(r"[\w.-]{1,60}\.(?:py|jar|R)|-X[\w:+=-]{1,60}")
_REMARKS = ("#", "//", "::", "--", "REM ", "rem ")


@dataclass(frozen=True)
class Given:
    """A value that the text gives to a name; None where it is no number, size, switch, flag or application."""

    name: str
    value: str | None
    line: int
    indent: int
    by_default: bool


def given_names(text: str, used: set[str]) -> dict[str, list[Given]]:
    """What a text gives to the names that it uses, line by line.

    >>> [one.value for one in given_names("MEM ?= 8g", {"MEM"})["MEM"]]
    ['8g']
    """
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    lines = text.split("\n")
    found: dict[str, list[Given]] = defaultdict(list)
    taken: set[tuple[str, int]] = set()
    for name, value, at, by_default in (*_of_make(text), *_options(text), *_values(text), *_others(text)):
        line = bisect_right(starts, at)
        begun = lines[line - 1].lstrip()
        if name in used and (name, line) not in taken and not begun.startswith(_REMARKS):
            taken.add((name, line))
            known = value is not None and bool(
                shaped(value) or _APPLICATION.fullmatch(value) or cluster_manager(value) or value.startswith("--")
            )
            found[name].append(Given(name, value if known else None, line, len(lines[line - 1]) - len(begun), by_default))
    return _as_make(found, text, starts) if "make" in text else found


def _as_make(found: dict[str, list[Given]], text: str, starts: list[int]) -> dict[str, list[Given]]:
    """What make takes: a variable of its own command line goes before a file's, and a file's before one of its shell's."""
    behind, before = defaultdict[str, set[int]](set), defaultdict[str, set[int]](set)
    for call in MAKE.finditer(text):
        line = bisect_right(starts, call.start("words"))
        for pair in OF_MAKE.finditer(call["words"]):
            behind[pair["name"]].add(line)
        for pair in OF_MAKE.finditer(call["before"] or ""):
            before[pair["name"]].add(line)
    for name, given in found.items():
        weaker = [name in behind and one.line not in behind[name] for one in given]
        if name in before and any(one.line not in before[name] and not one.by_default for one in given):
            weaker = [known or one.line in before[name] for one, known in zip(given, weaker, strict=True)]
        found[name] = [replace(one, by_default=True) if weak else one for one, weak in zip(given, weaker, strict=True)]
    return found


def _of_make(text: str) -> Iterator[tuple[str, str | None, int, bool]]:
    """The variables that a command of make's gives, behind its name or before it."""
    for call in MAKE.finditer(text) if "make" in text else ():
        for pair in OF_MAKE.finditer(text, *call.span()):
            yield pair["name"], pair["value"].strip("\"'"), pair.start("name"), False


def _values(text: str) -> Iterator[tuple[str, str | None, int, bool]]:
    """Each name, its value, where it stands, and whether that is a default."""
    for pattern in PATTERNS:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            if groups.get("position") and CALLED.search(text):
                continue
            if groups.get("given"):
                yield match["given"], match["as"], match.start(), False
                continue
            by_default = pattern in DEFAULTS or groups.get("kind") == "default"
            by_default |= groups.get("sign") == "?=" or bool(groups.get("arg"))
            yield match["name"], match["value"].strip("\"'"), match.start("name"), by_default
    for unit in UNIT.finditer(text):
        for pair in OF_UNIT.finditer(unit["pairs"]):
            yield pair["name"], pair["value"], unit.start(), False


def _options(text: str) -> Iterator[tuple[str, str | None, int, bool]]:
    """Names that hold options, for an action of Oozie's: a shell splits such words in its own way."""
    for given in OPTIONS.finditer(text) if "<spark-opts>" in text else ():
        yield given["name"] or given["of_xml"], given["value"] or given["in_xml"], given.start(), False


def _others(text: str) -> Iterator[tuple[str, str | None, int, bool]]:
    """Names that are given what is no such value: the text does not say then which of theirs holds."""
    for other in OTHERWISE.finditer(text):
        name = "name" if other["name"] else "told"
        yield other[name], None, other.start(name), False
