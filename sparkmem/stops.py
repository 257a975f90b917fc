"""The values that sliders and arrow keys go through, written as a reader would write them.

Anything may be typed; the stops are only a quick way through what is usual.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from sparkmem.size import SizeError, byte_string_as_bytes


@dataclass(frozen=True)
class Stops:
    """Texts in the order of what they mean, and how many of them a long step takes."""

    texts: tuple[str, ...]
    long_step: int = 4

    def offered(self, default: str) -> tuple[str, ...]:
        """The stops of a field with this default: one that can be left empty begins with that.

        >>> Stops(("1", "2")).offered(""), Stops(("1", "2")).offered("2")
        (('', '1', '2'), ('1', '2'))
        """
        return ("", *self.texts) if default == "" else self.texts

    def place(self, text: str, default: str) -> float | None:
        """Where a text lies among those offered: a whole number at a stop, a half between two, None where it is no value.

        >>> HEAP.place("1g", "1g"), HEAP.place("1100m", "1g"), HEAP.place("1024m", "1g"), HEAP.place("lots", "1g")
        (4, 4.5, 4, None)
        """
        if text in (offered := self.offered(default)):
            return offered.index(text)
        value = _value(text)
        if value is None or (value and self.texts[-1][-1].isalpha() and not text.strip()[-1].isalpha()):
            return None  # a bare number is MiB to one key and bytes to another
        index = bisect_left(self._values, value)
        exact = index < len(self._values) and self._values[index] == value
        return index - (0 if exact else 0.5) + (len(offered) - len(self.texts))

    @cached_property
    def _values(self) -> list[float]:
        return [value for text in self.texts if (value := _value(text)) is not None]


def _value(text: str) -> float | None:
    """Bytes where there is a unit, else the number; comparable within the stops of one field."""
    text = text.strip()
    try:
        return byte_string_as_bytes(text) if text[-1:].isalpha() else float(text)
    except (SizeError, ValueError):
        return None


def _size(mib: int) -> str:
    return f"{mib // 1024}g" if mib % 1024 == 0 else f"{mib}m"


def sizes(least_mib: int, most_mib: int) -> tuple[str, ...]:
    """Four to each doubling.

    >>> sizes(512, 1024)
    ('512m', '640m', '768m', '896m', '1g')
    """
    doublings = (most_mib // least_mib).bit_length() - 1
    return (*(_size((least_mib << n) * part // 4) for n in range(doublings) for part in (4, 5, 6, 7)), _size(most_mib))


def hundredths(values: Iterable[int]) -> tuple[str, ...]:
    """Shares of one.

    >>> hundredths(range(5, 20, 5))
    ('0.05', '0.1', '0.15')
    """
    return tuple(f"{value / 100:g}" for value in values)


def counts(least: int, most: int) -> tuple[str, ...]:
    """Whole numbers, two to each doubling from 8 on.

    >>> counts(1, 32)
    ('1', '2', '3', '4', '5', '6', '7', '8', '12', '16', '24', '32')
    """
    small = range(least, min(most, 8) + 1)
    large = (value for n in range(3, most.bit_length()) for value in (8 << n - 3, 12 << n - 3) if 8 < value <= most)
    return (*map(str, small), *map(str, large))


HEAP = Stops(sizes(512, 256 << 10))
BESIDE_THE_HEAP = Stops(sizes(256, 64 << 10))
IN_USE = Stops(("0", *sizes(256, 256 << 10)))
MACHINE = Stops(sizes(1 << 10, 2 << 20))
SHARE = Stops(hundredths(range(5, 100, 5)), long_step=2)
SHARE_OR_NONE = Stops(("0", *SHARE.texts), long_step=2)
CORES = Stops(counts(1, 32))
NODE_CORES = Stops(counts(1, 256))

STOPS = {
    "spark.executor.memory": HEAP,
    "spark.driver.memory": HEAP,
    "heap": HEAP,
    "max-memory": HEAP,
    "spark.executor.memoryOverhead": BESIDE_THE_HEAP,
    "spark.driver.memoryOverhead": BESIDE_THE_HEAP,
    "spark.executor.pyspark.memory": BESIDE_THE_HEAP,
    "spark.memory.offHeap.size": IN_USE,
    "spark.driver.maxResultSize": IN_USE,
    "storage-used": IN_USE,
    "off-heap-storage-used": IN_USE,
    "off-heap-unmanaged-used": IN_USE,
    "set-aside-memory": IN_USE,
    "node-memory": MACHINE,
    "machine-memory": MACHINE,
    "spark.memory.fraction": SHARE,
    "spark.memory.storageFraction": SHARE_OR_NONE,
    "spark.executor.memoryOverheadFactor": SHARE,
    "spark.driver.memoryOverheadFactor": SHARE,
    "spark.kubernetes.memoryOverheadFactor": SHARE,
    "spark.storage.memoryFraction": SHARE,
    "spark.storage.safetyFraction": SHARE,
    "spark.storage.unrollFraction": SHARE,
    "spark.shuffle.memoryFraction": SHARE,
    "spark.shuffle.safetyFraction": SHARE,
    "spark.executor.cores": CORES,
    "active-tasks": CORES,
    "processors": CORES,
    "executors-per-node": CORES,
    "node-cores": NODE_CORES,
}
"""The stops of each input that is a quantity, by its name: the same on every page."""
