"""How a line of a script may go on, by the same forms by which it is read."""

from __future__ import annotations

import re

from sparkmem.watch.script import EXAMPLES, FORMS, SLOTS, expected_at, going_on

MOST = 8


def completions(text: str, line: int, column: int) -> list[str]:
    """How the line may go on at a place of the text (line from 1, characters before the caret); nearest first.

    >>> completions("cache rdd_0_1 300m\\ntask 1 ", 2, 7)
    ['asks', 'releases', 'spills', 'ends']
    >>> completions("cache rdd_0_1 300m\\nuse r", 2, 5)
    ['rdd_0_1']
    """
    lines = text.splitlines()
    written = lines[line - 1][:column] if 0 < line <= len(lines) else ""
    if "#" in written:
        return []
    words = written.split()
    started = words.pop() if words and not written[-1].isspace() else ""
    forms = list(FORMS)
    for place, word in enumerate(words):
        forms = going_on(forms, place, word)
    found: list[str] = []
    for kind in expected_at(forms, len(words)):
        found += _values(kind, text) if kind in SLOTS else [kind]
    return [word for word in dict.fromkeys(found) if word.startswith(started.lower()) and word != started][:MOST]


def _values(kind: str, text: str) -> list[str]:
    """Values of this kind that the script has already, or an example."""
    pattern = {"BLOCK": r"\b(?:rdd|broadcast|taskresult)_\w+", "SIZE": r"\b[0-9]+[kmg]b?\b", "TASK": r"(?<=\btask )[0-9]+"}
    return list(dict.fromkeys(re.findall(pattern[kind], text))) or [EXAMPLES[kind]]
