"""Words before a setting that say that it is not set, no longer, or by default."""

from __future__ import annotations

import re

_FAR = 60
_WORDS = re.compile(
    r"(?:\b(?:do(?:es)? not|don['’]?t|never|cannot|can['’]?t) (?:set|use|put|try|add|have) (?:the )?"
    r"|\b(?:until|before)\b[^.;]{0,40}\b(?:was|had) |\bused to be |\bleave "
    r"|\b(?:removed|removing|deleted|dropped|unset|without|instead of|rather than) (?:the )?"
    r"|\b(?:by default|default (?:of|for|value|is|holds)|Spark['’]s defaults?)\b[^.;\n]{0,30}? )[\"'`“*(]{0,3}$",
    re.IGNORECASE,
)


def told_not(text: str, at: int) -> bool:
    """Whether the words before a place of a text say that what stands there is not set.

    >>> told_not("do NOT set a=1", 11), told_not("set a=1", 4), told_not("until Monday it was a=1", 20)
    (True, False, True)
    """
    return bool(_WORDS.search(text[max(0, at - _FAR) : at]))
