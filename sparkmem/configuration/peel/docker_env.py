"""A variable of a Dockerfile in its older form, ``ENV NAME the whole rest``, with the sign and the quotes of the newer."""

from __future__ import annotations

import re
from itertools import islice

_OLDER = re.compile(
    r"^([ \t]{0,40}ENV[ \t]{1,9}[A-Za-z_]\w{0,80})[ \t]{1,9}(?![ \t=])"
    r"(?:\"([^\"\n]{0,2000})\"|'([^'\n]{0,2000})'|([^\s\"'=][^\n\"]{0,2000}))[ \t]*\r?$",
    re.MULTILINE,
)

_GIVEN = re.compile(r"\b(?:docker|podman|nerdctl) run\b[^\n]{0,400}?[ ](?:-e|--env)[ =][\"']?(SPARK_\w{3,40})=(\w{1,20})\b")
"""A variable that is given to the container, before the one of its image."""
_MOST = 20


def peel(text: str) -> str:
    """The text with every such line in the newer form; lines that go on are left alone.

    >>> peel('ENV MEMORY "2G"\\nENV ARGS --driver-memory ${MEMORY}')
    'ENV MEMORY="2G"\\nENV ARGS="--driver-memory ${MEMORY}"'
    """
    if "ENV" not in text:
        return text
    text = _OLDER.sub(_newer, text)
    for given in islice(_GIVEN.finditer(text) if " run" in text else (), _MOST):
        name, value = given[1], given[2]
        text = re.sub(rf"^([ \t]*ENV[ \t]+{name}=)\"?[\w.]+\"?(?=[ \t]*$)", rf"\g<1>{value}", text, flags=re.MULTILINE)
    return text


def _newer(line: re.Match[str]) -> str:
    value = next(part for part in line.groups()[1:] if part is not None).rstrip()
    return line[0] if value.endswith("\\") else f'{line[1]}="{value}"'
