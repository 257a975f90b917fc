"""The whole of a run's answer, the same for a terminal, a page and programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sparkmem.diagnosis.found import Found
from sparkmem.eventlog.run import Executor, Run, Stage
from sparkmem.eventlog.tally import quantile
from sparkmem.runs.alike import of_one_profile
from sparkmem.runs.changes import changes
from sparkmem.runs.circumstances import Circumstances, circumstances
from sparkmem.runs.failures import failures, read_words
from sparkmem.runs.finding import CAUSE, CONSEQUENCE, SAID, Finding
from sparkmem.runs.needs import needs
from sparkmem.runs.pressure import pressure
from sparkmem.runs.reconcile import Reconciled, reconciled
from sparkmem.runs.right_size import HEAD_ROOM, RightSize, right_size
from sparkmem.runs.task_needs import stage_need
from sparkmem.runs.times import doubtful_times
from sparkmem.runs.unmeasured import executor_hours, unmeasured, unused

_ORDER = (CAUSE, CONSEQUENCE)


@dataclass(frozen=True)
class Report:
    """A run, held against the model."""

    run: Run
    where: Circumstances
    reconciled: dict[str, Reconciled]
    findings: tuple[Finding, ...]
    right_size: RightSize

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that say that something failed, spilled or got lost."""
        return tuple(one for one in self.findings if one.kind in _ORDER)

    @property
    def verdict(self) -> str:
        """The first of what was found, or that nothing was."""
        if self.warnings:
            return self.warnings[0].title
        if not self.run.read.complete:
            return "Nothing of memory went wrong in what is in the log, which has no end"
        return "Nothing of memory went wrong"


def report(run: Run, head_room: float = HEAD_ROOM) -> Report:
    """What is to be said of a run."""
    where = circumstances(run)
    explained, words = reconciled(run, where), read_words(run)
    first = _found(run, where, None, words)
    sized, others = of_one_profile(run)
    size = right_size(sized, circumstances(sized), explained, needs(sized, circumstances(sized)), first, head_room)
    if others:
        left = f"left out: executors of resource profile{'s' * (len(others) > 1)} {', '.join(map(str, others))}"
        size = replace(size, bounds=(f"{left}, whose sizes are set in the program", *size.bounds))
    found = [*_found(run, where, size, words), *unmeasured(run), *doubtful_times(run)]
    found += unused(sized, size.needs, bool(size.failed))
    return Report(run, where, explained, tuple(sorted(found, key=_place)), size)


def _found(run: Run, where: Circumstances, size: RightSize | None, words: Mapping[str, tuple[Found, ...]]) -> list[Finding]:
    to_change = changes(run, where, size)
    said = failures(run, to_change, words)
    counted = pressure(run, where, to_change)
    if any(one.kind == CAUSE and one.region != "none" for one in said):  # what failed stands before what was slow
        counted = [replace(one, at=max(one.at, 1 << 50)) if one.kind == CAUSE else one for one in counted]
    return [*said, *counted]


def _place(finding: Finding) -> tuple[bool, bool, bool, int, str]:
    """Causes, then consequences, then the rest; sure ones first, then by time."""
    kind = finding.kind
    return (
        kind != CAUSE,
        kind != CONSEQUENCE,
        finding.certainty != SAID and kind == CAUSE and finding.id in ("killed", "terminated"),
        finding.at,
        finding.id,
    )


def as_dict(found: Report) -> dict[str, Any]:
    """The answer as ``sparkmem run --json`` gives it (DESIGN, section 3)."""
    run, size = found.run, found.right_size
    return {
        "application": {
            "id": run.id,
            "name": run.name,
            "attempt": run.attempt,
            "release": run.release.said,
            "model": run.release.name,
            "vendor": run.release.vendor,
            "started": run.started,
            "ended": run.ended,
            "exit-code": run.exit_code,
            "cluster-manager": found.where.manager,
            "deploy-mode": found.where.deploy_mode,
            "java": found.where.java,
            "collector": found.where.collector,
            "executor-hours": round(executor_hours(run), 4),
            "verdict": found.verdict,
        },
        "executors": [_executor(one, found.reconciled[one.id]) for one in run.executors],
        "stages": [_stage(one, found.where) for one in run.stages],
        "findings": [one.as_dict() for one in found.findings],
        "right-size": _size(size),
        "read": {
            "lines": run.read.lines,
            "bytes": run.read.bytes,
            "events": run.read.events,
            "bad-lines": run.read.bad,
            "faults": [{"file": place[0], "line": place[1], "why": why} for place, why in run.read.faults],
            "left-out": list(run.read.left_out),
            "complete": run.read.complete,
        },
    }


def _executor(one: Executor, known: Reconciled) -> dict[str, Any]:
    return {
        "id": one.id,
        "cores": one.cores,
        "profile": one.profile,
        "added": one.added,
        "removed": one.removed,
        "reasons": list(one.reasons),
        "on-heap-maximum": known.on_heap_maximum,
        "off-heap-maximum": known.off_heap_maximum,
        "computed": known.computed,
        "explained": known.explained,
        "how": known.how,
        "because": known.reason,
        "peaks": {
            name: {"value": value, "at": -minus or None, "figure": "measured"}
            for name, (value, minus) in sorted(one.tally.peaks.items())
        },
        "tasks": dict(sorted(one.tally.sums.items())),
    }


def _stage(one: Stage, where: Circumstances) -> dict[str, Any]:
    need, together = stage_need(one, where)
    spread = (
        {f"{share:g}": quantile(one.tally.execution, share) for share in (0.5, 0.75, 0.95, 1.0)}
        if one.tally.execution
        else {}
    )
    return {
        "id": one.id,
        "attempt": one.attempt,
        "name": one.name,
        "tasks": one.tasks,
        "submitted": one.submitted,
        "completed": one.completed,
        "profile": one.profile,
        "sums": dict(sorted(one.tally.sums.items())),
        "peaks": {name: value for name, (value, _) in sorted(one.tally.peaks.items())},
        "execution-of-tasks": spread,
        "need": {"bytes": need, "tasks": together, "figure": "computed" if need else "not measured"},
    }


def _size(size: RightSize) -> dict[str, Any]:
    need = size.needs
    return {
        "head-room": size.head_room,
        "why": size.why,
        "bounds": list(size.bounds),
        "changes": size.changed,
        "now": size.now.as_dict(size.hours) if size.now else None,
        "advised": size.advised.as_dict(size.hours) if size.advised else None,
        "others": [one.as_dict(size.hours) for one in size.others],
        "saves-gib-hours": round(size.saves, 3),
        "needs": {
            "execution": need.execution.as_dict(),
            "storage": need.storage.as_dict(),
            "outside-heap": need.outside_heap.as_dict(),
            "python": need.python.as_dict(),
        },
    }
