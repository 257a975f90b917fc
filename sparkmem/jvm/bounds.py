"""The bounds of the JVM's flags that bear on memory, as each Java prints them (``-XX:+PrintFlagsRanges``).

A row is ``flag type least most``, for every Java that sparkmem knows; with ``25:`` before it, from that Java on.
"""

from __future__ import annotations

BOUNDS = """
CompressedClassSpaceSize size_t 1048576 3221225472 25:size_t:1048576:4294967296
ConcGCThreads uint 0 4294967295
G1HeapRegionSize size_t 0 33554432 18:size_t:0:536870912
G1MaxNewSizePercent uintx 0 100 25:uint:0:100
G1NewSizePercent uintx 0 100 25:uint:0:100
G1ReservePercent uintx 0 50 25:uint:0:50
GCTimeRatio uintx 0 4294967295 25:uint:0:4294967295
InitialCodeCacheSize uintx 4096 18446744073709551615
InitialHeapSize size_t 0 18446744073709551615
InitialRAMPercentage double 0 100
InitialSurvivorRatio uintx 0 18446744073709551615 25:uintx:3:18446744073709551615
InitiatingHeapOccupancyPercent uintx 0 100 25:uint:0:100
MaxDirectMemorySize uint64_t 0 9223372036854775807
MaxGCPauseMillis uintx 1 18446744073709551614
MaxHeapFreeRatio uintx 0 100
MaxMetaspaceSize size_t 0 18446744073709551615
MaxNewSize size_t 0 18446744073709551615
MaxRAM uint64_t 0 18446744073709551615
MaxRAMPercentage double 0 100
MaxTenuringThreshold uintx 0 16 25:uint:0:16
MetaspaceSize size_t 0 18446744073709551615
MinHeapFreeRatio uintx 0 100
MinRAMPercentage double 0 100
MinSurvivorRatio uintx 3 18446744073709551615
NewRatio uintx 0 18446744073709551614
NewSize size_t 0 18446744073709551615
ObjectAlignmentInBytes intx 8 256 18:int:8:256
ParallelGCThreads uint 0 4294967295 25:uint:0:2147483647
SurvivorRatio uintx 1 18446744073709551613
TieredStopAtLevel intx 0 4
SoftRefLRUPolicyMSPerMB intx 0 9223372036854775807
ThreadStackSize intx 0 1048576
"""

EXPERIMENTAL = frozenset({"G1NewSizePercent", "G1MaxNewSizePercent", "G1MixedGCLiveThresholdPercent", "UseEpsilonGC"})
"""Flags that only -XX:+UnlockExperimentalVMOptions opens, in every Java that is known here; UseZGC too, in Java 11."""

DIAGNOSTIC = frozenset({"PrintNMTStatistics"})
"""Flags that only -XX:+UnlockDiagnosticVMOptions opens."""

FIRST_IN = {"ZGenerational": 21}
"""The first Java, of those measured, that knows a flag."""
