"""A clue in a text: a pattern, and words of which one stands in all that it matches, which are looked for first."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Clue:
    """A pattern that is tried only where one of its words stands in the text: most texts hold none of most words.

    >>> Clue(("gcloud",), re.compile(r"\\bgcloud\\b")).search("spark-submit") is None
    True
    """

    words: tuple[str, ...]
    pattern: re.Pattern[str]

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in the text, if there is one."""
        for word in self.words:  # and not holds(…): of a text some two hundred clues are looked for
            if word in text:
                return self.pattern.search(text)
        return None


def holds(text: str, words: tuple[str, ...]) -> bool:
    """Whether one of the words stands in the text."""
    for word in words:  # noqa: SIM110, asked of each line of a long text, where a generator costs more than it looks for
        if word in text:
            return True
    return False


def clue(words: tuple[str, ...], pattern: str) -> Clue:
    """The clue of these words and that pattern."""
    return Clue(words, re.compile(pattern))
