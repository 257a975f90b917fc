"""The heap: reserved at the start, taken from the system and given back while the process runs."""

from tools.oracle.jvm import COLLECTORS

from ..experiment import JAVAS, Figures, experiment, size, text, yes
from ..java import Java, native_summary, settled

LOAD = 300


@experiment(
    "heap-reserved-at-start",
    question="Is the heap created when the JVM starts?",
    statement="Its addresses are reserved in full, and memory is committed for little more than the initial heap.",
    ran="-Xmx1g -Xms64m -XX:+UseG1GC -XX:NativeMemoryTracking=summary -XX:+PrintNMTStatistics -version",
    on=JAVAS,
    quick=True,
)
def heap_reserved_at_start(java: Java) -> Figures:
    said = java.run(["-Xmx1g", "-Xms64m", "-XX:+UseG1GC", "-XX:NativeMemoryTracking=summary",
                     "-XX:+UnlockDiagnosticVMOptions", "-XX:+PrintNMTStatistics"], "-version")
    native = native_summary(said.stdout)
    return {"xmx": size(1 << 30), "xms": size(64 << 20), "reserved": size(native.reserved["Java Heap"]),
            "committed": size(native.committed["Java Heap"])}


@experiment(
    "heap-grows-and-shrinks",
    question="Does the heap change its size while the process runs?",
    statement="It grows under load with every collector.  When the load is gone, full collections bring it back near its "
              "initial size under G1 and Serial; Parallel keeps nearly all of it.  What Runtime.maxMemory reports stays the "
              "same under G1 and Serial, while under Parallel it may move with the survivor spaces.",
    ran="-Xmx512m -Xms32m with G1, Parallel and Serial; 300 MiB of arrays kept, dropped, then "
        "System.gc() once and five times more; resident memory three seconds later",
    on=JAVAS,
)
def heap_grows_and_shrinks(java: Java) -> Figures:
    figures: Figures = {"load": size(LOAD << 20)}
    for name in ("g1", "parallel", "serial"):
        with java.running(["-Xmx512m", "-Xms32m", *COLLECTORS[name]], "GrowAndShrink", str(LOAD)) as probe:
            steps = [probe.step(go=False)] + [probe.step() for _ in range(4)]
            settled(3)  # G1 gives memory back in the background
            resident = probe.resident_bytes()
        at_start, loaded, dropped, collected, again = steps
        figures |= {
            f"{name}-committed-at-start": size(at_start["committed"]),
            f"{name}-committed-loaded": size(loaded["committed"]),
            f"{name}-committed-dropped": size(dropped["committed"]),
            f"{name}-committed-collected-once": size(collected["committed"]),
            f"{name}-committed-at-end": size(again["committed"]),
            f"{name}-resident-at-end": size(resident),
            f"{name}-least-max-memory": size(min(step["max"] for step in steps)),
            f"{name}-most-max-memory": size(max(step["max"] for step in steps)),
        }
    return figures


@experiment(
    "compressed-references",
    question="Where is the border at which references double in size?",
    statement="References are compressed to 4 bytes in a heap of 31 GiB, and are not from 32767 MiB on: the border is "
              "some MiB below 32 GiB.",
    ran="-Xmx31g, 32767m, 32g and 33g -XX:+UseG1GC -Xms32m -XX:+PrintFlagsFinal -version: UseCompressedOops",
    on=JAVAS,
    quick=True,
)
def compressed_references(java: Java) -> Figures:
    sizes = ("31g", "32767m", "32g", "33g")
    return {xmx: yes(java.flags(f"-Xmx{xmx}", "-Xms32m", "-XX:+UseG1GC")["UseCompressedOops"] == "true") for xmx in sizes}


@experiment(
    "object-sizes",
    question="How much larger do objects become when references are not compressed?",
    statement="A reference in an array takes 4 bytes compressed and 8 otherwise; a small object with two references grows "
              "by a quarter or more.",
    ran="-Xmx256m -XX:+UseSerialGC with -XX:+UseCompressedOops and with -XX:-UseCompressedOops; an array of a million "
        "references, then a million objects of two references each",
    on=JAVAS,
)
def object_sizes(java: Java) -> Figures:
    figures: Figures = {}
    for name, flag in (("compressed", "+"), ("plain", "-")):
        with java.running(["-Xmx256m", "-XX:+UseSerialGC", f"-XX:{flag}UseCompressedOops"], "Objects") as probe:
            found = probe.step(go=False)
        figures[f"{name}-reference"] = size(round(found["references"] / 1e6))
        figures[f"{name}-object"] = size(round(found["pairs"] / 1e6))
    return figures


@experiment(
    "default-collector",
    question="Which collector does a JVM choose unasked?",
    statement="G1 where it sees two processors or more (and memory enough), Serial where it sees one: an executor or a "
              "driver in a container of one processor gets Serial.",
    ran="-Xmx1g with -XX:ActiveProcessorCount=1, 2 and 4, -XX:+PrintFlagsFinal -version",
    on=JAVAS,
    quick=True,
)
def default_collector(java: Java) -> Figures:
    return {f"processors-{processors}": text(chosen(java.flags("-Xmx1g", f"-XX:ActiveProcessorCount={processors}")))
            for processors in (1, 2, 4)}


def chosen(flags: dict[str, str]) -> str:
    """The name of the collector that these flags have switched on."""
    return next(name for name, options in COLLECTORS.items() if flags.get(options[-1].removeprefix("-XX:+")) == "true")
