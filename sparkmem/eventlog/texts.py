"""Reasons of failure: the words of tasks, executors, stages, jobs and queries, those of a kind counted together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sparkmem.eventlog.bounded import Place, keep_first
from sparkmem.eventlog.numbers import text
from sparkmem.eventlog.state import MOST_IN_TEXT, State, TextState

MOST_LETTERS = 6000
_DIGITS = re.compile("[0-9a-f]*[0-9][0-9a-f]*")


def feed_text(
    state: State, kind: str, words: str, at: int, place: Place, executor: str = "", stage: int | None = None
) -> None:
    """Count a reason; what differs in numbers alone is the same."""
    words = words[:MOST_LETTERS]
    key = (kind, _DIGITS.sub("#", words[:400]))
    found = TextState((place, words), at, 1)
    if executor:
        found.executors[executor] = at
    if stage is not None:
        found.stages[stage] = at
    kept = state.text(key)
    if kept.count:
        kept += found
        return
    kept.sample, kept.first, kept.count = found.sample, found.first, 1
    keep_first(kept.executors, found.executors, MOST_IN_TEXT)
    keep_first(kept.stages, found.stages, MOST_IN_TEXT)


def reason_text(reason: Mapping[str, Any]) -> str:
    """The words of a task's end: what was thrown with its causes, or what was lost.

    >>> reason_text({"Reason": "ExecutorLostFailure", "Loss Reason": "Command exited with code 52"})
    'ExecutorLostFailure: Command exited with code 52'
    """
    said = text(reason.get("Reason"), 80)
    if said == "ExceptionFailure":
        head = f"{text(reason.get('Class Name'))}: {text(reason.get('Description'), 3000)}"
        causes = [
            line for line in text(reason.get("Full Stack Trace"), 200_000).splitlines() if line.startswith("Caused by:")
        ]
        return "\n".join([head, *causes])
    for key in ("Loss Reason", "Message", "Kill Reason"):
        if words := text(reason.get(key), MOST_LETTERS):
            return f"{said}: {words}"
    return said
