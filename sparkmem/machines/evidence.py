"""Where a vendor's number comes from: an address, the date of what was read there, and how far to trust it."""

from __future__ import annotations

from sparkmem.record import record
from sparkmem.source import Source

PUBLISHED = "published"
"""The vendor's own page or code says it."""
DERIVED = "derived from published rows"
"""A rule of ours that gives the vendor's published rows, used for a row that was not published."""
REPORTED = "reported"
"""Others say it, the vendor's own words were not found."""


@record
class Evidence(Source):
    """A witness that is a page: ``tag`` is the date of what was read, ``path`` its address.

    >>> print(Evidence("AWS", "2022-01-24", "https://example.org/a/task-config.md", "m5.xlarge", "published"))
    AWS 2022-01-24, task-config.md, m5.xlarge (published)
    """

    confidence: str = PUBLISHED
    unit: str = "MiB"

    @property
    def url(self) -> str:
        """The address that was read."""
        return self.path

    def as_dict(self) -> dict[str, str]:
        """The evidence as an answer carries it."""
        return super().as_dict() | {"date": self.tag, "confidence": self.confidence, "unit": self.unit}

    def __str__(self) -> str:
        return f"{super().__str__()} ({self.confidence})"

    def weaker(self, confidence: str) -> Evidence:
        """The same witness, for a number that it supports less directly."""
        return Evidence(self.project, self.tag, self.path, self.symbol, confidence, self.unit)
