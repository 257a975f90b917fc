"""Settings that people say in a sentence without their names: ``with 14 executors``, ``2 GB for the driver``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

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
    "spark.executor.memoryOverheadFactor": "overhead",
    "spark.driver.memoryOverhead": "driver overhead",
    "spark.driver.memoryOverheadFactor": "driver overhead",
    "spark.driver.cores": "driver cores",
}
_WORDS = ("xecutor", "river", "reiber", "DRIVER")
_AMOUNT = r"[0-9]{1,9}(?:[.,][0-9]{1,3})? ?(?:[kKmMgGtT][iI]?[bB]|[kKmMgGtT])"
_TO = r"(?: ?[:=] ?| (?:is|of|to|at|was|set to|stays at|stayed at) | )"
_ENDS = (
    r"(?![\w%]|[.,]\d| (?:used|free|exceeded|total|in total|per (?!executor|exec)|of (?!overhead|memory|heap|ram|RAM))| ?/)"
)
_HEAP_OF = re.compile(
    r"(?<![\w/])(?:--|spark\.)?(?P<of>[eE]xecutor|[dD]river)[ ._-]?(?:[mM]emory|heap|ram|RAM)[`*]{0,3}"
    rf"(?:(?: ?[:=] ?| )(?:(?:is|of|was|now|set|raised|lowered|to|at) ){{0,3}})[`*]{{0,3}}{_AMOUNT}{_ENDS}"
)
_NEXT = r"[`*)]{0,3} ?(?:[,;+&] ?)?(?:(?:and|with|plus|und|mit) )?(?:(?:an?|the) )?[`*(]{0,3}"
_FURTHER = re.compile(
    rf"{_NEXT}(?:(?:memory[ _-]?)?[oO]verhead{_TO}"
    rf"(?:(?P<overhead>{_AMOUNT}|[0-9]{{3,6}})|(?P<factor>0?\.[0-9]{{1,3}})|(?P<share>[0-9]{{1,2}})%)"
    rf"|(?P<before>{_AMOUNT}) (?:of )?(?:memory )?overhead"
    rf"|(?:v?[cC]ores?|CPUs?|cpus?){_TO}(?P<cores>[0-9]{{1,3}})|(?P<counted>[0-9]{{1,3}}) (?:v?[cC]ores?|CPUs?|cpus?)"
    rf"|(?:--|spark\.)?(?P<named>[eE]xecutor|[dD]river)[ ._-]?(?:[cC]ores?|[iI]nstances){_TO}[0-9]{{1,5}}"
    rf"|instances{_TO}(?P<instances>[0-9]{{1,5}})|(?P<several>[0-9]{{1,5}}) instances){_ENDS}"
)
"""What a list goes on with behind the heap of a process: of the same process, without its name."""
_FURTHEST = 6


def said(line: str) -> Sequence[tuple[str, str, str, int]]:
    """The key, the words that stand for it, the value and its place, of what a line says in words.

    >>> said("We run with 14 executors and 2 GB for the driver")
    [('spark.executor.instances', 'executors', '14', 12), ('spark.driver.memory', 'driver', '2 GB', 29)]
    """
    if not holds(line, _WORDS):
        return ()
    found = set(_listed(line))
    listed = {start for start, *_ in found}
    for key, words, told in _TOLD:
        if holds(line, words):
            found.update((match.start(1), key, match[1]) for match in told.finditer(line) if match.start(1) not in listed)
    return [(key, _NAMED.get(key, key.split(".")[1]), value, start) for start, key, value in sorted(found)]


def _listed(line: str) -> Iterator[tuple[int, str, str]]:
    """Where it stands, the key and the value of what follows the heap of a process in a list, which does not name it again.

    >>> list(_listed("executor memory: 6g, overhead 600, cores=3")) == [
    ...     (30, "spark.executor.memoryOverhead", "600"), (41, "spark.executor.cores", "3")]
    True
    """
    executor, of_executors = False, set[str]()
    for heap in _HEAP_OF.finditer(line):
        at, of = heap.end(), heap["of"].lower()
        executor = executor or of == "executor"
        for _ in range(_FURTHEST):
            further = _FURTHER.match(line, at)
            if further is None:
                break
            at, name = further.end(), str(further.lastgroup)
            of = (further["named"] or of).lower()
            if (field := _LISTED.get(name, "")) and (field != "instances" or executor):
                # Behind both processes what stands once is the executors'.
                whose = "executor" if executor and field not in of_executors else of
                of_executors |= {field} if whose == "executor" else set()
                value = f"{int(further[name]) / 100:g}" if name == "share" else further[name]
                yield further.start(name), f"spark.{whose}.{field}", value


_LISTED = {
    "overhead": "memoryOverhead", "before": "memoryOverhead", "factor": "memoryOverheadFactor",
    "share": "memoryOverheadFactor", "cores": "cores", "counted": "cores",
    "instances": "instances", "several": "instances",
}  # fmt: skip
