"""What a terminal shows: how wide it is, whether it has colours, whether it has letters for bars."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

_BLOCKS = "█▓▒░▚▞▤▪·"
_WIDEST = 80  # what a log, a mail and half a screen hold


@dataclass(frozen=True)
class Screen:
    """Where a text is written to."""

    columns: int = _WIDEST
    colour: bool = False
    blocks: bool = True

    def bold(self, text: str) -> str:
        """The text in bold, where there are colours."""
        return f"\x1b[1m{text}\x1b[0m" if self.colour else text

    def painted(self, text: str, colour: int) -> str:
        """The text in one of the 256 colours, where there are any."""
        return f"\x1b[38;5;{colour}m{text}\x1b[0m" if self.colour and text else text

    def filled(self, text: str, hanging: int = 0) -> list[str]:
        """The text in lines that are no wider, all but the first moved in."""
        indent = " " * hanging
        wrapper = textwrap.TextWrapper(
            self.columns, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
        )
        return wrapper.wrap(text) or [""]


def screen_of(stream: TextIO | None, environment: Mapping[str, str]) -> Screen:
    """The screen behind a stream; colour on a terminal alone, and on none that has none or where NO_COLOR is set."""
    terminal = stream is not None and stream.isatty()
    colour = terminal and not environment.get("NO_COLOR") and environment.get("TERM", "dumb") != "dumb"
    columns = _columns(stream) if stream is not None and terminal else _WIDEST
    return Screen(columns, colour, _has(_BLOCKS, getattr(stream, "encoding", None)))


def _columns(stream: TextIO) -> int:
    try:
        found = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        return _WIDEST
    return min(max(found, 40), _WIDEST) if found else _WIDEST


def _has(letters: str, encoding: str | None) -> bool:
    """
    >>> _has("█", "utf-8"), _has("█", "ascii"), _has("█", None)
    (True, False, False)
    """
    try:
        letters.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
