"""What a text itself shows of a heap: the storage memory of a driver or an executor, or a heap that Spark found too small.

A store is ``(heap - reserved memory) × spark.memory.fraction`` (``UnifiedMemoryManager.getMaxMemory``).  Where it is far
below what the heap that was set would have, that setting did not reach the process.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.lost import LOST, REFUSED
from sparkmem.configuration.setting import Lost
from sparkmem.facts import fact
from sparkmem.release import NEWEST
from sparkmem.size import MIB, SizeError, byte_string_as_mb
from sparkmem.spark.settings.config import MEMORY_FRACTION

_SIZE = r"(?P<size>[0-9]{1,7}(?:\.[0-9]{1,3})?) ?(?P<unit>[KMGT])i?B"
# MemoryStore, BlockManagerMasterEndpoint and the page of executors, whose first column is an id
_STARTED = re.compile(rf"\bMemoryStore started with capacity {_SIZE}")
_REGISTERED = re.compile(
    rf"\bRegistering block manager [^\s]{{1,120}} with {_SIZE} RAM, BlockManagerId\(\"?<?(?P<id>driver|[0-9]{{1,6}})\b"
)
_ROW = re.compile(
    r"^[ \t|]{0,9}<?(?P<id>driver|[0-9]{1,6})>?[ \t|]{1,9}[\w.-]{1,80}:[0-9]{2,5}\b"
    rf"[^\n/]{{0,80}}?[0-9.]{{1,9}} ?[KMGT]?i?B ?/ ?{_SIZE}", re.MULTILINE
)  # fmt: skip
_TOO_SMALL = re.compile(r"\bSystem memory (?P<bytes>[0-9]{6,15}) must be at least [0-9]{6,15}\b")
_OF_AN_EXECUTOR = re.compile(r"\bCoarseGrainedExecutorBackend\b|\bStarting executor ID [0-9]")
_UNITS = {"K": 1 / 1024, "M": 1, "G": 1024, "T": 1 << 20}
FAR_BELOW = 0.55
"""A JVM reports up to a ninth less than its -Xmx, pages count in thousands, and the static manager took 0.54."""
_MOST = 200
_WORDS = ("B RAM", "B / ", "with capacity", "System memory ")
SHOWN_OTHERWISE = "shown-otherwise"
_DRIVER, _EXECUTOR = "spark.driver.memory", "spark.executor.memory"
_WRITE = {
    _DRIVER: "give it to what starts the driver's JVM: --driver-memory, spark-defaults.conf, or -Xmx where java itself does",
    _EXECUTOR: "set it before the application starts, in its command, its builder or spark-defaults.conf",
}


def as_shown(whole: Configuration, text: str) -> Configuration:
    """The same without a heap that the text shows not to have reached its process, which is named as lost."""
    if not any(word in text for word in _WORDS):
        return whole
    shown = dict(_largest(text, whole.circumstances.cluster_manager == "local"))
    for key, (mib, line, words) in shown.items():
        setting = next((one for one in whole.settings if one.key == key), None)
        expected = _expected(whole, key, words.startswith("System")) if setting else 0
        if setting is None or line < setting.line or not expected or mib >= expected * FAR_BELOW:
            continue  # what stands before it may have been so without it
        said, see = LOST[SHOWN_OTHERWISE]
        said = said.format(given=f"{words} on line {line}, where this gives about {expected:,.0f} MiB")
        lost = Lost(SHOWN_OTHERWISE, setting.line, key, said, _WRITE[key], see)
        remarks = tuple(one for one in whole.remarks if (one.line, one.text) != (setting.line, key))
        whole = replace(whole.losing(setting, lost), remarks=remarks)
    small = _TOO_SMALL.search(text)
    return _refused(whole, small) if small and (whole.settings or whole.lost) else whole


def largest_shown(text: str) -> dict[str, tuple[float, int, bool]]:
    """By the key of a process's heap the largest store that a text shows [MiB], its line, and whether it is all of a heap.

    >>> largest_shown("INFO MemoryStore: MemoryStore started with capacity 434.4 MiB")
    {'spark.driver.memory': (434.4, 1, False)}
    """
    if not any(word in text for word in _WORDS):
        return {}
    return {key: (mib, line, words.startswith("System")) for key, (mib, line, words) in _largest(text, False)}


def _refused(whole: Configuration, small: re.Match[str]) -> Configuration:
    """The same with the job as refused, as Spark says it of the driver's heap (``getMaxMemory``)."""
    said, see = LOST[REFUSED]
    line = small.string.count("\n", 0, small.start()) + 1
    write = "give the driver's JVM a larger heap: Spark starts with none that is smaller"
    lost = Lost(REFUSED, line, "the job", said.format(given=small[0]), write, see)
    return whole if any(one.id == REFUSED for one in whole.lost) else replace(whole, lost=(*whole.lost, lost))


def _largest(text: str, local: bool) -> Iterator[tuple[str, tuple[float, int, str]]]:
    """By the key of a process's heap the most that the text shows of it [MiB], with its line and the words."""
    of_driver = local or not _OF_AN_EXECUTOR.search(text)
    found: dict[str, list[tuple[float, re.Match[str], str]]] = {}
    for pattern in (_STARTED, _REGISTERED, _ROW):
        for match in islice(pattern.finditer(text), _MOST):
            id = match.groupdict().get("id", "driver" if of_driver else "0")
            mib = float(match["size"]) * _UNITS[match["unit"]]
            words = f"storage memory of {match['size']} {match['unit']}B"
            found.setdefault(_DRIVER if id == "driver" else _EXECUTOR, []).append((mib, match, words))
    if small := _TOO_SMALL.search(text):
        mib = int(small["bytes"]) / MIB
        found[_DRIVER] = [(mib, small, f"System memory {small['bytes']}, a heap of {mib:,.1f} MiB,")]
    for key, shown in found.items():
        mib, match, words = max(shown, key=lambda one: one[0])
        yield key, (mib, text.count("\n", 0, match.start()) + 1, words)


def _expected(whole: Configuration, key: str, all_of_it: bool) -> float:
    """The store that the heap which is set would have, or all of that heap [MiB]; 0 where it is no size."""
    values = whole.values
    try:
        heap = byte_string_as_mb(values[key])
        fraction = float(values.get(MEMORY_FRACTION.key) or MEMORY_FRACTION.default or 0)
    except (SizeError, ValueError):
        return 0
    reserved = int(fact("RESERVED_SYSTEM_MEMORY_BYTES", NEWEST)) // MIB
    return heap if all_of_it else max(0, heap - reserved) * fraction
