"""Backwards from a number of memory to the heaps, collectors and off-heap sizes that come to it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from sparkmem.calculators.ui_number.variants import COMMON_MIB, OFF_HEAP_BYTES, SORTED_MIB, Candidate, Variant
from sparkmem.facts import fact
from sparkmem.release import NEWEST
from sparkmem.size import MIB
from sparkmem.spark.managers import static_regions
from sparkmem.spark.managers.unified_regions import min_system_memory, on_heap_regions
from sparkmem.spark.settings import static_shares

MOST_MIB = 4 << 20
_STEP = 3

_RESERVED_BYTES = int(fact("RESERVED_SYSTEM_MEMORY_BYTES", NEWEST))  # the same in every release
_LEAST_BYTES = min_system_memory(_RESERVED_BYTES, NEWEST)
_STATIC_FRACTION = float(static_shares.STORAGE_MEMORY_FRACTION.default or 0)
_STATIC_SAFETY = float(static_shares.STORAGE_SAFETY_FRACTION.default or 0)
_STATIC_LEAST_BYTES = int(fact("LEGACY_MIN_MEMORY_BYTES", static_regions.RELEASE))


@dataclass(frozen=True)
class Search:
    """What is asked: sizes from ``least`` to ``most`` [bytes], and what is known of the executor."""

    least_bytes: int
    most_bytes: int
    jvms: tuple[Variant, ...]
    memory_fraction: float
    known_mib: int | None = None
    known_off_heap_bytes: int | None = None
    static: bool = False

    def shown(self, max_memory_bytes: int) -> int:
        """What Spark shows of such a heap, off-heap memory aside; -1 where it would not start with it [bytes].

        Storage and execution together, or storage alone under the static manager.
        """
        return _shown(max_memory_bytes, self.memory_fraction, self.static)

    def explanations(self) -> list[Candidate]:
        """Every combination that comes to a size in bounds; those of the same heap and size together."""
        return _together([*self._sized(), *self._runs()])

    def nearest(self) -> list[Candidate]:
        """What comes closest without off-heap memory, or with what is known of it: a usual heap, and any heap."""
        off_heap = self.known_off_heap_bytes or 0
        if self.known_mib is not None:
            near = [self._near(variant, self.known_mib, off_heap) for variant in self.jvms]
        else:
            near = [self._near(v, mib, off_heap) for v in self.jvms for mib in self._usual_beside(v, off_heap)]
            near += [self._near(v, mib, off_heap) for v in self.jvms for mib in self._beside(v, off_heap)]
        near = [candidate for candidate in near if candidate.total_bytes >= 0]
        return _together(sorted(near, key=lambda c: c.distance_bytes)[:12])[:3]

    def _sized(self) -> Iterator[Candidate]:
        """Usual heaps with usual off-heap sizes, or what is known of either."""
        known = 0 if self.static else self.known_off_heap_bytes
        for variant in self.jvms:
            if self.known_mib is None:
                sizes = _usual_shown(variant, self.memory_fraction, self.static)
            else:
                size = self.shown(variant.max_memory(self.known_mib))
                sizes = ((size, self.known_mib),) if size >= 0 else ()
            for off_heap in (0, *OFF_HEAP_BYTES) if known is None else (known,):
                first = bisect_left(sizes, (self.least_bytes - off_heap, 0))
                last = bisect_right(sizes, (self.most_bytes - off_heap, MOST_MIB))
                for size, mib in sizes[first:last]:
                    if not off_heap or known is not None or COMMON_MIB.get(mib, 0) < 2:
                        yield Candidate(mib, mib, (variant,), off_heap, off_heap, size + off_heap)
            if known is None and self.known_mib is not None and sizes and sizes[0][0] < self.least_bytes:
                size, mib = sizes[0]
                missing = (self.least_bytes - size, self.most_bytes - size)
                yield Candidate(mib, mib, (variant,), *missing, self.least_bytes)

    def _runs(self) -> Iterator[Candidate]:
        """Runs of whole MiB that explain the number without off-heap memory, or with what is known of it."""
        if self.known_mib is not None:
            return
        off_heap = self.known_off_heap_bytes or 0
        for variant in self.jvms:
            first = self._first(variant, self.least_bytes - off_heap)
            last = self._first(variant, self.most_bytes - off_heap + 1) - 1
            first, last = self._inside(variant, first, last, off_heap)
            if first <= last <= MOST_MIB and not (first == last and first in COMMON_MIB):
                size = self.shown(variant.max_memory(first))
                yield Candidate(first, last, (variant,), off_heap, off_heap, size + off_heap)

    def _inside(self, variant: Variant, first: int, last: int, off_heap: int) -> tuple[int, int]:
        """The run without what is out of bounds near its ends: CMS reports less for some heaps that are 1 MiB larger."""
        outside = {
            mib for mib in (*range(first, first + _STEP), *range(last, last - _STEP, -1)) if first <= mib <= last
            and not self.least_bytes <= self.shown(variant.max_memory(mib)) + off_heap <= self.most_bytes
        }  # fmt: skip
        first = max([first, *(mib + 1 for mib in outside if mib < first + _STEP)])
        return first, min([last, *(mib - 1 for mib in outside if mib >= first)])

    def _first(self, variant: Variant, size_bytes: int) -> int:
        """The least heap [MiB] of which storage and execution share at least so much."""
        if self.static:
            needed = size_bytes / (_STATIC_FRACTION * _STATIC_SAFETY)
        else:
            needed = size_bytes / self.memory_fraction + _RESERVED_BYTES
        # No collector adds more than a region of 32 MiB to a heap, or holds back half of it.
        low = max(int(min(max(needed / MIB, 0), MOST_MIB + 65)) - 64, self.least_mib)
        high = min(2 * low + 256, MOST_MIB + 1)
        return _bisect(lambda mib: self.shown(variant.max_memory(mib)) >= max(size_bytes, 0), low, high)

    @property
    def least_mib(self) -> int:
        """The least ``spark.executor.memory`` that Spark takes [MiB]."""
        return (_STATIC_LEAST_BYTES if self.static else _LEAST_BYTES) // MIB

    def _usual_beside(self, variant: Variant, off_heap: int) -> list[int]:
        """The usual heaps on both sides of the number."""
        at = bisect_left(SORTED_MIB, self._first(variant, self.least_bytes - off_heap))
        return [mib for mib in SORTED_MIB[max(at - 1, 0) : at + 1] if mib >= self.least_mib]

    def _beside(self, variant: Variant, off_heap: int) -> tuple[int, ...]:
        first = self._first(variant, self.least_bytes - off_heap)
        return (max(first - 1, self.least_mib), first)

    def _near(self, variant: Variant, mib: int, off_heap: int) -> Candidate:
        size = self.shown(variant.max_memory(mib))
        total = size + off_heap if size >= 0 else -1
        distance = max(self.least_bytes - total, total - self.most_bytes)
        return Candidate(mib, mib, (variant,), off_heap, off_heap, total, distance)


def _shown(max_memory_bytes: int, memory_fraction: float, static: bool) -> int:
    if static:
        return static_regions.share(max_memory_bytes, _STATIC_FRACTION, _STATIC_SAFETY).usable_bytes
    if max_memory_bytes < _LEAST_BYTES:
        return -1
    return on_heap_regions(max_memory_bytes, _RESERVED_BYTES, memory_fraction, 0.0).unified_bytes


@lru_cache(512)
def _usual_shown(variant: Variant, memory_fraction: float, static: bool) -> tuple[tuple[int, int], ...]:
    """What is shown of the usual heaps with which Spark starts [bytes], and their sizes [MiB], smallest first."""
    shown = ((_shown(max_memory, memory_fraction, static), mib) for max_memory, mib in _usual(variant))
    return tuple((size, mib) for size, mib in shown if size >= 0)


@cache
def _usual(variant: Variant) -> tuple[tuple[int, int], ...]:
    """What the usual heaps report [bytes], and their sizes [MiB], smallest first."""
    return tuple((variant.max_memory(mib), mib) for mib in SORTED_MIB)


def _bisect(reached: Callable[[int], bool], low: int, high: int) -> int:
    """The first whole number from ``low`` on for which ``reached`` holds; ``high`` where none below does."""
    while low < high:
        middle = (low + high) // 2
        if reached(middle):
            high = middle
        else:
            low = middle + 1
    return low


def _together(candidates: list[Candidate]) -> list[Candidate]:
    """The candidates with those that differ in the JVM alone as one."""
    found: dict[tuple[int, int, int, int, int], Candidate] = {}
    for one in candidates:
        key = (one.mib, one.last_mib, one.off_heap_bytes, one.off_heap_to_bytes, one.total_bytes)
        jvms = found[key].jvms + one.jvms if key in found else one.jvms
        found[key] = Candidate(*key[:2], jvms, *key[2:], one.distance_bytes)
    return list(found.values())
