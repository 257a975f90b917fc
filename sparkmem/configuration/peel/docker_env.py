"""A variable of a Dockerfile in its older form, ``ENV NAME the whole rest``, with the sign and the quotes of the newer."""

from __future__ import annotations

import re

_OLDER = re.compile(
    r"^([ \t]{0,40}ENV[ \t]{1,9}[A-Za-z_]\w{0,80})[ \t]{1,9}(?![ \t=])"
    r"(?:\"([^\"\n]{0,2000})\"|'([^'\n]{0,2000})'|([^\s\"'=][^\n\"]{0,2000}))[ \t]*\r?$",
    re.MULTILINE,
)


def peel(text: str) -> str:
    """The text with every such line in the newer form; lines that go on are left alone.

    >>> peel('ENV MEMORY "2G"\\nENV ARGS --driver-memory ${MEMORY}')
    'ENV MEMORY="2G"\\nENV ARGS="--driver-memory ${MEMORY}"'
    """
    return _OLDER.sub(_newer, text) if "ENV" in text else text


def _newer(line: re.Match[str]) -> str:
    value = next(part for part in line.groups()[1:] if part is not None).rstrip()
    return line[0] if value.endswith("\\") else f'{line[1]}="{value}"'
