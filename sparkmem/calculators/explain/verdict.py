"""The first words of an answer: refused, too large, not to be told, not all that is meant, a risk, or that it fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sparkmem.answer.note import Note
from sparkmem.answer.result import Result
from sparkmem.calculators.explain.doubt import is_a_count
from sparkmem.calculators.explain.idle import sizes_first
from sparkmem.calculators.explain.platform_workers import HOLDS
from sparkmem.calculators.explain.processes import executor_limit
from sparkmem.calculators.explain.reading import Reading
from sparkmem.calculators.explain.stated import no_limit
from sparkmem.calculators.explain.told import BY_DEFAULT, left_to_spark
from sparkmem.configuration.another_job import OF_ANOTHER
from sparkmem.configuration.lost import (
    ABOVE_THE_NODE,
    APPLICATION_MISSING,
    BY_LAUNCHER,
    DASH,
    IDLE,
    LOST,
    NOT_IN_TEXT,
    NOTHING_GRANTED,
    OPTION_MISSPELT,
    OPTION_UNKNOWN,
    REFUSED,
    REPORTED,
    SIZE_NOT_OFFERED,
    WORKER_SIZE_REFUSED,
)
from sparkmem.configuration.lost_words import ANY, pairs
from sparkmem.errors import InputError
from sparkmem.given import Given
from sparkmem.size import mib_text
from sparkmem.subjects.job.example import LOST_SETTINGS

VERDICTS = (
    "Refused", "Does not fit", "Cannot be told", "Not all of it counts", "No memory is set", "Fits, but risky", "Fits",
)  # fmt: skip
"""How a verdict may begin; the first that is true is given."""
_NOTHING = Result(())
_UNTOLD = "Cannot be told. "
_NOTHING_GRANTED = "The text says that the job was granted nothing"
_REFUSED = "Refused, as the text itself says: what else is shown would hold without that."
_BY_SUBMIT = "Refused by spark-submit, which ends at its options: what else is shown would hold without that."
_AT_ITS_SIZE = {
    BY_LAUNCHER: "Refused by SparkLauncher, before it starts anything: what else is shown would hold without that.",
    WORKER_SIZE_REFUSED: "Refused by Spark's standalone worker, which ends at SPARK_WORKER_MEMORY and offers nothing: what"
    " else is shown would hold without it.",
    ABOVE_THE_NODE: "{} spark.executor.memory is more than an executor gets of a node of the type in the text.",
    SIZE_NOT_OFFERED: "Refused by Fabric's provider for Terraform, which takes fixed sizes: what else is shown would hold"
    " without it.",
}
"""By whom a size is refused, as the id of its loss tells; the first that is lost is said."""
_ENDS_SUBMIT = (APPLICATION_MISSING, DASH, OPTION_UNKNOWN, OPTION_MISSPELT)
_SAID_FIRST = (
    APPLICATION_MISSING, NOT_IN_TEXT, NOTHING_GRANTED, OPTION_UNKNOWN, REFUSED, WORKER_SIZE_REFUSED, ABOVE_THE_NODE,
)  # fmt: skip
_MORE = {0: "", 1: " One more warning below."}


@dataclass
class Parts:
    """What each calculator answered, and what Spark or the JVM would refuse."""

    executor: Result = _NOTHING
    containers: Result = _NOTHING
    driver: Result = _NOTHING
    refusals: list[InputError] = field(default_factory=list)
    asked: dict[str, Mapping[str, str]] = field(default_factory=dict)
    answered: dict[str, Result] = field(default_factory=dict)
    """What each calculator was asked, and what it answered by itself."""
    shown: str = BY_DEFAULT
    """What is shown where a value is not known."""


def verdict(given: Given, reading: Reading, parts: Parts, notes: Sequence[Note]) -> str:
    """One of ``VERDICTS`` with its reason: by whom refused and in which words, what is lost, what makes it a risk."""
    if parts.refusals:
        return _refused(given, parts, parts.refusals[0].message)
    too_large = next((note for note in notes if note.id == "no-node-holds-it"), None)
    if too_large:
        return f"Does not fit. {too_large.text}"
    lost = [pair for pair in pairs(given.text(LOST_SETTINGS)) if pair[0] not in (*IDLE, REPORTED)]
    idle = {one.key: one.id for one in reading.read.lost if one.id in IDLE}
    lost += [(idle[key], key) for key in sorted(idle, key=sizes_first)]
    others = [key for id, key in lost if id == OF_ANOTHER]
    named = _lost([(id, key) for id, key in lost if id in LOST and id not in (*_SAID_FIRST, OF_ANOTHER)])
    all_lost = " ".join(filter(None, [named, _of_another(others)]))
    if any(id in _ENDS_SUBMIT for id, _ in lost):
        return f"{_BY_SUBMIT} {all_lost}".strip()
    if refused := [key for id, key in lost if id == REFUSED]:
        of = f" of {refused[0]}" if refused[0] != ANY else ""
        return f"{_REFUSED.replace(':', f'{of}:')} {all_lost}".strip()
    if refusal := next((_AT_ITS_SIZE[id] for id in _AT_ITS_SIZE if id in dict(lost)), None):
        by = "Refused by Databricks:" if reading.runs_on == "databricks" else "Does not fit."
        return f"{refusal.format(by)} {all_lost}".strip()
    unknown = [key for id, key in lost if id == NOT_IN_TEXT and not is_a_count(key)]
    if doubt := _untold(unknown, notes, parts.shown):
        if named and set(unknown) <= {key for id, key in lost if id != NOT_IN_TEXT}:
            return f"Not all of it counts. {all_lost} {doubt.removeprefix(_UNTOLD)}"  # what is lost is why, or surer
        return f"{doubt} {all_lost}".strip()
    if any(id == NOTHING_GRANTED for id, _ in lost):
        return f"Cannot be told. {_nothing_granted(given, parts)} {all_lost}".strip()
    if idle and len(idle) == len(lost):  # what counts is whole, and is the driver's
        beside = next((f"{note.text} " for note in notes if note.id == "heap-above-machine"), "")
        return f"Not all of it counts. {named} {beside}{_whole(given, parts)} {left_to_spark(given, reading)}".strip()
    if named:
        return f"Not all of it counts. {all_lost}"
    if others:
        own = [note for note in notes if note.id != OF_ANOTHER]
        fits = f"{_fits(given, reading, parts, own)} {left_to_spark(given, reading)}".strip()
        return f"Not all of it counts. {_of_another(others)} The one that is: {fits[:1].lower()}{fits[1:]}"
    if reading.nothing:
        return f"No memory is set. With Spark's defaults: {_whole(given, parts)}"
    return f"{_fits(given, reading, parts, notes)} {left_to_spark(given, reading)}".strip()


def _fits(given: Given, reading: Reading, parts: Parts, notes: Sequence[Note]) -> str:
    """That it fits, and in what, after what makes it a risk."""
    platform = next((note.text for note in notes if note.id == HOLDS), "")
    holds = "" if platform else _what_would_hold_it(given, parts)
    limit = no_limit(reading, executor_limit(parts.containers))
    risks = [note for note in notes if note.level == "warning"]
    if risks:
        more = _MORE.get(len(risks) - 1, f" {len(risks) - 1} more warnings below.")
        return f"Fits, but risky. {risks[0].text}{more}" + (f" It fits if {holds}{limit}" if holds else "")
    whole = platform or _whole(given, parts)
    return f"Fits if {holds}{limit} {whole}" if holds else f"Fits. {whole}"


def _nothing_granted(given: Given, parts: Parts) -> str:
    """Why a job may have been granted nothing; not by its memory, where what is offered has room for an executor."""
    limit = executor_limit(parts.containers)
    if not (limit and given.is_set("node-memory")):
        return f"{_NOTHING_GRANTED}: its pod or container does not fit, or others have the room."
    text = f"{_NOTHING_GRANTED}. By memory an executor of {mib_text(limit)} fits into {given.text('node-memory')}:"
    return f"{text} look at cores, at other jobs, and whether executors reach the driver."


def what_to_write(given: Given, parts: Parts) -> str:
    """The same of a refusal, with the setting and what to write in place of the words; empty where there is no such advice.

    A JVM says in a line which flag it does not take, so its words stay.
    """
    first = parts.refusals[0] if parts.refusals else None
    if not first or not first.change or first.by == "JVM":
        return ""
    return _refused(given, parts, f"{first.name}. {first.change[:1].upper()}{first.change[1:]}.")


def _refused(given: Given, parts: Parts, words: str) -> str:
    first, others = parts.refusals[0], len(parts.refusals) - 1
    by = {"JVM": "the JVM", "Spark": f"Spark {given.release}"}.get(first.by, first.by)
    return f"Refused by {by}: {words}" + (f" (and {others} more)" if others else "")


def _untold(unknown: Sequence[str], notes: Sequence[Note], shown: str) -> str:
    """That it cannot be told, and why; empty where it can."""
    if unknown:
        values = "The value of" if len(unknown) == 1 else "The values of"
        text = (
            f"{values} {', '.join(unknown[:2])}{_more(unknown[2:])} {'is' if len(unknown) == 1 else 'are'} not in the text"
        )
        return f"{_UNTOLD}{text}: {shown}"
    other = next((note for note in notes if note.id == "not-computed"), None)
    return f"{_UNTOLD}{other.text}" if other else ""


def _lost(lost: Sequence[tuple[str, str]]) -> str:
    """Which settings are lost, and how; empty where none is."""
    named = [f"{'a part of the job' if key == ANY else key} ({id.replace('-', ' ')})" for id, key in lost]
    return f"Lost: {', '.join(named[:2])}{_more(named[2:])}." if named else ""


def _of_another(keys: Sequence[str]) -> str:
    """That the text sizes a job that this answer is not of; empty where it does not."""
    if not keys:
        return ""
    return f"The text gives another size to a job that is not answered for here: {', '.join(keys[:2])}{_more(keys[2:])}."


def _more(others: Sequence[str]) -> str:
    return f" and {len(others)} more" if others else ""


def _whole(given: Given, parts: Parts) -> str:
    if given.text("cluster-manager") == "local":
        return f"One JVM holds the whole job. {parts.driver.headline}"
    return parts.containers.headline


def _what_would_hold_it(given: Given, parts: Parts) -> str:
    """The node or machine that it takes, where none is given against which it could be held."""
    if given.text("cluster-manager") == "local":
        if given.is_set("machine-memory"):
            return ""
        heap = next(
            (line.size_bytes or 0 for line in parts.driver.rows() if line.id in ("max-heap-size", "jvm-max-memory")), 0
        )
        return f"the machine has room for a heap of {mib_text(heap)}" if heap else ""
    if given.is_set("node-memory") or given.is_set("yarn-maximum-allocation"):
        return ""
    limit = next((line.size_bytes or 0 for line in parts.containers.rows() if line.id == "container-limit"), 0)
    return f"a node has {mib_text(limit)} for an executor"
