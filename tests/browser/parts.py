"""Which parts a page is made of, and a few pages that together have each part that any page has.

A part is an element with its classes, the names of its attributes, by whether they are empty, and what it stands in: what
its colours follow from.
It is read from the built page, so that a part which a template or a page gains tomorrow is in what is chosen then.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser

Element = tuple[str, ...]
Part = tuple[object, ...]

_EMPTY = frozenset(("area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"))
_ARTICLE = ("<article", "</article>")
"""What stands around it is the theme's, almost the same on every page."""


def parts(html: str) -> frozenset[Part]:
    """The parts of a page's article; of all that is written where a page has none.

    >>> len(parts('<article><p>A</p><p>B <b>C</b></p><p class="lead">D</p></article><footer>E</footer>'))
    4
    """
    begin, end = html.find(_ARTICLE[0]), html.find(_ARTICLE[1])
    return _parts_of(html[max(begin, 0) : end if end > 0 else len(html)])


def frame(html: str) -> frozenset[Part]:
    """The parts of all that stands around a page's article.

    >>> one = frame('<html lang="en"><nav class="a"><a href="../x/">x</a></nav><article><p>A</p></article></html>')
    >>> len(one)
    3
    >>> one == frame('<html lang="en"><nav class="a"><a href="y/">y</a></nav><article></article></html>')
    True
    >>> one == frame('<html lang=""><nav class="a"><a href="y/">y</a></nav><article></article></html>')
    False
    """
    return _parts_of(html[: html.find(_ARTICLE[0])] + html[html.find(_ARTICLE[1]) :])


def _parts_of(html: str) -> frozenset[Part]:
    reading = _Parts()
    reading.feed(html)
    return frozenset(reading.found)


def standing(html: str, tag: str) -> tuple[str, tuple[Element, ...], tuple[str, ...]]:
    """How the first element of a tag stands in a page: all that decides how it looks and what can be done with it there.

    That is itself but for where its links lead, what it stands in, and the sheets and scripts of the page.

    >>> one = standing('<script src="../a.js"></script><p class="b"><s-c data-page="x/"><a href="../y/">y</a></s-c>', "s-c")
    >>> one
    ('<s-c><a href>y</a></s-c>', (('p', 'b'),), ('a.js',))
    >>> one == standing('<script src="a.js"></script><p class="b"><s-c data-page=""><a href="#z">y</a></s-c>', "s-c")
    True
    """
    found = re.search(f"<{tag}.*?</{tag}>", html, re.DOTALL)
    if not found:
        raise ValueError(f"no {tag} in this page")
    itself = re.sub(r' data-page="[^"]*"', "", re.sub(r' href="[^"]*"', " href", found[0]))
    above = _Parts()
    above.feed(html[: found.start()])
    names = re.findall(r'<(?:link|script) [^>]*(?:href|src)="(?:\.\./)*([^"]+\.(?:css|m?js))"', html)
    return itself, tuple(above.above), tuple(names)


class _Parts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[Part] = set()
        self.above: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        element = (tag, *sorted(given.pop("class", "").split()))
        styled = frozenset(style.partition(":")[0].strip() for style in given.get("style", "").split(";"))
        outside = given.get("href", "").startswith("http")
        kind = (given.get("type"), given.get("role"))
        names = frozenset(name if value else f"{name} empty" for name, value in given.items())
        self.found.add((*self.above, element, names, styled, outside, kind))
        if tag not in _EMPTY:
            self.above.append(element)

    def handle_endtag(self, tag: str) -> None:
        if any(above[0] == tag for above in self.above):
            while self.above.pop()[0] != tag:
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
