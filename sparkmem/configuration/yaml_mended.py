"""YAML of which a part was cut off, or whose lines are not indented as YAML asks for: read as it is meant."""

from __future__ import annotations

import re
from contextlib import suppress

from sparkmem.configuration.configuration import ConfigurationError
from sparkmem.configuration.yaml_subset import documents

MENDED = "no YAML as it stands: read with the indentation of its neighbours, and without a comma at its end"

_LINE = re.compile(r"( *)((?:- +)*)(?:([\"']?)[\w./$-][^:#\n]{0,200}:(?: +([^\s#][^\n]*))?(?: *#[^\n]*)?)?")
_COMMA = re.compile(r": *\"[^\"]*\"(,) *(?:#.*)?$")  # as between the fields of JSON
_LEFT_OUT = re.compile(r"^[ \t]+(?:\.{3,9}|…)[ \t]*$", re.MULTILINE)  # by whoever shows a part
_CUT_OFF = re.compile(r" *- +(\"[^\"]*|'[^']*)$")  # in the middle of a list of words
_BLOCK = re.compile(r"[|>][+-]?[1-9]?[+-]? *(?:#.*)?")


def as_meant(text: str) -> tuple[list[object], int]:
    """The documents of a text, and the line of the first indentation that had to be mended; 0 where none had to.

    >>> as_meant("    a: 1\\n  b:\\n    c: 2\\n      d: 3")[0][0].entries["b"].entries["d"].text
    '3'
    """
    try:
        return documents(text), 0
    except ConfigurationError as error:
        if _LEFT_OUT.search(text):
            with suppress(ConfigurationError):
                return as_meant(_LEFT_OUT.sub("", text))
        lines, first = _mended(text.split("\n"))
        if first:
            with suppress(ConfigurationError):
                return documents("\n".join(lines)), first
        if "\n---" in text:
            with suppress(ConfigurationError):
                return documents(text, some=True), 0
        whole, _, last = text.rstrip().rpartition("\n")
        if whole and _CUT_OFF.match(last):
            with suppress(ConfigurationError):
                return documents(whole), 0
        raise error from None


def _mended(lines: list[str]) -> tuple[list[str], int]:
    """The lines, each as far to the right as its neighbours allow, and the first of which that was not so."""
    mended: list[str] = []
    first = 0
    levels: list[tuple[int, int]] = []  # how far an entry stands to the right, and where it has to
    opens, block, listed = True, -1, False
    lists: dict[int, int] = {}  # how far the items of a list stand to the right that is open, and where they have to
    for number, line in enumerate(lines, 1):
        told = _LINE.match(line)
        indent = len(line) - len(line.lstrip(" "))
        if block >= 0 and (not line.strip() or indent > block):
            mended.append(" " * (levels[-1][1] - levels[-1][0]) + line if line.strip() else line)
            continue
        block = -1
        if line.startswith("---"):
            levels, opens = [], True
        if not told or not (told[2] or told[0].strip()) or told[0].lstrip(" ").startswith("#"):
            mended.append(line)
            continue
        strayed = -1  # an item at the place of its list's neighbours belongs to that list
        while levels and levels[-1][0] > indent:
            last = levels.pop()
            if told[2] and last[0] in lists and levels and levels[-1][0] == indent and indent not in lists:
                strayed = lists[last[0]]
            if not levels or levels[-1][0] < indent:
                levels.append((indent, last[1] if not levels or indent > levels[-1][0] else levels[-1][1]))
                break
        if listed and levels and indent < levels[0][1] and not told[2]:
            mended, listed = [""] * len(mended), False  # the end of a list, of which the beginning was cut off
        if not levels:
            levels.append((indent, indent))
            listed = bool(told[2])
        elif levels[-1][0] < indent:
            meant = levels[-1][1] + indent - levels[-1][0] if opens else levels[-1][1]
            levels.append((indent, meant))
        to = levels[-1][1] if strayed < 0 else strayed
        lists = {place: meant for place, meant in lists.items() if place <= indent or strayed >= 0}
        if told[2] and strayed < 0:
            lists[indent] = to
        elif strayed < 0:
            lists.pop(indent, None)
        first = first or (number if to != indent else 0)
        if comma := _COMMA.search(line):
            first, line = first or number, line[: comma.start(1)] + line[comma.end(1) :]
        mended.append(" " * to + line[indent:])
        if told[2]:
            levels.append((indent + len(told[2]), to + len(told[2])))
        value = (told[4] or "").strip()
        opens = not value or value[0] in "&!{["
        if value and _BLOCK.fullmatch(value):
            block, opens = indent, False
    return mended, first
