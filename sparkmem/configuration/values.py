"""What expressions of a program come to: texts, numbers, switches, tables, lists, names with what is taken of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from sparkmem.configuration.literals import Token

Scalar = str | int | float | bool
Place = tuple[int, int]
"""Where an expression begins and ends, in tokens."""


class Absent:
    """What a text does not give, as ``None`` or a variable that nobody has set."""


ABSENT = Absent()


@dataclass(frozen=True)
class Table:
    """Keys with the places of their values, in the program in which they stand."""

    program: Source
    entries: Mapping[str, Place]
    name: str = ""
    """The name that the program gives to it, under which it may be changed."""


@dataclass(frozen=True)
class Items:
    """The places of a list's entries, in the program in which they stand."""

    program: Source
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Path:
    """A name of which no value is known, with the fields and entries that are taken of it."""

    names: tuple[str, ...]
    at: int = -1


Value = str | int | float | bool | Absent | Table | Items | Path


Bound = Mapping[str, "Value | None"]
"""What a call gives to the names of its function."""


class Source(Protocol):
    """A program as those see it who look for values in it."""

    source: str
    language: str
    tokens: list[Token]
    closing: dict[int, int]
    opener: list[int]
    constants: dict[str, Place | None]
    defaulted_names: set[str]

    @property
    def names(self) -> Known: ...
    @property
    def beside(self) -> Files: ...
    def text(self, at: int) -> str | None: ...
    def arguments(self, start: int, end: int) -> Iterator[Place]: ...
    def end_of(self, start: int, limit: int) -> int: ...
    def entries(self, arguments: Iterable[Place]) -> dict[str, Place]: ...
    def named(self, name: str) -> list[int]: ...
    def indent(self, line: int) -> int: ...
    def default_of(self, opener: int) -> int: ...
    def argument_of(self, opener: int, name: str) -> int: ...
    def outer(self, at: int) -> int: ...
    def inside(self, text: str, at: int) -> Source: ...


class Known(Protocol):
    """The names of a program, as those see it who evaluate an expression."""

    def value(self, expression: Evaluation, name: str, at: int) -> Value | None: ...
    def last_of(self, expression: Evaluation, names: tuple[str, ...], at: int) -> Value | None: ...
    def defines(self, name: str) -> bool: ...
    def changed(self, name: str, key: str) -> list[Place]: ...
    def called(self, expression: Evaluation, name: str, inside: list[Place]) -> Value | None: ...


class Files(Protocol):
    """The files and variables beside a program."""

    def entry(self, names: tuple[str, ...]) -> str | None: ...
    def variable(self, name: str) -> str | None: ...
    def on_command_line(self, option: str) -> str | None: ...


@dataclass
class Budget:
    """How many steps are left of one expression, whatever it calls, and whether a default was taken on the way."""

    left: int = 600
    by_default: bool = False


class Evaluation(Protocol):
    """An expression that is being evaluated."""

    program: Source
    bound: Bound
    budget: Budget

    def sign(self, ahead: int = 0) -> str | None: ...
    def part(self, start: int, end: int) -> Value | None: ...
    def elsewhere(self, program: Source, place: Place, bound: Bound | None = None) -> Value | None: ...


def as_text(value: Value | None) -> str | None:
    """A value as a program writes it into a text; None for what is no text, number or switch.

    >>> as_text(8), as_text(True), as_text(0.6), as_text(None)
    ('8', 'true', '0.6', None)
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    return repr(value) if isinstance(value, int | float) else None
