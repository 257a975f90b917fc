"""Java options with which a JVM does not start, in its own words: out of bounds, malformed, locked, or at odds.

Held against running JVMs, 11 to 25, by tests/oracle/refused-flags.json.  A JVM says one thing and ends; so does this.
"""

from __future__ import annotations

import re

from sparkmem.jvm.dead_flags import without_dead_flags
from sparkmem.jvm.flags import FlagError, heap_flags
from sparkmem.jvm.flags_at_odds import at_odds
from sparkmem.jvm.native_flags import native_flags
from sparkmem.jvm.refused_flags import IGNORE, malformed, out_of_bounds, unknown
from sparkmem.release import JAVA_VERSIONS

MOST_HEAP = 100 << 40
"""Bytes with which no JVM started: on x86-64 a process has addresses of 47 bits, for all that it holds."""
_SIZE, _SHIFTS = re.compile(r"([0-9]{1,20})([kKmMgGtT]?)"), {"": 0, "k": 10, "m": 20, "g": 30, "t": 40}
_LEAST_HEAP = 2 << 20  # one step of the heap's alignment


def refused_options(options: str, java: int, processors: int = 0) -> str:
    """What a JVM of that version says of these options; "" where it starts with them, as far as is known here.

    >>> refused_options("-XX:+UseG1GC -XX:MaxRAMPercentage=500", 17)
    'double MaxRAMPercentage=500.000000 is outside the allowed range [ 0.000000 ... 100.000000 ]'
    >>> refused_options("-XX:MaxDirectMemorySize=1.5g", 21)
    "Improperly specified VM option 'MaxDirectMemorySize=1.5g'"
    >>> refused_options("-XX:ConcGCThreads=1000", 17)  # on a machine of which nothing is known
    'ConcGCThreads (1000) must be less than or equal to ParallelGCThreads'
    """
    if java < JAVA_VERSIONS[0]:
        return _by_its_heap(options)
    if IGNORE in options.split():
        options = without_dead_flags(options, java)
    words = [word.strip("\"'") for word in options.split()]
    every = frozenset(words)
    for word in words:
        said = malformed(word, java) or unknown(word, every, java)
        if said:
            return said
    for word in words:
        said = out_of_bounds(word, java)
        if said:
            return said
    said = _beyond_addresses(words, java)
    if said:
        return said
    try:
        heap = heap_flags(options)
        native_flags(options, java=java)
    except FlagError as error:
        return str(error)
    if heap.max_heap_bytes is not None and heap.max_heap_bytes < _LEAST_HEAP:
        return "Too small maximum heap"
    if heap.initial_heap_bytes and heap.initial_heap_bytes < _LEAST_HEAP >> 1:
        return "Too small initial heap"
    if "-Xss0" in words and java < 17:
        return "java.lang.StackOverflowError"
    if heap.max_heap_bytes is not None and (heap.initial_heap_bytes or 0) > heap.max_heap_bytes:
        return "Initial heap size set to a larger value than the maximum heap size"
    values = {word[4:].partition("=")[0]: word.partition("=")[2] for word in words if word.startswith("-XX:")}
    return at_odds(values, java, processors)


def _by_its_heap(options: str) -> str:
    """What was not recorded of an older Java is not said: only sizes of the heap that none can read."""
    try:
        heap_flags(options)
    except FlagError as error:
        return str(error)
    return ""


def _beyond_addresses(words: list[str], java: int) -> str:
    """A heap of more than a process can address."""
    for word in reversed(words):
        size = word.removeprefix("-Xmx") if word.startswith("-Xmx") else word.removeprefix("-XX:MaxHeapSize=")
        if size != word:
            match = _SIZE.fullmatch(size)
            heap = int(match[1]) << _SHIFTS[match[2].lower()] if match else 0
            return beyond_addresses(heap, java) if heap < 1 << 64 else ""
    return ""


def beyond_addresses(heap_bytes: int, java: int) -> str:
    """What a JVM says of a heap that no process can address; "" of a smaller one.

    >>> beyond_addresses(200 << 40, 17)
    'Could not reserve enough space for 214748364800KB object heap'
    """
    if heap_bytes < MOST_HEAP:
        return ""
    return f"Could not reserve enough space for {heap_bytes >> 10}{' ' if java >= 25 else ''}KB object heap"
