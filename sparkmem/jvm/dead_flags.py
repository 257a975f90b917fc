"""Flags of old guides to tuning that a later JVM does not know: with one of them, it does not start."""

from __future__ import annotations

# The first Java, of those measured, that refuses the flag; recorded by the experiment dead-flags and by the oracle.
GONE_IN = {
    "UseParNewGC": 11,
    "PrintGCDateStamps": 11,
    "PrintGCTimeStamps": 11,
    "PrintAdaptiveSizePolicy": 11,
    "PrintTenuringDistribution": 11,
    "PrintGCApplicationStoppedTime": 11,
    "PrintHeapAtGC": 11,
    "G1SummarizeConcMark": 11,
    "G1SummarizeRSetStats": 11,
    "UseGCLogFileRotation": 11,
    "UseCGroupMemoryLimitForHeap": 11,
    "UseStringCache": 11,
    "UseCompressedStrings": 11,
    "MaxPermSize": 17,
    "PermSize": 17,
    "UseConcMarkSweepGC": 17,
    "CMSInitiatingOccupancyFraction": 17,
    "CMSClassUnloadingEnabled": 17,
    "UseParallelOldGC": 17,
    "AggressiveOpts": 17,
    "UseBiasedLocking": 21,
    "CMSFullGCsBeforeCompaction": 11,
    "CMSIncrementalMode": 11,
    "ExplicitGCInvokesConcurrentAndUnloadsClasses": 11,
    "G1LogLevel": 11,
    "G1PrintHeapRegions": 11,
    "G1PrintRegionLivenessInfo": 11,
    "GCLogFileSize": 11,
    "NumberOfGCLogFiles": 11,
    "ParallelCMSThreads": 11,
    "PrintClassHistogramAfterFullGC": 11,
    "PrintClassHistogramBeforeFullGC": 11,
    "PrintFLSStatistics": 11,
    "PrintGCApplicationConcurrentTime": 11,
    "PrintGCCause": 11,
    "PrintGCTaskTimeStamps": 11,
    "PrintPLAB": 11,
    "PrintParallelOldGCPhaseTimes": 11,
    "PrintPromotionFailure": 11,
    "PrintReferenceGC": 11,
    "PrintStringDeduplicationStatistics": 11,
    "PrintTLAB": 11,
    "UseAutoGCSelectPolicy": 11,
    "UseCMSCompactAtFullCollection": 11,
    "UseFastAccessorMethods": 11,
    "UseFastEmptyMethods": 11,
    "UseOldInlining": 11,
    "UseSplitVerifier": 11,
    "BindGCTaskThreadsToCPUs": 17,
    "CMSConcurrentMTEnabled": 17,
    "CMSMaxAbortablePrecleanTime": 17,
    "CMSParallelRemarkEnabled": 17,
    "CMSScavengeBeforeRemark": 17,
    "CMSTriggerRatio": 17,
    "PrintSafepointStatistics": 17,
    "PrintSafepointStatisticsCount": 17,
    "TraceClassLoading": 17,
    "TraceClassUnloading": 17,
    "UseAdaptiveGCBoundary": 17,
    "UseCMSInitiatingOccupancyOnly": 17,
    "UseGCTaskAffinity": 17,
    "UseLWPSynchronization": 17,
    "UseLargePagesInMetaspace": 17,
    "BiasedLockingStartupDelay": 21,
    "DefaultMaxRAMFraction": 25,
    "InitialRAMFraction": 25,
    "MaxRAMFraction": 25,
    "MinRAMFraction": 25,
    "ScavengeBeforeFullGC": 25,
    "UseHugeTLBFS": 25,
    "UseSHM": 25,
}
_PASSED_OVER = "-XX:+IgnoreUnrecognizedVMOptions"


def dead_flags(options: str, java: int) -> list[str]:
    """What a JVM of that version says of each flag that stops it, in its own words.

    >>> dead_flags("-XX:+UseG1GC -XX:+PrintGCDateStamps -XX:MaxPermSize=256m", 17)
    ["Unrecognized VM option 'PrintGCDateStamps'", "Unrecognized VM option 'MaxPermSize=256m'"]
    """
    words = options.split()
    if _PASSED_OVER in words:
        return []
    return [f"Unrecognized VM option '{_flag(word)}'" for word in words if _is_dead(word, java)]


def without_dead_flags(options: str, java: int) -> str:
    """The options as a JVM of that version takes them that is told to pass over what it does not know.

    >>> without_dead_flags("-XX:+UseConcMarkSweepGC -XX:+UseG1GC", 17)
    '-XX:+UseG1GC'
    """
    return " ".join(word for word in options.split() if not _is_dead(word, java))


def _flag(word: str) -> str:
    return word.removeprefix("-XX:").lstrip("+-")


def _is_dead(word: str, java: int) -> bool:
    return word.startswith("-XX:") and java >= GONE_IN.get(_flag(word).partition("=")[0], java + 1)
