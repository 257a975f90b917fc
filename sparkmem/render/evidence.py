"""What else a text shows of a finding, in words: with its line, and of which executors a consequence follows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SHOWN = {
    "confirms": "The text shows", "against": "The text speaks against it", "names": "What brought it about",
    "tried": "Tried already", "proposed": "Proposed, and no help", "means": "What its words mean",
    "helps": "Asked, and of help",
}  # fmt: skip
"""Headings of what else a text shows of a finding."""


def followers(one: Mapping[str, Any], whole: Mapping[str, Any]) -> str:
    """Of which executors it follows, where the cause is told of some of them only; empty where it is of all.

    >>> cause, effect = {"id": "a", "executors": ["1"]}, {"follows": "a", "executors": ["1", "2"]}
    >>> followers(effect, {"findings": [cause, effect]})
    '; of executor 1 only, and not of 2'
    """
    cause: Mapping[str, Any] = next((other for other in whole["findings"] if other["id"] == one["follows"]), {})
    theirs, all_ = cause.get("executors", []), one["executors"]
    some, rest = [name for name in all_ if name in theirs], [name for name in all_ if name not in theirs]
    if not some or not rest:
        return ""
    return f"; of executor{'s' * (len(some) > 1)} {', '.join(some[:6])} only, and not of {', '.join(rest[:6])}"


def where_shown(row: Mapping[str, Any]) -> str:
    """The line that shows it, behind its sentence.

    >>> where_shown({"quote": "global_oom", "line": 3}), where_shown({"quote": "", "line": 0})
    (' (line 3: global_oom)', '')
    """
    return f" (line {row['line']}: {row['quote']})" if row["quote"] else ""
