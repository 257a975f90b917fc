"""What goes wrong, said so that the reader can mend it; each error knows the section that explains it."""


class SparkmemError(Exception):
    """Base of all errors of this package: a message, and the section of the site that explains it."""

    see = "checked/#how-to-read"

    def __init__(self, message: str, see: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if see is not None:
            self.see = see


class InputError(SparkmemError):
    """One input that cannot be used: which one, the rule it broke, and what to change.

    ``message`` is Spark's (or the JVM's) own text, to the letter, where ``by`` names them;
    ``change`` is our advice and may be empty.
    """

    def __init__(self, name: str, message: str, see: str | None = None, *, change: str = "", by: str = "sparkmem") -> None:
        super().__init__(message, see)
        self.name = name
        self.change = change
        self.by = by

    @property
    def fault(self) -> str:
        """The message without the advice at its end, for where the advice stands beside it.

        >>> InputError("text", "this looks like JSON: paste a command", change="paste a command").fault
        'this looks like JSON'
        """
        return self.message.removesuffix(f": {self.change}") if self.change else self.message

    def as_dict(self) -> dict[str, str]:
        """The error as an answer carries it."""
        fields = {"input": self.name, "message": self.message, "see": self.see, "by": self.by}
        return fields | ({"change": self.change} if self.change else {})


class BadInputs(SparkmemError):
    """All faults of one request at once."""

    def __init__(self, errors: list[InputError]) -> None:
        super().__init__("; ".join(f"{e.name}: {e.message}" for e in errors))
        self.errors = errors


class Refused(SparkmemError):
    """Spark (or the JVM) would not start with these values; the text is its own, at the release asked for."""

    def __init__(self, key: str, message: str, see: str, *, change: str = "", by: str = "Spark") -> None:
        super().__init__(message, see)
        self.key = key
        self.change = change
        self.by = by


class DoesNotAddUp(SparkmemError, AssertionError):
    """A breakdown whose parts are not its total: a defect of the model, never the reader's fault."""
