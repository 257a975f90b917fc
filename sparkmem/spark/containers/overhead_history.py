"""The default overhead on YARN since 1.1: a fixed size, then a share with a minimum."""

from __future__ import annotations

from dataclasses import dataclass

from sparkmem.size import MIB
from sparkmem.source import Source

_OLD = "yarn/common/src/main/scala/org/apache/spark/deploy/yarn/"
_NEW = "yarn/src/main/scala/org/apache/spark/deploy/yarn/"


@dataclass(frozen=True)
class OverheadRule:
    """The rule in force from release ``since`` up to ``last``: share of the heap, and the least overhead [bytes]."""

    since: str
    factor: float
    minimum_bytes: int
    tag: str
    path: str
    symbol: str
    last: str = ""

    @property
    def releases(self) -> str:
        """The releases that it holds for.

        >>> [rule.releases for rule in OVERHEAD_RULES]
        ['1.1', '1.2 to 1.3', 'since 1.4']
        """
        if not self.last:
            return f"since {self.since}"
        return self.since if self.last == self.since else f"{self.since} to {self.last}"

    @property
    def source(self) -> Source:
        """Its witness."""
        return Source("Spark", self.tag, self.path, self.symbol)

    def overhead_bytes(self, heap_bytes: int) -> int:
        """What it adds to a heap, in whole MiB as Spark counts [bytes].

        >>> [rule.overhead_bytes(21 * 1024 * MIB) // MIB for rule in OVERHEAD_RULES]
        [384, 1505, 2150]
        """
        return max(int(self.factor * (heap_bytes // MIB)) * MIB, self.minimum_bytes)


OVERHEAD_RULES = (
    OverheadRule("1.1", 0.0, 384 * MIB, "v1.1.0", f"{_OLD}YarnSparkHadoopUtil.scala", "DEFAULT_MEMORY_OVERHEAD", "1.1"),
    OverheadRule("1.2", 0.07, 384 * MIB, "v1.2.0", f"{_OLD}YarnSparkHadoopUtil.scala", "MEMORY_OVERHEAD_FACTOR", "1.3"),
    OverheadRule("1.4", 0.10, 384 * MIB, "v1.4.0", f"{_NEW}YarnSparkHadoopUtil.scala", "MEMORY_OVERHEAD_FACTOR"),
)
