"""Flags: what a JVM sets unasked, and which of those that old guides give it still takes."""

from ..experiment import JAVAS, Figures, count, experiment, size, text, yes
from ..java import Java

DEAD_FLAGS = (
    "MaxPermSize=256m", "PermSize=64m", "+UseConcMarkSweepGC", "+UseParNewGC", "CMSInitiatingOccupancyFraction=70",
    "+CMSClassUnloadingEnabled", "+UseParallelOldGC", "+PrintGCDetails", "+PrintGCDateStamps", "+PrintGCTimeStamps",
    "+PrintAdaptiveSizePolicy", "+G1SummarizeConcMark", "+G1SummarizeRSetStats", "+UseGCLogFileRotation",
    "+AggressiveOpts", "+UseBiasedLocking", "+UseCGroupMemoryLimitForHeap", "+UseStringCache", "+UseCompressedStrings",
    "InitiatingHeapOccupancyPercent=35", "+UseStringDeduplication", "+PrintFlagsFinal",
)
"""Flags of guides to tuning Spark, most of them gone from later JVMs."""


@experiment(
    "dead-flags",
    question="Does a JVM still start with the flags of old guides to tuning?",
    statement="Of the flags that guides from the time of Java 8 give, many stop a later JVM from starting; "
              "others are ignored with a warning.",
    ran="-XX:FLAG -version, one JVM for each flag; the first line that names the flag",
    on=JAVAS,
    quick=True,
)
def dead_flags(java: Java) -> Figures:
    figures: Figures = {}
    for flag in DEAD_FLAGS:
        said = java.run([f"-XX:{flag}"], "-version")
        name = flag.lstrip("+-").partition("=")[0]
        figures[f"{name}-starts"] = yes(said.returncode == 0)
        words = [line for line in (said.stderr + said.stdout).splitlines() if name in line and " = " not in line]
        if words:
            figures[f"{name}-text"] = text(words[0])
    return figures


SIZES = ("ReservedCodeCacheSize", "CompressedClassSpaceSize", "MaxMetaspaceSize", "MetaspaceSize", "MaxDirectMemorySize")
KIB_SIZES = ("ThreadStackSize", "VMThreadStackSize", "CompilerThreadStackSize")


@experiment(
    "default-flags",
    question="What sizes does a JVM take when nobody sets them?",
    statement="240 MiB of addresses for compiled code, 1 GiB for compressed classes, no limit for metaspace, "
              "1 MiB for a stack, a quarter of the machine's memory for the heap.",
    ran="-XX:ActiveProcessorCount=4 -Xmx1g -XX:+PrintFlagsFinal -version",
    on=JAVAS,
    quick=True,
)
def default_flags(java: Java) -> Figures:
    flags = java.flags("-XX:ActiveProcessorCount=4", "-Xmx1g")
    figures = {name: size(int(flags[name])) for name in SIZES if int(flags[name]) < 1 << 62}
    figures |= {name: size(int(flags[name]) << 10) for name in KIB_SIZES}
    figures["MaxMetaspaceSize-unlimited"] = yes(int(flags["MaxMetaspaceSize"]) >= 1 << 62)
    figures["MaxRAMPercentage"] = count(int(float(flags["MaxRAMPercentage"])))
    figures["MinHeapFreeRatio"] = count(int(flags["MinHeapFreeRatio"]))
    figures["MaxHeapFreeRatio"] = count(int(flags["MaxHeapFreeRatio"]))
    figures["GCTimeLimit"] = count(int(flags["GCTimeLimit"]))
    figures["GCHeapFreeLimit"] = count(int(flags["GCHeapFreeLimit"]))
    return figures
