"""A line of an answer: one figure, why it is so, and who says so."""

from __future__ import annotations

from typing import Any

from sparkmem.record import record
from sparkmem.size import mib_text
from sparkmem.source import Source

DEFAULT, SET, DERIVED = "default", "set", "derived"


@record
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
        made: dict[str, Any] = {"id": self.id, "label": self.label}
        if self.size_bytes is None:
            made["value"] = self.text
        else:
            made["bytes"] = self.size_bytes
        made["text"] = self.text or mib_text(self.size_bytes or 0)
        made["provenance"] = self.provenance
        made["because"] = self.because
        made["source"] = self.source.as_dict() if self.source else None
        made["see"] = self.see
        return made
