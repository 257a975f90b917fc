"""What is known of a log after some of its lines, in whatever order: it grows with executors and stages, never with tasks.

Everything here is a sum, a largest or a first value, or the smallest keys of a bounded table, so that the states of
two pieces merge into the state of both.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sparkmem.eventlog.bounded import Place, as_it_is, at_key, by_number, first, keep_first, keep_newest, last, pruned
from sparkmem.eventlog.plans import MOST_COUNTERS, MOST_OPERATORS, Node
from sparkmem.eventlog.tally import Tally

MOST_EXECUTORS = 20_000
MOST_STAGES = 50_000
MOST_TEXTS = 1_000
MOST_NAMED = 20
MOST_IN_TEXT = 16
MOST_REASONS = 4
MOST_PROFILES = 1_000
MOST_SETTINGS = 4_000


@dataclass(slots=True)
class ExecutorState:
    """One executor, or the driver."""

    added: int | None = None
    removed: int | None = None
    host: str = ""
    cores: int = 0
    profile: int | None = None
    seen: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    managers: dict[tuple[int, int], int] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)

    def __iadd__(self, other: ExecutorState) -> ExecutorState:
        self.added, self.removed = first(self.added, other.added), last(self.removed, other.removed)
        self.host, self.cores = max(self.host, other.host), max(self.cores, other.cores)
        self.profile, self.seen = last(self.profile, other.profile), max(self.seen, other.seen)
        keep_first(self.reasons, other.reasons, MOST_REASONS)
        keep_first(self.managers, other.managers, MOST_IN_TEXT)
        self.tally += other.tally
        return self


@dataclass(slots=True)
class StageState:
    """One attempt of a stage."""

    name: str = ""
    tasks: int = 0
    submitted: int | None = None
    completed: int | None = None
    profile: int | None = None
    levels: dict[int, tuple[str, int]] = field(default_factory=dict)
    counters: dict[int, int] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)

    def __iadd__(self, other: StageState) -> StageState:
        self.name, self.tasks = max(self.name, other.name), max(self.tasks, other.tasks)
        self.submitted, self.completed = first(self.submitted, other.submitted), last(self.completed, other.completed)
        self.profile = last(self.profile, other.profile)
        keep_first(self.levels, other.levels, MOST_NAMED)
        keep_first(self.counters, other.counters, MOST_COUNTERS)
        self.tally += other.tally
        return self


@dataclass(slots=True)
class TextState:
    """A reason of failure in its first words, how often it was given, and for which executors and stages."""

    sample: tuple[Place, str] = ((0, 0), "")
    first: int = 0
    count: int = 0
    executors: dict[str, int] = field(default_factory=dict)
    stages: dict[int, int] = field(default_factory=dict)

    def __iadd__(self, other: TextState) -> TextState:
        self.sample, self.first = min(self.sample, other.sample), min(self.first, other.first)
        self.count += other.count
        keep_first(self.executors, other.executors, MOST_IN_TEXT)
        keep_first(self.stages, other.stages, MOST_IN_TEXT)
        return self


@dataclass(slots=True)
class State:
    """A log so far; ``events`` counts by name, ``faults`` are the first lines that could not be read."""

    lines: int = 0
    bytes: int = 0
    events: dict[str, int] = field(default_factory=dict)
    bad: int = 0
    faults: dict[Place, str] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    started: int | None = None
    ended: int | None = None
    application: dict[str, tuple[Place, str]] = field(default_factory=dict)
    settings: dict[str, dict[str, tuple[Place, str]]] = field(default_factory=dict)
    profiles: dict[int, tuple[tuple[str, float], ...]] = field(default_factory=dict)
    executors: dict[str, ExecutorState] = field(default_factory=dict)
    stages: dict[tuple[int, int], StageState] = field(default_factory=dict)
    texts: dict[tuple[str, str], TextState] = field(default_factory=dict)
    blocks: dict[str, int] = field(default_factory=dict)
    operators: dict[int, Node] = field(default_factory=dict)

    def executor(self, name: str) -> ExecutorState:
        """The executor's part, made where it is not there."""
        return at_key(self.executors, name, ExecutorState, MOST_EXECUTORS, by_number)

    def stage(self, stage: int, attempt: int) -> StageState:
        return at_key(self.stages, (stage, attempt), StageState, MOST_STAGES, as_it_is)

    def text(self, key: tuple[str, str]) -> TextState:
        return at_key(self.texts, key, TextState, MOST_TEXTS, as_it_is)

    def at(self, time: int) -> None:
        """Something happened then [ms]."""
        if time:
            self.started = time if self.started is None else min(self.started, time)
            self.ended = time if self.ended is None else max(self.ended, time)


def merge(one: State, other: State) -> State:
    """The state of both; ``one`` becomes it, ``other`` is not to be used again."""
    one.lines, one.bytes, one.bad = one.lines + other.lines, one.bytes + other.bytes, one.bad + other.bad
    for sums, more in ((one.events, other.events), (one.left_out, other.left_out), (one.blocks, other.blocks)):
        for name, count in more.items():
            sums[name] = sums.get(name, 0) + count
    keep_first(one.faults, other.faults, MOST_NAMED)
    one.started, one.ended = first(one.started, other.started), last(one.ended, other.ended)
    keep_newest(one.application, other.application)
    for section, found in other.settings.items():
        keep_newest(one.settings.setdefault(section, {}), found, MOST_SETTINGS)
    keep_first(one.profiles, other.profiles, MOST_PROFILES)
    keep_first(one.operators, other.operators, 2 * MOST_OPERATORS)
    for name, executor in other.executors.items():
        part = one.executor(name)
        part += executor
    for (stage, attempt), stage_state in other.stages.items():
        stage_part = one.stage(stage, attempt)
        stage_part += stage_state
    for key, text in other.texts.items():
        if key in one.texts:
            one.texts[key] += text
        else:
            at_key(one.texts, key, lambda kept=text: kept, MOST_TEXTS, as_it_is)
    return one


def trimmed(state: State) -> State:
    """The state within its bounds; of what was left out, how many."""
    for name, table, most, order in (
        ("executors", state.executors, MOST_EXECUTORS, by_number),
        ("stages", state.stages, MOST_STAGES, as_it_is),
        ("texts", state.texts, MOST_TEXTS, as_it_is),
    ):
        if len(table) > most:
            pruned(table, most, order)
            state.left_out[name] = 1
    for section, found in state.settings.items():
        if len(found) > MOST_SETTINGS:
            pruned(state.settings[section], MOST_SETTINGS, as_it_is)
    if len(state.operators) > MOST_OPERATORS:
        pruned(state.operators, MOST_OPERATORS, as_it_is)
    for stage in state.stages.values():
        stage.tally.needs = stage.tally.largest()
    return state
