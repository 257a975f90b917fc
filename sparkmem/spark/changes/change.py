"""One change for memory between two releases: since when, what it touches, and its witness."""

from __future__ import annotations

from dataclasses import dataclass

from sparkmem.release import release as release_named
from sparkmem.source import Source

# Files of Spark in which several changes are seen, and rows that several of them move.
CORE = "core/src/main/scala/org/apache/spark/"
MEMORY = CORE + "memory/"
PACKAGE = CORE + "internal/config/package.scala"
OVERHEAD = ("memory-overhead", "total-request", "container-limit")
DRIVER = tuple(f"driver-{row}" for row in (*OVERHEAD, "off-heap-memory"))


@dataclass(frozen=True)
class Change:
    """One change: ``rows`` are the figures that it can move, ``at`` the release whose source shows it.

    ``words`` stand in a refusal on one side of the change only.  A row counts as moved only if it
    moved ``by`` so many bytes, or ``with_row`` moved as well, where these are given.
    """

    id: str
    since: str
    label: str
    text: str
    rows: tuple[str, ...]
    path: str
    symbol: str
    words: str = ""
    at: str = ""
    by: int = 0
    with_row: str = ""

    def source(self) -> Source | None:
        """Its witness, at the tag of the first release that has it, or of ``at``; None for a choice of ours."""
        if not self.path:
            return None
        return Source("Spark", release_named(self.at or self.since).tag, self.path, self.symbol)
