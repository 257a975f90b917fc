"""A clue in a text: a pattern, and words of which one stands in all that it matches, which are looked for first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

_Thing = TypeVar("_Thing")


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
        for word in self.words:  # and not holds(…): that would be another call, of many
            if word in text:
                return self.pattern.search(text)
        return None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches in the text."""
        return self.pattern.finditer(text) if holds(text, self.words) else iter(())


class Near(Generic[_Thing]):
    """Things that a text may tell, each by a clue: of two hundred a text holds the words of a few, which are found at once.

    >>> managers = Near(("yarn", "local"), lambda name: clue((name, name.upper()), name))
    >>> managers.in_text("on YARN"), managers.in_text("local yarn"), managers.in_text("on Kubernetes")
    (['yarn'], ['yarn', 'local'], [])
    """

    def __init__(self, things: Sequence[_Thing], clue_of: Callable[[_Thing], Clue]) -> None:
        self._things = tuple(things)
        places: dict[str, list[int]] = {}
        for place, thing in enumerate(self._things):
            for word in clue_of(thing).words:
                places.setdefault(word, []).append(place)
        self._near: dict[str, list[tuple[str, list[int]]]] = {}
        """Words with their places, by the word inside them without which they do not stand in a text either."""
        for word in sorted(places, key=len):
            inside = next((shorter for shorter in self._near if shorter in word), word)
            self._near.setdefault(inside, []).append((word, places[word]))

    def in_text(self, text: str) -> list[_Thing]:
        """Those of which a word stands in the text, in their order."""
        found = {
            place
            for inside, near in self._near.items()
            if inside in text
            for word, places in near
            if word in text
            for place in places
        }
        return [self._things[place] for place in sorted(found)]


def holds(text: str, words: tuple[str, ...]) -> bool:
    """Whether one of the words stands in the text."""
    for word in words:  # noqa: SIM110, asked of each line of a long text, where a generator costs more than it looks for
        if word in text:
            return True
    return False


def clue(words: tuple[str, ...], pattern: str) -> Clue:
    """The clue of these words and that pattern."""
    return Clue(words, re.compile(pattern))
