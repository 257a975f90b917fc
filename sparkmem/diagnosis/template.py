"""A text with numbers in it, as ``Container killed. {used:size} of {limit:size} used``, found in a text without blanks.

White space, quotes and backslashes count for nothing on either side (``squeezed``): so a text is found as well where it
was wrapped, indented, escaped for JSON or coloured.  Each literal between two numbers is looked for once, and nothing is
tried again: a match takes time in proportion to its length, whatever the text holds.

Kinds of a number: ``bytes``, ``kib``, ``mib``, ``gib``, ``pages`` (of 4 KiB): a whole number of those.
``size``: a number with its unit, ``5.5 GB``, ``1024.0 MiB``, ``48136K``, in steps of 1024, as Spark, Hadoop and the JVM
mean it.
``quantity``: one of Kubernetes, ``48136Ki`` or ``500M``.  ``count``, ``ms``, ``seconds``, ``fraction``: plain numbers.
``word``: letters, digits and ``._:/$-`` up to the next literal.  ``text``: anything up to the next literal, 400
characters at most.  Words and texts stand between literals; ``{_:text}`` is passed over, and so is what a log writes
before each line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

DROPPED = " \t\r\n\"'`\\\u00a0\u201c\u201d\u2018\u2019\u2028"
"""What is left out on both sides, besides."""
LONGEST_TEXT = 400
_DROP = str.maketrans("", "", DROPPED)
_FIELD = re.compile(r"\{([a-z_][a-z0-9_-]*):([a-z]+)\}")
_LINE_END = re.compile(r"(?<=\S)[ \t]*\n[ \t]*(?=[^\s{])")
"""Between two literals: what begins the next line of a log may stand there too."""
_WHOLE = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,6}|[0-9]{1,19})"
_DECIMAL = r"[0-9]{1,15}(?:[.,][0-9]{1,9})?"
_SIGNED = rf"-?{_WHOLE}"
_UNITS = {"": 1, "k": 2**10, "m": 2**20, "g": 2**30, "t": 2**40, "p": 2**50, "e": 2**60}
_DECIMAL_UNITS = {"k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12, "p": 10**15}
_WHOLE_UNITS = {"bytes": 1, "kib": 2**10, "mib": 2**20, "gib": 2**30, "pages": 4096}
_PATTERNS = {
    **dict.fromkeys(_WHOLE_UNITS, _WHOLE),
    "size": rf"{_DECIMAL}(?:[KkMmGgTtPpEe](?:i?[Bb]|[Bb])?|[Bb](?:ytes)?)?",
    "quantity": rf"{_DECIMAL}(?:[KMGTPE]i|[kMGTP])?",
    "count": _SIGNED,
    "ms": _WHOLE,
    "seconds": _DECIMAL,
    "fraction": _DECIMAL,
    "word": r"[\w._:/$@-]{1,200}",
    "text": "",
}
_COMPILED = {kind: re.compile(pattern) for kind, pattern in _PATTERNS.items() if pattern}
BYTES = frozenset((*_WHOLE_UNITS, "size", "quantity"))
"""The kinds whose numbers are bytes."""
WORDS = frozenset(("word", "text"))


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


_NO_DIGITS = str.maketrans("", "", "0123456789")


def without_fields(text: str) -> str:
    """The words of a template, a blank for each of its places.

    >>> without_fields("Exit status: {code:count}.")
    'Exit status:  .'
    """
    return _FIELD.sub(" ", text)


@dataclass(frozen=True)
class Written:
    """A number as it was written, and what it means [bytes for the kinds of ``BYTES``]; of words only the text."""

    text: str
    value: int | float | None
    kind: str


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
                at = _taken(text, at, self.places[number], following, found)
                if at < 0:
                    return None
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
                near = _first_of_number(text, near, self.places[0][1])
        return near


def _first_of_number(text: str, end: int, kind: str) -> int:
    """Where a number that ends there begins."""
    begin = end
    while begin > max(0, end - 30) and (text[begin - 1].isdigit() or text[begin - 1] in ".,"):
        begin -= 1
    if begin == end and kind in ("size", "quantity"):
        letters = re.compile(r"[A-Za-z]{1,5}")
        for length in (5, 4, 3, 2, 1):
            if letters.fullmatch(text, max(0, end - length), end):
                begun = _first_of_number(text, end - length, "")
                if begun < end - length:
                    return begun
    return begin


def _taken(text: str, at: int, place: tuple[str, str], following: str, found: dict[str, Written]) -> int:
    """Where what stands at a place ends, kept under its name; -1 where it does not stand there."""
    name, kind = place
    if kind in WORDS:
        end = text.find(following, at, at + LONGEST_TEXT + len(following)) if following else _end_of_word(text, at)
        if end < 0 or (kind == "word" and not _COMPILED["word"].fullmatch(text, at, end)):
            return -1
    else:
        match = _COMPILED[kind].match(text, at)
        if not match:
            return -1
        end = match.end()
    if name != "_":
        written = text[at:end]
        found[name] = Written(written, None if kind in WORDS else value(written, kind), kind)
    return end


def _end_of_word(text: str, at: int) -> int:
    match = _COMPILED["word"].match(text, at)
    return match.end() if match else -1


def value(text: str, kind: str) -> int | float:
    """What a number means, in bytes where its kind is a size.

    >>> value("5.5GB", "size"), value("48136Ki", "quantity"), value("1,613,717", "pages"), value("0,5", "fraction")
    (5905580032, 49291264, 6609784832, 0.5)
    """
    if kind in _WHOLE_UNITS:
        return int(text.replace(",", "")) * _WHOLE_UNITS[kind]
    if kind in ("count", "ms"):
        return int(text.replace(",", ""))
    if kind in ("seconds", "fraction"):
        return float(text.replace(",", "."))
    number = text.rstrip("KkMmGgTtPpEeiBbys")
    unit = text[len(number) :]
    many = _UNITS[unit[:1].lower().replace("b", "")]
    if kind == "quantity" and unit and not unit.endswith("i"):
        many = _DECIMAL_UNITS[unit.lower()]
    whole, _, decimals = number.replace(",", ".").partition(".")
    return int(whole + decimals) * many // int(10 ** len(decimals))


def template(text: str, key: str = "") -> Template:
    """The template that a text is; ``key`` is what to look for, else its longest literal without a line's end.

    >>> template("Exit status: {code:count}.").anchor
    'Exitstatus:'
    """
    parts = _FIELD.split(_LINE_END.sub("{_:text}", text.strip()))
    literals = [squeezed(part) for part in parts[::3]]
    places = list(zip(parts[1::3], parts[2::3], strict=True))
    for name, kind in places:
        if kind not in _PATTERNS:
            raise TemplateError(f"{{{name}:{kind}}}: {kind} is not one of {', '.join(_PATTERNS)}")
    for number, (name, kind) in enumerate(places):
        after = literals[number + 1]
        if kind == "text" and not after:
            raise TemplateError(f"{{{name}:{kind}}}: no literal follows, so nothing says where it ends")
        if not literals[number] and (kind in WORDS if number == 0 else name != "_"):
            raise TemplateError(f"{{{name}:{kind}}}: no literal before it says where it begins")
    names = [name for name, _ in places if name != "_"]
    if len(set(names)) < len(names):
        raise TemplateError(f"a name stands twice among {', '.join(names)}")
    if not literals[-1]:
        literals.pop()
    wanted = squeezed(key)
    if wanted and wanted not in literals:
        raise TemplateError(f"the anchor {key!r} is not one of the literals between its places")
    at = literals.index(wanted) if wanted else max(range(len(literals)), key=lambda n: len(without_digits(literals[n])))
    made = Template(text, tuple(literals), tuple(places), at)
    if len(made.anchor) < SHORTEST_ANCHOR:
        raise TemplateError(f"no literal of {SHORTEST_ANCHOR} letters to look for; the longest is {made.anchor!r}")
    return made


SHORTEST_ANCHOR = 8
"""Characters, without blanks and digits: shorter ones stand in any text."""
