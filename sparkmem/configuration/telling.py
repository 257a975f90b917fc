"""What the words of a text tell of its circumstances, the surest first, where they stand in nothing that was taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sparkmem.configuration import signs_of_languages, signs_of_managers, signs_of_releases, signs_of_vendors
from sparkmem.configuration.clue import Near
from sparkmem.configuration.labels import release_of_label
from sparkmem.configuration.setting import Said
from sparkmem.release import RELEASES

_SIGNS = (*signs_of_releases.SIGNS, *signs_of_managers.SIGNS, *signs_of_languages.SIGNS, *signs_of_vendors.SIGNS)
"""What is said, its value or '' for a release that is captured, and how it is told, the surest of each first."""
_NEAR = Near(_SIGNS, lambda sign: sign[2])
OLDER, OLDEST = "older-release", "2.4"
_OLDER = re.compile(r"[01]\.\d|2\.[0-3]")
_WHOLE = re.compile(r"(?i)\d\.\d\.\d|version|[-/]bin|\bmodule ")
_THE_LEAST = re.compile(r"(?i)\b(?:since|until|before|after|from|than|with|for|in|by|supports?)\s{1,3}(?:apache )?$")
_OR_LATER = re.compile(r"(?i)\+|[\w.]{0,6}\s?(?:\+|(?:and|or) (?:above|later|newer|higher|more)|, )")
_OF_SETTINGS = ("cluster-manager", "deploy-mode")
_REMARK = re.compile(r"(?i)[ \t]*(?:#+|//+|--+|;+)[ \t]*[\"']?(?:(?:spark|conf|config)?\.\w|export |set |--[a-z])")
_MOST_REMARKS = 20
_CODE_REMARKED = re.compile(r"(?:^[ \t]{0,40}#[ \t]?|[)\s]#,?[ \t]?)[A-Za-z][\w.$]{0,60}[ \t]{0,3}(?:=|<-)")
"""A remark that holds code, which somebody took out of the program; one in words tells something."""
LOOKED_AT = 100_000


def told(text: str, name: str) -> str:
    """What the words of a text say of one circumstance, the surest of them; empty where they say nothing."""
    text = text[:LOOKED_AT]
    for of, value, clue in _NEAR.in_text(text):
        match = clue.pattern.search(text) if of == name else None
        if match and (match := _in_code(match, clue.pattern)):
            return value or next(filter(None, match.groups()), "")
    return ""


def _start_of_line(text: str, number: int) -> int:
    """Where a line begins, 0 where there is none of that number."""
    at = 0
    for _ in range(number - 1):
        at = text.find("\n", at) + 1
        if not at:
            return 0
    return at


def signs(text: str, settings: int) -> Iterator[Said]:
    """What a text tells of each circumstance, the surest of each first; ``settings`` is the first line of any setting."""
    looked_at = text.replace("\\n", "\n ")  # the lines of a text inside a string begin as others do
    for name, value, told in _NEAR.in_text(looked_at):
        match = told.pattern.search(looked_at)
        if match is None:
            continue
        if name in _OF_SETTINGS:
            match = _in_force(match, told.pattern)
        if match and name in ("release", *_OF_SETTINGS):
            match = _in_code(match, told.pattern)
        if match is None:
            continue
        stated = value.strip("*") or next(filter(None, match.groups()), "")
        if name == "release" and not value and _OLDER.fullmatch(stated) and _is_meant(match):
            line = text.count("\n", 0, match.start()) + 1
            yield Said(OLDER, stated, line, _quoted(match))
            yield Said(name, OLDEST, line, _in_place_of(stated, match))
        elif name != "release" or stated in RELEASES:
            yield Said(name, stated, text.count("\n", 0, match.start()) + 1, _quoted(match))
    label = release_of_label(text, _start_of_line(text, settings))
    if label:
        release, match = label
        yield Said("release", release, text.count("\n", 0, match.start()) + 1, _quoted(match))
    if digits := signs_of_releases.IN_A_PATH.search(text):
        release, line = f"{digits[1]}.{digits[2]}", text.count("\n", 0, digits.start()) + 1
        if _OLDER.fullmatch(release):
            yield Said(OLDER, release, line, _quoted(digits))
            yield Said("release", OLDEST, line, _in_place_of(release, digits))
        elif release in RELEASES:
            yield Said("release", release, line, _quoted(digits))
    for release, told in signs_of_releases.NO_NEWER:
        match = told.search(text)
        match = match and _in_force(match, told.pattern)
        if match and (match := _in_code(match, told.pattern)):
            line, words = text.count("\n", 0, match.start()) + 1, f"{_quoted(match)}: none newer"
            yield Said("release", release, line, words)


def _is_meant(match: re.Match[str]) -> bool:
    """Whether an old release is the text's own: a whole number that is not told of as of the past or as the least."""
    text = match.string
    before, behind = text[max(0, match.start() - 12) : match.start()], text[match.end() : match.end() + 16]
    return bool(_WHOLE.search(match[0])) and not _THE_LEAST.search(before) and not _OR_LATER.match(behind)


def _in_force(match: re.Match[str], pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The first match that is in no setting of which a remark was made; None where a few further ones are such too."""
    text = match.string
    for _ in range(_MOST_REMARKS):
        if not _REMARK.match(text, text.rfind("\n", 0, match.start()) + 1):
            return match
        further = pattern.search(text, match.end())
        if further is None:
            return None
        match = further
    return None


def _in_code(match: re.Match[str], pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The first match that is in no code of which a remark was made; None where a few further ones are such too."""
    found: re.Match[str] | None = match
    for _ in range(_MOST_REMARKS):
        if found is None:
            return None
        begun = max(found.string.rfind("\n", 0, found.start()) + 1, found.start() - 400)
        if not _CODE_REMARKED.search(found.string[begun : found.start()]):
            return found
        found = pattern.search(found.string, found.end())
    return None


_A_KEY = re.compile(r"\b(?:spark|sparklyr|yarn|hive)\.[\w.]{0,60}(?:=\d{1,9})?$")
_REST_OF_A_KEY = re.compile(r"(?<=\w)[\w-]{1,40}(?:\.[\w-]{1,40}){0,6}")


def _quoted(match: re.Match[str]) -> str:
    """The words that tell; of a key of which the pattern took the beginning, all of it.

    >>> _quoted(re.search("spark[.]yarn[.]e", "--conf spark.yarn.executor.memoryOverhead=1g"))
    'spark.yarn.executor.memoryOverhead'
    """
    rest = _REST_OF_A_KEY.match(match.string, match.end()) if _A_KEY.search(match[0]) else None
    return _words(match[0] + (rest[0] if rest else ""))


def _in_place_of(older: str, match: re.Match[str]) -> str:
    """The words that tell an older release, and why another stands in its place."""
    return f"{_quoted(match)}, which is Spark {older}: the oldest computed is {OLDEST}"


def _words(text: str) -> str:
    return " ".join(text.split())[:60].strip("\"':=,;{[( ")
