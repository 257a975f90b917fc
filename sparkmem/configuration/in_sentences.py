"""Settings that people say in a sentence without their names: ``with 14 executors``, ``2 GB for the driver``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sparkmem.configuration.clue import holds

_SIZE = r"[0-9]{1,9}(?:[.,][0-9]{1,3})? ?(?:[kKmMgGtT][iI]?[bB]|[gGmM])"
_PROCESS = r"(?:[dD]river|[tT]reiber|DRIVER)"
_DIED = r"(?:died?|dead|lost|fail(?:ed|s)?|were|was|are|got|get|killed|crash(?:ed)?|exit(?:ed)?|removed?|per|left)"
_EXECUTOR = (" executor", " Executor")
_DRIVER = (" driver", " Driver", " treiber", " Treiber", " DRIVER")
_TOLD: tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...] = (
    ("spark.executor.instances", _EXECUTOR, re.compile(
        r"\b(?:with|runs?|running|using|uses?|have|has|mit|haben|got) (?:about |all )?([0-9]{1,5}) [eE]xecutors?\b"
        rf"(?! (?:that |which )?{_DIED}\b)")),
    ("spark.driver.memory", _DRIVER, re.compile(
        rf"(?<![\w.,])({_SIZE}) (?:of )?(?:memory |RAM |heap )?(?:for|für) (?:the |a |den |einen )?{_PROCESS}\b"
        r"(?![ -](?:node|container|pod|machine|host))")),
    ("spark.driver.memory", ("river", "reiber", "DRIVER"), re.compile(
        rf"(?<![\w.-]){_PROCESS} ?(?:[:=]|has|gets|with|hat|mit) ?({_SIZE})\b(?! (?:of )?(?:disk|overhead|off))")),
    ("spark.driver.memory", _DRIVER, re.compile(
        rf"(?:[,;] |\b(?:and|und) ){_PROCESS}(?: memory)? ({_SIZE})\b"
        r"(?! (?:of )?(?:disk|overhead|off|nodes?\b|machines?\b))")),
    ("spark.executor.instances", _EXECUTOR, re.compile(
        rf"(?:, |; |\band )([0-9]{{1,5}}) [eE]xecutors?\b(?! (?:that |which )?{_DIED}\b)")),
    ("spark.executor.cores", _EXECUTOR, re.compile(
        r"(?<![\w.,-])([0-9]{1,3}) (?:v?[cC]ores?|CPUs?) (?:per|for each|pro|je) [eE]xecutor\b")),
    ("spark.executor.memoryOverhead", ("overhead",), re.compile(
        rf"(?<![\w.-])(?<![dD]river )(?:[eE]xecutor )?(?:memory )?overhead ?(?:[:=]|of|is|to)? ?({_SIZE})\b")),
)  # fmt: skip
"""A key, words of which one stands in all that the pattern matches, and the pattern."""
_NAMED = {
    "spark.executor.instances": "executors",
    "spark.executor.cores": "cores per executor",
    "spark.executor.memoryOverhead": "overhead",
}
_WORDS = ("xecutor", "river", "reiber", "DRIVER")


def said(line: str) -> Sequence[tuple[str, str, str, int]]:
    """The key, the words that stand for it, the value and its place, of what a line says in words.

    >>> said("We run with 14 executors and 2 GB for the driver")
    [('spark.executor.instances', 'executors', '14', 12), ('spark.driver.memory', 'driver', '2 GB', 29)]
    """
    if not holds(line, _WORDS):
        return ()
    found = set[tuple[int, str, str]]()
    for key, words, told in _TOLD:
        if holds(line, words):
            found.update((match.start(1), key, match[1]) for match in told.finditer(line))
    return [(key, _NAMED.get(key, key.split(".")[1]), value, start) for start, key, value in sorted(found)]
