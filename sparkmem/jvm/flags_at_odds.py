"""Flags that are fine each, and with which together a JVM does not start, in its own words."""

from __future__ import annotations

from sparkmem.jvm.flags import COLLECTOR_FLAGS, jvm_size
from sparkmem.jvm.heap import collector_threads

_TOO_LITTLE_METASPACE = 1 << 20  # with so much no JVM started; with how much more it does depends on what it loads
_MOST_WORKERS = collector_threads(1024)
"""Of a machine of which nothing is known."""


def at_odds(values: dict[str, str], java: int, processors: int) -> str:
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
