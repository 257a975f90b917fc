"""A job in words: the verdict, the container of each process with the heap inside it, and what an expert would add."""

from __future__ import annotations

from dataclasses import dataclass, field

from sparkmem.answer.note import Note
from sparkmem.answer.result import Result
from sparkmem.calculator import Calculator, Given, job_of
from sparkmem.calculators.container_request import CONTAINER_REQUEST
from sparkmem.calculators.driver_memory import DRIVER_MEMORY
from sparkmem.calculators.executor_memory import EXECUTOR_MEMORY
from sparkmem.calculators.explain.notes import expert_notes, refused_at_submission, refused_by_jvm
from sparkmem.calculators.explain.processes import prefixed, process_of
from sparkmem.calculators.explain.reading import Reading
from sparkmem.errors import BadInputs, InputError
from sparkmem.jvm.flags import FlagError, heap_flags
from sparkmem.refusals.register import advice, refusals
from sparkmem.release import since
from sparkmem.size import mib_text

_NOTHING = Result(())
_MORE = {0: "", 1: " One more warning below."}


@dataclass
class Parts:
    """What each calculator answered, and what Spark or the JVM would refuse."""

    executor: Result = _NOTHING
    containers: Result = _NOTHING
    driver: Result = _NOTHING
    refusals: list[InputError] = field(default_factory=list)


def explained(given: Given, reading: Reading) -> Result:
    """The whole job; ``BadInputs`` where an input of ours cannot be read."""
    parts = _parts(given)
    flags = refused_by_jvm(given)
    others = [error for error in parts.refusals if all(_said(error) != _said(flag) for flag in flags)]
    parts.refusals = _each_once(given, [*refused_at_submission(given), *others, *flags])
    notes = _notes(given, reading, parts)
    breakdowns, lines = [], []
    if given.text("cluster-manager") != "local":
        found, beside = process_of(parts.containers, parts.executor, "")
        breakdowns, lines = found, beside
    found, beside = process_of(parts.containers, parts.driver, "driver-")
    breakdowns, lines = [*breakdowns, *found], [*lines, *beside]
    master = [b for b in parts.containers.breakdowns if b.total.id.startswith("am-") and b.total.size_bytes]
    return Result(
        breakdowns=(*breakdowns, *(prefixed(b, "am-") for b in master)),
        lines=tuple(lines),
        notes=tuple(notes),
        meanings={**parts.driver.meanings, **parts.executor.meanings, **parts.containers.meanings},
        headline=_verdict(given, parts, notes),
        read=reading.read,
    )


def _parts(given: Given) -> Parts:
    parts = Parts()
    unusable: list[InputError] = []
    local = given.text("cluster-manager") == "local"
    for name, calculator in (("containers", CONTAINER_REQUEST), ("executor", EXECUTOR_MEMORY), ("driver", DRIVER_MEMORY)):
        if name == "executor" and local:
            continue
        try:
            setattr(parts, name, calculator.run(_inputs(given, calculator))[0])
        except BadInputs as bad:
            for error in bad.errors:
                kept = unusable if error.by == "sparkmem" else parts.refusals
                if all(error.name != other.name for other in kept):
                    kept.append(error)
    if unusable:
        raise BadInputs([*unusable, *parts.refusals])
    return parts


def _each_once(given: Given, found: list[InputError]) -> list[InputError]:
    """These refusals and the register's of the keys that none of them names, each with what to write instead."""
    named = {error.name for error in found}
    every = [*found, *(error for error in refusals(job_of(given)) if error.name not in named)]
    for error in every:
        if not error.change and error.name.startswith("spark."):
            error.change = advice(error.name, given.release)
    return every


