"""What each event adds to the state; events of other names are counted and passed over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sparkmem.eventlog.bounded import Place, keep_first, keep_newest, pruned
from sparkmem.eventlog.numbers import inner, number, text
from sparkmem.eventlog.plans import MOST_COUNTERS, MOST_OPERATORS, counters_of, nodes_of, plan_of
from sparkmem.eventlog.state import MOST_IN_TEXT, MOST_NAMED, MOST_PROFILES, MOST_REASONS, MOST_SETTINGS, State
from sparkmem.eventlog.tally import Tally
from sparkmem.eventlog.task_end import measured
from sparkmem.eventlog.texts import feed_text

Event = dict[str, Any]
MOST_IN_SETTING = 4000
MOST_IN_REASON = 1500
"""Letters; what an executor's end said is kept in full once, among the texts of failures."""


def _log_start(state: State, event: Event, place: Place) -> None:
    keep_newest(state.application, {"release": (place, text(event.get("Spark Version"), 80))})


def _application_start(state: State, event: Event, place: Place) -> None:
    names = {"name": "App Name", "id": "App ID", "attempt": "App Attempt ID"}
    state.at(number(event.get("Timestamp")))
    keep_newest(state.application, {name: (place, text(event.get(key))) for name, key in names.items() if event.get(key)})
    keep_newest(state.application, {"started": (place, str(number(event.get("Timestamp"))))})


def _application_end(state: State, event: Event, place: Place) -> None:
    state.at(number(event.get("Timestamp")))
    keep_newest(state.application, {"ended": (place, str(number(event.get("Timestamp"))))})
    if type(event.get("ExitCode")) is int:
        keep_newest(state.application, {"exit-code": (place, str(event["ExitCode"])[:20])})


def _environment(state: State, event: Event, place: Place) -> None:
    for section in ("JVM Information", "Spark Properties", "Hadoop Properties", "System Properties"):
        found = {text(key, 200): (place, text(value, MOST_IN_SETTING)) for key, value in inner(event, section).items()}
        keep_newest(state.settings.setdefault(section, {}), found, MOST_SETTINGS)


def _profile(state: State, event: Event, place: Place) -> None:
    found = {}
    for group in ("Executor Resource Requests", "Task Resource Requests"):
        for name, request in list(inner(event, group).items())[:50]:
            amount = request.get("Amount") if isinstance(request, dict) else None
            if isinstance(amount, int | float) and 0 <= amount < 1 << 50:
                found[f"{'task' if group[0] == 'T' else 'executor'}-{name[:80]}"] = amount
    keep_first(state.profiles, {number(event.get("Resource Profile Id")): tuple(sorted(found.items()))}, MOST_PROFILES)


def _executor_added(state: State, event: Event, place: Place) -> None:
    info, at = inner(event, "Executor Info"), number(event.get("Timestamp"))
    executor = state.executor(text(event.get("Executor ID"), 80) or "unknown")
    executor.added = at if executor.added is None else min(executor.added, at)
    executor.host = max(executor.host, text(info.get("Host"), 200))
    executor.cores = max(executor.cores, number(info.get("Total Cores")))
    executor.profile = max(executor.profile or 0, number(info.get("Resource Profile Id")))
    executor.seen = max(executor.seen, at)
    state.at(at)


def _executor_removed(state: State, event: Event, place: Place) -> None:
    at, name = number(event.get("Timestamp")), text(event.get("Executor ID"), 80) or "unknown"
    executor, reason = state.executor(name), text(event.get("Removed Reason"), MOST_IN_REASON)
    executor.removed = at if executor.removed is None else max(executor.removed, at)
    keep_first(executor.reasons, {reason: at}, MOST_REASONS)
    state.at(at)
    feed_text(state, "executor", text(event.get("Removed Reason"), 4000), at, place, name)


def _manager_added(state: State, event: Event, place: Place) -> None:
    identity, at = inner(event, "Block Manager ID"), number(event.get("Timestamp"))
    executor = state.executor(text(identity.get("Executor ID"), 80) or "unknown")
    on_heap, off_heap = event.get("Maximum Onheap Memory"), event.get("Maximum Offheap Memory")
    whole = number(event.get("Maximum Memory"))
    sizes = (number(on_heap), number(off_heap)) if type(on_heap) is int else (whole, 0)
    keep_first(executor.managers, {sizes: at}, MOST_IN_TEXT)
    executor.host = max(executor.host, text(identity.get("Host"), 200))
    executor.seen = max(executor.seen, at)
    state.at(at)


