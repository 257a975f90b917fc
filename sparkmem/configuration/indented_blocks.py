"""Blocks of lines that are indented: which are around a line, and whether another line is in the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FARTHEST = 400
"""Of how many lines a block is at most of which the name is looked for."""
_OPENED = re.compile(r"[ \t]*(?:- )?[\"']?([\w.-]{1,60})[\"']?[ \t]*[:=][ \t]*\{")


class IndentedBlocks:
    """The blocks of these lines, whose numbers begin with 1."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines

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
        above = next((n for n in range(given - 1, 0, -1) if self._indent(n) < indent), 0)
        if not above:
            return 0
        depth = self._indent(above)
        first, last = sorted((given, line))
        if all(self._indent(n) >= depth for n in range(first, last)) and self._indent(last) >= depth:
            return depth
        return depth if depth and self._extends(given, line) else -1

    def _indent(self, number: int) -> int:
        line = self.lines[number - 1]
        text = line.lstrip()
        return len(line) - len(text) if text and text[0] != "#" else 10_000

    def _extends(self, given: int, used: int) -> bool:
        """Whether the job in which a value is given is made of the one in which it is used."""
        top = next((n for n in range(used, 0, -1) if self._indent(n) == 0), 0)
        key = self.lines[top - 1].split(":", 1)[0] if top else ""
        begun = next((n for n in range(given, 0, -1) if self._indent(n) == 0), 1)
        ended = next((n for n in range(given, len(self.lines) + 1) if self._indent(n) == 0), len(self.lines) + 1)
        block = self.lines[begun - 1 : ended - 1]
        return bool(key) and any(re.match(r"\s+extends:", one) and key in one for one in block)
