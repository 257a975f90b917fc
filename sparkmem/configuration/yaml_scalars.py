"""YAML's scalars: quoted and plain, and the flow mappings and sequences that hold them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sparkmem.configuration.configuration import ConfigurationError

_DOUBLE = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_SINGLE = re.compile(r"'(?:[^']|'')*+'")
_FLOW = re.compile(
    r"""\s*+("(?:[^"\\]|\\.)*+"|'(?:[^']|'')*+'|[{}\[\],]|:(?=[\s,}\]]|$)
    |(?:[^\s{}\[\],:"']|:(?![\s,}\]]|$))(?:[^{}\[\],:]|:(?![\s,}\]]|$))*)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_BREAKS = re.compile(r"\n+")
_UNESCAPED_BREAKS = re.compile(r"(\\.)|\n+", re.DOTALL)
_LETTERS = {
    "\n": "", "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r",
    "e": "\x1b", " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
DEEPEST = 40
NULLS = ("", "~", "null", "Null", "NULL")
"""How a plain scalar says that there is no value."""


@dataclass(frozen=True)
class Scalar:
    """A text and its line; ``plain`` where it stands without quotes, so that an empty one is none."""

    text: str
    line: int
    plain: bool = False


@dataclass
class Mapping:
    """A mapping: its entries by key, the line on which each key stands, and earlier places of keys that stand again."""

    entries: dict[str, object]
    lines: dict[str, int]
    repeated: list[tuple[str, int]] = field(default_factory=list)

    def put(self, key: str, value: object, line: int) -> None:
        """Keep an entry; the last of a key counts."""
        if key in self.entries:
            self.repeated.append((key, self.lines[key]))
        self.entries[key], self.lines[key] = value, line


@dataclass(frozen=True)
class Unread:
    """Something that is not followed, and what it is."""

    what: str
    line: int


def quoted_end(text: str) -> int:
    """Where the quoted scalar that begins the text ends; -1 where it does not."""
    match = (_DOUBLE if text[0] == '"' else _SINGLE).match(text)
    return match.end() if match else -1


def quoted_text(quoted: str, line: int) -> str:
    r"""The text of a quoted scalar.

    >>> quoted_text("'it''s'", 1), quoted_text('"a\\tb\\u00e9"', 1)
    ("it's", 'a\tbé')
    """
    if quoted[0] == "'":
        return _BREAKS.sub(_folded, quoted[1:-1].replace("''", "'"))

    def meant(match: re.Match[str]) -> str:
        code = match[1] or match[2] or match[3]
        if code:
            return chr(int(code, 16)) if int(code, 16) < 0x110000 else "\ufffd"
        if match[4] not in _LETTERS:
            raise ConfigurationError(f"YAML has no escape \\{match[4]}", line)
        return _LETTERS[match[4]]

    return _ESCAPE.sub(meant, _UNESCAPED_BREAKS.sub(lambda match: match[1] or _folded(match), quoted[1:-1]))


def _folded(breaks: re.Match[str]) -> str:
    """What line breaks inside a scalar come to: one a blank, each further one a line break."""
    return "\n" * (breaks[0].count("\n") - 1) or " "


def flow_end(text: str) -> int:
    """Where the flow collection that begins the text ends; -1 where it does not."""
    depth = 0
    for token, end in _flow_tokens(text):
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(token, 0)
        if depth == 0:
            return end
    return -1


def flow_value(text: str, line: int) -> object:
    """A flow mapping or sequence and all that it holds."""
    whole: list[object] = []
    open_nodes: list[tuple[Mapping | list[object], list[str]]] = [(whole, [])]
    for token, _ in _flow_tokens(text):
        node, key = open_nodes[-1]  # a list of the key that waits for its value, or of none
        if token in ("}", "]", ",", ":"):
            if token in ("}", "]"):
                open_nodes.pop()
            if not open_nodes:
                raise ConfigurationError("a flow mapping or sequence with a bracket too many", line)
            if token == ",":
                key.clear()
            continue
        quoted = token[0] in "\"'"
        value: Mapping | list[object] | Scalar
        if token in ("{", "["):
            value = Mapping({}, {}) if token == "{" else []
            open_nodes.append((value, []))
        else:
            value = Scalar(quoted_text(token, line) if quoted else _BREAKS.sub(_folded, token.strip()), line, not quoted)
        if isinstance(node, list):
            node.append(value)
        elif len(key) > 1:
            raise ConfigurationError("a flow mapping without a comma between its entries", line)
        elif key:
            node.put(key[0], value, line)
            key.append("")  # a further value needs a comma before it
        elif isinstance(value, Scalar):
            key.append(value.text)
        if len(open_nodes) > DEEPEST:
            raise ConfigurationError(f"YAML nested deeper than {DEEPEST}", line)
    if len(open_nodes) != 1:
        raise ConfigurationError("a flow mapping or sequence that is not closed", line)
    return whole[0]


def _flow_tokens(text: str) -> Iterator[tuple[str, int]]:
    """The tokens of a flow collection, each with its end; they stop before a quote that is not closed."""
    at, after_quoted = 0, False
    while at < len(text):
        if after_quoted and text[at] == ":":
            token, at = ":", at + 1  # needs no blank behind it there
        elif match := _FLOW.match(text, at):
            token, at = match[1], match.end()
        else:
            return
        after_quoted = token[0] in "\"'"
        yield token, at
