"""A few words, as people have them in hand: the texts that hold them, which then are possible and no more."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sparkmem.diagnosis.finding import KINDS, REGIONS, Finding
from sparkmem.diagnosis.template import without_fields

LONGEST_WORDS = 120
_FEWEST = 6
_MOST = 12
_MARKS = " \t\r\n\"'`.,:;!?()[]{}<>*|#-"
_CLASS = re.compile(r"(?:[a-z][a-z0-9_]*\.)+[A-Z][A-Za-z]*(?:Error|Exception)")
_BLANKS = re.compile(r"\s+")


def findings_with(words: str, known: Iterable[Finding]) -> list[Finding]:
    """The findings with a text or a title that holds these words whole; none where too many do.

    Causes come first, and the heap before what is outside.

    >>> from sparkmem.diagnosis.families import findings
    >>> [one.id for one in findings_with("Java heap space", findings().values())]
    ['heap-space']
    """
    asked = _BLANKS.sub(" ", words).strip(_MARKS)
    if _CLASS.fullmatch(asked):
        asked = asked.rpartition(".")[2]
    if len(words) > LONGEST_WORDS or len(asked) < _FEWEST:
        return []
    whole = re.compile(rf"(?<![A-Za-z0-9_]){re.escape(asked)}(?![A-Za-z0-9_])", re.IGNORECASE)
    found = [one for one in known if any(whole.search(text) for text in _texts(one))]
    found.sort(key=lambda one: (KINDS.index(one.kind), REGIONS.index(one.region)))
    return found if len(found) <= _MOST else []


def _texts(one: Finding) -> list[str]:
    return [one.title, *one.words, *(_BLANKS.sub(" ", without_fields(text.text)) for text in one.text)]
