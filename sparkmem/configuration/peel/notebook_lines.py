"""Lines of a notebook's file, as a part of it is pasted: each a string of JSON, with its quotes and its escapes."""

from __future__ import annotations

import json
import re

_STRING = re.compile(r"^([ \t]*)(?:\"source\": ?\[ ?)?(\"(?:[^\"\\\n]|\\.)*\")\]?,?[ \t\r]*$", re.MULTILINE)
_TELLING = re.compile(r"\\n\"$|\\\"")


def peel(text: str) -> str:
    r"""The text with such lines as the cell has them, line for line; a line without an escape stays.

    >>> peel('   "a = \\"1\\"\\n",\n   "b = 2\\n"\n  ]')
    'a = "1"\nb = 2\n  ]'
    """
    return _STRING.sub(_meant, text) if '\\"' in text or '\\n"' in text else text


def _meant(line: re.Match[str]) -> str:
    if not _TELLING.search(line[2]):
        return line[0]
    try:
        plain = json.loads(line[2])
    except ValueError:  # an escape that JSON does not have
        return line[0]
    plain = plain.removesuffix("\n")
    return line[0] if "\n" in plain else plain