def _inputs(given: Given, calculator: Calculator) -> dict[str, str]:
    """What of the job concerns this calculator."""
    texts = {item.name: given.text(item.name) for item in calculator.inputs if given.is_set(item.name)}
    if calculator is EXECUTOR_MEMORY:
        common, own = "spark.executor.defaultJavaOptions", "spark.executor.extraJavaOptions"
        if since(given.release, "3.0") and given.is_set(common):
            texts[own] = f"{given.text(common)} {texts.get(own, '')}".strip()
    if calculator is DRIVER_MEMORY and "gc" not in texts and given.is_set("spark.driver.extraJavaOptions"):
        try:
            chosen = heap_flags(given.text("spark.driver.extraJavaOptions")).gc
        except FlagError as error:
            see = "memory/garbage-collection/#flags"
            raise BadInputs([InputError("spark.driver.extraJavaOptions", str(error), see, by="JVM")]) from None
        texts |= {"gc": chosen} if chosen else {}
    return texts


# -- notes and verdict --------------------------------------------------------


def _notes(given: Given, reading: Reading, parts: Parts) -> list[Note]:
    """Refusals first, then warnings, then the rest; one of each, and what a key is worth said once."""
    found = [Note("refused", f"{_said(error)} {_advice(error)}".strip(), error.see, "warning") for error in parts.refusals]
    own = list(expert_notes(given, reading, parts.executor, parts.containers))
    found += own
    named = {word.strip(".,:") for note in own if note.id in _KEYS for word in note.text.split()}
    for answer in (parts.containers, parts.executor, parts.driver):
        earlier = {note.id for note in found}
        for note in answer.notes:
            twice = note.id in earlier and note.id not in ("key-ignored", "old-key")
            again = note.id in ("key-ignored", "old-key") and named.intersection(w.strip(".,:") for w in note.text.split())
            told = note.id == "executor-does-not-start" and parts.refusals
            if not (twice or again or told):
                found.append(note)
    return sorted(found, key=lambda note: (note.id != "refused", note.level != "warning"))


_KEYS = ("key-deprecated", "key-not-read", "local-ignored")


def _said(error: InputError) -> str:
    by = "The JVM" if error.by == "JVM" else error.by
    return f"{by} refuses {error.name}: {error.message}"


def _advice(error: InputError) -> str:
    return f"({error.change[:1].upper()}{error.change[1:]}.)" if error.change else ""


def _verdict(given: Given, parts: Parts, notes: list[Note]) -> str:
    """Fits; or refused, by whom and in which words; or what makes it a risk."""
    if parts.refusals:
        first, others = parts.refusals[0], len(parts.refusals) - 1
        by = {"JVM": "the JVM", "Spark": f"Spark {given.release}"}.get(first.by, first.by)
        return f"Refused by {by}: {first.message}" + (f" (and {others} more)" if others else "")
    too_large = next((note for note in notes if note.id == "no-node-holds-it"), None)
    if too_large:
        return f"Does not fit. {too_large.text}"
    holds, local = _what_would_hold_it(given, parts), given.text("cluster-manager") == "local"
    risks = [note for note in notes if note.level == "warning"]
    if risks:
        more = _MORE.get(len(risks) - 1, f" {len(risks) - 1} more warnings below.")
        return f"Fits, but risky. {risks[0].text}{more}" + (f" No limit is given: {holds}." if holds else "")
    said = parts.driver.headline if local else parts.containers.headline
    whole = f"One JVM holds the whole job. {said}" if local else said
    return f"Fits if {holds}: no limit is given. {whole}" if holds else f"Fits. {whole}"


def _what_would_hold_it(given: Given, parts: Parts) -> str:
    """The node or machine that it takes, where none is given against which it could be held."""
    if given.text("cluster-manager") == "local":
        heap = next(
            (line.size_bytes or 0 for line in parts.driver.rows() if line.id in ("max-heap-size", "jvm-max-memory")), 0
        )
        return f"the machine has room for a heap of {mib_text(heap)}" if heap else ""
    if given.is_set("node-memory") or given.is_set("yarn-maximum-allocation"):
        return ""
    limit = next((line.size_bytes or 0 for line in parts.containers.rows() if line.id == "container-limit"), 0)
    return f"a node lends {mib_text(limit)} to an executor"
