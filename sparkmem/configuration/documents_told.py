"""The documents of a text that specify an application each: where each stands, and by which words it may be spoken of."""

from __future__ import annotations

import re

from sparkmem.configuration.commands_told import Command, words_of
from sparkmem.configuration.operator_fields import KINDS

_KIND = re.compile(rf"^kind:[ \t]{{1,9}}[\"']?(?:{'|'.join(KINDS)})\b", re.MULTILINE)
_APART = re.compile(r"^---[ \t]*$", re.MULTILINE)
_NAMED = re.compile(r"\bname:[ \t]{1,9}[\"']?([\w.-]{1,80})")
_MAIN = re.compile(r"\b(?:mainClass|mainApplicationFile|main):[ \t]{1,9}[\"']?([^\s\"']{1,200})")
_PROSE = re.compile(r"\n[ \t]*\n(?=(?![\w.-]{1,40}:[ \n])[A-Za-z][\w'’,-]*[ ,])")
"""A blank line and a sentence below it, where a document ends without a sign of its own."""
_MOST = 40


def documents_of(text: str) -> list[Command]:
    """The documents between lines of ``---`` that are such an object, without the prose below the last."""
    if len(_KIND.findall(text)) < 2:
        return []
    found: list[Command] = []
    ends = [mark.start() for mark in _APART.finditer(text)]
    for start, end in zip([0, *(end + 3 for end in ends)], [*ends, len(text)], strict=True):
        kind = _KIND.search(text, start, end)
        if kind is None or len(found) == _MOST:
            continue
        prose = _PROSE.search(text, kind.end(), end)
        end = prose.start() if prose else end
        own = text[start:end]
        name, main = (one[1] if (one := sign.search(own)) else "" for sign in (_NAMED, _MAIN))
        line = text.count("\n", 0, kind.start()) + 1
        found.append(Command(start, end, line, own, (name, main), words_of(f"{name} {main.rpartition('/')[2]}")))
    return found
