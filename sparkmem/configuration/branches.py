"""Where a program goes one way or another, so that of two values of a key only a run would tell which holds."""

from __future__ import annotations

import re
from collections import Counter


class Branches:
    """Where a program goes one way or another, by lines."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._indents = [len(line) - len(line.lstrip()) for line in self._lines]
        self._around: dict[int, list[int]] = {}
        self._known = _constants(text) if "if" in text else {}
        self._turns = [text.count("\n", 0, turn.start(1)) + 1 for turn in _TURN.finditer(text)] if "else" in text else []

    def part(self, one: int, other: int) -> bool:
        """Whether a line and a later one stand in different branches of one condition, or only the later one in some."""
        least = min(self._indent(one), self._indent(other))
        if any(one < turn <= other and self._indent(turn) < least for turn in self._turns):
            return True
        return bool(set(self._conditions(other)) - set(self._conditions(one)))

    def never(self, line: int) -> bool:
        """Whether a line stands in a branch that is not gone, by what the text gives to the name in its condition.

        >>> Branches('m = "a"\\nif m == "a":\\n  x = 1\\nelse:\\n  x = 2').never(5)
        True
        """
        return bool(self._known) and any(self._holds(header) is False for header in self._headers(line))

    def _headers(self, line: int) -> list[int]:
        """The lines with the condition, or the else, of each branch that a line stands in."""
        found, least = list[int](), self._indent(line)
        for number in range(min(line - 1, len(self._lines)), max(0, line - _MOST_ABOVE), -1):
            if not least:
                break
            if number in self._around and self._indents[number - 1] == least:
                found += self._around[number]
                break
            if self._lines[number - 1].strip() and self._indents[number - 1] < least:
                least = self._indents[number - 1]
                if _HEADER.match(self._lines[number - 1]):
                    found.append(number)
        self._around[line] = found
        return found

    def _holds(self, header: int) -> bool | None:
        """Whether the branch that begins there is gone; None where only a run would tell."""
        first = _HEADER.match(self._lines[header - 1])
        told = self._told(header)
        if not first or first[1] == "if" or told is False:
            return told
        indent = self._indents[header - 1]
        for number in range(header - 1, max(0, header - _MOST_ABOVE), -1):
            if not self._lines[number - 1].strip() or self._indents[number - 1] > indent:
                continue
            before = _HEADER.match(self._lines[number - 1]) if self._indents[number - 1] == indent else None
            if not before:
                return None
            earlier = self._told(number)
            if earlier is not False:
                return False if earlier else None
            if before[1] == "if":
                return told
        return None

    def _told(self, header: int) -> bool | None:
        """What a condition by itself comes to; an else by itself holds."""
        line = self._lines[header - 1][:_LONGEST]
        if _ELSE.match(line):
            return True
        condition = _COMPARED.match(line)
        held = self._known.get(condition["name"]) if condition else None
        if condition is None or held is None:
            return None
        other = condition["value"]
        same = held == other if other else held in ("True", "true")
        if other is None and held not in ("True", "true", "False", "false"):
            return None
        return same != bool(condition["not"] or condition["sign"] == "!=")

    def _conditions(self, line: int) -> list[int]:
        """The lines with a condition that a line depends on, its own and those above it that are indented less."""
        found, least = [], self._indent(line) + 1
        for number in range(min(line, len(self._lines)), max(0, line - _MOST_ABOVE), -1):
            text = self._lines[number - 1]
            if text.strip() and self._indents[number - 1] < least:
                least = self._indents[number - 1]
                if _CONDITION.match(text) and not (self._known and self._holds(number)):
                    found.append(number)
        return found

    def _indent(self, line: int) -> int:
        return self._indents[line - 1] if 1 <= line <= len(self._indents) else 0


def _constants(text: str) -> dict[str, str]:
    """What the text gives to names once, and nowhere in another way."""
    told = {match["name"]: match["value"] for match in _ASSIGNED.finditer(text)}
    if not told:
        return {}
    times = Counter(name for pattern in _GIVEN for name in pattern.findall(text))
    return {name: value for name, value in told.items() if times[name] == 1}


_MOST_ABOVE, _LONGEST = 400, 400
_LITERAL = r"(?P<quote>[\"'])[^\"'\\\n]{0,80}(?P=quote)|[0-9]{1,12}|[tT]rue|[fF]alse"
_ASSIGNED = re.compile(
    r"^[ \t]*(?:(?:final|private|val|var|const|let|String|int|boolean)[ \t]{1,9}){0,4}"
    r"(?P<name>[A-Za-z_]\w{0,60})[ \t]{0,20}(?::[ \t]{0,9}\w{1,30}[ \t]{0,9})?="
    rf"[ \t]{{0,20}}(?P<value>{_LITERAL})[ \t]{{0,20}};?[ \t]{{0,20}}(?:(?:#|//)[^\n]*)?\r?$",
    re.MULTILINE,
)
_GIVEN = (
    re.compile(r"\b([A-Za-z_]\w{0,60})[ \t]{0,20}[-+*/|&]?=(?![=>])"),
    re.compile(r"\b([A-Za-z_]\w{0,60})[ \t]{0,9}:[ \t]{0,9}\w{1,30}[ \t]{0,9}=(?![=>])"),
    re.compile(r"\b(?:for[ \t(]{1,9}(?:\w{1,30},?[ \t]{1,9})?|global[ \t]{1,9})([A-Za-z_]\w{0,60})\b"),
)
_HEADER = re.compile(r"[ \t]*(?:\}[ \t]*)?(if|elif|else)\b")
_ELSE = re.compile(r"[ \t]*(?:\}[ \t]*)?else[ \t]*[:{]")
_COMPARED = re.compile(
    r"[ \t]*(?:\}[ \t]*)?(?:if|elif|else[ \t]+if)\b[ \t]*\(?[ \t]*"
    r"(?P<not>not[ \t]|!)?[ \t]*(?P<name>[A-Za-z_]\w{0,60})[ \t]*"
    rf"(?:(?P<sign>[!=]==?)[ \t]*(?P<value>{_LITERAL})[ \t]*)?\)?[ \t]*[:{{]"
)
_CONDITION = re.compile(r"[ \t]*(?:\}[ \t]*)?(?:if|elif|else[ \t]+if|when|unless)\b(?![ \t]*\(?[ \t]*__name__)")
_TURN = re.compile(r"^[ \t]*(?:\}[ \t]*)?(else|elif)\b", re.MULTILINE)
