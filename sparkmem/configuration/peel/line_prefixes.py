"""Whatever stands before every line alike, of no kind that is known: numbers of lines, hosts, names of files, signs."""

from __future__ import annotations

import re
from collections import Counter

_TOKEN = re.compile(r"[0-9]+|[ \t]+|[^\W\d_]+|.")
_OPENING, _CLOSING, _QUOTES = "([{", ")]}", ("", '"', "'", "`", "<")
_TELLING = frozenset("9|>#*•:+-")
_ENDS = frozenset(" |>#:")
_REMARKS = ("#", "##", "//", ";", "--", "#!")
"""What makes a remark of a line: a setting behind it is none, but a command may stand in a header that tells of it."""
_COMMAND = re.compile(
    r"\b(?:spark-submit|spark-shell|pyspark|spark-sql)(?:[ \t]+(?:--?[a-z]|\\|[\"'$])|\\$)"
    r"|^[ \t]*(?://|#)[ \t]*--(?:conf|(?:executor|driver)-memory)[ \t=]",
    re.MULTILINE,
)
_MOST_LINES = 300
_LONGEST = 200
_FEWEST = 3
_SHARE = 0.85


def peel(text: str) -> str:
    """The text without what stands before its lines alike; numbers may differ, and blanks behind it stay as they are.

    >>> peel("a.conf:1:x=1\\na.conf:2:  y=2\\na.conf:3:z=3").split("\\n")
    ['x=1', '  y=2', 'z=3']
    >>> peel("spark.a=1\\nspark.b=1\\nspark.c=1").split("\\n")
    ['spark.a=1', 'spark.b=1', 'spark.c=1']
    """
    lines = text.split("\n")
    said = [line for line in lines if line.strip()][:_MOST_LINES]
    if len(said) < _FEWEST or Counter(_kind(line[0]) for line in said).most_common(1)[0][1] < _SHARE * len(said):
        return text
    rows = [[(_kind(token[0]), token.end()) for token in _TOKEN.finditer(line[:_LONGEST])] for line in said]
    prefix = _common(rows)
    if not prefix or ("".join(prefix).strip(" ") in _REMARKS and not _COMMAND.search(text)):
        return text
    blanks = 0
    if prefix[-1] == " ":
        blanks = min(row[len(prefix) - 1][1] - _end_before(row, len(prefix)) for row in rows if _has(row, prefix))
    return "\n".join(_without(line, prefix, blanks) for line in lines)


def _kind(token: str) -> str:
    return "9" if token[0].isdigit() else " " if token[0] in " \t" else token


def _has(row: list[tuple[str, int]], prefix: list[str]) -> bool:
    return [kind for kind, _ in row[: len(prefix)]] == prefix


def _end_before(row: list[tuple[str, int]], length: int) -> int:
    return row[length - 2][1] if length > 1 else 0


def _common(rows: list[list[tuple[str, int]]]) -> list[str]:
    """The tokens that most lines begin with, as far as they are no part of its text: closed, with a sign or a number."""
    left, kinds, depth, best, told, ended = rows, list[str](), 0, 0, False, 0
    while True:
        at = len(kinds)
        counted = Counter(row[at][0] for row in left if len(row) > at)
        ended += sum(len(row) == at for row in left)  # lines of nothing but what stands before the others too
        kind, count = counted.most_common(1)[0] if counted else ("", 0)
        if count < ended or count + ended < _SHARE * len(rows) or kind in _QUOTES:
            return kinds[:best]
        left = [row for row in left if len(row) > at and row[at][0] == kind]
        if kind.lower() == "spark" and all(len(row) > at + 1 and row[at + 1][0] == "." for row in left):
            return kinds[:best]
        depth += (kind in _OPENING) - (kind in _CLOSING)
        told = told or kind in _TELLING or [*kinds[-1:], kind] == ["/", "/"]
        kinds.append(kind)
        if depth == 0 and told and kind in _ENDS:
            best = len(kinds)


def _without(line: str, prefix: list[str], blanks: int) -> str:
    """The line behind the prefix, of which the last blanks are only as many as all lines have."""
    tokens, end = _TOKEN.finditer(line), 0
    for at, kind in enumerate(prefix):
        token = next(tokens, None)
        if token is None:
            return ""
        if _kind(token[0]) != kind:
            return line
        end = token.start() + blanks if at == len(prefix) - 1 and kind == " " else token.end()
    return line[end:]
