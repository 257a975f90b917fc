"""Options that a program of somebody's does not take, in its own words in the text: what they would set never arrived."""

from __future__ import annotations

from itertools import islice

from sparkmem.configuration.clue import clue
from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.lost import LOST, REFUSED
from sparkmem.configuration.setting import Lost
from sparkmem.configuration.submit_options import OPTIONS

_WORDS = clue(
    ("ecognized", "uch option", "nknown ", " valid "),
    r"\b(?:[uU]nrecognized (?:option|argument)s?|[nN]o such option|[uU]nknown (?:option|argument|flag)s?)[: ]{1,3}[\"'`]?"
    r"(?P<behind>-{0,2}[a-z][a-z-]{2,40})"
    r"|(?<![\w-])(?P<before>-{0,2}[a-z][a-z-]{2,40})[\"'`]? is not a (?:recognized|valid) (?:option|argument|flag)",
)
_WRITE = "give it to the command that starts Spark, in the way in which that takes it"
_MOST = 20


def without_them(whole: Configuration, text: str) -> Configuration:
    """The same without settings whose option the text shows to be refused, each of which is named as that."""
    said, see = LOST[REFUSED]
    for words in islice(_WORDS.finditer(text), _MOST):
        key = OPTIONS.get(f"--{(words['behind'] or words['before']).lstrip('-')}", "")
        for one in whole.settings:
            if one.key == key and one.written_as.startswith("-"):
                given = " ".join(words[0].split())
                whole = whole.losing(one, Lost(REFUSED, one.line, key, said.format(given=given), _WRITE, see))
    return whole
