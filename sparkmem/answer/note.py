"""A note: a remark that an expert would make on an answer."""

from __future__ import annotations

from sparkmem.record import record


@record
class Note:
    """A remark that an expert would make on this answer; its id is public."""

    id: str
    text: str
    see: str
    level: str = "info"  # or "warning"

    def as_dict(self) -> dict[str, str]:
        """The note as an answer carries it."""
        return {"id": self.id, "level": self.level, "text": self.text, "see": self.see}
