"""YAML among what a terminal shows: its blocks are apart from the lines that are none, line for line."""

from __future__ import annotations

import re

from sparkmem.configuration.piece import Piece

_OWN = re.compile(
    r"^[ ]*(?:- )?[\"']?(?:kind:[ ]*[\"']?(?:Scheduled)?Spark\w|(?:sparkConf|driver|executor|spark\.[\w.]+|SPARK_\w+"
    r"|spark-defaults\.conf)[\"']?:)",
    re.MULTILINE,
)
"""What a block of Spark's settings has."""
_OBJECT = re.compile(r"apiVersion:[ ]*\S")
_ENTRY = re.compile(r"(?:- +)*[\"']?[\w./-]{1,60}[\"']?:(?:[ ]|$)|- |---|#|[}\]]")
_LIST = re.compile(r"(?:---|#)")
_NESTED = re.compile(r"^[\"']?[\w./-]{1,60}[\"']?:[ ]*(?:#[^\n]*)?\n+(?:[ ]*#[^\n]*\n)*(?:[ ]+|- )[\"'\w-]", re.MULTILINE)
_ELSE = re.compile(r"<<|^[ \t]*(?:import|from|def|val|export|spark-submit)\b|\\$|[{}]\s*$", re.MULTILINE)
"""Texts that hold the block themselves, as scripts do, and programs."""
_LONGEST = 100_000


def parts(piece: Piece) -> list[Piece]:
    """All blocks of settings as documents, and all other lines; the piece itself where one of the two is not there.

    >>> [part.text.split("\\n") for part in parts(Piece("NAME READY\\napp 1/1\\nexecutor:\\n  memory: 8g"))]
    [['NAME READY', 'app 1/1', '', ''], ['', '---', 'executor:', '  memory: 8g']]
    """
    text = piece.text
    if len(text) > _LONGEST or not _OWN.search(text) or _ELSE.search(text):
        return [piece]
    lines = text.split("\n")
    runs = [(start, end) for start, end in _runs(lines) if _holds_settings("\n".join(lines[start:end]))]
    kept: set[int] = {at for start, end in runs for at in range(start, end)}
    if not runs or all(at in kept or not line.strip() for at, line in enumerate(lines)):
        return [piece]
    inside, outside = ["" if at not in kept else line for at, line in enumerate(lines)], list(lines)
    for start, end in runs:
        outside[start:end] = [""] * (end - start)
        if start:
            first = start - 1 if start - 1 not in kept else start
            while first and not lines[first].strip() and first - 1 not in kept:
                first -= 1
            inside[first] = "---" if first not in kept else inside[first]
    found = [Piece("\n".join(inside), piece.lines), Piece("\n".join(outside), piece.lines)]
    return found[::-1] if text.strip().startswith(found[1].text.strip().split("\n", 1)[0]) else found


def _runs(lines: list[str]) -> list[tuple[int, int]]:
    """Where lines begin and end that may be of one document after another."""
    found: list[tuple[int, int]] = []
    start = -1
    for at, line in enumerate([*lines, "$"]):
        if not line.strip() or (line[0] == " " and start >= 0):
            continue
        entry = bool(_ENTRY.match(line))
        if start >= 0 and not entry:
            found.append((start, at))
            start = -1
        elif entry and _OBJECT.match(line) and start >= 0 and not lines[at - 1].startswith("---"):
            found.append((start, at))
            start = at
        elif entry and start < 0:
            start = at
    return found


def _holds_settings(block: str) -> bool:
    return bool(_OWN.search(block) and _NESTED.search(block))
