"""The index of the box of the home page: how Python answers a bare code or a name, for before Python is there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sparkmem.diagnosis.codes import CODE, SIGNALS, known_code
from sparkmem.diagnosis.families import findings
from sparkmem.render.at_once import at_once
from sparkmem.render.escaping import escape
from sparkmem.requests.recognised import recognised
from sparkmem.spark.ends.exit_code import SIGNAL
from sparkmem.spark.ends.exit_codes import EXIT_CODES

_CLASS = re.compile(r"(?:[a-z_][a-z0-9_]*\.)*[A-Z]\w*(?:Error|Exception|Failure|Killed|Lost)\b")
_LARGEST_CODE = 1000


def at_once_html(page: str) -> str:
    """An element that shows nothing: for each answer its lines, and in ``data-for`` all that they are the answer to.

    ``data-code`` is how a bare exit code is written: what its group holds is then looked for.
    """
    answers: dict[str, list[str]] = {}
    for text in dict.fromkeys(_texts()):
        known = recognised(text)
        if known.found and (lines := at_once(known, known.found, page)):
            answers.setdefault(lines, []).append(text)
    rows = "".join(f'<div data-for="{escape(" ".join(texts))}">{lines}</div>' for lines, texts in answers.items())
    return f'<template data-search-exclude data-at-once data-code="{escape(CODE)}">{rows}</template>'


def _texts() -> Iterator[str]:
    """Codes that can be about memory, signals, and names of errors and states, as they are written and in small letters."""
    of_memory = {found.code for found in EXIT_CODES if found.memory != "no" or found.kind == SIGNAL}
    numbers = range(-_LARGEST_CODE, _LARGEST_CODE + 1)
    yield from (str(number) for number in numbers if known_code(number) in of_memory)
    yield from SIGNALS
    for one in findings().values():
        for name in _CLASS.findall(" ".join([*one.words, *(text.text for text in one.text)])):
            yield name
            if "." not in name:
                yield name.lower()
