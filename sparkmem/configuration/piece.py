"""A text as a reader of ours gets it, and the lines of the whole text that its lines come from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.setting import Ignored, Lost, Said, Setting
from sparkmem.record import record

_NO_END = re.compile(r"[^\n]")
_Row = TypeVar("_Row", Setting, Ignored, Lost, Said)


@record
class Piece:
    """A text, and for each of its lines the number of the reader's own line; a text inside another may be of one line."""

    text: str
    lines: Sequence[int] = ()

    def line(self, number: int) -> int:
        """The reader's own number of a line of the piece, 0 for 0.

        >>> Piece("b", [7]).line(1), Piece("whole").line(3)
        (7, 3)
        """
        if not self.lines or number <= 0:
            return number
        return self.lines[min(number, len(self.lines)) - 1]

    def placed(self, configuration: Configuration) -> Configuration:
        """What was read of the piece, with the lines of the whole text."""
        if not self.lines:
            return configuration
        return replace(
            configuration,
            settings=self._rows(configuration.settings),
            ignored=self._rows(configuration.ignored),
            remarks=self._rows(configuration.remarks),
            lost=self._rows(configuration.lost),
            said=self._rows(configuration.said),
        )

    def _rows(self, rows: tuple[_Row, ...]) -> tuple[_Row, ...]:
        return tuple(replace(row, line=self.line(row.line)) for row in rows)


def numbered(matches: Iterable[re.Match[str]], group: int = 0) -> Iterator[tuple[int, re.Match[str]]]:
    """Each match with the number of the line on which it, or a group of it, begins; they are in the order of the text.

    >>> [(line, match[0]) for line, match in numbered(re.finditer("b", "a\\nb b\\n\\nb"))]
    [(2, 'b'), (2, 'b'), (4, 'b')]
    """
    line, counted = 1, 0
    for match in matches:
        line += match.string.count("\n", counted, match.start(group))
        counted = match.start(group)
        yield line, match


def blanked(text: str) -> str:
    """Blanks in the place of a part of a text, line for line.

    >>> blanked("ab\\nc")
    '  \\n '
    """
    return _NO_END.sub(" ", text)


def whole_lines(text: str, first: int) -> Piece:
    """A text whose first line is that line of the whole."""
    return Piece(text, range(first, first + text.count("\n") + 1))


def on_one_line(text: str, line: int) -> Piece:
    """A text that the whole one holds on one line, whatever line breaks are escaped in it."""
    return Piece(text, [line])
