"""Why a setting that was tried, or that is proposed, changes nothing about the memory that ran out."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass

from sparkmem.diagnosis.advised import LOCAL_MODE

_HEAP_WORDS = (
    r"(?:executor|driver)s?[ .-]{0,3}memory(?![ .-]?overhead)|\bheap\b|-xmx"
    r"|\b(?:executors?|driver)\b[^.\n]{0,30}?\b[0-9]{1,4} ?g"
)
_OVERHEAD_WORDS = r"memory ?overhead|\boverhead\b"
_TIMEOUT_WORDS = r"network[ .]?timeout|heartbeat[ .]?interval|\btimeouts?\b"
_MEMORY = ("heap", "container", "python", "off-heap", "overhead/native", "direct", "metaspace")


@dataclass(frozen=True)
class _Reason:
    """What words mean a setting, of which memory it is no help, and why."""

    words: re.Pattern[str]
    regions: tuple[str, ...]
    why: str


def _reason(words: str, regions: tuple[str, ...], why: str) -> _Reason:
    return _Reason(re.compile(words), regions, why)


_REASONS = (
    _reason(r"python\.worker\.memory", ("container", "python", "heap"),
            "spark.python.worker.memory says when Python's own aggregations spill, and limits no worker."),
    _reason(_HEAP_WORDS, ("container",),
            "A larger heap makes the container larger by as much, and leaves what is beside the heap no more room."),
    _reason(_HEAP_WORDS, ("python",), "Python is a process of its own: the heap is not its memory."),
    _reason(_HEAP_WORDS, ("metaspace",), "Classes are not in the heap."),
    _reason(_HEAP_WORDS, ("off-heap",), "Off-heap memory is spark.memory.offHeap.size: the heap gives it nothing."),
    _reason(_HEAP_WORDS, ("node",), "The machine had no memory left: a larger heap takes more of it."),
    _reason(f"{_HEAP_WORDS}|{_OVERHEAD_WORDS}", ("disk",), "A disk is full: more memory leaves it as it is."),
    _reason(_OVERHEAD_WORDS, ("heap",), "The overhead is beside the heap, and leaves it as it was."),
    _reason(_OVERHEAD_WORDS, ("off-heap",), "Off-heap memory is spark.memory.offHeap.size: the overhead gives it nothing."),
    _reason(_TIMEOUT_WORDS, _MEMORY, "A longer timeout waits longer for the same end: it is not what failed first."),
)  # fmt: skip
_LIMITED = "spark.executor.pyspark.memory"
_OF_A_LIMIT = f"The limit of a worker is {_LIMITED}: more overhead leaves it as it is."
_OF_DRIVER, _OF_EXECUTORS = re.compile(r"\bdriver\b"), re.compile(r"\bexecutors?\b|--executor")
_OF_ONE_KEY, _ANY_MEMORY = "many_of_a_key", re.compile(rf"{_HEAP_WORDS}|shuffle[ .]?partitions|\b[0-9]{{1,4}} ?g\b")
_ONE_KEY = "All rows of one key come to one task: more partitions do not divide them, and a larger heap puts it off."
_ANY_OVERHEAD = re.compile(_OVERHEAD_WORDS)
_WORKERS = re.compile(r"\bworkers?\b|\bexecutors?\b|\bmore nodes\b")
_ONE_MACHINE = "The driver is one process on one machine: more or larger workers and executors give it nothing."
_OF_SETTINGS = re.compile(
    r"\bexecutors?[ .-]{0,3}(?:memory|overhead|heap|cores)"
    r"|\b(?:memory|overhead|heap|cores) (?:of|for) (?:the |each )?executors?"
)
_OF_DRIVERS_SETTINGS = re.compile(
    r"\bdriver[ .-]{0,3}(?:memory|overhead|heap)|\b(?:memory|overhead|heap) (?:of|for) the driver"
)
_OTHERS = "It is {} setting; what failed here is {}."
_LOCAL = "Driver, executor and tasks are one JVM here: nothing that is set for executors reaches it."


_MORE = re.compile(
    rf"(?i){_HEAP_WORDS}|\b(?:more|larger) memory ?overhead\b"
    r"|\b(?:more|larger|bigger|raise|raising) (?:\w{2,12} )?memory\b"
)


def is_of_heaps(text: str) -> bool:
    """Whether words mean a larger heap, or more memory of whatever kind.

    >>> [is_of_heaps(text) for text in ("I gave the executors 32g", "More driver memory: no.", "Raising the overhead again")]
    [True, True, False]
    """
    return bool(_MORE.search(text))


def why_not(line: str, process: str, region: str, asked: Mapping[str, int], signs: Container[str] = ()) -> list[str]:
    """Why what a line names does nothing about memory that ran out; nothing where it may help.

    >>> why_not("set memoryOverhead to 4g and network.timeout=600s", "executor", "heap", {})[0]
    'The overhead is beside the heap, and leaves it as it was.'
    >>> why_not("raised --executor-memory to 12g", "executor", "heap", {})
    []
    """
    text = line.lower()
    if LOCAL_MODE in signs and _OF_EXECUTORS.search(text) and not _OF_DRIVER.search(text):
        return [_LOCAL]
    if process == "driver" and _OF_SETTINGS.search(text) and not _OF_DRIVER.search(text):
        return [_OTHERS.format("an executor's", "the driver's")]
    if process == "executor" and _OF_DRIVERS_SETTINGS.search(text) and not _OF_EXECUTORS.search(text):
        return [_OTHERS.format("the driver's", "an executor's")]
    if process == "driver" and region == "heap" and _WORKERS.search(text) and not _OF_DRIVER.search(text):
        return [_ONE_MACHINE]
    told = [one.why for one in _REASONS if region in one.regions and one.words.search(text)]
    if region == "heap" and _OF_ONE_KEY in signs and not told and _ANY_MEMORY.search(text):
        told.append(_ONE_KEY)
    if region == "python" and _LIMITED in asked and _ANY_OVERHEAD.search(text):
        told.append(_OF_A_LIMIT)
    return told
