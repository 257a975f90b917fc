"""The words of a known text inside a sentence that says more: the longest run of them that tells something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from sparkmem.diagnosis.stems import PASSED_OVER, stems

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_LONGEST_SENTENCE = 40
_WEIGHS = 3.5
"""What a run has to weigh: two words of which few texts hold both, or one that hardly any has and its neighbour."""
_NEARLY = 0.9
_FEW, _SHARE, _LEAST = 2, 0.33, 1.0
DENIED = frozenset(("no", "not", "never", "without", "stopped", "fixed", "solved", "resolved"))


def longest_runs(sentence: str, texts: Mapping[str, Iterable[str]], weight: Mapping[str, float]) -> list[str]:
    """The names of the texts with the weightiest runs of neighbouring words of a sentence; none where all weigh little.

    ``weight`` is that of a word's stem.  A run has two telling words or more, and none that denies it stands before it.

    >>> weighs = {"heap": 2.0, "spac": 3.0, "join": 4.0}
    >>> longest_runs("dies with java heap space when it joins", {"a": ["OutOfMemoryError: Java heap space"]}, weighs)
    ['a']
    >>> longest_runs("there is no heap space", {"a": ["Java heap space"]}, weighs)
    []
    """
    words = _words(sentence)[:_LONGEST_SENTENCE]
    pairs = [f" {one} {next_} " for one, next_ in pairwise(words)]
    best = {
        name: max((_of_text(words, pairs, _normal(text), weight) for text in held), default=0.0)
        for name, held in texts.items()
    }
    least = max([_WEIGHS, *(_NEARLY * score for score in best.values())])
    return sorted((name for name, score in best.items() if score >= least), key=lambda name: -best[name])


def _of_text(words: tuple[str, ...], pairs: Sequence[str], text: str, weight: Mapping[str, float]) -> float:
    """What the weightiest run weighs that this text has; of most words no text has the neighbour as well."""
    most, at = 0.0, 0
    while at < len(pairs):
        if pairs[at] not in text:
            at += 1
            continue
        end = at + 2
        while end < len(words) and f" {' '.join(words[at : end + 1])} " in text:
            end += 1
        if not (at and words[at - 1] in DENIED):
            most = max(most, _of_run(words[at:end], text, weight))
        at = end - 1
    return most


def _of_run(run: tuple[str, ...], text: str, weight: Mapping[str, float]) -> float:
    """What a run weighs: of two telling words only where both tell much, and are much of the text: many a text says
    "out of range", and of storage memory all speak."""
    telling = _telling(run)
    weights = [weight.get(stem, 0.0) for stem in telling]
    few = len(telling) == _FEW and min(weights) >= _LEAST and _SHARE * len(_telling(text.split())) <= _FEW
    return sum(weights) if few or len(telling) > _FEW else 0.0


def _telling(words: Iterable[str]) -> list[str]:
    return [stem for word in words if word not in PASSED_OVER for stem in stems(word)]


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in _WORD.findall(text))


@lru_cache(maxsize=2048)  # the texts of all findings
def _normal(text: str) -> str:
    """The words of a text, small, those of a compound apart, each between blanks."""
    return f" {' '.join(_words(text))} "
