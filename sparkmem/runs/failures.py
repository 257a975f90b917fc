"""Findings from words: reasons of executors' ends, of failed tasks, stages, queries and jobs."""

from __future__ import annotations

from collections.abc import Mapping

from sparkmem.diagnosis.found import Found
from sparkmem.eventlog.run import Reason, Run
from sparkmem.runs.causes import died_of_another, is_benign, numbers_in, rule_of, rule_of_end
from sparkmem.runs.finding import CAUSE, CONSEQUENCE, CONTEXT, SAID, Change, Finding, Told
from sparkmem.runs.rules import Rule
from sparkmem.runs.words import cause_of, found_in, told

MOST_READ = 100
"""Reasons whose words the diagnosis reads: those of a kind are one already, and a page waits for it."""
_EXPLAINS = ("executor-lost", "fetch-failed", "tasks-failed", "job-failed")


def read_words(run: Run) -> dict[str, tuple[Found, ...]]:
    """What the diagnosis of texts finds in the earliest reasons, by their words."""
    telling = [reason.words for reason in run.reasons if not is_benign(reason.words)]
    return {words: found_in(words) for words in telling[:MOST_READ]}


def failures(run: Run, changes: dict[str, tuple[Change, ...]], read: Mapping[str, tuple[Found, ...]]) -> list[Finding]:
    """What the words of a run say, each kind of failure once; ``changes`` by the id of a finding, ``read`` by words."""
    found: dict[str, Finding] = {}
    unknown: list[Reason] = []
    others = died_of_another((reason.words, reason.executors) for reason in run.reasons)
    for reason in run.reasons:
        if is_benign(reason.words):
            continue
        rule, said = rule_of_end(reason.words, reason.executors, others), read.get(reason.words, ())
        known_by_its_tasks = rule is not rule_of(reason.words)
        settled = rule is not None and (rule.is_sure or known_by_its_tasks)
        cause = None if settled else cause_of(said, reason, quote(reason.words))
        if cause and (rule is None or rule.kind == CONSEQUENCE or cause.certainty == SAID):
            one = cause
        elif rule:
            one = _finding(rule, reason, changes.get(rule.id, ()), told(said))
        else:
            unknown.append(reason)
            continue
        found[one.id] = found[one.id].again(one) if one.id in found else one
    known = list(found.values())
    if not any(one.kind == CAUSE for one in known):
        known += _unknown(unknown)
    return known + _dead(run, known)


def _finding(rule: Rule, reason: Reason, changes: tuple[Change, ...], said: tuple[Told, ...]) -> Finding:
    process = "driver" if "driver" in reason.executors else rule.process
    return Finding(
        rule.id,
        rule.kind,
        process,
        rule.region,
        rule.certainty,
        rule.title,
        rule.says,
        numbers_in(reason.words),
        quote(reason.words),
        reason.first,
        reason.place,
        reason.executors,
        reason.stages,
        _EXPLAINS if rule.kind == CAUSE else (),
        changes,
        rule.not_to_do,
        reason.count,
        said,
    )


_TRACEBACK = "Traceback (most recent call last):"


def quote(words: str, most: int = 600) -> str:
    """The first words of a text, a line or two; of a traceback of Python the last, which says what was raised.

    >>> quote("a.Exception: Traceback (most recent call last):\\n  File \\"w.py\\", line 3, in main\\nValueError: no\\n")
    'a.Exception: Traceback (most recent call last):\\nValueError: no'
    """
    lines = [line for line in words.splitlines() if line.strip() and not line.startswith("\tat ")]
    begins = next((at for at, line in enumerate(lines[:3]) if line.endswith(_TRACEBACK)), None)
    if begins is not None:
        raised = [line for line in lines[begins + 1 :] if not line.startswith((" ", "Caused by:")) and line != _TRACEBACK]
        lines = [*lines[: begins + 1], *raised[:1]] if raised else lines
    text = "\n".join(lines[:3])
    return text if len(text) <= most else f"{text[:most]} …"


def _unknown(reasons: list[Reason]) -> list[Finding]:
    """Failures whose words are not known: the earliest, quoted."""
    tasks = [reason for reason in reasons if reason.kind in ("task", "executor", "query")]
    if not tasks:
        return []
    first = tasks[0]
    many = sum(reason.count for reason in tasks)
    return [
        Finding(
            "tasks-failed",
            CONTEXT if first.kind == "query" else CONSEQUENCE,
            "none",
            "none",
            SAID,
            "Something failed, and its words name no memory",
            "Words of it are quoted; whether memory has part in it, they do not say.",
            {},
            quote(first.words),
            first.first,
            first.place,
            first.executors,
            first.stages,
            ("job-failed",),
            times=many,
        )
    ]


def _dead(run: Run, known: list[Finding]) -> list[Finding]:
    """Executors that were lost by what is known already: a consequence, said once."""
    if any(one.id in ("executor-lost",) for one in known):
        return []
    lost = [one for one in run.workers if one.reasons and not all(map(is_benign, one.reasons))]
    causes = [one for one in known if one.kind == CAUSE]
    if not lost or not causes:
        return []
    return [
        Finding(
            "executor-lost",
            CONSEQUENCE,
            "executor",
            "none",
            SAID,
            "Executors were lost",
            f"{len(lost)} of {len(run.workers)} executors went before the application ended.",
            quote=quote(lost[0].reasons[0]),
            at=lost[0].removed or 0,
            executors=tuple(one.id for one in lost[:16]),
            explains=("fetch-failed", "job-failed"),
            times=len(lost),
        )
    ]
