"""Blocks of lines that are indented: which are around a line, and whether another line is in the same."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

_FARTHEST = 400
"""Of how many lines a block is at most of which the name is looked for."""
_HIGHEST = 10_000
_EXTENDS = re.compile(r"\s+extends:")
_OPENED = re.compile(r"[ \t]*(?:- )?[\"']?([\w.-]{1,60})[\"']?[ \t]*[:=][ \t]*\{")


class IndentedBlocks:
    """The blocks of these lines, whose numbers begin with 1."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self._depths: dict[tuple[int, int], int] = {}

    def owners(self, number: int, indent: int, most: int) -> list[str]:
        """The names of the blocks around a line, the innermost first; the line's own of a value inside its brackets."""
        found: list[str] = []
        line = self.lines[number - 1]
        if opened := _OPENED.match(line):
            found.append(opened[1])
        while indent > 0 and len(found) < most:
            above = next((n for n in range(number - 1, max(0, number - _FARTHEST), -1) if self._indent(n) < indent), 0)
            if not above:
                break
            number, indent = above, self._indent(above)
            found.append(self.lines[above - 1].strip().split(" ", 1)[0].rstrip(":{").strip("\"'"))
        return found

    def depth(self, given: int, indent: int, line: int) -> int:
        """The indentation of the block around a line that is given something, -1 where another line is not in it."""
        if (given, indent) not in self._depths:
            above = next((n for n in range(given - 1, max(0, given - _HIGHEST), -1) if self._indent(n) < indent), 0)
            self._depths[given, indent] = self._indent(above) if above else -1
        depth = self._depths[given, indent]
        if depth < 0:
            return 0
        if self._least(*sorted((given, line))) >= depth:
            return depth
        return depth if depth and self._extends(given, line) else -1

    def _least(self, first: int, last: int) -> int:
        """The smallest indentation of these lines, both included, at once: it is asked of each value for each use."""
        step = (last - first + 1).bit_length() - 1
        row = self._leasts[step]
        return min(row[first - 1], row[last - (1 << step)])

    @cached_property
    def _leasts(self) -> list[list[int]]:
        """The smallest indentation of each 1, 2, 4 … lines in a row, by the first of them."""
        rows = [[self._indent(n) for n in range(1, len(self.lines) + 1)]]
        while 2 * (width := 1 << len(rows) - 1) <= len(self.lines):
            rows.append([*map(min, rows[-1], rows[-1][width:])])
        return rows

    @cached_property
    def _tops(self) -> list[int]:
        """The lines that are not indented."""
        return [n for n in range(1, len(self.lines) + 1) if self._indent(n) == 0]

    @cached_property
    def _extending(self) -> list[int]:
        """The lines that name a job of which another is made."""
        return [n for n, line in enumerate(self.lines, 1) if _EXTENDS.match(line)]

    def _indent(self, number: int) -> int:
        line = self.lines[number - 1]
        text = line.lstrip()
        return len(line) - len(text) if text and text[0] != "#" else 10_000

    def _extends(self, given: int, used: int) -> bool:
        """Whether the job in which a value is given is made of the one in which it is used."""
        tops = self._tops
        place = bisect_right(tops, used)
        key = self.lines[tops[place - 1] - 1].split(":", 1)[0] if place else ""
        if not key or not self._extending:
            return False
        place = bisect_right(tops, given)
        begun = tops[place - 1] if place else 1
        ended = given if begun == given else tops[place] if place < len(tops) else len(self.lines) + 1
        block = self._extending[bisect_left(self._extending, begun) : bisect_left(self._extending, ended)]
        return any(key in self.lines[n - 1] for n in block[:_FARTHEST])
