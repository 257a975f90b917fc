"""Which parts a page is made of, and a few pages that together have each part that any page has.

A part is an element with its classes, the names of its attributes and what it stands in: what its colours follow from.
It is read from the built page, so that a part which a template or a page gains tomorrow is in what is chosen then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html.parser import HTMLParser

Element = tuple[str, ...]
Part = tuple[object, ...]

_EMPTY = frozenset(("area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"))
_FRAME = ("<article", "</article>")
"""What stands around it is the theme's, the same on every page."""


def parts(html: str) -> frozenset[Part]:
    """The parts of a page's article; of all that is written where a page has none.

    >>> len(parts('<article><p>A</p><p>B <b>C</b></p><p class="lead">D</p></article><footer>E</footer>'))
    4
    """
    begin, end = html.find(_FRAME[0]), html.find(_FRAME[1])
    reading = _Parts()
    reading.feed(html[max(begin, 0) : end if end > 0 else len(html)])
    return frozenset(reading.found)


class _Parts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[Part] = set()
        self._above: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        element = (tag, *sorted(given.pop("class", "").split()))
        styled = frozenset(style.partition(":")[0].strip() for style in given.get("style", "").split(";"))
        outside = given.get("href", "").startswith("http")
        kind = (given.get("type"), given.get("role"))
        self.found.add((*self._above, element, frozenset(given), styled, outside, kind))
        if tag not in _EMPTY:
            self._above.append(element)

    def handle_endtag(self, tag: str) -> None:
        if any(above[0] == tag for above in self._above):
            while self._above.pop()[0] != tag:
                pass


def cover(pages: Mapping[str, frozenset[Part]], first: Iterable[str] = ()) -> list[str]:
    """Names of pages that together have each part: the ``first``, then always one that adds the most.

    >>> cover({"a": frozenset("x"), "b": frozenset("xyz"), "c": frozenset("zu"), "d": frozenset("yu")}, ["a"])
    ['a', 'b', 'c']
    """
    chosen = list(first)
    left = frozenset[Part]().union(*pages.values()).difference(*(pages[name] for name in chosen))
    while left:
        chosen.append(min(pages, key=lambda name: (-len(pages[name] & left), name)))
        left -= pages[chosen[-1]]
    return chosen
