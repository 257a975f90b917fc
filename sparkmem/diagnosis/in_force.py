"""A heap that a text sets and that did not reach its JVM: what was in force in its place, where the text shows it.

``SparkSubmitCommandBuilder.buildSparkSubmitCommand`` gives the driver's JVM its -Xmx before the program runs, and
``UnifiedMemoryManager.getMaxMemory`` makes the memory store from what that JVM has.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from sparkmem.configuration.heap_shown import FAR_BELOW, largest_shown
from sparkmem.diagnosis.shares import LATE
from sparkmem.facts import FACTS
from sparkmem.release import NEWEST
from sparkmem.size import MIB, mib_text
from sparkmem.spark.settings.config import MEMORY_FRACTION

_FRACTION = re.compile(r"spark\.memory\.fraction[\"', \t:=]{1,8}(0?\.[0-9]{1,4})")
_KEYS = ("spark.driver.memory", "spark.executor.memory")
_SAID = {key: re.compile(rf"{key.replace('.', '[._-]')}|{key[6:].replace('.', '[-_]')}", re.IGNORECASE) for key in _KEYS}
_IN_A_PROGRAM = re.compile(r"\b(?:config|set|setAll|conf)\([\[(\s]{0,8}[\"']spark\.driver\.memory[\"']")
"""Where a program sets it, which the line of a log above it does not come before."""
_RESERVED = int(FACTS["RESERVED_SYSTEM_MEMORY_BYTES"].at(NEWEST))
_AT_START = {
    _KEYS[0]: "before the JVM starts, by --driver-memory of spark-submit or in spark-defaults.conf",
    _KEYS[1]: "before the application starts, in its command or in spark-defaults.conf",
}


def in_force(found: Mapping[str, int], text: str, lost: Collection[str]) -> dict[str, int]:
    """What is set, with the heap that a memory store in the text shows in the place of one that did not get there.

    ``lost``: keys that come too late as the text is read; they are marked with ``LATE``, as those that are shown are.

    >>> code = '.config("spark.driver.memory", "12g")'
    >>> log = "INFO MemoryStore: MemoryStore started with capacity 434.4 MiB"
    >>> in_force({"spark.driver.memory": 12 << 30}, code + chr(10) + log, ()) == {
    ...     "spark.driver.memory": 1 << 30, "late spark.driver.memory": 12 << 30}
    True
    """
    given = _FRACTION.search(text)
    fraction = float(given[1]) if given else float(MEMORY_FRACTION.default or 0)
    shown = largest_shown(text) if any(key in found for key in _KEYS) and fraction else {}
    made = dict(found)
    for key in _KEYS:
        if key not in found:
            continue
        if key in shown:
            size, line, all_of_it = shown[key]
            heap = size * MIB if all_of_it else size * MIB / fraction + _RESERVED
            said = _SAID[key].search(text)
            in_program = key == _KEYS[0] and _IN_A_PROGRAM.search(text)
            above = key in lost or in_program or (said is not None and text.count("\n", 0, said.start()) < line)
            if above and heap < FAR_BELOW * found[key]:
                made |= {key: round(heap / MIB) * MIB, f"{LATE} {key}": found[key]}
        elif key in lost:
            made[f"{LATE} {key}"] = found[key]
    return made


def is_late(key: str, asked: Mapping[str, int]) -> int:
    """What a text sets of a heap in vain [bytes]; 0 where it does not."""
    return asked.get(f"{LATE} {key}", 0)


def said_of(key: str, asked: Mapping[str, int]) -> str:
    """What is true of such a heap, and how it gets there.

    >>> said_of("spark.driver.memory", {"spark.driver.memory": 1 << 30, "late spark.driver.memory": 2 << 30})[:57]
    'It is about 1,024 MiB here, as the memory store shows: th'
    """
    late, now = is_late(key, asked), asked.get(key, 0)
    there = f"It is about {mib_text(now)} here, as the memory store shows: the" if now < late else "The"
    store = round(float(MEMORY_FRACTION.default or 0) * max(0, late - _RESERVED))
    return (f"{there} {mib_text(late)} that the text sets did not reach the JVM. Give them {_AT_START[key]}; the memory"
            f" store then starts with about {mib_text(store // MIB * MIB)}. ")  # fmt: skip
