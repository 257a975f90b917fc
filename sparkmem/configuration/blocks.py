"""The blocks of a program, by brackets or by indentation, and which of several values of a name its use sees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sparkmem.configuration.values import Place, Source

_FUNCTIONS = ("def", "class", "async")
_CLASSES = ("class", "object", "interface", "enum")
_MOST_AROUND, _FARTHEST = 40, 12


class _Assigned(Protocol):
    @property
    def at(self) -> int: ...
    @property
    def place(self) -> Place: ...
    @property
    def is_new(self) -> bool: ...


class Blocks:
    """Which block each token stands in; a block is named by the token or the line that opens it, -1 for the whole text."""

    def __init__(self, program: Source) -> None:
        self.program = program
        self.by_indent = program.language == "python"
        self._of_line: dict[int, tuple[int, ...]] = {}
        self._heads: dict[int, int] = {}
        self._functions: set[int] = set()
        if self.by_indent:
            self._lines()

    def _lines(self) -> None:
        """The headers around each line, by their lines: Python's blocks."""
        open_now: list[tuple[int, int]] = []
        seen = 0
        for at, token in enumerate(self.program.tokens):
            if token.line == seen or self.program.opener[at] >= 0:
                continue
            seen = token.line
            indent = self.program.indent(token.line)
            while open_now and open_now[-1][0] >= indent:
                open_now.pop()
            self._of_line[token.line] = tuple(line for _, line in open_now[-_MOST_AROUND:])
            self._heads[token.line] = at
            if self.program.text(at) in _FUNCTIONS:
                self._functions.add(token.line)
            open_now.append((indent, token.line))

    def around(self, at: int) -> tuple[int, ...]:
        """The blocks around a token, the outermost first."""
        if self.by_indent:
            for _ in range(_MOST_AROUND):
                at = self.program.opener[at] if self.program.opener[at] >= 0 else at
            line = self.program.tokens[at].line
            return self._of_line.get(line, ())
        found: list[int] = []
        opener, steps = self.program.opener[at], 0
        while opener >= 0 and steps < _MOST_AROUND:
            if self.program.text(opener) == "{":
                found.append(opener)
            opener, steps = self.program.opener[opener], steps + 1
        return tuple(reversed(found))

    def owner(self, at: int) -> str:
        """The name of the class or object right around a token; empty for none."""
        around = self.around(at)
        if not around:
            return ""
        head = self._heads.get(around[-1], -1) if self.by_indent else around[-1]
        nearby = range(head, head + 1) if self.by_indent else range(head - 1, max(-1, head - _FARTHEST), -1)
        names = (self.program.text(n + 1) for n in nearby if self.program.text(n) in _CLASSES)
        return next(names, None) or ""

    def _function(self, blocks: tuple[int, ...]) -> tuple[int, ...]:
        """The blocks down to the innermost function or class among them, where indentation tells them."""
        last = max((n for n, block in enumerate(blocks, 1) if block in self._functions), default=0)
        return blocks[:last]

    def counts(self, found: Sequence[_Assigned], at: int) -> Place | None:
        """Where the value stands that a use at a token sees; None where a branch decides, or none is seen."""
        use = self.around(at)
        blocks = [self.around(one.at) for one in found]
        seen = [(own, one) for own, one in zip(blocks, found, strict=True) if use[: len(own)] == own]
        if not seen:
            return None
        depth = max(len(self._function(own)) if self.by_indent else len(own) for own, _ in seen)
        near = [one for own, one in seen if (len(self._function(own)) if self.by_indent else len(own)) == depth]
        above = [one for one in near if one.at < at]
        if not above:
            return near[0].place if len(near) == 1 else None
        last = above[-1]
        for own, other in zip(blocks, found, strict=True):
            hidden = use[: len(own)] != own and not other.is_new
            if hidden and last.at < other.at < at and self._may_reach(own, use):
                return None
        return last.place

    def _may_reach(self, own: tuple[int, ...], use: tuple[int, ...]) -> bool:
        """Whether what a branch assigns is of the same function as a use."""
        if self.by_indent:
            return self._function(own) == self._function(use)
        return True
