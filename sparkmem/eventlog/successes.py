"""The tasks that succeeded among some lines, added up together: most of a log is of them, so it is written to be quick.

Each task goes to the others of its stage and executor, as bytes; sums and largest values are then made of whole columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sparkmem.eventlog.state import State
from sparkmem.eventlog.tally import PLACES, Tally, step_of
from sparkmem.eventlog.task_end import COLUMNS, Success, success_of

_SUCCEEDED, _RETRIED, _SPECULATIVE, _SPILLING = (
    PLACES[name] for name in ("succeeded", "retried", "speculative", "spilling-tasks")
)
_SUMS = tuple((PLACES[name], COLUMNS.index(column)) for name, column in (
    ("run-ms", "run"), ("gc-ms", "gc"), ("memory-spilled", "spilled"), ("disk-spilled", "written"),
    ("result-bytes", "result"), ("input-bytes", "read"), ("output-bytes", "output"), ("shuffle-read-bytes", "remote"),
    ("shuffle-read-bytes", "local"), ("shuffle-write-bytes", "shuffled"),
))  # fmt: skip
_STAGE, _ATTEMPT, _EXECUTOR = (COLUMNS.index(name) for name in ("stage", "attempt", "executor"))
_TASK, _RETRY, _LAUNCHED, _SPECULATED, _FINISHED = (
    COLUMNS.index(name) for name in ("task", "retry", "launched", "speculative", "finished")
)
_PEAK, _SPILLED, _RESULT, _ON_HEAP, _OFF_HEAP, _SAMPLED = (
    COLUMNS.index(name) for name in ("peak", "spilled", "result", "on-heap", "off-heap", "sampled")
)


class Successes:
    """Tasks that succeeded, by stage and executor."""

    def __init__(self) -> None:
        self._found: dict[tuple[bytes, bytes, bytes], list[Success]] = {}
        self.many = 0

    def take(self, line: bytes) -> bool:
        """Take the line's task in, where it is one that succeeded, written as Spark does."""
        task = success_of(line)
        if task is None:
            return False
        self.many += 1
        key = (task[_STAGE], task[_ATTEMPT], task[_EXECUTOR])
        if key in self._found:
            self._found[key].append(task)
        else:
            self._found[key] = [task]
        return True

    def into(self, state: State) -> None:
        """Add them to a state."""
        for tasks in self._found.values():
            _add(state, tasks)


def _add(state: State, tasks: Sequence[Success]) -> None:
    """The tasks of one stage on one executor."""
    columns = list(zip(*tasks, strict=True))
    name = columns[_EXECUTOR][0].decode()
    stage, executor = state.stage(int(columns[_STAGE][0]), int(columns[_ATTEMPT][0])), state.executor(name)
    launched, finished = list(map(int, columns[_LAUNCHED])), list(map(int, columns[_FINISHED]))
    executor.seen = max(executor.seen, *finished)
    if times := [time for time in (*launched, *finished) if time]:
        state.at(min(times))
        state.at(max(times))
    found, needs = _tally(columns, finished)
    executor.tally += found
    rows = zip(needs, map(int, columns[_TASK]), launched, finished, strict=True)
    found.needs = [(need, task, start, end, name) for need, task, start, end in rows if need]
    stage.tally += found


def _tally(columns: Sequence[Sequence[Any]], finished: Sequence[int]) -> tuple[Tally, Sequence[int]]:
    """The sums and largest values of tasks, and what each of them needed."""
    found, many = Tally(), len(finished)
    peaks, spilled, results = (list(map(int, columns[at])) for at in (_PEAK, _SPILLED, _RESULT))
    needs = [peak + more for peak, more in zip(peaks, spilled, strict=True)] if any(spilled) else peaks
    for place, at in _SUMS:
        found.values[place] += sum(map(int, columns[at]))
    found.values[_SUCCEEDED] = many
    found.values[_RETRIED] = many - columns[_RETRY].count(b"0")
    found.values[_SPECULATIVE] = columns[_SPECULATED].count(b"true")
    found.values[_SPILLING] = many - spilled.count(0)
    for name, values in (("execution-of-a-task", peaks), ("need-of-a-task", needs), ("result", results)):
        _raise(found, name, values, finished)
    for name, at in (("on-heap-execution-of-a-task", _ON_HEAP), ("off-heap-execution-of-a-task", _OFF_HEAP)):
        sizes = [int(size) if need else 0 for size, need in zip(columns[at], needs, strict=True)]
        _raise(found, name, sizes, finished)
    for size, times in Counter(peaks).items():
        if size:
            found.execution[step_of(size)] = found.execution.get(step_of(size), 0) + times
    for sampled, at in zip(columns[_SAMPLED], finished, strict=True):
        for metric, value in sampled:
            found.raise_to(metric, value, at)
    return found, needs


def _raise(tally: Tally, name: str, values: Sequence[int], finished: Sequence[int]) -> None:
    """The largest of a column, and when it was first seen."""
    if largest := max(values):
        tally.raise_to(name, largest, min(at for value, at in zip(values, finished, strict=True) if value == largest))
