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
_TYPED = re.compile("(?:^|(?<=\\s))--(?=(?:conf|master|driver-|executor-|num-exec|class|deploy-)[a-z-]{0,20}[ =])")
_RAN = (
    "not support any application options", "issing application resource", "ailed to load main class", "ain class in JAR",
    "main class from JAR", "parse master URL", "o such file or directory",
)  # fmt: skip
"""What a launcher says of a command whose option it took for the application."""
_OF_A_VALUE = re.compile("--?conf[ =][\u201c-\u201f\u2018-\u201b]|[\u2013\u2014]conf[ =][\u201c-\u201f\u2018-\u201b]")
NOT_TYPED = "a sign of a word processor, read as what was typed: a shell does not take it, so type it again"
_KEPT = "\0"
"""Stands for a dash that stays, while the others are mended."""
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
    typed = is_as_typed(text)
    text = _FLAG_DASH.sub("-", text.translate(_LETTERS))
    if typed:
        text = _OF_AN_OPTION.sub(_KEPT, text)
    text = _LONG_DASHES.sub(_hyphens, text)
    return text.replace(_KEPT, "\u2013") if typed else text


def is_as_typed(text: str) -> bool:
    """Whether an option's dash was in the command as it ran: other options beside it have their two hyphens.

    What a chat makes of two hyphens as they are typed, all of them or a long dash, is none of the command's.

    >>> [is_as_typed(f"pyspark --conf a=b {dash}driver-memory 6g") for dash in ("\u2013", "\u2013-", "\u2014")]
    [True, True, False]
    """
    dashes = {match[0] for match in _OF_AN_OPTION.finditer(text)}
    if not dashes or "\0" in text or not _TYPED.search(text):
        return False
    return not dashes <= {"\u2014", "\u2015"} or any(words in text for words in _RAN)


def told(text: str) -> tuple[Ignored, ...]:
    """The first dash that was read as the two hyphens of an option, and the first of such quotes: a shell takes neither.

    >>> [one.line for one in told("spark-submit\\n –conf “spark.executor.memory=1g”")]
    [2, 2]
    """
    if text.isascii() or "park" not in text:
        return ()
    signs = (("–", _OF_AN_OPTION), ("“", _OF_A_VALUE))[is_as_typed(text) :]
    found = [(sign, match) for sign, told in signs if (match := told.search(text))]
    return tuple(Ignored(text.count("\n", 0, match.start()) + 1, sign, NOT_TYPED) for sign, match in found)


def _hyphens(match: re.Match[str]) -> str:
    """Two hyphens for a dash before a word; what was typed as hyphens stays."""
    return match[0] if set(match[0]) == {"-"} else "--"
