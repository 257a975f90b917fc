"""The process outside the heap, as the JVM itself accounts for it."""

from tools.oracle.jvm import COLLECTORS

from ..experiment import JAVAS, Figures, experiment, size, text
from ..java import Java, Native, native_summary


@experiment(
    "native-memory-categories",
    question="Which parts of its memory does a JVM account for?",
    statement="Native memory tracking names heap, classes, threads, code, the collector's structures, the compiler, "
              "symbols and itself, in every version.",
    ran="-Xmx256m -XX:+UseG1GC -XX:NativeMemoryTracking=summary -XX:+PrintNMTStatistics -version",
    on=JAVAS,
    quick=True,
)
def native_memory_categories(java: Java) -> Figures:
    native = _at_exit(java, ["-Xmx256m", "-XX:+UseG1GC"])
    named = {name: size(committed) for name, committed in sorted(native.committed.items()) if name != "Total"}
    return {"names": text(", ".join(named)), "total": size(native.committed["Total"]), **named}


@experiment(
    "collector-structures",
    question="How much memory outside the heap do the collectors themselves take?",
    statement="With a committed heap of 1 GiB, G1 takes tens of MiB and Serial a few: the choice of a collector moves the "
              "memory overhead.",
    ran="-Xmx1g -Xms1g -XX:ActiveProcessorCount=4 with each collector, -XX:NativeMemoryTracking=summary "
        "-XX:+PrintNMTStatistics -version; category GC, committed",
    on=JAVAS,
)
def collector_structures(java: Java) -> Figures:
    return {name: size(_at_exit(java, ["-Xmx1g", "-Xms1g", "-XX:ActiveProcessorCount=4", *options]).committed["GC"])
            for name, options in COLLECTORS.items()}


def _at_exit(java: Java, options: list[str]) -> Native:
    """What a JVM with these options that does nothing accounts for at its end."""
    said = java.run([*options, "-XX:NativeMemoryTracking=summary", "-XX:+UnlockDiagnosticVMOptions",
                     "-XX:+PrintNMTStatistics"], "-version")
    assert said.returncode == 0, said.stderr + said.stdout
    return native_summary(said.stdout)
