"""What was made of a text that a reader gave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparkmem.record import record

if TYPE_CHECKING:  # loaded by those who read texts
    from sparkmem.configuration.setting import Lost, Said


@record
class Read:
    """What was made of a text: its format, and (line, name, value or reason) of what was taken and passed over.

    ``text`` says the same settings again, where they did not come from one.  ``lost`` is what was meant and does not
    count, ``unknown`` has (line, key, reason) where the text does not hold a value, ``circumstances`` what runs the job;
    ``apart`` is of what was passed over that which stands beside the verdict, such as a second command.
    """

    format: str
    taken: tuple[tuple[int, str, str], ...]
    passed_over: tuple[tuple[int, str, str], ...]
    example: bool = False
    text: str = ""
    lost: tuple[Lost, ...] = ()
    unknown: tuple[tuple[int, str, str], ...] = ()
    circumstances: tuple[Said, ...] = ()
    apart: tuple[tuple[int, str, str], ...] = ()

    @property
    def settings(self) -> tuple[tuple[int, str, str], ...]:
        """Of what was taken the keys of Spark."""
        return tuple(row for row in self.taken if row[1].startswith("spark."))

    def as_dict(self) -> dict[str, Any]:
        """The same as plain data."""
        return {
            "format": self.format,
            "example": self.example,
            "taken": [{"line": line, "name": name, "value": value} for line, name, value in self.taken],
            "passed-over": [{"line": line, "name": name, "reason": reason} for line, name, reason in self.passed_over],
            "lost": [lost.as_dict() for lost in self.lost],
            "unknown": [{"line": line, "name": name, "reason": reason} for line, name, reason in self.unknown],
            "circumstances": [said.as_dict() for said in self.circumstances],
        }
