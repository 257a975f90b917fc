"""Java options with which a JVM does not start, in its own words: out of bounds, malformed, locked, or at odds.

Held against running JVMs, 11 to 25, by tests/oracle/refused-flags.json.  A JVM says one thing and ends; so does this.
"""

from __future__ import annotations

import re
from functools import cache

from sparkmem.jvm.bounds import BOUNDS, DIAGNOSTIC, EXPERIMENTAL, FIRST_IN
from sparkmem.jvm.dead_flags import dead_flags, without_dead_flags
from sparkmem.jvm.flags import COLLECTOR_FLAGS, FlagError, heap_flags, jvm_size
from sparkmem.jvm.heap import collector_threads
from sparkmem.jvm.native_flags import native_flags
from sparkmem.release import JAVA_VERSIONS

IGNORE, UNLOCK = "-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UnlockExperimentalVMOptions"
UNLOCK_DIAGNOSTIC = "-XX:+UnlockDiagnosticVMOptions"
_LEAST_HEAP = 2 << 20  # one step of the heap's alignment
_TOO_LITTLE_METASPACE = 1 << 20  # with so much no JVM started; with how much more it does depends on what it loads
_DOUBLE = re.compile(r"([0-9]{1,9}(\.[0-9]{0,17})?|\.[0-9]{1,17})")
_WRITTEN_OUT = {
    "MaxHeapSize": "Invalid maximum heap size: -XX:{}",
    "ReservedCodeCacheSize": "Invalid maximum code cache size: -XX:{}.",
}


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
        said = _malformed(word, java) or _unknown(word, every, java)
        if said:
            return said
    for word in words:
        said = _out_of_bounds(word, java)
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
    return _at_odds(values, java, processors)


def _by_its_heap(options: str) -> str:
    """What was not recorded of an older Java is not said: only sizes of the heap that none can read."""
    try:
        heap_flags(options)
    except FlagError as error:
        return str(error)
    return ""


def _malformed(word: str, java: int) -> str:
    """A flag of a value that is none of its type."""
    name, has_value, value = word[4:].partition("=") if word.startswith("-XX:") else ("", "", "")
    if not has_value:
        return _without_value(word[4:], java) if word.startswith("-XX:") else ""
    kind = _bound(name, java)[0]
    if not kind and name not in _WRITTEN_OUT:
        return ""
    if kind == "double":
        well = bool(_DOUBLE.fullmatch(value.removeprefix("-") if java > 17 else value))
    else:
        whole = _whole(value, kind)
        wide = whole is not None and whole >> 32 and kind in ("uint", "int") and java > 17  # cut to 32 bits before
        well = whole is not None and not wide and (whole > 0 or name not in _WRITTEN_OUT)
    return "" if well else _WRITTEN_OUT.get(name, "Improperly specified VM option '{}'").format(word[4:])


def _without_value(flag: str, java: int) -> str:
    """A flag that wants a value and has none, or a switch without its sign."""
    if flag[:1] in ("+", "-") and _bound(flag[1:], java)[0]:
        return f"Unexpected +/- setting in VM option '{flag[1:]}'"
    if _bound(flag, java)[0]:
        return f"Improperly specified VM option '{flag}'"
    return f"Missing +/- setting for VM option '{flag}'" if flag in COLLECTOR_FLAGS else ""


def _unknown(word: str, words: frozenset[str], java: int) -> str:
    """A flag that this Java has not, or that another flag has to open."""
    name = word[4:].lstrip("+-").partition("=")[0] if word.startswith("-XX:") else ""
    if IGNORE not in words and dead_flags(word, java):
        return dead_flags(word, java)[0]
    if IGNORE not in words and java < FIRST_IN.get(name, 0):
        return f"Unrecognized VM option '{word[4:].lstrip('+-')}'"
    if name in DIAGNOSTIC and UNLOCK_DIAGNOSTIC not in words:
        return f"Error: VM option '{name}' is diagnostic and must be enabled via {UNLOCK_DIAGNOSTIC}."
    if (name in EXPERIMENTAL or (name == "UseZGC" and java < 15)) and UNLOCK not in words:
        return f"Error: VM option '{name}' is experimental and must be enabled via {UNLOCK}."
    return ""


