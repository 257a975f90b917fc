"""The part of YAML that people write Kubernetes objects in: block mappings and sequences, scalars, small flow ones.

Anchors, aliases, tags and templates are not followed: what they stand for is ``Unread``, and the rest is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from sparkmem.configuration.configuration import ConfigurationError
from sparkmem.configuration.yaml_scalars import (
    DEEPEST,
    Mapping,
    Scalar,
    Unread,
    flow_end,
    flow_value,
    quoted_end,
    quoted_text,
)

_COLON = re.compile(r"[ \t]*+:(?=[ \t]|$)")
_NO_KEY = (*"[]{},#&*!|>%@`", "- ", "? ", ": ")
_PROPERTIES = re.compile(r"(?:[&!]\S*(?:[ \t]+|$)){1,2}")
_REFERENCE = re.compile(r"!(?:Ref|Sub|GetAtt|ImportValue|FindInMap|If|Select|Join|ENV|env|env_var|vault|secret)\b")
_BLOCK = re.compile(r"([|>])(?:[+-]?[1-9]?|[1-9][+-])[ \t]*(?:#.*)?")
_MOST_LINES = 200
_COMMENT = re.compile(r"(?:^|[ \t])#.*$")


@dataclass
class _Line:
    number: int
    indent: int
    text: str


def documents(text: str, some: bool = False) -> list[object]:
    """The documents of a text; ``ConfigurationError`` with the line where it is none that we read.

    With ``some``, one that is none is ``Unread`` where another holds a mapping, as what a terminal shows below a file.
    """
    found: list[object] = []
    failed: ConfigurationError | None = None
    for first, lines in _split(re.split(r"\r\n|\r|\n", text)):
        try:
            reader = _Reader(lines, first)
            node = reader.block(-1, 0)
            if left := reader.peek():
                raise ConfigurationError("YAML that does not belong to what stands above it", left.number)
            found.append(node)
        except ConfigurationError as error:
            failed = failed or error
            found.append(Unread("a part that is no YAML", first))
    if failed and not (some and any(isinstance(node, Mapping) for node in found)):
        raise failed
    return found


def _split(lines: list[str]) -> list[tuple[int, list[str]]]:
    """The lines of each document, and the number of the first."""
    parts: list[tuple[int, list[str]]] = [(1, [])]
    empty = True
    for number, line in enumerate(lines, 1):
        if re.match(r"(---|\.\.\.)(?:\s|$)", line):
            parts.append((number, [" " * 3 + line[3:] if line[0] == "-" else ""]))
            empty = not parts[-1][1][0].strip()
        elif not (line.startswith("%") and empty):
            parts[-1][1].append(line)
            empty = empty and not line.strip()
        else:
            parts[-1][1].append("")
    return [part for part in parts if any(line.strip() and not line.lstrip().startswith("#") for line in part[1])]


class _Reader:
    def __init__(self, raw: list[str], first: int) -> None:
        self.raw, self.first, self.at = raw, first, 0
        self.lines = [
            _Line(number, len(line) - len(line.lstrip(" ")), line.strip(" \t")) for number, line in enumerate(raw, first)
        ]
        for line in self.lines:
            if line.text and self.raw[line.number - first][line.indent : line.indent + 1] == "\t" and line.text[0] != "#":
                line.indent = -2  # an error where the line is needed: inside a block text it is none

    def peek(self) -> _Line | None:
        """The next line that says something."""
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.text and line.text[0] != "#" and not line.text.startswith("{{"):
                if line.indent == -2:
                    raise ConfigurationError("YAML does not allow a tab before the text of a line", line.number)
                return line
            self.at += 1
        return None

    def block(self, parent: int, depth: int) -> object:
        """The node whose lines are indented by more than ``parent``."""
        line = self.peek()
        if line is None or line.indent <= parent:
            return Scalar("", line.number if line else 0, plain=True)
        if depth > DEEPEST:
            raise ConfigurationError(f"YAML nested deeper than {DEEPEST}", line.number)
        if line.text == "-" or line.text.startswith("- "):
            return self._sequence(line.indent, depth)
        if line.text.startswith("? "):
            raise ConfigurationError("a key after a question mark, which we do not read", line.number)
        if _entry(line):
            return self._mapping(line.indent, depth)
        self.at += 1
        return self._inline(line.text, line, parent, depth)

    def _sequence(self, indent: int, depth: int) -> list[object]:
        items: list[object] = []
        while (line := self.peek()) and line.indent == indent and (line.text == "-" or line.text.startswith("- ")):
            rest = line.text[1:].lstrip(" ")
            if rest and rest[0] != "#":
                line.indent += len(line.text) - len(rest)
                line.text = rest
            else:
                self.at += 1
            items.append(self.block(indent, depth + 1))
        return items

    def _mapping(self, indent: int, depth: int) -> Mapping:
        mapping = Mapping({}, {})
        while (line := self.peek()) and line.indent == indent and (entry := _entry(line)):
            key, rest = entry
            self.at += 1
            mapping.put(key, self._inline(rest, line, indent, depth), line.number)
        if line and line.indent > indent:
            raise ConfigurationError("YAML that is indented more than its neighbours", line.number)
        if line and line.indent == indent and not line.text.startswith("- ") and line.text != "-":
            raise ConfigurationError("YAML needs a key, a colon and a blank here", line.number)
        return mapping

    def _inline(self, rest: str, line: _Line, indent: int, depth: int) -> object:
        """The value that begins on the line of its key, or below it."""
        if not rest or rest[0] == "#":
            below = self.peek()
            same = below and below.indent == indent and (below.text == "-" or below.text.startswith("- "))
            return self.block(indent - 1 if same else indent, depth + 1)
        if rest[0] == "*":
            return Unread("an alias", line.number)
        if rest[0] in "&!" and (properties := _PROPERTIES.match(rest)):
            after = rest[properties.end() :]
            if _REFERENCE.match(rest):
                self._inline(after, line, indent, depth)
                return Unread("a reference", line.number)
            if after[:1] in ("&", "!"):
                raise ConfigurationError("more than an anchor and a tag before a value", line.number)
            return self._inline(after, line, indent, depth)
        if _BLOCK.fullmatch(rest):
            return Scalar(self._block_text(rest[0], indent), line.number)
        if rest[0] in "\"'":
            whole = self._until(rest, line, quoted_end)
            return Scalar(quoted_text(whole, line.number), line.number)
        if rest.startswith("{{"):
            return Unread("a template", line.number)
        if rest[0] in "{[":
            return flow_value(self._until(rest, line, flow_end), line.number)
        return Scalar(self._plain(rest, indent), line.number, plain=True)

    def _until(self, rest: str, line: _Line, end_of: Callable[[str], int]) -> str:
        """The text up to where a quoted or a flow value ends, its lines without the blanks around them."""
        taken, end, whole = 0, end_of(rest), rest
        while end < 0:  # twice as many lines each time, so that no letter is looked at more than a few times
            most = min(len(self.lines) - self.at, _MOST_LINES)
            if taken >= most:
                raise ConfigurationError("what begins here is not closed", line.number)
            taken = min(max(1, 2 * taken), most)
            whole = "\n".join([rest, *(below.text for below in self.lines[self.at : self.at + taken])])
            end = end_of(whole)
        below = whole.count("\n", 0, end)
        self.at += below
        stop = whole.find("\n", end)
        whole = whole if stop < 0 else whole[:stop]
        if _COMMENT.sub("", whole[end:]).strip():
            raise ConfigurationError("more text after the end of a value", line.number)
        return whole[:end]

    def _plain(self, rest: str, indent: int) -> str:
        words = [_COMMENT.sub("", rest).strip()]
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.text or line.text[0] == "#" or 0 <= line.indent <= indent:
                break
            if _entry(line):
                raise ConfigurationError("YAML does not allow a key below a value", line.number)
            words.append(_COMMENT.sub("", line.text).strip())
            self.at += 1
        return " ".join(word for word in words if word)

    def _block_text(self, style: str, indent: int) -> str:
        """The lines of a block text; ``>`` joins them by blanks.  Blanks before its first line are left out of all."""
        words: list[str] = []
        before = -1
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.text and 0 <= line.indent <= indent:
                break
            before = line.indent if before < 0 and line.text else before
            words.append(" " * max(0, line.indent - before) * (style == "|" and bool(line.text)) + line.text)
            self.at += 1
        return ("\n" if style == "|" else " ").join(words).strip()


def _entry(line: _Line) -> tuple[str, str] | None:
    """The key that begins a line and what follows its colon; None where no key does."""
    text = line.text
    if text[0] in "\"'":
        end = quoted_end(text)
        colon = _COLON.match(text, end) if end > 0 else None
        return (quoted_text(text[:end], line.number), text[colon.end() :].strip(" \t")) if colon else None
    colon = None if text.startswith(_NO_KEY) else re.search(r":(?=[ \t]|$)", text)
    if not colon or _COMMENT.search(text[: colon.start()]):
        return None
    return text[: colon.start()].rstrip(" \t"), text[colon.end() :].strip(" \t")
