"""What a program declares and gives a value by that: options of its own command line, and fields that a framework fills."""

from __future__ import annotations

from dataclasses import dataclass

from sparkmem.configuration.literals import NAME, STRING
from sparkmem.configuration.values import Place, Source

DECLARES = ("add_argument", "add_option", "option", "Option", "argument")
"""What declares an option of a program's own command line, as argparse, click and typer do."""


@dataclass(frozen=True)
class Assigned:
    """Where a name is given a value, by its token, and where that stands."""

    at: int
    place: Place
    is_new: bool
    """Whether the name is declared with it, so that it is none of another block's."""


class Declarations:
    """What a program declares, by name."""

    def __init__(self, program: Source) -> None:
        self.program = program
        self.assigned: dict[str, list[Assigned]] = {}
        self.by_default: set[str] = set()
        """Names of options and parameters, whose value is a default."""
        self.options: dict[str, str] = {}
        """Options of the program's own command line, by the names of their values."""

    def _option(self, at: int) -> None:
        """Keep the default of an option that a program declares for its own command line, under the option's name."""
        program = self.program
        names = [token.text or "" for token in program.tokens[at + 2 : at + 6] if token.kind == STRING]
        name = next((text for text in names if text.startswith("--")), "").removeprefix("--").replace("-", "_")
        default = program.default_of(at + 1)
        renamed = program.argument_of(at + 1, "dest")
        if renamed >= 0 and program.tokens[renamed].kind == STRING:
            name = program.tokens[renamed].text or name
        if name and default >= 0:
            self.by_default.add(name)
            self.options[name] = next(text for text in names if text.startswith("--"))
            self._add(name, Assigned(at, (default, program.end_of(default, program.closing[at + 1])), False))

    def _injected(self, at: int) -> None:
        """Keep what Spring puts into the field below ``@Value("${path:default}")``, under the field's name."""
        close = self.program.closing[at + 1]
        name = next((n for n in range(close + 1, close + 9) if self.program.text(n + 1) in (";", "=", ",", ")")), -1)
        if close == at + 3 and name >= 0 and self.program.tokens[name].kind == NAME:
            self._add(str(self.program.text(name)), Assigned(at, (at + 2, close), False))

    def _add(self, name: str, one: Assigned) -> None:
        self.assigned.setdefault(name, []).append(one)
