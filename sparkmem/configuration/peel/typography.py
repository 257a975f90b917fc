"""What word processors, wikis and chats put in the place of quotes, hyphens and blanks; colours of a terminal."""

from __future__ import annotations

import re

from sparkmem.configuration.setting import Ignored

_LETTERS = str.maketrans({
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'",
    "\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u2003": " ", "\u2002": " ", "\u2009": " ", "\u3000": " ",
    "\u200b": "", "\u200c": "", "\u200d": "", "\u200e": "", "\u200f": "", "\u2060": "", "\ufeff": "", "\u00ad": "",
    "\u2010": "-", "\u2011": "-", "\u2212": "-",
})  # fmt: skip
_SOMETHING = re.compile("[\u00a0\u00ad\u2002-\u2015\u2018-\u201f\u202f\u2060\u2212\u3000\ufeff]")
_COLOURS = re.compile("\x1b\\[[0-9;?]{0,40}[A-Za-z]")  # of a terminal
_OF_A_WIKI = re.compile(r"\{color(?::#?\w{1,20})?\}")  # colours of Jira and Confluence
_LONG_DASHES = re.compile("(?<![^\\s\"'(])[\u2013\u2014\u2015-]{1,2}(?=[A-Za-z][A-Za-z-])")
_OF_AN_OPTION = re.compile("(?:^|(?<=\\s))[\u2013-\u2015]-?(?=(?:conf|master|driver-|executor-|num-exec|class|deploy-))")
_OF_A_VALUE = re.compile("--?conf[ =][\u201c-\u201f\u2018-\u201b]|[\u2013\u2014]conf[ =][\u201c-\u201f\u2018-\u201b]")
NOT_TYPED = "a sign of a word processor, read as what was typed: a shell does not take it, so type it again"
_FLAG_DASH = re.compile("(?<![^\\s\"'=])[\u2013\u2014](?=X(?:XX?:|m[sx]|ss)|D[A-Za-z])")


def peel(text: str) -> str:
    """The text as it was typed.

    >>> peel("\u2013\u2013conf \u201cspark.x=1\u201d \u2014executor-memory 4g -c y")
    '--conf "spark.x=1" --executor-memory 4g -c y'
    """
    if "{color" in text:
        text = _OF_A_WIKI.sub("", text)
    if "\x1b[" in text:
        text = _COLOURS.sub("", text)
    if text.isascii() or not _SOMETHING.search(text):
        return text
    text = _FLAG_DASH.sub("-", text.translate(_LETTERS))
    return _LONG_DASHES.sub(_hyphens, text)


def told(text: str) -> tuple[Ignored, ...]:
    """The first dash that was read as the two hyphens of an option, and the first of such quotes: a shell takes neither.

    >>> [one.line for one in told("spark-submit\\n –conf “spark.executor.memory=1g”")]
    [2, 2]
    """
    if text.isascii() or "park" not in text:
        return ()
    signs = (("–", _OF_AN_OPTION), ("“", _OF_A_VALUE))
    found = [(sign, match) for sign, told in signs if (match := told.search(text))]
    return tuple(Ignored(text.count("\n", 0, match.start()) + 1, sign, NOT_TYPED) for sign, match in found)


def _hyphens(match: re.Match[str]) -> str:
    """Two hyphens for a dash before a word; what was typed as hyphens stays."""
    return match[0] if set(match[0]) == {"-"} else "--"
