"""What a JVM takes where no flag says, and the pages name: sizes outside the heap, shares of it, limits of collectors.

As recorded on OpenJDK 11, 17, 21 and 25, 64-bit Linux on x86, with four processors; the same in all four.
"""

from sparkmem.facts import Fact, Number
from sparkmem.size import GIB, MIB

_GLOBALS = "src/hotspot/share/runtime/globals.hpp"
_GC = "src/hotspot/share/gc/shared/gc_globals.hpp"
_G1 = "src/hotspot/share/gc/g1/g1_globals.hpp"


def _jvm(name: str, meaning: str, unit: str, value: Number, path: str) -> Fact:
    return Fact(name, meaning, unit, (("2.4", value),), path, name, "OpenJDK")


JVM_DEFAULTS: dict[str, Fact] = {
    fact.name: fact
    for fact in (
        _jvm(
            "ReservedCodeCacheSize", "most that compiled code may take", "bytes", 240 * MIB,
            "src/hotspot/share/compiler/compilerDefinitions.cpp",
        ),
        _jvm("CompressedClassSpaceSize", "most that the class space of metaspace may take", "bytes", GIB, _GLOBALS),
        _jvm(
            "ThreadStackSize", "address space of one thread's stack", "bytes", MIB,
            "src/hotspot/os_cpu/linux_x86/globals_linux_x86.hpp",
        ),
        _jvm("MinHeapFreeRatio", "least free share of the heap after a collection that sizes it", "percent", 40, _GLOBALS),
        _jvm("MaxHeapFreeRatio", "most free share of the heap after a collection that sizes it", "percent", 70, _GLOBALS),
        _jvm("MaxRAMPercentage", "share of the memory that becomes the largest heap without -Xmx", "percent", 25, _GC),
        _jvm("GCTimeLimit", "Parallel: share of time in collections from which it gives up", "percent", 98, _GC),
        _jvm("GCHeapFreeLimit", "Parallel: free share of the heap below which it gives up", "percent", 2, _GC),
        _jvm("InitiatingHeapOccupancyPercent", "occupancy at which G1 first starts to mark", "percent", 45, _GC),
        _jvm("G1NewSizePercent", "G1: least of the heap that is young", "percent", 5, _G1),
        _jvm("G1ReservePercent", "G1: share of the heap kept free for copying", "percent", 10, _G1),
        _jvm("MaxTenuringThreshold", "collections after which a survivor becomes old", "times", 15, _GC),
    )
}  # fmt: skip
