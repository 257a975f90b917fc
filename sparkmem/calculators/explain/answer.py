"""A job in words: the verdict, the container of each process with the heap inside it, and what an expert would add."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from sparkmem.answer.breakdown import Breakdown
from sparkmem.answer.line import Line
from sparkmem.answer.note import Note
from sparkmem.answer.result import Result
from sparkmem.calculator import Calculator
from sparkmem.calculators.container_request import CONTAINER_REQUEST
from sparkmem.calculators.driver_memory import DRIVER_MEMORY
from sparkmem.calculators.executor_memory import EXECUTOR_MEMORY
from sparkmem.calculators.explain.cores import refused_by_kubernetes
from sparkmem.calculators.explain.doubt import (
    doubtful_keys,
    holding,
    marked,
    marked_line,
    moved_ids,
    refused_too,
    standing,
    tried,
)
from sparkmem.calculators.explain.inputs import READ
from sparkmem.calculators.explain.notes import expert_notes, machine_notes, refused_at_submission
from sparkmem.calculators.explain.processes import prefixed, process_of
from sparkmem.calculators.explain.reading import Reading
from sparkmem.calculators.explain.told import NO_FIGURE, TOLD_FIRST, WHATEVER, told_notes
from sparkmem.calculators.explain.verdict import Parts, verdict, what_to_write
from sparkmem.configuration.lost import IDLE
from sparkmem.configuration.lost_words import NOT_COMPUTED, OF_PLATFORMS
from sparkmem.errors import BadInputs, InputError
from sparkmem.given import Given
from sparkmem.refusals.register import advice, refusals
from sparkmem.release import since

_ASKED = {"containers": CONTAINER_REQUEST, "executor": EXECUTOR_MEMORY, "driver": DRIVER_MEMORY}


def explained(given: Given, reading: Reading) -> Result:
    """The whole job; ``BadInputs`` where an input of ours cannot be read."""
    parts = _parts(given)
    breakdowns, lines = _drawn(given, parts, reading.runs_on)
    others: list[tuple[Given, Parts]] = []
    if doubtful := doubtful_keys(reading):
        others = list(_others(reading, doubtful, parts))
        parts.refusals = [one for one in parts.refusals if all(refused_too(one, other.refusals) for _, other in others)]
        drawn = [_drawn(*pair, reading.runs_on) for pair in others]
        if not breakdowns and drawn:  # refused with the default: what holds with every other value is shown
            moved = moved_ids(drawn[0], drawn)
            breakdowns, lines = [kept for b in drawn[0][0] for kept in holding(b, moved)], []
            parts.shown = WHATEVER if breakdowns else NO_FIGURE
        elif moved := moved_ids((breakdowns, lines), drawn):
            breakdowns = [marked(b, moved, doubtful) for b in breakdowns]
            lines = [marked_line(x, moved, doubtful) for x in lines]
    notes = standing(
        _notes(given, reading, parts, parts.shown),
        [_notes(asked, reading, other, parts.shown) for asked, other in others],
    )
    told = verdict(given, reading, parts, notes)
    return Result(
        breakdowns=tuple(breakdowns),
        lines=tuple(lines),
        notes=tuple(notes),
        meanings={**parts.driver.meanings, **parts.executor.meanings, **parts.containers.meanings},
        headline=what_to_write(given, parts) or told,
        verdict=told,
        read=reading.read,
    )


def _others(reading: Reading, doubtful: Sequence[str], now: Parts) -> Iterator[tuple[Given, Parts]]:
    """The job with other values in the place of those that are not known, where they can be computed."""
    for texts in tried(reading.texts, doubtful):
        given = Given(READ, texts)
        try:
            yield given, _parts(given, now)
        except BadInputs:
            continue


def _drawn(given: Given, parts: Parts, runs_on: str) -> tuple[list[Breakdown], list[Line]]:
    """Breakdowns and further lines: executor, driver, application master, which is YARN's alone."""
    breakdowns: list[Breakdown] = []
    lines: list[Line] = []
    if given.text("cluster-manager") != "local":
        breakdowns, lines = process_of(parts.containers, parts.executor, "")
    found, beside = process_of(parts.containers, parts.driver, "driver-")
    master = [b for b in parts.containers.breakdowns if b.total.id.startswith("am-") and b.total.size_bytes]
    master = [] if runs_on in OF_PLATFORMS else master
    return [*breakdowns, *found, *(prefixed(b, "am-") for b in master)], [*lines, *beside]


