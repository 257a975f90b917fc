"""Several files in one text, each below a line with its name: what is of one kind stays together, line for line."""

from __future__ import annotations

import re

from sparkmem.configuration.piece import Piece

_KINDS = {
    "tf": "terraform", "tfvars": "terraform", "yaml": "yaml", "yml": "yaml", "json": "json", "conf": "conf",
    "properties": "conf", "env": "env", "sh": "shell", "xml": "xml", "toml": "toml", "ini": "ini", "hocon": "hocon",
    "j2": "template", "tpl": "template", "erb": "template", "py": "program", "scala": "program", "ts": "program",
    "Dockerfile": "image",
}  # fmt: skip
_HEADING = re.compile(
    r"^[ \t]{0,3}(?:#{1,4}|//|--+|==+|;|\*{2}|>>>?|<!--)?[ \t]*(?:[fF]ile(?:name)?:[ \t]*)?[`*]{0,2}"
    r"(?P<name>(?:[\w.{}$-]{1,60}/){0,8}(?:[\w.-]{0,60}\.(?P<end>[a-z0-9]{2,10})|Dockerfile|\.env))[`*]{0,2}"
    r"(?:[ \t]*(?:[,(:][^\n]{0,80})?|[ \t]*(?:--+|==+|\*{2}|-->))[ \t]*$",
    re.MULTILINE,
)
_APART = frozenset(("yaml", "json", "xml", "toml", "ini"))
"""Kinds of which a text that goes on in another way is none."""
_MOST = 12


def parts(piece: Piece) -> list[Piece]:
    """Each kind of files by itself, the lines of the others left empty; the piece itself where it holds one kind.

    >>> [part.text.split() for part in parts(Piece("# a.yaml\\nx: 1\\n# b.env\\nY=2"))]
    [['#', 'a.yaml', 'x:', '1'], ['#', 'b.env', 'Y=2']]
    """
    headings = [found for found in list(_HEADING.finditer(piece.text))[: _MOST + 1] if _kind(found)]
    kinds = [_kind(found) for found in headings]
    if len(set(kinds)) < 2 or len(headings) > _MOST or not _APART & set(kinds):
        return [piece]
    if piece.text[: headings[0].start()].strip():
        return [piece]  # what stands above the first is of no file
    if "program" in kinds and any(piece.text.count(_last(found)) > 1 for found in headings):
        return [piece]  # a program looks values up in a file that it names
    lines = piece.text.split("\n")
    starts = [piece.text.count("\n", 0, found.start()) for found in headings]
    ends = [*starts[1:], len(lines)]
    found: list[Piece] = []
    for kind in dict.fromkeys(kinds):
        kept = [""] * len(lines)
        for start, end, of in zip(starts, ends, kinds, strict=True):
            if of == kind:
                kept[start:end] = lines[start:end]
        found.append(Piece("\n".join(kept), piece.lines))
    return found


def _last(heading: re.Match[str]) -> str:
    return heading["name"].rsplit("/", 1)[-1]


def _kind(heading: re.Match[str]) -> str:
    last = _last(heading)
    if last in ("Dockerfile", ".env"):
        return "image" if last == "Dockerfile" else "env"
    ends = last.split(".")[1:]
    return next((_KINDS[end] for end in reversed(ends) if end in _KINDS and _KINDS[end] != "template"), "")
