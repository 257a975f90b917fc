"""What the search for a number goes through: usual sizes, the JVMs that differ, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass

from sparkmem.jvm.collectors import java_heap
from sparkmem.jvm.flags import HeapFlags
from sparkmem.release import BY_RULE, JAVA_VERSIONS
from sparkmem.size import GIB, MIB

MACHINE_BYTES = 16 * GIB  # decides the first size of a heap, which bears on Parallel with small heaps only

_FAVOURITE_GIB = (1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 18, 20, 24, 28, 30, 32, 40, 48, 64)
_FURTHER_GIB = (*range(1, 65), 72, 80, 96, 100, 110, 112, 120, 128, 144, 160, 180, 192, 200, 224, 240, 256, 384, 512)
_ODD_MIB = (450, 500, 512, 600, 640, 700, 768, 800, 900, 1200, 1280, *(512 * n for n in range(3, 65, 2)))
_THOUSANDS_MIB = tuple(1000 * n for n in (*range(1, 33), 40, 48, 50, 60, 64, 100))

COMMON_MIB: dict[int, int] = {}
"""Sizes that people give a heap [MiB], and how far from the most usual ones they are, 0 to 2."""
for _mib in (*_ODD_MIB, *_THOUSANDS_MIB):
    COMMON_MIB[_mib] = 2
for _gib in _FURTHER_GIB:
    COMMON_MIB[_gib << 10] = 0 if _gib in _FAVOURITE_GIB else 1
SORTED_MIB = tuple(sorted(COMMON_MIB))

OFF_HEAP_BYTES = tuple(
    mib * MIB
    for mib in (
        1024,
        2048,
        4096,
        512,
        256,
        8192,
        3072,
        6144,
        10240,
        16384,
        5120,
        1536,
        12288,
        20480,
        24576,
        32768,
        49152,
        65536,
    )
)
"""Sizes that people give off-heap memory, the most usual first."""


@dataclass(frozen=True)
class Variant:
    """A JVM as far as its heap depends on it; ``full`` starts with all of its heap."""

    gc: str
    java: int
    full: bool = False

    @property
    def javas(self) -> tuple[int, ...]:
        """The Java versions for which it stands; only G1 differs between them."""
        if self.gc == "g1" and self.java >= 17:
            return tuple(java for java in JAVA_VERSIONS if java >= 17)
        return JAVA_VERSIONS if self.gc not in ("g1", "cms") else (self.java,)

    def max_memory(self, mib: int) -> int:
        """What it reports for a heap of so many MiB [bytes]."""
        flags = HeapFlags(initial_heap_bytes=mib * MIB) if self.full else HeapFlags()
        return java_heap(mib * MIB, self.gc, self.java, flags, MACHINE_BYTES).max_memory_bytes


def variants(gc: str, java: int | None) -> list[Variant]:
    """The JVMs that can differ in the heap they report, of one collector and Java or of all."""
    newer = java or 17
    found = [Variant("g1", newer), *([] if java else [Variant("g1", 11)]), Variant("parallel", newer)]
    found += [
        Variant("parallel", newer, full=True),
        Variant("serial", newer),
        *([] if java == BY_RULE else [Variant("z", newer), Variant("shenandoah", newer)]),
        *([Variant("cms", java or 11)] if java in (None, BY_RULE, 11) else []),
    ]
    return [variant for variant in found if gc in ("", variant.gc)]


@dataclass(frozen=True)
class Candidate:
    """One explanation: a heap (or a run of heaps, where ``last_mib`` is another), the JVMs and the off-heap size.

    ``off_heap_to_bytes`` is the other end where only a range of off-heap sizes is known.
    """

    mib: int
    last_mib: int
    jvms: tuple[Variant, ...]
    off_heap_bytes: int
    off_heap_to_bytes: int
    total_bytes: int
    distance_bytes: int = 0
