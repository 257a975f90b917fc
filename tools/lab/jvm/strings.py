"""Interned strings."""

from ..experiment import JAVAS, Figures, count, experiment, size
from ..java import Java

STRINGS = 1_000_000


@experiment(
    "interned-strings",
    question="Where do interned strings live?",
    statement="Interned strings live on the heap and are collected there; only the entries of the string table, "
              "some tens of bytes for each string, are native memory.",
    ran="-Xmx512m -XX:+UseG1GC -XX:NativeMemoryTracking=summary; 1,000,000 different strings interned and kept; "
        "the heap after full collections, and the category Symbol of native memory tracking, before and after",
    on=JAVAS,
)
def interned_strings(java: Java) -> Figures:
    options = ["-Xmx512m", "-XX:+UseG1GC", "-XX:NativeMemoryTracking=summary"]
    with java.running(options, "Interned", str(STRINGS)) as probe:
        heap = probe.step(go=False)["heap"]
        native = probe.native().committed["Symbol"]
        heap_interned = probe.step()["heap"]
        native_interned = probe.native().committed["Symbol"]
        heap_dropped = probe.step()["heap"]
    return {
        "strings": count(STRINGS),
        "heap-growth": size(heap_interned - heap),
        "native-growth": size(native_interned - native),
        "native-per-string": size((native_interned - native) // STRINGS),
        "heap-after-dropping": size(heap_dropped),
    }
