"""What the diagnosis of texts says of a run's own words: the pages about them, and findings that no rule of a run has."""

from __future__ import annotations

from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.diagnosis.families import findings
from sparkmem.diagnosis.finding import CAUSE as DIAGNOSED_CAUSE
from sparkmem.diagnosis.found import Found
from sparkmem.eventlog.run import Reason
from sparkmem.runs.finding import CAUSE, Change, Finding, Told
from sparkmem.size import mib_text

_EXPLAINS = ("executor-lost", "fetch-failed", "tasks-failed", "job-failed")
MOST_TOLD = 3
"""Pages for one finding: a text with many exceptions says little with the fourth."""


def found_in(words: str) -> tuple[Found, ...]:
    """The findings of a reason, the first cause first; none where its words name none.

    A program writes whole texts: a few words that are part of one, as people type them, say nothing here.

    >>> [one.finding.id for one in found_in("java.io.IOException: No space left on device")]
    ['disk-full']
    >>> found_in("java.lang.RuntimeException: Bad executor")
    ()
    """
    said = diagnosed(words)
    return () if said.by_words else said.findings


def told(found: tuple[Found, ...]) -> tuple[Told, ...]:
    """The pages of what was found, with the numbers of this run's text."""
    return tuple(Told(one.finding.id, one.finding.title, one.finding.page, _numbers(one)) for one in found[:MOST_TOLD])


def _numbers(found: Found) -> dict[str, str]:
    return {
        name: mib_text(int(value)) if name in found.sizes else f"{value:,}"
        for name, value in found.numbers.items()
        if isinstance(value, int | float)
    }


def cause_of(said: tuple[Found, ...], reason: Reason, quote: str) -> Finding | None:
    """The first cause in a reason that no rule of a run knows."""
    found = next((one for one in said if one.finding.kind == DIAGNOSED_CAUSE), None)
    if found is None:
        return None
    numbers = {name: int(found.numbers[name]) for name in sorted(found.sizes & set(found.numbers))}
    process = "driver" if "driver" in reason.executors else found.process
    changes = tuple(Change(one["key"], one["value"], one["why"]) for one in found.changes)
    return Finding(
        found.finding.id,
        CAUSE,
        process,
        found.region,
        found.certainty,
        found.finding.title,
        found.finding.says,
        numbers,
        quote,
        reason.first,
        reason.place,
        reason.executors,
        reason.stages,
        _EXPLAINS,
        changes,
        found.finding.not_to_do,
        reason.count,
        (),
        found.finding.page,
    )


def title_and_page(id: str) -> tuple[str, str] | None:
    """The title and the page of a finding of texts, by its id."""
    known = findings().get(id)
    return (known.title, known.page) if known else None
