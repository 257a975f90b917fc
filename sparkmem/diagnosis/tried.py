"""What the writer of a text has tried in vain: it is not advised again as if it were new, and may say whose it was."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from sparkmem.diagnosis.advised import DOUBLED
from sparkmem.diagnosis.finding import NOBODY

TRIED, PROPOSED, HELPS = "tried", "proposed", "helps"
"""What the text shows of such a thing, of what somebody means to do in vain, and of what somebody asks for that helps."""
_MADE_LARGER = ("memory", "memoryOverhead", "offHeap.size", "maxResultSize")
"""How a key ends of which more is what helps."""
_OTHERS = r"(?:memory ?)?over ?head|off[ .-]?heap|pyspark"
"""What is beside a heap: its sizes are no heap's."""
_SIZE = rf"(?:(?!{_OTHERS})[^.\n]){{0,30}}\b[0-9]{{1,4}} ?g(?:i?b)?\b(?! ?(?:of |for )?(?:the )?(?:{_OTHERS}))"
_NAMES = {
    "spark.executor.memory":
        rf"executor[ .-]?memory(?! ?overhead)|(?<!overhead of )(?<!overhead of the )\bexecutors?\b{_SIZE}",
    "spark.driver.memory": rf"driver[ .-]?memory(?! ?overhead)|\bdriver\b{_SIZE}",
    "spark.executor.memoryOverhead": r"(?<!driver )(?<!driver\.memory)(?<!driver memory)(?<!driver memory )overhead",
    "spark.driver.memoryOverhead": r"driver[ .-]?(?:memory ?)?overhead",
    "spark.executor.cores": r"executor[ -]?cores|fewer cores",
    "spark.sql.shuffle.partitions": r"shuffle[ .]partitions|more partitions",
    "spark.sql.autoBroadcastJoinThreshold": r"autobroadcastjointhreshold|broadcast threshold",
    "broadcast hint": r"broadcast\(\)|\bhints?\b",
    "collect_list": r"collect_list",
}
"""Keys with what people call them, in small letters."""
_AGAIN = "It was tried here, and the same came again: only where this is far more than that. "
_OF_A_WORD = ("broadcast hint", "spark.sql.autoBroadcastJoinThreshold")
"""What is done or not: to do it again is nothing."""
_RAISED = re.compile(r"(?i)\brais|increas|bump|doubl|\bmore\b|larger")
_LOWERED = re.compile(r"(?i)lower|reduc|smaller|fewer|decreas")
_DRIVER, _EXECUTOR = re.compile(r"(?i)\bdriver\b(?! stacktrace)"), re.compile(r"(?i)\bexecutors?\b|--executor")


@dataclass(frozen=True)
class Tried:
    """Lines in which a person tells of it."""

    lines: tuple[str, ...]

    def names(self, key: str) -> bool:
        """Whether one of them is about a key.

        >>> Tried(("tried --executor-memory 32g and 48g, same line.",)).names("spark.executor.memory")
        True
        """
        called = re.compile(rf"{re.escape(key.lower())}(?!\w|\.\w)|{_NAMES.get(key, '(?!)')}")
        return any(called.search(line.lower()) for line in self.lines)

    def after(self, changes: Iterable[dict[str, str]], lowered: Container[str] = ()) -> list[dict[str, str]]:
        """The changes: what was tried comes last, and what can only be done once is left out.

        ``lowered`` are keys that are to be made smaller, which nobody tried who raised them.

        >>> made = [{"key": key, "value": "", "why": ""} for key in ("broadcast hint", "spark.driver.memory")]
        >>> [one["key"] for one in Tried(("took the broadcast() away: also.",)).after(made)]
        ['spark.driver.memory']
        """
        new, again = list[dict[str, str]](), list[dict[str, str]]()
        for one in changes:
            if not self.names(one["key"]) or (one["key"] in lowered and self._raised()):
                new.append(one)
            elif one["key"] not in _OF_A_WORD:
                again.append({**one, "value": "", "why": f"{_AGAIN}{one['why'].removesuffix(DOUBLED)}"})
        return [*new, *again]

    def _raised(self) -> bool:
        return all(_RAISED.search(line) and not _LOWERED.search(line) for line in self.lines)


def of_help(line: str, keys: Iterable[str]) -> str:
    """The key among those that change something which a question asks to raise; empty where it is none.

    >>> of_help("Should we set memoryOverhead to 4g?", ["spark.executor.memoryOverhead"])
    'spark.executor.memoryOverhead'
    >>> of_help("Should we lower memoryOverhead?", ["spark.executor.memoryOverhead"])
    ''
    """
    if "?" not in line or _LOWERED.search(line):
        return ""
    asked = Tried((line,))
    return next((key for key in keys if key.endswith(_MADE_LARGER) and asked.names(key)), "")


def words(line: str, process: str) -> str:
    """What a line of such a trial says of a failure of a process.

    >>> words("I gave the driver 16g, no change.", "executor")
    "It was tried on the driver, and the same came again: it is not the driver's."
    """
    of_driver, of_executors = _DRIVER.search(line), _EXECUTOR.search(line)
    if process == "executor" and of_driver and not of_executors:
        return "It was tried on the driver, and the same came again: it is not the driver's."
    if process == "driver" and of_executors and not of_driver:
        return "It was tried on executors, and the same came again: it is the driver's."
    if process == NOBODY and of_executors:
        return "It was tried on executors, and the same came again: it is not theirs."
    return "It was tried, and the same came again."


def of(shown: Sequence[tuple[str, str]]) -> Tried:
    """The trials among what a text shows: each as its kind and its line."""
    return Tried(tuple(line for kind, line in shown if kind == TRIED))
