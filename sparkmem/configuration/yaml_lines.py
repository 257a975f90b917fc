"""The lines of a document of YAML: how far each is indented, the keys that begin them, texts over several of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from sparkmem.configuration.configuration import ConfigurationError
from sparkmem.configuration.yaml_scalars import quoted_end, quoted_text

_COLON = re.compile(r"[ \t]*+:(?=[ \t]|$)")
_NO_KEY = (*"[]{},#&*!|>%@`", "- ", "? ", ": ")
_MOST_LINES = 200
_COMMENT = re.compile(r"(?:^|[ \t])#.*$")


@dataclass
class Line:
    """A line by its number, without the blanks around it; ``indent`` is -2 where a tab stands before the text."""

    number: int
    indent: int
    text: str

    @property
    def is_item(self) -> bool:
        """Whether an item of a sequence begins it."""
        return self.text == "-" or self.text.startswith("- ")


class Lines:
    """Goes through them, from one that says something to the next."""

    def __init__(self, raw: list[str], first: int) -> None:
        self.raw, self.first, self.at = raw, first, 0
        self.lines = [
            Line(number, len(line) - len(line.lstrip(" ")), line.strip(" \t")) for number, line in enumerate(raw, first)
        ]
        for line in self.lines:
            if line.text and self.raw[line.number - first][line.indent : line.indent + 1] == "\t" and line.text[0] != "#":
                line.indent = -2  # an error where the line is needed: inside a block text it is none

    def peek(self) -> Line | None:
        """The next line that says something."""
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.text and line.text[0] != "#" and not line.text.startswith("{{"):
                if line.indent == -2:
                    raise ConfigurationError("YAML does not allow a tab before the text of a line", line.number)
                return line
            self.at += 1
        return None

    def until(self, rest: str, line: Line, end_of: Callable[[str], int]) -> str:
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

    def plain(self, rest: str, indent: int) -> str:
        """A text without quotes, which goes on below its key while its lines are indented by more than ``indent``."""
        words = [_COMMENT.sub("", rest).strip()]
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.text or line.text[0] == "#" or 0 <= line.indent <= indent:
                break
            if entry_of(line):
                raise ConfigurationError("YAML does not allow a key below a value", line.number)
            words.append(_COMMENT.sub("", line.text).strip())
            self.at += 1
        return " ".join(word for word in words if word)

    def block_text(self, style: str, indent: int) -> str:
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


def entry_of(line: Line) -> tuple[str, str] | None:
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


def split_documents(lines: list[str]) -> list[tuple[int, list[str]]]:
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
