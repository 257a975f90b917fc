"""A text with numbers in it, as ``Container killed. {used:size} of {limit:size} used``, found in a text without blanks.

White space, quotes and backslashes count for nothing on either side (``squeezed``): so a text is found as well where it
was wrapped, indented, escaped for JSON or coloured.  Each literal between two numbers is looked for once, and nothing is
tried again: a match takes time in proportion to its length, whatever the text holds.

Kinds of a number are those of ``numbers``.
``word``: letters, digits and ``._:/$-`` up to the next literal.  ``text``: anything up to the next literal, 400
characters at most.  Words and texts stand between literals; ``{_:text}`` is passed over, and so is what a log writes
before each line.  A bracket beside a number may be another one there, or none: builds of vendors differ in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from sparkmem.diagnosis.numbers import COMPILED, PATTERNS, WORDS, Written, first_of_number, value

DROPPED = " \t\r\n\"'`\\\u00a0\u201c\u201d\u2018\u2019\u2028"
"""What is left out on both sides, besides."""
LONGEST_TEXT = 400
_DROP = str.maketrans("", "", DROPPED)
_NO_DIGITS = str.maketrans("", "", "0123456789")
_OPENING, _CLOSING = frozenset("([{<"), frozenset(")]}>")
SHORTEST_ANCHOR = 8
"""Characters, without blanks and digits: shorter ones stand in any text."""
_FIELD = re.compile(r"\{([a-z_][a-z0-9_-]*):([a-z]+)\}")
_LINE_END = re.compile(r"(?<=\S)[ \t]*\n[ \t]*(?=[^\s{])")
"""Between two literals: what begins the next line of a log may stand there too."""


class TemplateError(ValueError):
    """A template that cannot be used, and why."""


def squeezed(text: str, but: str = "") -> str:
    """A text without what counts for nothing, but for one character of it.

    >>> squeezed('5.5 GB of "5.5 GB"')
    '5.5GBof5.5GB'
    """
    return text.translate({ord(character): None for character in DROPPED if character != but} if but else _DROP)


def without_digits(text: str) -> str:
    """A squeezed text without its digits: by that a text is looked for.

    >>> without_digits("Exitstatus:137.")
    'Exitstatus:.'
    """
    return text.translate(_NO_DIGITS)


def without_fields(text: str) -> str:
    """The words of a template, a blank for each of its places.

    >>> without_fields("Exit status: {code:count}.")
    'Exit status:  .'
    """
    return _FIELD.sub(" ", text)


@dataclass(frozen=True)
class Match:
    """Where a template was found in a squeezed text, and what stood in its places."""

    start: int
    end: int
    found: dict[str, Written]

    def __len__(self) -> int:
        return self.end - self.start

    def numbers(self) -> dict[str, int | float]:
        """The numbers by the names of their places."""
        return {name: one.value for name, one in self.found.items() if one.value is not None}


@dataclass(frozen=True)
class Template:
    """A text in parts: literals, squeezed, and between them places as ``(name, kind)``."""

    text: str
    literals: tuple[str, ...]
    places: tuple[tuple[str, str], ...]
    key: int
    """The literal by which it is looked for."""
    opened: frozenset[int] = frozenset()
    """The places before which a bracket may stand."""
    closed: frozenset[int] = frozenset()
    """The places behind which one may."""

    @cached_property
    def anchor(self) -> str:
        """What is looked for, without digits."""
        return without_digits(self.literals[self.key])

    def match(self, text: str, near: int) -> Match | None:
        """The match whose key literal stands at ``near`` in a squeezed text; None where the rest is not there."""
        start = at = self._begin(text, near)
        if at < 0:
            return None
        found: dict[str, Written] = {}
        for number, literal in enumerate(self.literals):
            if not text.startswith(literal, at) or (number == self.key and at != near):
                return None
            at += len(literal)
            if number < len(self.places):
                following = self.literals[number + 1] if number + 1 < len(self.literals) else ""
                at += number in self.opened and text[at : at + 1] in _OPENING
                at = _taken(text, at, self.places[number], following, found)
                if at < 0:
                    return None
                at += number in self.closed and text[at : at + 1] in _CLOSING
        return Match(start, at, found)

    def _begin(self, text: str, near: int) -> int:
        """Where the part before the key literal begins, the nearest that may fit; -1 where it is not there."""
        for number in range(self.key - 1, -1, -1):
            literal = self.literals[number]
            if literal:
                near = text.rfind(literal, max(0, near - LONGEST_TEXT - len(literal)), near)
                if near < 0:
                    return -1
            elif number == 0:
                near = first_of_number(text, near, self.places[0][1])
        return near


def _taken(text: str, at: int, place: tuple[str, str], following: str, found: dict[str, Written]) -> int:
    """Where what stands at a place ends, kept under its name; -1 where it does not stand there."""
    name, kind = place
    if kind in WORDS:
        end = text.find(following, at, at + LONGEST_TEXT + len(following)) if following else _end_of_word(text, at)
        if end < 0 or (kind == "word" and not COMPILED["word"].fullmatch(text, at, end)):
            return -1
    else:
        match = COMPILED[kind].match(text, at)
        if not match:
            return -1
        end = match.end()
    if name != "_":
        written = text[at:end]
        found[name] = Written(written, None if kind in WORDS else value(written, kind), kind)
    return end


def _end_of_word(text: str, at: int) -> int:
    match = COMPILED["word"].match(text, at)
    return match.end() if match else -1


def template(text: str, key: str = "") -> Template:
    """The template that a text is; ``key`` is what to look for, else its longest literal without a line's end.

    >>> template("Exit status: {code:count}.").anchor
    'Exitstatus:'
    """
    parts = _FIELD.split(_LINE_END.sub("{_:text}", text.strip()))
    literals = [squeezed(part) for part in parts[::3]]
    places = list(zip(parts[1::3], parts[2::3], strict=True))
    for name, kind in places:
        if kind not in PATTERNS:
            raise TemplateError(f"{{{name}:{kind}}}: {kind} is not one of {', '.join(PATTERNS)}")
    for number, (name, kind) in enumerate(places):
        after = literals[number + 1]
        if kind == "text" and not after:
            raise TemplateError(f"{{{name}:{kind}}}: no literal follows, so nothing says where it ends")
        if not literals[number] and (kind in WORDS if number == 0 else name != "_"):
            raise TemplateError(f"{{{name}:{kind}}}: no literal before it says where it begins")
    names = [name for name, _ in places if name != "_"]
    if len(set(names)) < len(names):
        raise TemplateError(f"a name stands twice among {', '.join(names)}")
    opened, closed = _without_brackets(literals, places)
    if not literals[-1]:
        literals.pop()
    wanted = squeezed(key)
    if wanted and wanted not in literals:
        raise TemplateError(f"the anchor {key!r} is not one of the literals between its places")
    at = literals.index(wanted) if wanted else max(range(len(literals)), key=lambda n: len(without_digits(literals[n])))
    made = Template(text, tuple(literals), tuple(places), at, opened, closed)
    if len(made.anchor) < SHORTEST_ANCHOR:
        raise TemplateError(f"no literal of {SHORTEST_ANCHOR} letters to look for; the longest is {made.anchor!r}")
    return made


def _without_brackets(literals: list[str], places: list[tuple[str, str]]) -> tuple[frozenset[int], frozenset[int]]:
    """Takes a bracket beside a number from the literals, where more of them is left, or where it closes one that was
    taken: before which places one stood, and behind which."""
    opened, closed = set(), set()
    for number, (_, kind) in enumerate(places):
        if kind in WORDS:
            continue
        before, after = literals[number], literals[number + 1]
        if before[:-1] and before[-1] in _OPENING:
            literals[number] = before[:-1]
            opened.add(number)
        if after[:1] in _CLOSING and (after[1:] or (opened and number + 2 == len(literals))):
            literals[number + 1] = after[1:]
            closed.add(number)
    return frozenset(opened), frozenset(closed)
