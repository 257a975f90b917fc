"""The end of a task: most of a log, and most of it accumulables that nothing here needs.

Spark writes the keys in one order.  What stands before and after the accumulables is cut out of the line and read;
a line in which they stand in another order is read whole, which says the same and takes longer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from sparkmem.eventlog.metrics import SAMPLED
from sparkmem.eventlog.numbers import inner, number, text

NAME = b'{"Event":"SparkListenerTaskEnd"'
_ACCUMULABLES = b'"Accumulables":['
_SAMPLED = b'"Task Executor Metrics":{'
_METRICS = b'"Task Metrics":{'
_PEAK_KEY, _PEAK_NAME = "Peak Execution Memory", "internal.metrics.peakExecutionMemory"
_PEAK = b'"' + _PEAK_NAME.encode() + b'","Update":'
_N = "(0|[1-9][0-9]{0,17})"
_SUCCESS = re.compile(
    (
        rf'\{{"Event":"SparkListenerTaskEnd","Stage ID":{_N},"Stage Attempt ID":{_N},"Task Type":"\w{{1,40}}",'
        r'"Task End Reason":\{"Reason":"Success"\},"Task Info":\{'
        rf'"Task ID":{_N},"Index":{_N},"Attempt":{_N},(?:"Partition ID":-?{_N},)?"Launch Time":{_N},'
        r'"Executor ID":"([^"\\\x00-\x1f\x80-\xff]{1,80})","Host":"[^"\\\x00-\x1f\x80-\xff]*","Locality":"\w{1,40}",'
        rf'"Speculative":(true|false),"Getting Result Time":{_N},"Finish Time":{_N},"Failed":false,"Killed":false,'
        r'"Accumulables":\['
    ).encode()
)
_NOTHING: tuple[tuple[str, int], ...] = ()
_seen: list[tuple[bytes, tuple[tuple[str, int], ...]]] = [(b"", _NOTHING)]  # most tasks sample nothing, in the same bytes


class Task(NamedTuple):
    """What a task's end says: ``reason`` is empty where it succeeded, ``sampled`` has only what was measured."""

    stage: tuple[int, int]
    number: int
    retried: bool
    launched: int
    finished: int
    executor: str
    speculative: bool
    killed: bool
    reason: Mapping[str, Any]
    sampled: tuple[tuple[str, int], ...]
    counted: Mapping[str, Any]


def task_of(line: bytes) -> Task:
    """The task whose end the line tells; ``ValueError`` where it is no JSON."""
    return _cut(line) or _whole(line)


def _cut(line: bytes) -> Task | None:
    head = _SUCCESS.match(line)
    if not head:
        return None
    at = line.rfind(_SAMPLED)
    metrics = at if at > 0 else line.rfind(_METRICS)
    # A quotation mark inside a text is escaped, so that after a comma it opens a key or a text of its own.
    if metrics < head.end() or line[metrics - 3 : metrics] != b"]},":
        return None
    try:
        sampled = _NOTHING
        if at > 0:
            end = line.find(b"}", at) + 1
            part = line[at + len(_SAMPLED) - 1 : end]
            if part != _seen[0][0]:
                _seen[0] = (part, measured(json.loads(part)))
            sampled = _seen[0][1]
            metrics = end + 1
        whole = json.loads(b"{" + line[metrics:])
        (counted,) = whole.values()
    except ValueError:
        return None
    if "Task Metrics" not in whole or not isinstance(counted, dict):
        return None
    if _PEAK_KEY not in counted:  # before 3.0 it is an accumulable alone
        counted[_PEAK_KEY] = _peak(line, head.end())
    stage, attempt, task, _, retry, _, launched, executor, speculative, _, finished = head.groups()
    return Task(
        (int(stage), int(attempt)), int(task), retry != b"0", int(launched), int(finished), executor.decode(),
        speculative == b"true", False, _SUCCEEDED, sampled, counted,
    )  # fmt: skip


_SUCCEEDED: dict[str, Any] = {}


def measured(sampled: Mapping[str, Any]) -> tuple[tuple[str, int], ...]:
    """What of the metrics is known and not 0, which is *not measured*."""
    return tuple((name, found) for name, value in sampled.items() if name in SAMPLED and (found := number(value)))


def _peak(line: bytes, start: int) -> int:
    at = line.find(_PEAK, start)
    match = re.match(rb'"?([0-9]{1,18})["},]', line[at + len(_PEAK) : at + len(_PEAK) + 24]) if at >= 0 else None
    return int(match[1]) if match else 0


def _whole(line: bytes) -> Task:
    event = json.loads(line)
    if not isinstance(event, dict):
        raise ValueError("an event is an object")
    info, reason, counted = (inner(event, key) for key in ("Task Info", "Task End Reason", "Task Metrics"))
    rows = info.get("Accumulables")
    if counted and _PEAK_KEY not in counted and isinstance(rows, list):
        updates = [str(row.get("Update")) for row in rows if isinstance(row, dict) and row.get("Name") == _PEAK_NAME]
        numbers = [int(update) for update in updates if update.isascii() and update.isdigit() and len(update) <= 18]
        counted = {**counted, _PEAK_KEY: numbers[0] if numbers else 0}
    return Task(
        (number(event.get("Stage ID")), number(event.get("Stage Attempt ID"))), number(info.get("Task ID")),
        number(info.get("Attempt")) > 0, number(info.get("Launch Time")), number(info.get("Finish Time")),
        text(info.get("Executor ID"), 80) or "unknown", info.get("Speculative") is True, info.get("Killed") is True,
        _SUCCEEDED if reason.get("Reason") == "Success" else reason or {"Reason": ""},
        measured(inner(event, "Task Executor Metrics")), counted,
    )  # fmt: skip
