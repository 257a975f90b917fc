"""What JVMs say when heap or metaspace run out."""

import subprocess

from tools.oracle.jvm import COLLECTORS

from ..experiment import JAVAS, Figures, count, experiment, text
from ..java import Java

_NAMES = ("g1", "parallel", "serial", "z", "shenandoah")
SECONDS = 60


@experiment(
    "heap-exhausted",
    question="What does a JVM say when small objects fill the heap?",
    statement="`Java heap space` from every collector but Parallel, which says `GC overhead limit exceeded` where it "
              "notices in time that it only collects; no other collector has that limit in these versions.",
    ran="-Xmx64m with each collector; a HashMap that grows until the JVM throws, for at most a minute",
    on=JAVAS,
)
def heap_exhausted(java: Java) -> Figures:
    figures: Figures = {}
    for name in _NAMES:
        try:
            said = java.run(["-Xmx64m", *COLLECTORS[name]], "Fill", "map", timeout=SECONDS)
        except subprocess.TimeoutExpired:
            figures[name] = text(f"nothing within {SECONDS} s")
            continue
        figures[name] = text(_thrown(said.stderr))
        figures[f"{name}-exit-code"] = count(said.returncode)
    return figures


@experiment(
    "array-too-large",
    question="What does a JVM say when one array does not fit?",
    statement="An array larger than the heap gives `Java heap space` at once; one of the largest length gives "
              "`Requested array size exceeds VM limit`, whatever the heap.",
    ran="-Xmx64m -XX:+UseG1GC; new long[16 Mi], then new long[2147483647]",
    on=JAVAS,
)
def array_too_large(java: Java) -> Figures:
    larger = java.run(["-Xmx64m", "-XX:+UseG1GC"], "Fill", str(16 << 20))
    largest = java.run(["-Xmx64m", "-XX:+UseG1GC"], "Fill", str((1 << 31) - 1))
    return {"larger-than-heap": text(_thrown(larger.stderr)), "largest-length": text(_thrown(largest.stderr))}


@experiment(
    "metaspace-exhausted",
    question="What does a JVM say when -XX:MaxMetaspaceSize is reached?",
    statement="An OutOfMemoryError that names Metaspace, or, where compressed class pointers have a space of their own "
              "that fills first, Compressed class space; the heap has room.",
    ran="-Xmx256m -XX:MaxMetaspaceSize=24m, and -Xmx256m -XX:CompressedClassSpaceSize=2m; "
        "one class loaded again and again, each time by a new loader that is kept",
    on=JAVAS,
)
def metaspace_exhausted(java: Java) -> Figures:
    metaspace = java.run(["-Xmx256m", "-XX:MaxMetaspaceSize=24m"], "Metaspace")
    classes = java.run(["-Xmx256m", "-XX:CompressedClassSpaceSize=2m"], "Metaspace")
    return {"metaspace": text(_thrown(metaspace.stderr)), "class-space": text(_thrown(classes.stderr))}


def _thrown(printed: str) -> str:
    """The last OutOfMemoryError in what was printed, without where it was thrown."""
    lines = [line for line in printed.splitlines() if "OutOfMemoryError" in line]
    assert lines, f"no OutOfMemoryError in {printed[-500:]}"
    found = lines[-1]
    return found[found.index("java.lang.OutOfMemoryError"):]
