"""A breakdown: a total that must equal its parts."""

from __future__ import annotations

from functools import cached_property

from sparkmem.answer.line import Line
from sparkmem.errors import DoesNotAddUp
from sparkmem.record import record


@record
class Breakdown:
    """A total and its parts, in the order in which they lie in memory; checked when it is made.

    >>> Breakdown(Line("whole", "whole", 3), (Line("a", "a", 1), Line("b", "b", 1)))
    Traceback (most recent call last):
    sparkmem.errors.DoesNotAddUp: whole is 3 bytes, its parts are 2: a 1, b 1
    """

    total: Line
    parts: tuple[Line | Breakdown, ...]

    def __post_init__(self) -> None:
        found = 0
        for part in self.parts:  # and not a list of lines: an answer has scores of these
            found += (part.total if isinstance(part, Breakdown) else part).size_bytes or 0
        if found != self.total.size_bytes:
            lines = [line_of(part) for part in self.parts]
            listed = ", ".join(f"{line.id} {line.size_bytes or 0}" for line in lines)
            raise DoesNotAddUp(f"{self.total.id} is {self.total.size_bytes} bytes, its parts are {found}: {listed}")

    @cached_property
    def leaves(self) -> tuple[Line, ...]:
        """The lines that are divided no further, in their order."""
        return tuple(leaf for part in self.parts for leaf in (part.leaves if isinstance(part, Breakdown) else (part,)))

    def lines(self) -> list[Line]:
        """The total and then all below it, depth first."""
        found = [self.total]
        for part in self.parts:
            if isinstance(part, Line):
                found.append(part)
            else:
                found += part.lines()
        return found


def line_of(part: Line | Breakdown) -> Line:
    """The line itself, or the total of a breakdown."""
    return part.total if isinstance(part, Breakdown) else part
