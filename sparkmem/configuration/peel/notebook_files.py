"""A notebook's file (nbformat): the code of its cells as a program has it, line for line, in the order of the file."""

from __future__ import annotations

import json
import re
from functools import partial

from sparkmem.configuration.piece import Piece

_SOURCE = re.compile(
    r"\"source\"\s{0,9}:\s{0,9}\[(?P<lines>(?:\s{0,60}\"(?:[^\"\\\n]|\\.){0,2000}\",?)*)\s{0,60}\]",
)
_KIND = re.compile(r"\"cell_type\"\s{0,9}:\s{0,9}\"(\w{1,20})\"")
_STRING = re.compile(r"\"(?:[^\"\\\n]|\\.){0,2000}\"")
_AROUND = re.compile(
    r"^[ \t]*(?:[\[\]{},][\[\]{}, \t]{0,40})?"
    r"(?:\"(?:cells|cell_type|execution_count|id|metadata|nbformat(?:_minor)?|outputs)\"[ \t]{0,9}:[^\n]{0,2000}"
    r"|\"source\"[ \t]{0,9}:[ \t]{0,9}\[\"#[^\n]{0,2000})?$",
    re.MULTILINE,
)
"""What is around cells, and a heading."""
_LONGEST = 200_000
_FOLDED = re.compile(
    r"(?<!\\)\"source\"[ \t]{0,9}:[ \t]{0,9}"
    r"(\[(?:[ \t]{0,60}\"(?:[^\"\\\n]|\\.)*+\",?)*+[ \t]{0,60}\]|\"(?:[^\"\\\n]|\\.)*+\")"
)
_FIELD = re.compile(r"(?<!\\)\"(?:cells|cell_type|metadata|outputs|execution_count)\"[ \t]{0,9}:")


def peel(text: str) -> str:
    r"""The text with the lines of code of each cell as they were typed, where each stands on a line of its own.

    >>> peel('{"cell_type": "code",\n "source": ["spark = \\"1\\"\\n",\n  "b"]}')
    '\nspark = "1"\nb'
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


def unfolded(text: str) -> Piece:
    r"""A notebook's file that has several lines of code on one of its own, as where all of it is one line.

    Each line of code stands by itself then, with the number of the line that holds it.

    >>> unfolded('{"cell_type": "code", "source": ["spark\\n", "b"]}').text.split("\n")[1:]
    ['"cell_type": "code", ', '"source": [', '"spark\\n",', '"b"', ']}']
    """
    if '"cell_type"' not in text or len(text) > _LONGEST or "park" not in text:
        return Piece(text)
    lines, numbers = list[str](), list[int]()
    for number, line in enumerate(text.split("\n"), 1):
        apart = _FOLDED.sub(_CELLS_IN_A_LINE if '"cell_type"' in line else _LINES_OF_A_CELL, line)
        if apart != line:
            apart = _FIELD.sub(r"\n\g<0>", apart)
        lines.append(apart)
        numbers += [number] * (apart.count("\n") + 1)
    return Piece("\n".join(lines), numbers) if len(numbers) > len(lines) else Piece(text)


def _below_each_other(source: re.Match[str], whole_cell: bool) -> str:
    """The lines of a cell, each on a line of its own; as they are where one is all that stands there."""
    try:
        typed = json.loads(source[1])
    except ValueError:  # an escape that JSON does not have
        return source[0]
    code = "".join(typed).splitlines(keepends=True)
    if len(code) < 2 and not (code and whole_cell):
        return source[0]
    strings = ",\n".join(json.dumps(line, ensure_ascii=False) for line in code)
    return f'\n"source": [\n{strings}\n]'


_CELLS_IN_A_LINE, _LINES_OF_A_CELL = (
    partial(_below_each_other, whole_cell=True),
    partial(_below_each_other, whole_cell=False),
)


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
