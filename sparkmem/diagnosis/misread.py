"""Letters that whoever read a picture took for digits, and the other way round, put right inside words."""

from __future__ import annotations

import re

_MENDED = tuple((re.compile(pattern), letter) for pattern, letter in (
    (r"(?<=[a-z])0(?=[a-z])|(?<=[a-z]{3})0(?![0-9A-Za-z.])|(?<![0-9A-Za-z_])0(?=[b-z]{2})(?!x)", "o"),
    (r"(?<=[A-Z])0(?=[A-Z])|(?<=[a-z])0(?=[A-Z][a-z])", "O"),
    (r"(?<!0x)(?<=[A-Za-z])[1|](?=[a-z])|(?<=[a-z]{3})[1|](?![0-9A-Za-z.])|(?<=[a-z])I(?=[a-z])|(?<=\.)I(?=[a-z])", "l"),
    (r"(?<=[a-z])5(?=[a-z])", "s"),
    (r"(?<![A-Za-z])[lI](?=[0-9]{1,4}(?![0-9A-Za-z]))|(?<=[0-9])[lI](?=[0-9])", "1"),
    (r"(?<=[0-9])O(?=[0-9]|[^A-Za-z0-9]|$)", "0"),
))  # fmt: skip
_CAPITALS = re.compile(r"(?<![A-Za-z])out(?=Of[A-Z])")
LONGEST = 20_000
"""A longer text came from no picture."""
SAID = "The text is read with letters that a picture had as digits: O for 0, l for 1."


def mended(text: str) -> str:
    """The text with such letters put right; the same where there are none.

    >>> mended("java.Iang.0utOfMemoryError: Container ki1led, physica1 mem0ry 9.1 GB of 10 GB, exec-1, 0x1f, TID 10")
    'java.lang.OutOfMemoryError: Container killed, physical memory 9.1 GB of 10 GB, exec-1, 0x1f, TID 10'
    >>> mended("exit code l37 of 1O24"), mended("all 10 of 1024")
    ('exit code 137 of 1024', 'all 10 of 1024')
    """
    for pattern, letter in _MENDED:
        text = pattern.sub(letter, text)
    return _CAPITALS.sub("Out", text)
