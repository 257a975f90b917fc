"""The end of a task: most of a log, and most of it accumulables that nothing here needs.

Spark writes the keys in one order.  What stands before and after the accumulables is cut out of the line: as numbers
alone where the metrics are those of a release of Spark, as JSON where a vendor has more of them.  A line in which the
keys stand in another order is read whole.  All three say the same, and take longer in this order.
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
_N, _M = "(0|[1-9][0-9]{0,17})", "(?:0|[1-9][0-9]{0,17})"
_SUCCESS = re.compile(
    (
        rf'\{{"Event":"SparkListenerTaskEnd","Stage ID":{_N},"Stage Attempt ID":{_N},"Task Type":"\w{{1,40}}",'
        r'"Task End Reason":\{"Reason":"Success"\},"Task Info":\{'
        rf'"Task ID":{_N},"Index":{_M},"Attempt":{_N},(?:"Partition ID":-?{_M},)?"Launch Time":{_N},'
        r'"Executor ID":"([^"\\\x00-\x1f\x80-\xff]{1,80})","Host":"[^"\\\x00-\x1f\x80-\xff]*","Locality":"\w{1,40}",'
        rf'"Speculative":(true|false),"Getting Result Time":{_M},"Finish Time":{_N},"Failed":false,"Killed":false,'
        r'"Accumulables":\['
    ).encode()
)


def _members(*names: str) -> str:
    """Members with a number each, which is kept where the name begins with an asterisk."""
    return ",".join(f'"{name.lstrip("*")}":{_N if name[0] == "*" else _M}' for name in names)


_REST = re.compile(
    (
        r'"Task Metrics":\{'
        + _members("Executor Deserialize Time", "Executor Deserialize CPU Time", "*Executor Run Time", "Executor CPU Time")
        + f",{_members('*Peak Execution Memory')},"
        + f"(?:{_members('*Peak On Heap Execution Memory', '*Peak Off Heap Execution Memory')},)?"
        + _members("*Result Size", "*JVM GC Time", "Result Serialization Time")
        + f",{_members('*Memory Bytes Spilled', '*Disk Bytes Spilled')}"
        + r',"Shuffle Read Metrics":\{'
        + _members("Remote Blocks Fetched", "Local Blocks Fetched", "Fetch Wait Time", "*Remote Bytes Read")
        + f",{_members('Remote Bytes Read To Disk', '*Local Bytes Read', 'Total Records Read')}"
        + f"(?:,{_members('Remote Requests Duration')}"
        + rf',"Push Based Shuffle":\{{(?:"[A-Z][A-Za-z ]{{1,60}}":{_M},?){{1,20}}\}})?\}},"Shuffle Write Metrics":\{{'
        + _members("*Shuffle Bytes Written", "Shuffle Write Time", "Shuffle Records Written")
        + r'\},"Input Metrics":\{' + _members("*Bytes Read", "Records Read")
        + r'\},"Output Metrics":\{' + _members("*Bytes Written", "Records Written")
        + r'\},"Updated Blocks":\[\]\}\}\s*'
    ).encode()
)  # fmt: skip
SAMPLES = tuple(SAMPLED)
_OLDEST = sum(metric.since == "3.0" for metric in SAMPLED.values())
_SAMPLES = re.compile(
    (
        r'"Task Executor Metrics":\{' + _members(*(f"*{name}" for name in SAMPLES[:_OLDEST]))
        + "".join(f"(?:,{_members(f'*{name}')})?" for name in SAMPLES[_OLDEST:]) + r"\}"
    ).encode()
)  # fmt: skip
_NOTHING: tuple[tuple[str, int], ...] = ()
_zeros: list[bytes] = [_SAMPLED + b"}"]  # most tasks sample nothing, in the same bytes


Success = tuple[Any, ...]
"""The end of a task that succeeded, a value for each of ``COLUMNS``: bytes, as many are made numbers and added at once."""

COLUMNS = (
    "stage", "attempt", "task", "retry", "launched", "executor", "speculative", "finished",  # of _SUCCESS
    "run", "peak", "on-heap", "off-heap", "result", "gc", "spilled", "written",  # of _REST
    "remote", "local", "shuffled", "read", "output",
    "sampled",  # a value for each of SAMPLES, or None where all are 0
)  # fmt: skip


def success_of(lines: bytes, start: int, end: int) -> Success | None:
    """The task that the line there tells, where it is all as Spark writes it; nothing where ``task_of`` has to look."""
    head = _SUCCESS.match(lines, start, end)
    if not head:
        return None
    at = lines.rfind(_SAMPLED, head.end(), end)
    # A quotation mark inside a text is escaped, so that after a comma it opens a key or a text of its own.
    if at < 0 or lines[at - 3 : at] != b"]},":
        return None
    if lines.startswith(_zeros[0], at):
        sampled, at = None, at + len(_zeros[0]) + 1
    else:
        found = _SAMPLES.match(lines, at, end)
        if not found:
            return None
        sampled, at = found.groups(b"0"), found.end() + 1
        if sampled.count(b"0") == len(sampled):
            _zeros[0], sampled = found[0], None
    rest = _REST.fullmatch(lines, at, end) if lines[at - 1 : at] == b"," else None
    return (*head.groups(), *rest.groups(b"0"), sampled) if rest else None


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
            sampled = measured(json.loads(line[at + len(_SAMPLED) - 1 : end]))
            metrics = end + 1
        whole = json.loads(b"{" + line[metrics:])
        (counted,) = whole.values()
    except ValueError:
        return None
    if "Task Metrics" not in whole or not isinstance(counted, dict):
        return None
    if _PEAK_KEY not in counted:  # before 3.0 it is an accumulable alone
        counted[_PEAK_KEY] = _peak(line, head.end())
    stage, attempt, task, retry, launched, executor, speculative, finished = head.groups()
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
