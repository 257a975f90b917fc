"""Which rule a reason of failure is told by, what ends nothing went wrong with, and the numbers in a reason."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sparkmem.runs.rules import RULES, Rule
from sparkmem.size import GIB, KIB, MIB

BENIGN = (
    "Stage cancelled",
    "another attempt succeeded",
    "SparkContext was shut down",
    "Executor killed by driver",
    "cancelled job",
    "Idle for",
    "because of idle",
    "Resubmitted",
    "exited from explicit termination request",
    "killed by driver",
    "Exit status: 0.",
    "exited with code 0",
    "exit code 0",
)
"""Ends that nothing went wrong with."""

_USED = re.compile(r"(\d+(?:\.\d+)?) ([KMGT]?)i?B of (\d+(?:\.\d+)?) ([KMGT]?)i?B (?:physical|virtual) memory used")
_UNITS = {"": 1, "K": KIB, "M": MIB, "G": GIB, "T": GIB << 10}


def rule_of(words: str) -> Rule | None:
    """What a text means, or nothing that is known.

    >>> rule_of("java.lang.OutOfMemoryError: Java heap space").id, rule_of("Command exited with code 137").id
    ('heap-full', 'killed')
    >>> rule_of("Exit status: 143. Diagnostics: …").id, rule_of("Exit status: -100.").id, rule_of("Exit status: -1000.").id
    ('terminated', 'node-lost', 'executor-lost')
    """
    for rule in RULES:
        if any(all(_stands(part, words) for part in parts) for parts in rule.any_of):
            return rule
    return None


def _stands(part: str, words: str) -> bool:
    """Whether it is among the words; a number that ends it ends there: YARN's -1000 is no -100."""
    at = words.find(part)
    while at >= 0 and part[-1].isdigit() and words[at + len(part) : at + len(part) + 1].isdigit():
        at = words.find(part, at + 1)
    return at >= 0


_OTHER_ERRORS = ("array-too-long", "direct-memory", "metaspace-full", "no-native-thread")


def died_of_another(words: Iterable[tuple[str, tuple[str, ...]]]) -> set[str]:
    """Executors, of reasons with theirs, that threw an ``OutOfMemoryError`` which is not that of the heap."""
    told = ((rule_of(said), executors) for said, executors in words)
    return {name for rule, executors in told if rule and rule.id in _OTHER_ERRORS for name in executors}


def rule_of_end(words: str, executors: tuple[str, ...], others: set[str]) -> Rule | None:
    """``rule_of``, where exit code 52 alone says that some ``OutOfMemoryError`` ended it: which, its tasks have said.

    >>> rule_of_end("Command exited with code 52", ("1",), {"1"}).id, rule_of_end("exit code 52", ("2",), {"1"}).id
    ('executor-lost', 'heap-full')
    """
    rule = rule_of(words)
    if rule and rule.id == "heap-full" and "OutOfMemoryError" not in words and executors and others.issuperset(executors):
        return next(one for one in RULES if one.id == "executor-lost")
    return rule


def is_benign(words: str) -> bool:
    """Whether it is an end with which nothing went wrong."""
    return not words or (any(part in words for part in BENIGN) and "OutOfMemory" not in words)


def numbers_in(words: str) -> dict[str, int]:
    """The sizes of a YARN text [bytes]: used, and the limit.

    >>> numbers_in("5.6 GB of 5.5 GB physical memory used")
    {'used': 6012954214, 'limit': 5905580032}
    """
    match = _USED.search(words[:4000])
    if not match:
        return {}
    return {"used": int(float(match[1]) * _UNITS[match[2]]), "limit": int(float(match[3]) * _UNITS[match[4]])}
