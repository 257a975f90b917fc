"""All that a calculator computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING

from sparkmem.answer.breakdown import Breakdown
from sparkmem.answer.line import Line
from sparkmem.answer.note import Note
from sparkmem.answer.read import Read
from sparkmem.record import record

if TYPE_CHECKING:  # loaded by the calculators that have them
    from sparkmem.answer.packed import Packed
    from sparkmem.answer.table import Table


@record
class Result:
    """What a calculator computed: breakdowns to draw, further lines, notes, and what each input came to.

    ``packed`` is drawn in place of the breakdowns; ``table`` stands below what is drawn.
    ``verdict`` is the headline in the words of whoever refuses, where a page begins with what to write instead.
    ``idle`` are changes that come to nothing for these inputs, which a page folds.
    """

    breakdowns: tuple[Breakdown, ...]
    lines: tuple[Line, ...] = ()
    notes: tuple[Note, ...] = ()
    meanings: Mapping[str, str] = field(default_factory=dict)
    headline: str = ""
    verdict: str = ""
    read: Read | None = None
    packed: Packed | None = None
    table: Table | None = None
    idle: tuple[Line, ...] = ()

    @property
    def assumed(self) -> Note | None:
        """What was assumed because no one said it; it stands beside the verdict, which rests on it."""
        return next((note for note in self.notes if note.id == "assumed"), None)

    @property
    def remarks(self) -> tuple[Note, ...]:
        """The notes without what was assumed."""
        return tuple(note for note in self.notes if note.id != "assumed")

    def rows(self) -> list[Line]:
        """All lines, breakdowns first."""
        return list(self._rows)

    @cached_property
    def _rows(self) -> tuple[Line, ...]:
        found: list[Line] = []
        for breakdown in self.breakdowns:
            found += breakdown.lines()
        return (*found, *self.lines, *self.idle)
