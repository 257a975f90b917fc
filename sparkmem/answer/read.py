"""What was made of a text that a reader gave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Read:
    """What was made of a text: its format, and (line, name, value or reason) of what was taken and passed over.

    ``text`` says the same settings again, where they did not come from one.
    """

    format: str
    taken: tuple[tuple[int, str, str], ...]
    passed_over: tuple[tuple[int, str, str], ...]
    example: bool = False
    text: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The same as plain data."""
        return {
            "format": self.format,
            "example": self.example,
            "taken": [{"line": line, "name": name, "value": value} for line, name, value in self.taken],
            "passed-over": [{"line": line, "name": name, "reason": reason} for line, name, reason in self.passed_over],
        }
