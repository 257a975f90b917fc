"""The words of a text that tell something, without their endings; a word that is several in one, as those."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_ENDINGS = ("ing", "ion", "ed", "er", "es", "s", "e")
_SHORTEST_STEM = 3
_LETTERS = re.compile(r"[A-Za-z]+|[^A-Za-z]+")
_SHORTEST_PART, _LONGEST_COMPOUND = 2, 40
LITTLE = frozenset(re.findall(
    r"\w+", "a an and are at be been by for from had has i in is it its my of on or our that the there this to was we were"
    " with",
))  # fmt: skip
"""Words that people add to a text and leave out of it; the lists of failures pass over them too."""
PASSED_OVER = LITTLE | frozenset(re.findall(
    r"\w+",
    """apache because can cannot caused com due error errors exception fail failed failure get got how java job keeps lang
    no not org ran running spark than too what when why x kb mb gb tb kib mib gib tib about after again do does fix fixed
    happen happened happens happening help keep mean means next now please should solve someone still then""",
))  # fmt: skip
"""Words that stand beside any failure, and say nothing of which."""
_MEAN = {
    "oom": ("out", "memory"), "ooms": ("out", "memory"), "outofmemory": ("out", "memory"), "timeout": ("tim", "out"),
    "mem": ("memory",), "jvms": ("jvm",), "gc": ("gc",), "big": ("larg",), "bigger": ("larg",), "huge": ("larg",),
    "timed": ("tim",), "died": ("end",), "dead": ("end",), "dies": ("end",), "dying": ("end",),
}  # fmt: skip
"""What people write short, or in one word."""


@lru_cache(maxsize=2048)  # the texts of all findings, which each short text is held against
def stems(text: str) -> frozenset[str]:
    """The words of a text that tell something, small and without their endings.

    >>> sorted(stems("Executors timed out: OOMKilled, spark.executor.memoryOverhead 137"))
    ['executor', 'kill', 'memory', 'out', 'overhead', 'tim']
    """
    found: set[str] = set()
    for match in _WORD.finditer(text.replace("K8s", "k8s").replace("k8s", "kubernetes")):
        word = match[0].lower()
        if word not in PASSED_OVER and len(word) > 1:
            found.update(_MEAN.get(word) or (_stem(word),))
    return frozenset(found)


@lru_cache(maxsize=4)
def known_words(texts: tuple[str, ...]) -> frozenset[str]:
    """Every word of these texts, small."""
    return frozenset(match[0].lower() for text in texts for match in _WORD.finditer(text))


def taken_apart(asked: str, known: Set[str]) -> frozenset[str]:
    """The stems of what was asked; a word that nobody writes, and that is several in one, as those several.

    >>> sorted(taken_apart("maxresultsize MemoryError", {"max", "result", "size", "memory"}))
    ['max', 'memory', 'result', 'siz']
    """
    apart = (" ".join(_parts(word.lower(), known) or [word]) for word in _LETTERS.findall(asked))
    return stems(" ".join(apart))


def _parts(word: str, known: Set[str]) -> list[str]:
    """The known words that a word is made of, the longest first; empty where it is one itself, or is made of none."""
    if word in known or word in _MEAN or len(word) > _LONGEST_COMPOUND:
        return []
    ways: list[list[str] | None] = [[], *[None] * len(word)]
    for end in range(1, len(word) + 1):
        for begin in range(max(0, end - len(word) + 1), end):
            before, part = ways[begin], word[begin:end]
            if before is not None and (part in known or part in PASSED_OVER) and len(part) >= _SHORTEST_PART:
                ways[end] = [*before, part]
                break
    return ways[-1] or []


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word
