"""What stands side by side in a comparison: answers, inputs, figures and notes."""

from __future__ import annotations

from dataclasses import dataclass

from sparkmem.answer.line import Line
from sparkmem.answer.note import Note
from sparkmem.answer.result import Result
from sparkmem.given import Given

SAME, CHANGED, GONE, NEW = "same", "changed", "gone", "new"


@dataclass(frozen=True)
class Side:
    """One of the two answers."""

    result: Result
    given: Given


@dataclass(frozen=True)
class InputPair:
    """An input that differs: its text on both sides, and whether it was set there."""

    name: str
    label: str
    before: str
    now: str
    set_before: bool
    set_now: bool


@dataclass(frozen=True)
class Pair:
    """A figure on both sides; None on the side that does not have it."""

    id: str
    before: Line | None
    now: Line | None

    @property
    def line(self) -> Line:
        """The figure as it is now, or was."""
        found = self.now or self.before
        if found is None:
            raise ValueError(f"{self.id} is on neither side")
        return found

    @property
    def moved_bytes(self) -> int | None:
        """Now less before [bytes]; a figure that one side lacks, or that is no size, has no difference."""
        sizes = [line.size_bytes for line in (self.before, self.now) if line]
        if len(sizes) != 2 or sizes[0] is None or sizes[1] is None:
            return None
        return sizes[1] - sizes[0]

    @property
    def status(self) -> str:
        """``same``, ``changed``, ``gone`` or ``new``."""
        if self.before is None or self.now is None:
            return NEW if self.now else GONE
        same = self.before.size_bytes == self.now.size_bytes and (
            self.before.size_bytes is not None or self.before.shown == self.now.shown
        )
        return SAME if same else CHANGED


@dataclass(frozen=True)
class NotePair:
    """A note on both sides; one that says something else now is the same note still."""

    before: Note | None
    now: Note | None

    @property
    def status(self) -> str:
        """``same``, ``changed``, ``gone`` or ``new``."""
        if self.before is None or self.now is None:
            return NEW if self.now else GONE
        return SAME if (self.before.text, self.before.level) == (self.now.text, self.now.level) else CHANGED