def _stage(state: State, event: Event, place: Place) -> None:
    info = inner(event, "Stage Info")
    stage = state.stage(number(info.get("Stage ID")), number(info.get("Stage Attempt ID")))
    stage.name = max(stage.name, text(info.get("Stage Name"), 200))
    stage.tasks = max(stage.tasks, number(info.get("Number of Tasks")))
    for key in ("Submission Time", "Completion Time"):
        if at := number(info.get(key)):
            state.at(at)
    if at := number(info.get("Submission Time")):
        stage.submitted = at if stage.submitted is None else min(stage.submitted, at)
    if at := number(info.get("Completion Time")):
        stage.completed = at if stage.completed is None else max(stage.completed, at)
    stage.profile = max(stage.profile or 0, number(info.get("Resource Profile Id")))
    rdds = info.get("RDD Info")
    for rdd in rdds if isinstance(rdds, list) else []:
        level = inner(rdd, "Storage Level")
        kept = [name for name in ("Use Memory", "Use Off Heap", "Use Disk", "Deserialized") if level.get(name) is True]
        if kept:
            kept_as = (", ".join(kept), number(rdd.get("Number of Partitions")))
            keep_first(stage.levels, {number(rdd.get("RDD ID")): kept_as}, MOST_NAMED)
    keep_first(stage.counters, counters_of(info), MOST_COUNTERS)
    failure = text(info.get("Failure Reason"), 20_000)
    if failure:
        feed_text(state, "stage", failure, number(info.get("Completion Time")), place, "", number(info.get("Stage ID")))


def _job_end(state: State, event: Event, place: Place) -> None:
    at, result = number(event.get("Completion Time")), inner(event, "Job Result")
    state.at(at)
    if result.get("Result") == "JobFailed":
        feed_text(state, "job", text(inner(result, "Exception").get("Message"), 20_000), at, place)


def _query_end(state: State, event: Event, place: Place) -> None:
    if message := text(event.get("errorMessage"), 20_000):
        feed_text(state, "query", message, number(event.get("time")), place)


def _plan(state: State, event: Event, place: Place) -> None:
    for counter, node in nodes_of(plan_of(event)).items():
        state.operators[counter] = min(node, state.operators.get(counter, node))
    if len(state.operators) > 2 * MOST_OPERATORS:
        pruned(state.operators, MOST_OPERATORS, int)


def _stage_metrics(state: State, event: Event, place: Place) -> None:
    sampled = inner(event, "Executor Metrics")
    _sample(state.executor(text(event.get("Executor ID"), 80) or "unknown").tally, sampled)
    stage = state.stage(number(event.get("Stage ID")), number(event.get("Stage Attempt ID")))
    if text(event.get("Executor ID"), 80) != "driver":
        _sample(stage.tally, sampled)


def _update(state: State, event: Event, place: Place) -> None:
    updates = event.get("Executor Metrics Updated")
    for update in updates[:100] if isinstance(updates, list) else []:
        _sample(state.executor(text(event.get("Executor ID"), 80) or "unknown").tally, inner(update, "Executor Metrics"))


def _sample(tally: Tally, sampled: Event) -> None:
    for name, value in measured(sampled):
        tally.raise_to(name, value, 0)


def _block(state: State, event: Event, place: Place) -> None:
    info = inner(event, "Block Updated Info")
    if not text(info.get("Block ID"), 20).startswith("rdd_"):
        return
    in_memory, on_disk = number(info.get("Memory Size")), number(info.get("Disk Size"))
    kind = "kept" if in_memory else "on-disk" if on_disk else "dropped"
    state.blocks[kind] = state.blocks.get(kind, 0) + 1


PLANS = tuple(
    f"org.apache.spark.sql.execution.ui.SparkListenerSQL{name}" for name in ("ExecutionStart", "AdaptiveExecutionUpdate")
)
STAGES = ("SparkListenerStageSubmitted", "SparkListenerStageCompleted")

HANDLED: dict[str, Callable[[State, Event, Place], None]] = {
    "SparkListenerLogStart": _log_start,
    "SparkListenerApplicationStart": _application_start,
    "SparkListenerApplicationEnd": _application_end,
    "SparkListenerEnvironmentUpdate": _environment,
    "SparkListenerResourceProfileAdded": _profile,
    "SparkListenerExecutorAdded": _executor_added,
    "SparkListenerExecutorRemoved": _executor_removed,
    "SparkListenerBlockManagerAdded": _manager_added,
    **dict.fromkeys(STAGES, _stage),
    "SparkListenerJobEnd": _job_end,
    **dict.fromkeys(PLANS, _plan),
    "org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionEnd": _query_end,
    "SparkListenerStageExecutorMetrics": _stage_metrics,
    "SparkListenerExecutorMetricsUpdate": _update,
    "SparkListenerBlockUpdated": _block,
    "SparkListenerTaskEnd": lambda state, event, place: None,  # fold takes it to feed_task
}

NAMES = frozenset({
    *HANDLED,
    *(f"SparkListener{name}" for name in (
        "JobStart", "TaskStart", "TaskGettingResult", "UnpersistRDD", "BlockManagerRemoved", "SpeculativeTaskSubmitted",
        "ExecutorExcluded", "ExecutorUnexcluded", "NodeExcluded", "NodeUnexcluded", "ExecutorBlacklisted",
        "ExecutorExcludedForStage", "NodeExcludedForStage", "UnschedulableTaskSetAdded", "UnschedulableTaskSetRemoved",
        "MiscellaneousProcessAdded",
    )),
    *(f"org.apache.spark.sql.execution.ui.SparkListener{name}" for name in (
        "SQLAdaptiveSQLMetricUpdates", "DriverAccumUpdates",
    )),
})  # fmt: skip
"""Events that are counted by their names; those of plugins and of releases to come are counted together."""
