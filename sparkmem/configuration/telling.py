"""What the words of a text tell of its circumstances, the surest first, where they stand in nothing that was taken out."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

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
_OF_DBT = re.compile(r"[01]\.\d")
_WHOLE = re.compile(r"(?i)\d\.\d\.\d|version|[-/]bin|\bmodule ")
_THE_LEAST = re.compile(r"(?i)\b(?:since|until|before|after|from|than|with|for|in|by|supports?)\s{1,3}(?:apache )?$")
_OR_LATER = re.compile(r"(?i)\+|[\w.]{0,6}\s?(?:\+|(?:and|or) (?:above|later|newer|higher|more)|, )")
_IN_GENERAL = re.compile(
    r"(?i)\b(?:as of|since|until|before|prior to|(?:added|introduced|deprecated|removed|available|supported) in"
    r"|(?:low|high|old|new|lat|earli|great)er than)\s{1,3}(?:apache )?$"
)
"""Before a release of which a text speaks as a guide does: where anything says another, that is the text's own."""
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


def signs(text: str, settings: int, known: Collection[str]) -> Iterator[Said]:
    """What a text tells of each circumstance that is not known yet, the surest of each first.

    ``settings`` is the first line of any setting.  What is looked for ends as soon as it is ``known``, which may grow.
    """
    spoken_of: list[Said] = []
    looked_at = text.replace("\\n", "\n ")  # the lines of a text inside a string begin as others do
    for name, value, told in _NEAR.in_text(looked_at):
        match = None if name in known else told.pattern.search(looked_at)
        if match is None:
            continue
        if name in _OF_SETTINGS:
            match = _in_force(match, told.pattern)
        if match and name in ("release", *_OF_SETTINGS):
            match = _in_code(match, told.pattern)
        if match and name == "release" and "dbt" in looked_at:
            match = _first_outside(match, told.pattern, _of_dbt)
        if match is None:
            continue
        general, match = match, _first_outside(match, told.pattern, _in_general) if name == "release" else match
        stated = value.strip("*") or next(filter(None, (match or general).groups()), "")
        if match is None:
            spoken_of += [_said(name, stated, text, general)] if stated in RELEASES else []
            continue
        if name == "release" and not value and _OLDER.fullmatch(stated) and _is_meant(match):
            yield from _older(stated, text, match)
        elif name != "release" or stated in RELEASES:
            yield _said(name, stated, text, match)
    label = release_of_label(text, _start_of_line(text, settings))
    if label:
        release, match = label
        yield _said("release", release, text, match)
    if digits := signs_of_releases.IN_A_PATH.search(text):
        release = f"{digits[1]}.{digits[2]}"
        if _OLDER.fullmatch(release):
            yield from _older(release, text, digits)
        elif release in RELEASES:
            yield _said("release", release, text, digits)
    yield from spoken_of
    for release, told in signs_of_releases.NO_NEWER:
        match = told.search(text)
        match = match and _in_force(match, told.pattern)
        if match and (match := _in_code(match, told.pattern)):
            yield replace(_said("release", release, text, match), words=f"{_quoted(match)}: none newer")


def _said(name: str, value: str, text: str, match: re.Match[str]) -> Said:
    """What a match says, with the line of the text as it was written."""
    return Said(name, value, text.count("\n", 0, match.start()) + 1, _quoted(match))


def _older(release: str, text: str, match: re.Match[str]) -> Iterator[Said]:
    """A release before the oldest that is computed, and that one in its place."""
    said = _said(OLDER, release, text, match)
    yield said
    words = f"{said.words}, which is Spark {release}: the oldest computed is {OLDEST}"
    yield replace(said, name="release", value=OLDEST, words=words)


def _is_meant(match: re.Match[str]) -> bool:
    """Whether an old release is the text's own: a whole number that is not told of as of the past or as the least."""
    text = match.string
    before, behind = text[max(0, match.start() - 12) : match.start()], text[match.end() : match.end() + 16]
    return bool(_WHOLE.search(match[0])) and not _THE_LEAST.search(before) and not _OR_LATER.match(behind)


def _in_force(match: re.Match[str], pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The first match that is in no setting of which a remark was made; None where a few further ones are such too."""
    return _first_outside(match, pattern, lambda found: _REMARK.match(found.string, _begins(found)))


def _in_code(match: re.Match[str], pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The first match that is in no code of which a remark was made; None where a few further ones are such too."""
    return _first_outside(match, pattern, _behind_a_remark)


def _behind_a_remark(found: re.Match[str]) -> re.Match[str] | None:
    return _CODE_REMARKED.search(found.string[max(_begins(found), found.start() - 400) : found.start()])


def _of_dbt(found: re.Match[str]) -> bool:
    """Whether a release is that of dbt's adapter beside dbt, which runs on no Spark of such a number."""
    return any(group and _OF_DBT.match(group) for group in found.groups())


def _in_general(found: re.Match[str]) -> re.Match[str] | None:
    return _IN_GENERAL.search(found.string, max(0, found.start() - 20), found.start())


def _begins(found: re.Match[str]) -> int:
    """Where the line of a match begins."""
    return found.string.rfind("\n", 0, found.start()) + 1


def _first_outside(
    match: re.Match[str], pattern: re.Pattern[str], is_remark: Callable[[re.Match[str]], object]
) -> re.Match[str] | None:
    found: re.Match[str] | None = match
    for _ in range(_MOST_REMARKS):
        if found is None or not is_remark(found):
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


def _words(text: str) -> str:
    return " ".join(text.split())[:60].strip("\"':=,;{[( ")
