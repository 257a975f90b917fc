"""What is kept of tasks, for an executor or a stage: sums, largest values and counts by size, never the tasks."""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import nlargest

KEPT_TASKS = 64
"""The tasks with the largest need that a stage keeps: as many as run together on the largest executors."""

Peak = tuple[int, int]
"""A value and when it was seen, as minus the time, so that the larger of two is the larger value or the earlier one."""

_NONE: Peak = (0, 0)

Need = tuple[int, int, int, int, str]
"""A task's need of execution memory: peak and spilled [bytes], the task, its start and end [ms], its executor."""


_SUMS = (
    "succeeded", "failed", "killed", "resubmitted", "speculative", "retried", "spilling-tasks", "run-ms", "gc-ms",
    "memory-spilled", "disk-spilled", "result-bytes", "input-bytes", "output-bytes", "shuffle-read-bytes",
    "shuffle-write-bytes",
)  # fmt: skip
PLACES = {name: place for place, name in enumerate(_SUMS)}


@dataclass(slots=True)
class Tally:
    """Tasks of one executor or one attempt of a stage; ``values`` are sums in their places, ``peaks`` go by metric."""

    values: list[int] = field(default_factory=lambda: [0] * len(_SUMS))
    peaks: dict[str, Peak] = field(default_factory=dict)
    execution: dict[int, int] = field(default_factory=dict)
    needs: list[Need] = field(default_factory=list)

    @property
    def sums(self) -> dict[str, int]:
        """The sums that are not 0, by name."""
        return {name: value for name, value in zip(_SUMS, self.values, strict=True) if value}

    def count(self, name: str) -> None:
        self.values[PLACES[name]] += 1

    def raise_to(self, name: str, value: int, at: int) -> None:
        """A peak; 0 is *not measured*, and kept nowhere."""
        before = self.peaks.get(name, _NONE)
        if value > before[0] or (value == before[0] and value and -at > before[1]):
            self.peaks[name] = (value, -at)

    def need(self, task: Need) -> None:
        self.needs.append(task)
        self._prune()

    def _prune(self) -> None:
        if len(self.needs) > 2 * KEPT_TASKS:
            self.needs = nlargest(KEPT_TASKS, self.needs)

    def __iadd__(self, other: Tally) -> Tally:
        self.values = [one + more for one, more in zip(self.values, other.values, strict=True)]
        for name, (value, minus) in other.peaks.items():
            self.raise_to(name, value, -minus)
        for step, count in other.execution.items():
            self.execution[step] = self.execution.get(step, 0) + count
        self.needs += other.needs
        self._prune()
        return self

    def largest(self) -> list[Need]:
        """The tasks with the largest need, largest first; of equal ones in the order of their numbers."""
        return nlargest(KEPT_TASKS, self.needs)


def step_of(size_bytes: int) -> int:
    """The step of a size among counts by size: four to each doubling.

    >>> step_of(0), step_of(1 << 20), step_of(3 << 19), step_of((2 << 20) - 1)
    (0, 84, 86, 87)
    """
    if size_bytes <= 0:
        return 0
    bits = size_bytes.bit_length()
    return 4 * bits + ((size_bytes << 2 >> (bits - 1)) & 3)


def size_of(step: int) -> int:
    """The least size of a step [bytes].

    >>> size_of(84), size_of(86)
    (1048576, 1572864)
    """
    bits, part = divmod(step, 4)
    return ((4 + part) << (bits - 1)) >> 2 if bits else 0


def quantile(counts: dict[int, int], share: float) -> int:
    """The size that this share of all does not exceed, as the beginning of its step [bytes]."""
    whole, below = sum(counts.values()), 0
    for step in sorted(counts):
        below += counts[step]
        if below >= share * whole:
            return size_of(step)
    return 0
