"""A variable that holds options, whose value goes on over several lines: a scalar of YAML, quotes, a backslash."""

from __future__ import annotations

import re
from itertools import islice

from sparkmem.configuration.clue import holds
from sparkmem.configuration.submit_options import OPTION_TEXTS

_NAMES = "|".join(OPTION_TEXTS)
_GIVEN = re.compile(
    rf"^(?P<indent>[ \t]*)(?:- {{1,9}})?(?:(?:export|ENV|ARG|set|setx|env|-e|Environment=)[ \t]{{1,9}}|Environment=)?"
    rf"(?P<before>[\"']?)(?:{_NAMES})[\"']?[ \t]{{0,9}}(?P<sign>[:=])[ \t]{{0,9}}(?P<value>[^\n]{{0,2000}})$",
    re.MULTILINE,
)
_BLOCK = re.compile(r"[|>][0-9]?[+-]?[0-9]?(?:[ \t]+#[^\n]*)?")
_OPTION = re.compile(r"[ \t]*(?:--[a-z]|-c[ \t]|(?:pyspark|sparkr)-shell\b)")
_ABOVE = re.compile(r"[:-][ \t]{1,9}[|>][0-9]?[+-]?[ \t]*$")
_ON = ("\\", "^", "`")
_MOST, _MOST_LINES = 20, 60


def peel(text: str) -> str:
    """The text with each such value on the line of its name, line for line.

    >>> peel("PYSPARK_SUBMIT_ARGS: >-\\n  --driver-memory 3g\\n  pyspark-shell").split("\\n")
    ['PYSPARK_SUBMIT_ARGS: --driver-memory 3g pyspark-shell', '', '']
    """
    if not holds(text, OPTION_TEXTS) or "\n" not in text:
        return text
    lines = text.split("\n")
    counted, at = 0, 0
    for one in islice(_GIVEN.finditer(text), _MOST):
        counted += text.count("\n", at, one.start())
        at = one.start()
        if lines[counted]:
            _join(lines, counted, one)
    return "\n".join(lines)


def _join(lines: list[str], first: int, one: re.Match[str]) -> None:
    value, indent = one["value"].rstrip(), len(one["indent"])
    block = bool(_BLOCK.fullmatch(value)) and one["sign"] == ":"
    quote = one["before"] or (value[:1] if value[:1] in ("'", '"') else "")
    is_open = bool(quote) and not _closes(quote, value if one["before"] else value[1:])
    folded = bool(_ABOVE.search(lines[first - 1])) and first > 0
    plain = folded or (one["sign"] == ":" and not quote)
    parts = ["" if block else value]
    for line in lines[first + 1 : first + _MOST_LINES]:
        own = len(line) - len(line.lstrip())
        of_yaml = own > indent - folded and (block or (plain and bool(_OPTION.match(line))))
        if not (is_open or parts[-1].endswith(_ON) or of_yaml):
            break
        parts = [*parts[:-1], parts[-1].rstrip("".join(_ON)), line.strip()]
        if is_open and _closes(quote, line):
            is_open = False
            break
    if len(parts) > 1 and not is_open:
        head = lines[first][: one.start("value") - one.start()]
        lines[first : first + len(parts)] = [head + " ".join(" ".join(parts).split()), *[""] * (len(parts) - 1)]


def _closes(quote: str, text: str) -> bool:
    return quote in text.replace(f"\\{quote}", "")
