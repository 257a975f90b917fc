"""The tasks that succeeded among some lines, added up together: most of a log is of them, so it is written to be quick.

Each task goes to the others of its stage and executor, as bytes; sums and largest values are then made of whole columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sparkmem.eventlog.state import State
from sparkmem.eventlog.tally import PLACES, Tally, step_of
from sparkmem.eventlog.task_end import COLUMNS, SAMPLES, Success, success_of

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
_PEAK, _SPILLED, _RESULT, _SAMPLED = (COLUMNS.index(name) for name in ("peak", "spilled", "result", "sampled"))
_MODES = (("on-heap-execution-of-a-task", COLUMNS.index("on-heap")),
          ("off-heap-execution-of-a-task", COLUMNS.index("off-heap")))  # fmt: skip


class Successes:
    """Tasks that succeeded, by stage and executor."""

    def __init__(self) -> None:
        self._found: dict[tuple[bytes, bytes, bytes], list[Success]] = {}
        self.many = 0

    def take(self, lines: bytes, start: int, end: int) -> bool:
        """Take in the task of the line that stands there, where it is one that succeeded, written as Spark does."""
        task = success_of(lines, start, end)
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
        """Add them to a state, and begin anew."""
        for tasks in self._found.values():
            _add(state, tasks)
        self._found.clear()
        self.many = 0


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
    rows = zip(needs, columns[_TASK], launched, finished, strict=False)
    found.needs = [(need, int(task), start, end, name) for need, task, start, end in rows if need]
    stage.tally += found


def _tally(columns: Sequence[Sequence[Any]], finished: Sequence[int]) -> tuple[Tally, Sequence[int]]:
    """The sums and largest values of tasks, and what each of them needed; nothing where none needed any."""
    found, many = Tally(), len(finished)
    values = found.values
    for place, at in _SUMS:
        values[place] += sum(_numbers(columns[at]))
    peaks, spilled = _numbers(columns[_PEAK]), _numbers(columns[_SPILLED])
    values[_SUCCEEDED] = many
    values[_RETRIED] = many - columns[_RETRY].count(b"0")
    values[_SPECULATIVE] = many - columns[_SPECULATED].count(b"false")
    values[_SPILLING] = many - spilled.count(0) if spilled else 0
    held = [_numbers(columns[at]) for _, at in _MODES]
    reached = _or(peaks, _largest(*held)) if any(held) else peaks  # not every operator adds to the peak
    needs = [one + more for one, more in zip(reached, spilled, strict=True)] if reached and spilled else reached or spilled
    _raise(found, "result", _numbers(columns[_RESULT]), finished)
    if needs:
        _raise(found, "execution-of-a-task", peaks, finished)
        _raise(found, "need-of-a-task", needs, finished)
        for (name, _), sizes in zip(_MODES, held, strict=True):
            _raise(found, name, sizes, finished)
        for size, times in Counter(reached).items():
            if size:
                found.execution[step_of(size)] = found.execution.get(step_of(size), 0) + times
    sampled = [(values, at) for values, at in zip(columns[_SAMPLED], finished, strict=True) if values]
    if sampled:
        seen = [at for _, at in sampled]
        for name, column in zip(SAMPLES, zip(*(values for values, _ in sampled), strict=True), strict=True):
            _raise(found, name, _numbers(column), seen)
    return found, needs


def _largest(one: Sequence[int], other: Sequence[int]) -> Sequence[int]:
    """The larger of each two; a column of zeros is empty."""
    return list(map(max, one, other)) if one and other else one or other


def _or(peaks: Sequence[int], held: Sequence[int]) -> Sequence[int]:
    """What each task reached: what it held at once, where it has no peak."""
    return [peak or most for peak, most in zip(peaks, held, strict=True)] if peaks and 0 in peaks else peaks or held


def _numbers(column: Sequence[bytes]) -> list[int]:
    """A column as numbers; nothing where all of them are 0, as most are."""
    return [] if column.count(b"0") == len(column) else list(map(int, column))


def _raise(tally: Tally, name: str, values: Sequence[int], finished: Sequence[int]) -> None:
    """The largest of a column, and when it was first seen."""
    if largest := max(values, default=0):
        once = values.count(largest) == 1
        at = (
            finished[values.index(largest)]
            if once
            else min(at for value, at in zip(values, finished, strict=True) if value == largest)
        )
        tally.raise_to(name, largest, at)
