"""A task that ended, added to its stage and its executor: what is done most often, so it is written to be quick."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sparkmem.eventlog.bounded import Place
from sparkmem.eventlog.numbers import number
from sparkmem.eventlog.state import State
from sparkmem.eventlog.tally import PLACES, step_of
from sparkmem.eventlog.task_end import Task
from sparkmem.eventlog.texts import feed_text, reason_text

_SUMS = tuple((PLACES[name], key) for name, key in (
    ("run-ms", "Executor Run Time"), ("gc-ms", "JVM GC Time"), ("disk-spilled", "Disk Bytes Spilled"),
))  # fmt: skip
_INNER = tuple((PLACES[name], group, keys) for name, group, keys in (
    ("input-bytes", "Input Metrics", ("Bytes Read",)),
    ("output-bytes", "Output Metrics", ("Bytes Written",)),
    ("shuffle-read-bytes", "Shuffle Read Metrics", ("Remote Bytes Read", "Local Bytes Read")),
    ("shuffle-write-bytes", "Shuffle Write Metrics", ("Shuffle Bytes Written",)),
))  # fmt: skip
_MODES = (("on-heap-execution-of-a-task", "Peak On Heap Execution Memory"),
          ("off-heap-execution-of-a-task", "Peak Off Heap Execution Memory"))  # fmt: skip
_SUCCEEDED, _RESULT, _SPILLED, _SPILLING, _SPECULATIVE, _RETRIED = (
    PLACES[name] for name in ("succeeded", "result-bytes", "memory-spilled", "spilling-tasks", "speculative", "retried")
)


def feed_task(state: State, task: Task, place: Place) -> None:
    """Into its stage and its executor."""
    executor, stage = state.executors.get(task.executor), state.stages.get(task.stage)
    executor = state.executor(task.executor) if executor is None else executor
    stage = state.stage(*task.stage) if stage is None else stage
    finished = task.finished
    if finished > executor.seen:
        executor.seen = finished
    state.at(task.launched)
    state.at(finished)
    outcome = _outcome(task)
    if outcome == "resubmitted":  # the same task, which had ended already, with the same metrics
        executor.tally.count(outcome)
        stage.tally.count(outcome)
        return
    counted = task.counted
    peak, spilled = number(counted.get("Peak Execution Memory")), number(counted.get("Memory Bytes Spilled"))
    result = number(counted.get("Result Size"))
    found = _values(counted)
    held = [number(counted.get(key)) for _, key in _MODES]
    reached = peak or max(held)  # not every operator adds to the peak, as ObjectHashAggregate does not
    need, step = reached + spilled, step_of(reached)
    for tally in (executor.tally, stage.tally):
        values = tally.values
        for at, value in found:
            values[at] += value
        values[_RESULT] += result
        if task.speculative:
            values[_SPECULATIVE] += 1
        if task.retried:
            values[_RETRIED] += 1
        if spilled:
            values[_SPILLED] += spilled
            values[_SPILLING] += 1
        if reached:
            tally.execution[step] = tally.execution.get(step, 0) + 1
        if peak:
            tally.raise_to("execution-of-a-task", peak, finished)
        if need:
            tally.raise_to("need-of-a-task", need, finished)
        tally.raise_to("result", result, finished)
        for name, value in task.sampled:
            tally.raise_to(name, value, finished)
    if need:
        stage.tally.need((need, task.number, task.launched, finished, task.executor))
        for (name, _), value in zip(_MODES, held, strict=True):
            if value:
                executor.tally.raise_to(name, value, finished)
                stage.tally.raise_to(name, value, finished)
    if outcome:
        executor.tally.count(outcome)
        stage.tally.count(outcome)
        feed_text(state, "task", reason_text(task.reason), finished, place, task.executor, task.stage[0])
    else:
        executor.tally.values[_SUCCEEDED] += 1
        stage.tally.values[_SUCCEEDED] += 1


def _values(counted: Mapping[str, Any]) -> list[tuple[int, int]]:
    """What is summed and not 0, by its place."""
    found = [(place, value) for place, key in _SUMS if (value := number(counted.get(key)))]
    for place, group, keys in _INNER:
        values = counted.get(group)
        if isinstance(values, dict):
            for key in keys:
                if value := number(values.get(key)):
                    found.append((place, value))
    return found


def _outcome(task: Task) -> str:
    """How it ended; empty where it succeeded."""
    if not task.reason:
        return ""
    said = task.reason.get("Reason")
    if said == "Resubmitted":
        return "resubmitted"
    return "killed" if said == "TaskKilled" or task.killed else "failed"
