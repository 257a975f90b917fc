"""A run: what a log says of an application, its executors and stages, and how much of the log was read."""

from __future__ import annotations

from dataclasses import dataclass, field

from sparkmem.eventlog.bounded import Place
from sparkmem.eventlog.plans import Operator
from sparkmem.eventlog.release import Version
from sparkmem.eventlog.tally import Tally

DRIVER = "driver"


@dataclass(frozen=True)
class Executor:
    """An executor, or the driver: its life [ms], its end, what its block manager may hold [bytes], its tasks."""

    id: str
    host: str
    cores: int
    profile: int
    added: int | None
    removed: int | None
    reasons: tuple[str, ...]
    maxima: tuple[tuple[int, int], ...]
    tally: Tally

    @property
    def on_heap_maximum(self) -> int | None:
        """Of the first block manager that it had [bytes]; None where the log has none."""
        return self.maxima[0][0] if self.maxima else None

    @property
    def off_heap_maximum(self) -> int | None:
        return self.maxima[0][1] if self.maxima else None

    def peak(self, name: str) -> int:
        """A metric at its largest; 0 is *not measured*."""
        return self.tally.peaks.get(name, (0, 0))[0]

    def peak_at(self, name: str) -> int:
        """When it was seen [ms], as the end of the task that told; 0 where nobody knows."""
        return -self.tally.peaks.get(name, (0, 0))[1]


@dataclass(frozen=True)
class Stage:
    """One attempt of a stage."""

    id: int
    attempt: int
    name: str
    tasks: int
    submitted: int | None
    completed: int | None
    profile: int
    cached: tuple[tuple[int, str, int], ...]
    """RDDs that are kept, by number, how, and in how many partitions."""
    tally: Tally
    operators: tuple[Operator, ...] = ()
    """Those of SQL that held execution memory, lowest of the plan first."""

    def sum(self, name: str) -> int:
        return self.tally.sums.get(name, 0)

    def peak(self, name: str) -> int:
        return self.tally.peaks.get(name, (0, 0))[0]


@dataclass(frozen=True)
class Reason:
    """Words of a failure, how often they came, and of whom."""

    kind: str
    words: str
    first: int
    count: int
    place: Place
    executors: tuple[str, ...]
    stages: tuple[int, ...]


@dataclass(frozen=True)
class Coverage:
    """How much of the log was read: lines, bytes, events by name; the lines that could not be, and what was left out."""

    lines: int
    bytes: int
    events: dict[str, int]
    bad: int
    faults: tuple[tuple[Place, str], ...]
    left_out: tuple[str, ...]
    complete: bool


@dataclass(frozen=True)
class Run:
    """An application as its log tells it; times in ms, sizes in bytes."""

    name: str
    id: str
    attempt: str
    release: Version
    started: int | None
    ended: int | None
    exit_code: str
    settings: dict[str, dict[str, str]]
    profiles: dict[int, dict[str, float]]
    executors: tuple[Executor, ...]
    stages: tuple[Stage, ...]
    reasons: tuple[Reason, ...]
    blocks: dict[str, int]
    read: Coverage
    faults: tuple[str, ...] = field(default=())

    @property
    def spark(self) -> dict[str, str]:
        """Spark's own properties, with defaults of its release that are others than the model's."""
        return {**self.release.other_defaults, **self.settings.get("Spark Properties", {})}

    @property
    def driver(self) -> Executor | None:
        return next((executor for executor in self.executors if executor.id == DRIVER), None)

    @property
    def workers(self) -> tuple[Executor, ...]:
        """The executors without the driver."""
        return tuple(executor for executor in self.executors if executor.id != DRIVER)

    def sampled(self, name: str) -> bool:
        """Whether any executor but the driver has a value of this metric."""
        return any(executor.peak(name) for executor in self.workers)
