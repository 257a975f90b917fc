"""The file that ``--properties-file`` names, where the text holds it below a line with its name."""

from __future__ import annotations

import re
from dataclasses import replace

from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.lost import MAY_STAND, NOT_IN_TEXT

OPTION = "--properties-file"
_NAMED = re.compile(rf"{OPTION}[= ]{{1,3}}[\"']?([\w./~$-]{{1,200}})")
_BEFORE = (
    r"^[ \t]{0,3}(?:#{1,4}|//|-{2,9}|={2,9}|\*{2}|(?:[^\n]{0,80}[$#>%] )?(?:cat|less|more|head|tail|bat))?"
    r"[ \t]{0,3}[`*]{0,2}(?:[\w.~$-]{1,60}/){0,9}"
)
_BEHIND = (
    r"[`*]{0,2}[ \t]{0,3}:?[ \t]{0,3}[-=*]{0,9}[ \t]*\n"
    r"(?:[ \t]{0,9}(?:#[^\n]{0,200})?\n){0,9}[ \t]{0,9}spark\.[a-zA-Z]"
)
_CUT = re.compile(r"^[ \t#/]{0,9}[\[(<]?(?:\.\.\.|…|snip|cut)", re.MULTILINE | re.IGNORECASE)
"""A line in the place of others, which may have been the file's."""


def without_doubt(whole: Configuration, text: str) -> Configuration:
    """The same without the doubt whether the file of a command sets what is not in it, where the text shows that file."""
    doubted = [one for one in whole.lost if one.id == NOT_IN_TEXT and MAY_STAND in one.text and OPTION in one.text]
    names = {one[1].rpartition("/")[2] for one in _NAMED.finditer(text)} if doubted else set()
    if len(names) != 1 or _CUT.search(text) or not re.search(f"{_BEFORE}{re.escape(*names)}{_BEHIND}", text, re.MULTILINE):
        return whole
    ignored = tuple(one for one in whole.ignored if one.text != OPTION)
    return replace(whole, lost=tuple(one for one in whole.lost if one not in doubted), ignored=ignored)
