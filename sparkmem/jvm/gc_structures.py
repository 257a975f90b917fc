"""What a collector keeps outside the heap for itself: measured, since no flag sizes it.

Committed by a JVM that does nothing, with all of its heap committed at once (``collectors`` in
tests/oracle/native-memory.json, x86-64; of CMS and Epsilon in rare-collectors.json).
A heap that has not grown yet has less; G1's remembered sets, which follow
what is in the heap, come on top and are not modelled.
"""

from __future__ import annotations

from sparkmem.jvm.heap import collector_threads
from sparkmem.release import JAVA_VERSIONS
from sparkmem.size import KIB, MIB

_HEAPS_MIB = (512, 1024, 4096, 16384)
_PROCESSORS = 4

# By collector and Java: committed [KiB] with heaps of these sizes and four processors, and more for each thread of the
# collector [KiB].
_MEASURED: dict[str, dict[int, tuple[tuple[int, int, int, int], int]]] = {
    "g1": {
        11: ((62184, 83362, 208029, 683856), 2122),
        17: ((61970, 82877, 206681, 682347), 2123),
        21: ((53068, 65082, 130136, 376415), 2122),
        25: ((51686, 62284, 124507, 370786), 2130),
    },
    "parallel": {
        11: ((35187, 54343, 169271, 628983), 3202),
        17: ((35186, 54342, 169270, 628982), 3204),
        21: ((31976, 51132, 166060, 625772), 3204),
        25: ((22254, 32194, 91826, 330354), 3077),
    },
    "serial": {
        11: ((1732, 3440, 13680, 54640), 0),
        17: ((1718, 3426, 13666, 54626), 0),
        21: ((1714, 3422, 13662, 54622), 0),
        25: ((1713, 3421, 13661, 54621), 0),
    },
    "z": {
        11: ((16471, 16535, 16535, 16535), 0),
        17: ((65617, 65617, 65681, 65681), 7),
        21: ((65618, 65618, 65618, 65619), 7),
        25: ((208, 322, 999, 3712), 3),
    },
    "shenandoah": {
        11: ((10662, 18854, 68006, 264610), 687),
        17: ((18860, 35244, 133549, 526760), 688),
        21: ((18866, 35249, 133553, 526766), 688),
        25: ((19146, 35533, 133836, 527049), 688),
    },
    "cms": {11: ((10561, 12682, 24970, 74122), 2300)},
    "epsilon": {11: ((14,) * 4, 0), 17: ((1,) * 4, 0), 21: ((1,) * 4, 0), 25: ((1,) * 4, 0)},
}


def gc_structures(gc: str, java: int, heap_bytes: int, processors: int) -> int:
    """Bytes committed for the collector beside a heap: between two heaps that were measured, on the line through them.

    Below the smallest and above the largest the line goes on.  Within 3 % of what was measured at 2 and 8 GiB;
    CMS's with more threads within 5 %.

    >>> gc_structures("g1", 17, 1024 * MIB, 4) // MIB, gc_structures("serial", 17, 1024 * MIB, 4) // MIB
    (80, 3)
    """
    sizes_kib, each_kib = _MEASURED[gc][max(java, JAVA_VERSIONS[0])]  # Java 8 as the oldest that was measured
    place = sum(heap_bytes > mib * MIB for mib in _HEAPS_MIB[1:-1])
    low, high = _HEAPS_MIB[place] * MIB, _HEAPS_MIB[place + 1] * MIB
    first, second = sizes_kib[place] * KIB, sizes_kib[place + 1] * KIB
    on_the_line = first + (second - first) * (heap_bytes - low) // (high - low)
    threads = 0 if gc == "serial" else collector_threads(processors) - collector_threads(_PROCESSORS)
    return max(on_the_line + threads * each_kib * KIB, 0)