def _out_of_bounds(word: str, java: int) -> str:
    name, has_value, value = word[4:].partition("=") if word.startswith("-XX:") else ("", "", "")
    kind, least, most = _bound(name, java) if has_value else ("", 0, 0)
    if not kind:
        return ""
    if kind == "double":
        number = float(value)
        if least <= number <= most:
            return ""
        return f"double {name}={number:f} is outside the allowed range [ {least:f} ... {most:f} ]"
    whole = _whole(value, kind)
    if whole is not None and kind in ("uint", "int"):
        whole %= 1 << 32  # as 11 and 17 keep it, unseen
    if whole is None or least <= whole <= most:
        return ""
    return f"{kind} {name}={whole} is outside the allowed range [ {least} ... {most} ]"


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


MOST_HEAP = 100 << 40
"""Bytes with which no JVM started: on x86-64 a process has addresses of 47 bits, for all that it holds."""

_SIZE, _SHIFTS = re.compile(r"([0-9]{1,20})([kKmMgGtT]?)"), {"": 0, "k": 10, "m": 20, "g": 30, "t": 40}


def _whole(text: str, kind: str) -> int | None:
    """The number that the JVM reads; a minus only where the type has one."""
    minus = text.startswith("-") and kind in ("intx", "int")
    try:
        found = jvm_size(text.removeprefix("-") if minus else text)
    except FlagError:
        return _unsigned(text)
    return -found if minus else found


def _unsigned(text: str) -> int | None:
    """A number between the most of a signed and that of an unsigned long; such a size is read, if it has no unit."""
    found = int(text) if text.isascii() and text.isdigit() and len(text) <= 20 else -1
    return found if 0 <= found < 1 << 64 else None


@cache
def _bound(name: str, java: int) -> tuple[str, int, int]:
    """The type of a flag and its bounds in that Java; "" for one that is not known here."""
    found = ("", 0, 0)
    for row in BOUNDS.strip().splitlines():
        flag, kind, least, most, *later = row.split()
        if flag == name:
            found = (kind, int(least), int(most))
            for change in later:
                first, kind, least, most = change.split(":")
                found = (kind, int(least), int(most)) if java >= int(first) else found
    return found


def _at_odds(values: dict[str, str], java: int, processors: int) -> str:
    """Flags that are fine each, and not together."""
    least, most = int(values.get("MinHeapFreeRatio") or 40), int(values.get("MaxHeapFreeRatio") or 70)
    if least > most:
        return f"MinHeapFreeRatio ({least}) must be less than or equal to MaxHeapFreeRatio ({most})"
    if values.get("MaxMetaspaceSize") and jvm_size(values["MaxMetaspaceSize"]) <= _TOO_LITTLE_METASPACE:
        return "MaxMetaspaceSize is too small." if java < 17 else "OutOfMemoryError: Metaspace"
    first, code = (
        jvm_size(values[name]) if values.get(name) else None for name in ("InitialCodeCacheSize", "ReservedCodeCacheSize")
    )
    if first is not None and code is not None and code < first:
        return f"Invalid ReservedCodeCacheSize: {code >> 10}K. Must be at least InitialCodeCacheSize={first >> 10}K."
    if values.get("NewRatio") == "0" and values.keys() & {"+UseSerialGC", "+UseParallelGC"}:
        return "Invalid young gen ratio specified"
    alignment = int(values.get("ObjectAlignmentInBytes") or 8)
    if alignment & (alignment - 1):
        return f"ObjectAlignmentInBytes ({alignment}) must be power of 2"
    workers = int(values.get("ParallelGCThreads") or collector_threads(processors)) % (1 << 32)
    if not workers and values.get("ParallelGCThreads"):
        if "+UseParallelGC" in values:
            return "The Parallel GC can not be combined with -XX:ParallelGCThreads=0"
        if "+UseG1GC" in values or not values.keys() & {f"+{name}" for name in COLLECTOR_FLAGS}:
            return "The flag -XX:+UseG1GC can not be combined with -XX:ParallelGCThreads=0"
    concurrent = int(values.get("ConcGCThreads") or 0) % (1 << 32)
    if java < 21 and concurrent > (workers or _MOST_WORKERS):
        threads = f"ParallelGCThreads ({workers})" if workers else "ParallelGCThreads"
        return f"ConcGCThreads ({concurrent}) must be less than or equal to {threads}"
    return ""


_MOST_WORKERS = collector_threads(1024)
"""Of a machine of which nothing is known."""
