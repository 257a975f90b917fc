"""Rows of a table in HTML, as a web UI's page is saved or a wiki keeps it: a line for each, its cells with tabs between."""

from __future__ import annotations

import re

from sparkmem.configuration.peel import entities
from sparkmem.configuration.piece import Piece

_TAG = re.compile(r"<(/?)(tr|td|th)\b[^<>]{0,400}>", re.IGNORECASE)
_KEY = re.compile(r"spark\.[\w.-]{3,80}")
_BLANKS = re.compile(r"\s+")
_NOT_A_LINE = re.compile(r"[^\n]+")
_MOST_ROWS = 2_000


def parts(piece: Piece) -> tuple[list[Piece], str]:
    """The tables whose rows have a key of Spark's as a cell, as one part, and the text without them, line for line.

    >>> found, rest = parts(Piece("<tr><td>spark.executor.memory</td><td>4g</td></tr><tr><td>spark.master</td><td>yarn"))
    >>> found[0].text, rest
    ('spark.executor.memory\\t4g\\nspark.master\\tyarn', '')
    """
    text = piece.text
    if "<td" not in text.lower() or "spark." not in text:
        return [], text
    rows, start, end = _rows(text)
    if not any(_KEY.fullmatch(cell) for _, cells in rows for cell in cells):
        return [], text
    lines = [piece.line(line) for line, _ in rows]
    rest = text[:start] + _NOT_A_LINE.sub("", text[start:end]) + text[end:]
    return [Piece("\n".join("\t".join(cells) for _, cells in rows), lines)], rest


def _rows(text: str) -> tuple[list[tuple[int, list[str]]], int, int]:
    """Each row with its line, and where the first begins and the last ends."""
    rows: list[tuple[int, list[str]]] = []
    cell = start = -1
    end, line, counted = 0, 1, 0
    for tag in _TAG.finditer(text):
        if cell >= 0 and rows:
            rows[-1][1].append(_plain(text[cell : tag.start()]))
            cell = -1
        end = tag.end()
        if tag[1]:
            continue
        if tag[2].lower() == "tr":
            if len(rows) == _MOST_ROWS:
                break
            start = tag.start() if start < 0 else start
            line, counted = line + text.count("\n", counted, tag.start()), tag.start()
            rows.append((line, []))
        else:
            cell = tag.end()
    if cell >= 0 and rows:
        rows[-1][1].append(_plain(text[cell:]))
        end = len(text)
    return [row for row in rows if row[1]], max(start, 0), end


def _plain(cell: str) -> str:
    return _BLANKS.sub(" ", entities.peel(cell)).strip()
