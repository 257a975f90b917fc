"""Times of a log that cannot be, or hardly: hours are computed from them, and what came first is told by them."""

from __future__ import annotations

from sparkmem.eventlog.run import Run
from sparkmem.runs.finding import COMPUTED, CONTEXT, Finding

_YEAR_MS = 31_556_952_000
FIRST_YEAR, LAST_YEAR = 2010, 2100
"""Spark is of 2010; a clock that says 2100 is a wrong one."""
_DAY_MS = 86_400_000
LONG_GAP_DAYS = 30
"""So long with neither a stage nor an executor: a server may wait over a holiday, no further."""


def doubtful_times(run: Run) -> list[Finding]:
    """What of the times contradicts itself, in one finding; nothing where nothing does."""
    said = [*_years(run), *_early_stages(run), *_backwards(run), *_gap(run)]
    if not said:
        return []
    return [
        Finding(
            "times-doubtful",
            CONTEXT,
            "none",
            "none",
            COMPUTED,
            "Times in the log are doubtful",
            f"{'; '.join(said)}. A clock was wrong, or the log was put together: durations, hours and the order of what is"
            " told are no better than its times.",
        )
    ]


def _years(run: Run) -> list[str]:
    """The years of the earliest and the latest event, to a day."""
    times = [run.started, run.ended, *(one.added for one in run.executors), *(one.submitted for one in run.stages)]
    known = [time for time in times if time]
    years = sorted({1970 + time // _YEAR_MS for time in (min(known), max(known))}) if known else []
    return [f"events are of the year {year}" for year in years if not FIRST_YEAR <= year < LAST_YEAR]


def _early_stages(run: Run) -> list[str]:
    """A stage whose tasks ran on executors ends after the first of them was added."""
    added = min((one.added for one in run.workers if one.added), default=0)
    if not added or any(one.added is None and one.tally.sums for one in run.executors):
        return []
    ended = [stage.completed for stage in run.stages if stage.completed and stage.sum("succeeded")]
    early = [time for time in ended if time < added]
    if not early:
        return []
    days = (added - min(early)) / _DAY_MS
    return [f"{len(early)} of {len(ended)} stages ended before any executor was added, the first by {days:,.1f} days"]


def _backwards(run: Run) -> list[str]:
    ends = sum(1 for one in run.workers if one.added and one.removed is not None and one.removed < one.added)
    stages = sum(1 for one in run.stages if one.submitted and one.completed and one.completed < one.submitted)
    said = [f"{ends} executors were removed before they were added"] if ends else []
    return said + ([f"{stages} stages ended before they began"] if stages else [])


def _gap(run: Run) -> list[str]:
    """The longest time in which nothing ran and no executor lived."""
    start, end = run.started or 0, run.ended or 0
    spans = [(start, start), (end, end)]
    spans += [(one.submitted, one.completed or one.submitted) for one in run.stages if one.submitted]
    spans += [(one.added, one.removed or end) for one in run.workers if one.added]
    reached, longest = start, 0
    for began, ended in sorted(spans):
        longest = max(longest, began - reached)
        reached = max(reached, ended)
    days = longest / _DAY_MS
    return [f"nothing happened for {days:,.1f} days"] if start and days >= LONG_GAP_DAYS else []
