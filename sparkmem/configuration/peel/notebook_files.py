"""A notebook's file (nbformat): the code of its cells as a program has it, line for line, in the order of the file."""

from __future__ import annotations

import json
import re

_SOURCE = re.compile(
    r"\"source\"\s{0,9}:\s{0,9}\[(?P<lines>(?:\s{0,60}\"(?:[^\"\\\n]|\\.){0,2000}\",?)*)\s{0,60}\]",
)
_KIND = re.compile(r"\"cell_type\"\s{0,9}:\s{0,9}\"(\w{1,20})\"")
_STRING = re.compile(r"\"(?:[^\"\\\n]|\\.){0,2000}\"")
_AROUND = re.compile(
    r"^[ \t]*(?:[\[\]{},][\[\]{}, \t]{0,40}|\"(?:cells|cell_type|execution_count|id|metadata|nbformat(?:_minor)?|outputs)\""
    r"[ \t]{0,9}:[^\n]{0,2000}|\"source\"[ \t]{0,9}:[ \t]{0,9}\[\"#[^\n]{0,2000})$",
    re.MULTILINE,
)
"""What is around cells, and a heading."""
_LONGEST = 200_000


def peel(text: str) -> str:
    r"""The text with the lines of code of each cell as they were typed, where each stands on a line of its own.

    >>> peel('{"cell_type": "code",\n "source": ["spark = \\"1\\"\\n",\n  "b"]}')
    '{"cell_type": "code",\n spark = "1"\nb'
    """
    if '"cell_type"' not in text or len(text) > _LONGEST or "park" not in text:
        return text
    kinds = [(found.start(), found[1]) for found in _KIND.finditer(text)]
    parts, at, next_kind, kind = list[str](), 0, 0, "code"
    for source in _SOURCE.finditer(text):
        while next_kind < len(kinds) and kinds[next_kind][0] < source.start():
            kind = kinds[next_kind][1]
            next_kind += 1
        code = _typed(source) if kind == "code" else None
        if code is not None:
            parts += [_AROUND.sub("", text[at : source.start()]), code]
            at = source.end()
    return "".join([*parts, _AROUND.sub("", text[at:]) if parts else text])


def _typed(source: re.Match[str]) -> str | None:
    """The lines of a cell, as many as its strings take; None where two of them stand on one line."""
    between = _STRING.split(source["lines"])
    if not all("\n" in gap for gap in between[1:-1]):
        return None
    try:
        lines = [json.loads(string).removesuffix("\n") for string in _STRING.findall(source["lines"])]
    except ValueError:  # an escape that JSON does not have
        return None
    if any("\n" in line for line in lines):
        return None
    before = source[0][: source.start("lines") - source.start()]
    gaps = [before.count("\n") + between[0].count("\n"), *(gap.count("\n") for gap in between[1:-1])]
    found = "".join("\n" * gap + line for gap, line in zip(gaps, lines, strict=False))
    return found + "\n" * (source[0].count("\n") - found.count("\n"))
