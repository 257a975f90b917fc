"""Words before a setting that say that it is not set, no longer, or by default."""

from __future__ import annotations

import re

from sparkmem.configuration.clue import holds

_FAR = 60
_WORDS = re.compile(
    r"(?:\b(?:do(?:es)? not|don['’]?t|never|cannot|can['’]?t) (?:set|use|put|try|add|have) (?:the )?"
    r"|\b(?:until|before)\b[^.;]{0,40}\b(?:was|had) |\bused to be |\bleave "
    r"|\b(?:removed|removing|deleted|dropped|unset|without|instead of|rather than) (?:the )?"
    r"|\b(?:by default|default (?:of|for|value|is|holds)|Spark['’]s defaults?)\b[^.;\n]{0,30}? )[\"'`“*(]{0,3}$",
    re.IGNORECASE,
)
_OPENING = "\"'`“*("
_SIGNS = (
    "not ", "n't", "n’t", "dont ", "cant ", "never ", "until", "before", "used to be ", "leave ", "remov", "delet",
    "dropped ", "unset ", "without ", "instead ", "rather ", "default",
)  # fmt: skip
"""One of them stands in all that the pattern matches."""


def told_not(text: str, at: int) -> bool:
    """Whether the words before a place of a text say that what stands there is not set.

    >>> told_not("do NOT set a=1", 11), told_not("set a=1", 4), told_not("until Monday it was a=1", 20)
    (True, False, True)
    """
    before = text[max(0, at - _FAR) : at]
    if not before.rstrip(_OPENING).endswith(" "):
        return False
    return holds(before.lower(), _SIGNS) and bool(_WORDS.search(before))
