"""A program in Python, Scala, Java or R as far as its settings need: constants, brackets, and what an expression comes to.

Nothing is executed.  A name counts where the text gives it one value; where it gives two, only a run would tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from sparkmem.configuration.declarations import DECLARES
from sparkmem.configuration.expressions import Expression
from sparkmem.configuration.literals import NAME, PUNCTUATION, STRING, Token, language, tokens
from sparkmem.configuration.names import Names
from sparkmem.configuration.values import Budget, Place, as_text
from sparkmem.configuration.values_beside import Beside

__all__ = ["DECLARES", "Program"]

_OPENING, _CLOSING = ("(", "[", "{"), (")", "]", "}")
_PLAIN = (NAME, PUNCTUATION)
_MOST_TOKENS = 40
_FARTHEST = 60


class Program:
    """The tokens of a text, with what its names stand for."""

    def __init__(self, text: str, any_language: bool = False, by_lines: bool = False) -> None:
        self.source, self.by_lines = text, by_lines
        self.language = "" if any_language else language(text)
        self.tokens = tokens(text, any_language)
        self.closing, self.opener = _brackets(self.tokens)
        self.constants: dict[str, Place | None] = {}
        """What a reader of another language gives to names by itself, as Terraform's."""
        self.defaulted_names: set[str] = set()
        self.defaulted: set[int] = set()
        """Where the values begin into which a default went."""

    def text(self, at: int) -> str | None:
        """A name or a sign; None for a literal, and outside of the program."""
        if not 0 <= at < len(self.tokens):
            return None
        token = self.tokens[at]
        return token.text if token.kind in _PLAIN else None

    def arguments(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where each argument begins and ends; brackets inside are stepped over."""
        begun = at = start
        while at < end:
            if self.text(at) == ",":
                yield begun, at
                begun = at + 1
            at = self.closing.get(at, at) + 1
        if begun < end:
            yield begun, end

    def end_of(self, start: int, limit: int) -> int:
        """Where the expression that begins here ends: before a comma, a bracket that closes, or its line's end."""
        at = start
        while at < limit and at - start <= _MOST_TOKENS and self.text(at) not in (",", ";", *_CLOSING):
            following = self.closing.get(at, at) + 1
            if following < limit and self.tokens[following].line > self.tokens[following - 1].line:
                joined = self.text(following) in ("+", ".") or self.text(following - 1) in ("+", ".")
                adjacent = self.tokens[following].kind == self.tokens[following - 1].kind == STRING
                adjacent = adjacent and self.text(following + 1) not in (":", "=", "->")
                if self.by_lines or not (joined or (adjacent and self.opener[start] >= 0)):
                    return following
            at = following
        return min(at, limit)

    def value(self, start: int, end: int) -> str | None:
        """The text that an expression comes to; None where only a run would tell."""
        if not 0 < end - start <= _MOST_TOKENS:
            return None
        budget = Budget()
        found = as_text(Expression(self, start, end, {}, budget).whole())
        if found is not None and budget.by_default:
            self.defaulted.add(start)
        return found

    def filled_partly(self, at: int, otherwise: str) -> str:
        """A text with what is known of its holes, and another text in the place of those that only a run would tell."""
        expression = Expression(self, at, at + 1, {}, Budget())
        return expression.filled(self.tokens[at].template, at, otherwise) or otherwise

    @cached_property
    def names(self) -> Names:
        """What its names stand for."""
        return Names(self)

    @cached_property
    def beside(self) -> Beside:
        """What files in the same text hold."""
        return Beside(self.source, self)

    def outer(self, at: int) -> int:
        """The token of the whole program at which one of this part stands."""
        return at

    def inside(self, text: str, at: int) -> Program:
        """What stands in a hole of a text, as a part of the program in which the text stands."""
        return _Part(text, self, at)

    def entries(self, arguments: Iterable[Place]) -> dict[str, Place]:
        """The keys of a table that is written out, with the places of their values; the last of a key counts."""
        found: dict[str, Place] = {}
        for begun, stop in arguments:
            key, between = self.tokens[begun], self.text(begun + 1)
            if key.text is None or key.kind not in (NAME, STRING):
                continue
            if between in (":", "->", "to") or (between == "=" and self.text(begun + 2) != "="):
                found[key.text] = (begun + 2 + (between == "=" and self.text(begun + 2) == ">"), stop)
        return found

    @cached_property
    def _by_name(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for at, token in enumerate(self.tokens):
            if token.kind == NAME:
                found.setdefault(str(token.text), []).append(at)
        return found

    def named(self, name: str) -> list[int]:
        """Where a name stands."""
        return self._by_name.get(name, [])

    @cached_property
    def _indents(self) -> list[int]:
        return [len(line) - len(line.lstrip()) for line in self.source.split("\n")]

    def indent(self, line: int) -> int:
        """By how many letters a line is indented."""
        return self._indents[line - 1] if 1 <= line <= len(self._indents) else 0

    def default_of(self, opener: int) -> int:
        """Where the argument ``default`` of a call has its value; -1 where it has none."""
        return self.argument_of(opener, "default")

    def argument_of(self, opener: int, name: str) -> int:
        """Where an argument of a call that is given by its name has its value; -1 where there is none."""
        for begun, _ in self.arguments(opener + 1, min(self.closing[opener], opener + _FARTHEST)):
            if self.text(begun) == name and self.text(begun + 1) == "=":
                return begun + 2
        return -1


class _Part(Program):
    """An expression inside a text of a program, which has the names of that."""

    def __init__(self, text: str, whole: Program, at: int) -> None:
        super().__init__(text)
        self.language, self._whole, self._at = whole.language, whole, at

    @cached_property
    def names(self) -> Names:
        """Those of the whole program."""
        return self._whole.names

    @cached_property
    def beside(self) -> Beside:
        """That of the whole program."""
        return self._whole.beside

    def outer(self, at: int) -> int:
        """Where the text stands in the whole program."""
        return self._whole.outer(self._at)


def _brackets(found: list[Token]) -> tuple[dict[int, int], list[int]]:
    """Where each opening bracket is closed (the end of the text where it is not), and the bracket around each token."""
    ends: dict[int, int] = {}
    around: list[int] = []
    opened: list[int] = []
    for at, token in enumerate(found):
        sign = token.text if token.kind == PUNCTUATION else None
        if sign in _CLOSING and opened:
            ends[opened.pop()] = at
        around.append(opened[-1] if opened else -1)
        if sign in _OPENING:
            opened.append(at)
    return ends | {at: len(found) for at in opened}, around
