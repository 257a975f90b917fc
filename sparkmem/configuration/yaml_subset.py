"""The part of YAML that people write Kubernetes objects in: block mappings and sequences, scalars, small flow ones.

Anchors, aliases, tags and templates are not followed: what they stand for is ``Unread``, and the rest is read.
"""

from __future__ import annotations

import re

from sparkmem.configuration.configuration import ConfigurationError
from sparkmem.configuration.yaml_lines import Line, Lines, entry_of, split_documents
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

_PROPERTIES = re.compile(r"(?:[&!]\S*(?:[ \t]+|$)){1,2}")
_REFERENCE = re.compile(r"!(?:Ref|Sub|GetAtt|ImportValue|FindInMap|If|Select|Join|ENV|env|env_var|vault|secret)\b")
_SECOND_KEY = re.compile(r"[;,][ \t]{0,9}spark\.[\w.]{3,80}:[ \t]")
_BLOCK = re.compile(r"([|>])(?:[+-]?[1-9]?|[1-9][+-])[ \t]*(?:#.*)?")


def documents(text: str, some: bool = False) -> list[object]:
    """The documents of a text; ``ConfigurationError`` with the line where it is none that we read.

    With ``some``, one that is none is ``Unread`` where another holds a mapping, as what a terminal shows below a file.
    """
    found: list[object] = []
    failed: ConfigurationError | None = None
    for first, lines in split_documents(re.split(r"\r\n|\r|\n", text)):
        try:
            reader = _Reader(lines, first)
            node = reader.block(-1, 0)
            if left := reader.lines.peek():
                raise ConfigurationError("YAML that does not belong to what stands above it", left.number)
            found.append(node)
        except ConfigurationError as error:
            failed = failed or error
            found.append(Unread("a part that is no YAML", first))
    if failed and not (some and any(isinstance(node, Mapping) for node in found)):
        raise failed
    return found


class _Reader:
    def __init__(self, raw: list[str], first: int) -> None:
        self.lines = Lines(raw, first)

    def block(self, parent: int, depth: int) -> object:
        """The node whose lines are indented by more than ``parent``."""
        line = self.lines.peek()
        if line is None or line.indent <= parent:
            return Scalar("", line.number if line else 0, plain=True)
        if depth > DEEPEST:
            raise ConfigurationError(f"YAML nested deeper than {DEEPEST}", line.number)
        if line.is_item:
            return self._sequence(line.indent, depth)
        if line.text.startswith("? "):
            raise ConfigurationError("a key after a question mark, which we do not read", line.number)
        if entry_of(line):
            return self._mapping(line.indent, depth)
        self.lines.at += 1
        return self._inline(line.text, line, parent, depth)

    def _sequence(self, indent: int, depth: int) -> list[object]:
        items: list[object] = []
        while (line := self.lines.peek()) and line.indent == indent and line.is_item:
            rest = line.text[1:].lstrip(" ")
            if rest and rest[0] != "#":
                line.indent += len(line.text) - len(rest)
                line.text = rest
            else:
                self.lines.at += 1
            items.append(self.block(indent, depth + 1))
        return items

    def _mapping(self, indent: int, depth: int) -> Mapping:
        mapping = Mapping({}, {})
        while (line := self.lines.peek()) and line.indent == indent and (entry := entry_of(line)):
            key, rest = entry
            self.lines.at += 1
            mapping.put(key, self._inline(rest, line, indent, depth), line.number)
        if line and line.indent > indent:
            raise ConfigurationError("YAML that is indented more than its neighbours", line.number)
        if line and line.indent == indent and not line.is_item:
            raise ConfigurationError("YAML needs a key, a colon and a blank here", line.number)
        return mapping

    def _inline(self, rest: str, line: Line, indent: int, depth: int) -> object:
        """The value that begins on the line of its key, or below it."""
        if not rest or rest[0] == "#":
            below = self.lines.peek()
            same = below and below.indent == indent and below.is_item
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
            return Scalar(self.lines.block_text(rest[0], indent), line.number)
        if rest[0] in "\"'":
            whole = self.lines.until(rest, line, quoted_end)
            return Scalar(quoted_text(whole, line.number), line.number)
        if rest.startswith("{{"):
            return Unread("a template", line.number)
        if rest[0] in "{[":
            return flow_value(self.lines.until(rest, line, flow_end), line.number)
        if _SECOND_KEY.search(rest):
            raise ConfigurationError("a second key on the line of a first, which is no YAML", line.number)
        return Scalar(self.lines.plain(rest, indent), line.number, plain=True)
