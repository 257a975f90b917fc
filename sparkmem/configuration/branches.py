"""Where a program goes one way or another, so that of two values of a key only a run would tell which holds."""

from __future__ import annotations

import re


class Branches:
    """Where a program goes one way or another, by lines."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._indents = [len(line) - len(line.lstrip()) for line in self._lines]
        self._turns = [text.count("\n", 0, turn.start(1)) + 1 for turn in _TURN.finditer(text)] if "else" in text else []

    def part(self, one: int, other: int) -> bool:
        """Whether a line and a later one stand in different branches of one condition, or only the later one in some."""
        least = min(self._indent(one), self._indent(other))
        if any(one < turn <= other and self._indent(turn) < least for turn in self._turns):
            return True
        return bool(set(self._conditions(other)) - set(self._conditions(one)))

    def _conditions(self, line: int) -> list[int]:
        """The lines with a condition that a line depends on, its own and those above it that are indented less."""
        found, least = [], self._indent(line) + 1
        for number in range(min(line, len(self._lines)), max(0, line - _MOST_ABOVE), -1):
            text = self._lines[number - 1]
            if text.strip() and self._indents[number - 1] < least:
                least = self._indents[number - 1]
                if _CONDITION.match(text):
                    found.append(number)
        return found

    def _indent(self, line: int) -> int:
        return self._indents[line - 1] if 1 <= line <= len(self._indents) else 0


_MOST_ABOVE = 400
_CONDITION = re.compile(r"[ \t]*(?:\}[ \t]*)?(?:if|elif|else[ \t]+if|when|unless)\b(?![ \t]*\(?[ \t]*__name__)")
_TURN = re.compile(r"^[ \t]*(?:\}[ \t]*)?(else|elif)\b", re.MULTILINE)
