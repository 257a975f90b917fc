"""The run that a log's state comes to, in an order that does not depend on that of its lines."""

from __future__ import annotations

from sparkmem.eventlog.plans import Operator, operators_of
from sparkmem.eventlog.release import Version, version_of, version_of_label
from sparkmem.eventlog.run import DRIVER, Coverage, Executor, Reason, Run, Stage
from sparkmem.eventlog.state import ExecutorState, StageState, State

_REASONS = ("executor", "task", "stage", "query", "job")


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