def _parts(given: Given, known: Parts | None = None) -> Parts:
    """What each calculator answers; one that is asked as in ``known`` answers the same."""
    parts = Parts()
    unusable: list[InputError] = []
    local = given.text("cluster-manager") == "local"
    registered = refusals(given.job)  # of the whole job, once
    for name, calculator in _ASKED.items():
        if name == "executor" and local:
            continue
        places = calculator.places  # whatever the order of the text
        faults = sorted((error for error in registered if error.name in places), key=lambda error: places[error.name])
        try:
            asked = parts.asked[name] = _inputs(given, calculator)
            answered = known is not None and name in known.answered and known.asked[name] == asked
            answer = known.answered[name] if known and answered else _alone(name, tuple(asked.items()))
            parts.answered[name] = answer
        except BadInputs as bad:
            faults = [*bad.errors, *faults]
        if not faults:
            setattr(parts, name, answer)
        for error in faults:
            kept = unusable if error.by == "sparkmem" else parts.refusals
            if all(error.name != other.name for other in kept):
                kept.append(error)
    if unusable:
        raise BadInputs([*unusable, *parts.refusals])
    at_places = refused_by_kubernetes(given.job)
    parts.refusals = _each_once(given, [*refused_at_submission(given), *parts.refusals, *at_places], registered)
    if local or given.text("deploy-mode") == "client":
        parts.refusals.sort(key=lambda error: not _ends_the_drivers_jvm(error))  # which starts before it checks anything
    return parts


def _ends_the_drivers_jvm(error: InputError) -> bool:
    return error.by == "JVM" and error.name.startswith("spark.driver.")


@lru_cache(maxsize=24)  # an edit, and a pasted text that says the same of a process, leave what the others come to
def _alone(name: str, asked: tuple[tuple[str, str], ...]) -> Result:
    return _ASKED[name].alone(dict(asked))


def _each_once(given: Given, found: list[InputError], registered: Sequence[InputError]) -> list[InputError]:
    """These refusals and the register's of the keys that none of them names, each with what to write instead."""
    named = {error.name for error in found}
    every = [*found, *(error for error in registered if error.name not in named)]
    for error in every:
        if not error.change and error.name.startswith("spark."):
            error.change = advice(error.name, given.release, given.text(error.name) if given.has(error.name) else "")
    return every


def _inputs(given: Given, calculator: Calculator) -> dict[str, str]:
    """What of the job concerns this calculator."""
    texts = given.among(calculator.by_name)
    if calculator is EXECUTOR_MEMORY:
        common, own = "spark.executor.defaultJavaOptions", "spark.executor.extraJavaOptions"
        if since(given.release, "3.0") and given.is_set(common):
            texts[own] = f"{given.text(common)} {texts.get(own, '')}".strip()
    return texts


# -- notes --------------------------------------------------------


def _notes(given: Given, reading: Reading, parts: Parts, shown: str) -> list[Note]:
    """Refusals first, then warnings, then the rest; one of each, and what a key is worth said once."""
    found = [Note("refused", f"{_said(error)} {_advice(error)}".strip(), error.see, "warning") for error in parts.refusals]
    found += told_notes(given, reading, shown)
    own = [*machine_notes(given, parts.driver), *expert_notes(given, reading, parts.executor, parts.containers)]
    found += own
    named = {word.strip(".,:") for note in found if note.id in _KEYS for word in note.text.split()}
    for answer in (parts.containers, parts.executor, parts.driver):
        earlier = {note.id for note in found}
        for note in answer.notes:
            twice = note.id in earlier and note.id not in ("key-ignored", "old-key")
            again = note.id in ("key-ignored", "old-key") and named.intersection(w.strip(".,:") for w in note.text.split())
            told = note.id == "executor-does-not-start" and parts.refusals
            # Where a platform sizes the driver's heap, it is not Spark's default.
            other = note.id == "max-result-above-heap" and reading.found.vendor in NOT_COMPUTED and not given.is_set(_DRIVER)
            if not (twice or again or told or other):
                found.append(note)
    return sorted(found, key=lambda note: (note.id != "refused", note.id not in TOLD_FIRST, note.level != "warning"))


_DRIVER = "spark.driver.memory"
_KEYS = ("key-deprecated", "key-not-read", *IDLE)


def _said(error: InputError) -> str:
    by = "The JVM" if error.by == "JVM" else error.by
    return f"{by} refuses {error.name}: {error.message}"


def _advice(error: InputError) -> str:
    return f"({error.change[:1].upper()}{error.change[1:]}.)" if error.change else ""
