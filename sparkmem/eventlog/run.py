"""A run: what a log says of an application, its executors and stages, and how much of the log was read."""

from __future__ import annotations

from dataclasses import dataclass, field

from sparkmem.eventlog.bounded import Place
from sparkmem.eventlog.plans import Operator, operators_of
from sparkmem.eventlog.release import Version, version_of, version_of_label
from sparkmem.eventlog.state import ExecutorState, StageState, State
from sparkmem.eventlog.tally import Tally

DRIVER = "driver"
_REASONS = ("executor", "task", "stage", "query", "job")


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


def run_of(state: State) -> Run:
    """The run that a state is; the state stays as it is."""
    said = {name: value for name, (_, value) in state.application.items()}
    return Run(
        name=said.get("name", ""), id=said.get("id", ""), attempt=said.get("attempt", ""),
        release=_release(state, said.get("release", "")),
        started=int(said["started"]) if said.get("started", "0") != "0" else state.started,
        ended=state.ended, exit_code=said.get("exit-code", ""),
        settings={section: {key: value for key, (_, value) in sorted(found.items())}
                  for section, found in sorted(state.settings.items())},
        profiles={number: dict(found) for number, found in sorted(state.profiles.items())},
        executors=tuple(_executor(name, state.executors[name]) for name in sorted(state.executors, key=_in_order)),
        stages=_stages(state),
        reasons=_reasons(state), blocks=dict(sorted(state.blocks.items())), read=_coverage(state),
    )  # fmt: skip


def _release(state: State, said: str) -> Version:
    """By the log's first line; Databricks' logs have none, and name their runtime among the settings."""
    if said:
        return version_of(said)
    settings = state.settings.get("Spark Properties", {})
    return version_of_label(settings.get("spark.databricks.clusterUsageTags.sparkVersion", ((0, 0), ""))[1])


def _in_order(name: str) -> tuple[bool, int, str]:
    """The driver first, then executors by number."""
    return name != DRIVER, len(name), name


def _executor(name: str, state: ExecutorState) -> Executor:
    maxima = tuple(sizes for sizes, _ in sorted(state.managers.items(), key=lambda one: (one[1], one[0])))
    reasons = tuple(reason for reason, _ in sorted(state.reasons.items(), key=lambda one: (one[1], one[0])))
    return Executor(
        name, state.host, state.cores, state.profile or 0, state.added, state.removed, reasons, maxima, state.tally
    )


def _stages(state: State) -> tuple[Stage, ...]:
    whole = dict[int, int]()
    for one in state.stages.values():
        for counter, value in one.counters.items():
            whole[counter] = max(value, whole.get(counter, 0))
    return tuple(
        _stage(*key, one, operators_of(state.operators, one.counters, whole)) for key, one in sorted(state.stages.items())
    )


def _stage(stage: int, attempt: int, state: StageState, operators: tuple[Operator, ...]) -> Stage:
    levels = tuple((rdd, *level) for rdd, level in sorted(state.levels.items()))
    return Stage(
        stage, attempt, state.name, state.tasks, state.submitted, state.completed, state.profile or 0, levels, state.tally,
        operators,
    )  # fmt: skip


def _reasons(state: State) -> tuple[Reason, ...]:
    """The reasons in the order of time; of the same moment, what happens first as Spark sends it last."""
    found = [
        Reason(kind, text.sample[1], text.first, text.count, text.sample[0], tuple(sorted(text.executors)),
               tuple(sorted(text.stages)))
        for (kind, _), text in state.texts.items()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.first, _REASONS.index(one.kind), one.place, one.words)))


def _coverage(state: State) -> Coverage:
    return Coverage(
        state.lines, state.bytes, dict(sorted(state.events.items())), state.bad, tuple(sorted(state.faults.items())),
        tuple(sorted(state.left_out)), "SparkListenerApplicationEnd" in state.events,
    )  # fmt: skip
