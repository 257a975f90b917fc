"""The grammar of ``java.util.Properties``: pairs from a text, and a pair as a line that reads back the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BLANKS = " \t\f"
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_EMPTY = re.compile(r"(?:[ \t\f]*(?:\r\n|\r|\n))+")
_ESCAPED = re.compile(r"\\(u([0-9a-fA-F]{4})|u|(.)|\Z)", re.DOTALL)
_LETTERS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}
_WRITTEN = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\f": "\\f"}


@dataclass(frozen=True)
class Pair:
    """One pair and the line on which it begins; ``malformed`` where Java would refuse the whole file for it."""

    line: int
    key: str
    value: str
    malformed: bool = False


def pairs(text: str) -> Iterator[Pair]:
    r"""The pairs of a text, as ``Properties.load`` finds them (but for a last one without key and value).

    >>> [(p.key, p.value) for p in pairs("a.b = 1\\\n   2\n# no\n! no\nc:\\u0034g\nd")]
    [('a.b', '12'), ('c', '4g'), ('d', '')]
    """
    for number, line in _logical_lines(text):
        end, escaped = 0, False
        while end < len(line) and (escaped or line[end] not in "=:" + _BLANKS):
            escaped = line[end] == "\\" and not escaped
            end += 1
        value = line[end:].lstrip(_BLANKS)
        if value[:1] in ("=", ":"):
            value = value[1:].lstrip(_BLANKS)
        key, bad_key = _unescaped(line[:end])
        value, bad_value = _unescaped(value)
        yield Pair(number, key, value, bad_key or bad_value)


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines without blanks before them, comments left out, continued ones joined."""
    parts: list[str] = []
    first = number = 0
    open_ended = False
    at = 0
    while match := _LINE.match(text, at):
        if not parts and (empty := _EMPTY.match(text, at)):
            number += empty[0].count("\n") + empty[0].count("\r") - empty[0].count("\r\n")
            at, open_ended = empty.end(), False
            continue
        number += 1
        at = match.end()
        line = match[1].lstrip(_BLANKS)
        if not match[0]:
            break
        if not parts and (not line or line[0] in "#!"):
            open_ended = False
            continue
        first = first if parts else number
        continued = (len(line) - len(line.rstrip("\\"))) % 2 == 1
        open_ended = continued
        if not continued:
            yield first, "".join([*parts, line])
            parts = []
        elif line[:-1]:  # a line of nothing but its backslash leaves the next one a new line
            parts.append(line[:-1])
    if parts or open_ended:
        yield first, "".join(parts)


def _unescaped(text: str) -> tuple[str, bool]:
    """The text without its escapes, and whether one of them is no escape of Java's."""
    if "\\" not in text:
        return text, False
    malformed = False

    def meant(match: re.Match[str]) -> str:
        nonlocal malformed
        malformed |= match[1] == "u"
        if match[2]:
            return chr(int(match[2], 16))
        return _LETTERS.get(match[1], match[1])

    plain = _ESCAPED.sub(meant, text)
    return _joined_pairs(plain), malformed


def _joined_pairs(text: str) -> str:
    """The text with each pair of surrogates, which Java writes as two escapes, as the one character it is."""
    if not re.search("[\ud800-\udbff][\udc00-\udfff]", text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def line_of(key: str, value: str) -> str:
    r"""The line that reads back as this pair; what is not ASCII stays as it is, in UTF-8.

    >>> line_of("spark.x", " =\n\x00")
    'spark.x \\ =\\n\\u0000'
    """
    escaped = "".join(_WRITTEN.get(letter) or _control(letter) for letter in value)
    if escaped[:1] in (" ", "=", ":"):
        escaped = "\\" + escaped
    return f"{key} {escaped}" if escaped else f"{key}="


def _control(letter: str) -> str:
    return f"\\u{ord(letter):04x}" if letter < " " or letter == "\x7f" else letter
