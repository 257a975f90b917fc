"""A setting of a text, and what is said beside it: what was passed over, what is lost, what is known by which words."""

from __future__ import annotations

from sparkmem.record import record


@record
class Setting:
    """One setting: key, value, the line it stood on (0 where there was no text), and how the text named it.

    ``variables`` are names that a shell would have filled in; the value still holds them as text.
    """

    key: str
    value: str
    line: int = 0
    written_as: str = ""
    variables: tuple[str, ...] = ()


@record
class Ignored:
    """Something passed over: its line, its name (never a value that could be a secret), and why."""

    line: int
    text: str
    reason: str

    def as_dict(self) -> dict[str, str | int]:
        """The same as plain data."""
        return {"line": self.line, "text": self.text, "reason": self.reason}


@record
class Lost:
    """A memory setting that the text means and Spark does not get: a public id, the key that is meant, what to write."""

    id: str
    line: int
    key: str
    text: str
    write: str = ""
    see: str = ""

    def as_dict(self) -> dict[str, str | int]:
        """The same as plain data."""
        return {name: value for name, value in vars(self).items() if value or name == "line"}


@record
class Said:
    """What is known beside the settings, and the words of the text that said so; ``assumed`` where none did."""

    name: str
    value: str
    line: int = 0
    words: str = ""
    assumed: bool = False

    def as_dict(self) -> dict[str, str | int | bool]:
        """The same as plain data."""
        return dict(vars(self))
