"""Lines of an answer, and breakdowns: a total that must equal its parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sparkmem.errors import DoesNotAddUp
from sparkmem.size import mib_text
from sparkmem.source import Source

DEFAULT, SET, DERIVED = "default", "set", "derived"


@dataclass(frozen=True)
class Line:
    """One figure of an answer: how much, why, who says so, and the section that explains it.

    ``size_bytes`` is None for a figure that is no size; ``text`` is then all there is.
    ``because`` is the formula with its numbers, or the branch that was taken.
    """

    id: str
    label: str
    size_bytes: int | None = None
    text: str = ""
    because: str = ""
    source: Source | None = None
    see: str = ""
    provenance: str = DERIVED

    @property
    def shown(self) -> str:
        """The figure as people read it."""
        return self.text or mib_text(self.size_bytes or 0)

    def named(self, id: str, label: str) -> Line:
        """The same figure under another name."""
        return Line(id, label, self.size_bytes, self.text, self.because, self.source, self.see, self.provenance)

    def as_dict(self) -> dict[str, Any]:
        """The line as a row of an answer (DESIGN: the ids are public)."""
        figure: dict[str, Any] = {"value": self.text} if self.size_bytes is None else {"bytes": self.size_bytes}
        return {
            "id": self.id,
            "label": self.label,
            **figure,
            "text": self.shown,
            "provenance": self.provenance,
            "because": self.because,
            "source": self.source.as_dict() if self.source else None,
            "see": self.see,
        }


@dataclass(frozen=True)
class Breakdown:
    """A total and its parts, in the order in which they lie in memory; checked when it is made.

    >>> Breakdown(Line("whole", "whole", 3), (Line("a", "a", 1), Line("b", "b", 1)))
    Traceback (most recent call last):
    sparkmem.errors.DoesNotAddUp: whole is 3 bytes, its parts are 2: a 1, b 1
    """

    total: Line
    parts: tuple[Line | Breakdown, ...]

    def __post_init__(self) -> None:
        lines = [line_of(part) for part in self.parts]
        found = sum([line.size_bytes or 0 for line in lines])
        if found != self.total.size_bytes:
            listed = ", ".join(f"{line.id} {line.size_bytes or 0}" for line in lines)
            raise DoesNotAddUp(f"{self.total.id} is {self.total.size_bytes} bytes, its parts are {found}: {listed}")

    def lines(self) -> Iterator[Line]:
        """The total and then all below it, depth first."""
        yield self.total
        for part in self.parts:
            if isinstance(part, Breakdown):
                yield from part.lines()
            else:
                yield part


def line_of(part: Line | Breakdown) -> Line:
    """The line itself, or the total of a breakdown."""
    return part.total if isinstance(part, Breakdown) else part
