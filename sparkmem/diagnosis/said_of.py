"""What is said of a finding: its texts in one line each, and the words that tell it from others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from math import log

from sparkmem.diagnosis.finding import HARMLESS, KINDS, REGIONS, Finding
from sparkmem.diagnosis.stems import stems
from sparkmem.diagnosis.template import without_fields

Held = tuple[tuple[frozenset[str], ...], frozenset[str]]
"""The stems of each text, and those of where it happens."""
_MOST = 12
_BLANKS = re.compile(r"\s+")


def few(found: Iterable[Finding]) -> list[Finding]:
    """The causes first, of them those that a process says itself, and the heap before what is outside; none of too many."""
    kept = sorted(found, key=place)
    return kept if len(kept) <= _MOST else []


def place(one: Finding) -> tuple[int, bool, int]:
    """Where a finding stands among others that are meant as well."""
    return KINDS.index(one.kind), not is_thrown(one), region(one)


def is_thrown(one: Finding) -> bool:
    """Whether it is told by what a process says, and not by the code of its end."""
    return not one.id.startswith("exit-")


def region(one: Finding) -> int:
    """The place of a finding's memory among the regions, of a limit that of what it is about."""
    return REGIONS.index(one.about or one.region)


def stems_held(one: Finding) -> Held:
    """The stems of each of its texts, and those of where it happens, which people put beside any of them."""
    anybody = "" if one.kind == HARMLESS else "driver executor"
    holder = "container pod" if "container" in (one.region, one.about) or "kubernetes" in one.managers else ""
    where = [one.process or anybody, holder, one.family, *one.managers, *one.vendors]
    return tuple(stems(text) for text in (*texts_of(one), one.says)), stems(" ".join(where))


def weights(words: Iterable[str], held: Iterable[Held]) -> dict[str, float]:
    """What each of these stems says: the more, the fewer findings have it in a text of theirs.

    >>> both, one = (({"heap", "space"},), set()), (({"heap"},), set())
    >>> {word: round(much, 1) for word, much in weights(["heap", "space"], [both, one]).items()}
    {'heap': -0.2, 'space': 0.3}
    """
    texts = [texts for texts, _ in held]
    often = {word: sum(any(word in text for text in own) for own in texts) for word in words}
    return {word: log(len(texts) / (0.5 + many)) for word, many in often.items()}


def texts_of(one: Finding, *, keys: bool = False) -> list[str]:
    """What is said of a finding; with the names of settings for words that look like one."""
    settings = [change.key for change in one.change] if keys else []
    return [one.title, *one.words, *settings, *(words_of(text.text) for text in one.text)]


@lru_cache(maxsize=2048)  # of the same texts as above
def words_of(template: str) -> str:
    """The words of a template in one line."""
    return _BLANKS.sub(" ", without_fields(template))
