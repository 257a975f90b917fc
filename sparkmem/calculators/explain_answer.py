"""A job in words: the verdict, the container of each process with the heap inside it, and what an expert would add."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sparkmem.answer.breakdown import Breakdown, line_of
from sparkmem.answer.line import Line
from sparkmem.answer.note import Note
from sparkmem.answer.result import Result
from sparkmem.calculator import Calculator, Given
from sparkmem.calculators.container_request import CONTAINER_REQUEST
from sparkmem.calculators.driver_memory import DRIVER_MEMORY
from sparkmem.calculators.executor_memory import EXECUTOR_MEMORY
from sparkmem.calculators.explain_notes import expert_notes, refused_at_submission, refused_by_jvm
from sparkmem.calculators.explain_reading import Reading
from sparkmem.errors import BadInputs, InputError
from sparkmem.jvm.flags import FlagError, heap_flags
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
    parts.refusals = [*refused_at_submission(given), *parts.refusals, *refused_by_jvm(given)]
    notes = _notes(given, reading, parts)
    breakdowns, lines = [], []
    if given.text("cluster-manager") != "local":
        found, beside = _process(parts.containers, parts.executor, "")
        breakdowns, lines = found, beside
    found, beside = _process(parts.containers, parts.driver, "driver-")
    breakdowns, lines = [*breakdowns, *found], [*lines, *beside]
    master = [b for b in parts.containers.breakdowns if b.total.id.startswith("am-") and b.total.size_bytes]
    return Result(
        breakdowns=(*breakdowns, *(_prefixed(b, "am-") for b in master)),
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
                if all((error.name, error.message) != (other.name, other.message) for other in kept):
                    kept.append(error)
    if unusable:
        raise BadInputs([*unusable, *parts.refusals])
    return parts


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


# -- a process: its container, and the heap inside it -------------------------


def _process(containers: Result, regions: Result, prefix: str) -> tuple[list[Breakdown], list[Line]]:
    """The container of a process with its heap inside, what lies beside it, and further lines."""
    inside = {_id(prefix, b.total.id): _prefixed(b, prefix) for b in regions.breakdowns if not _is_container(b, prefix)}
    inside = {id: b for id, b in inside.items() if b.total.size_bytes}
    whole = [b for b in containers.breakdowns if _is_container(b, prefix) and b.total.size_bytes]
    nested = [_prefixed(_nested(b, inside, f"{prefix or 'executor-'}memory"), prefix) for b in whole]
    placed = {line.id for b in nested for line in b.lines()}
    beside = [b for id, b in inside.items() if id not in placed or not _inner_placed(b, placed)]
    beside = [_renamed(b, placed) for b in beside]
    lines = [_line(line, prefix) for line in regions.lines]
    limits = [line for line in containers.lines if line.id == f"{prefix}container-limit" and line.size_bytes]
    known = {line.id for line in limits}
    return [*nested, *beside], [*limits, *(line for line in lines if line.id not in known and line.size_bytes != 0)]


def _is_container(breakdown: Breakdown, prefix: str) -> bool:
    return breakdown.total.id in (f"{prefix}total-request", f"{prefix}container-limit")


def _inner_placed(breakdown: Breakdown, placed: Iterable[str]) -> bool:
    return all(line_of(part).id in placed for part in breakdown.parts)


def _renamed(breakdown: Breakdown, taken: Iterable[str]) -> Breakdown:
    """Off-heap memory for which the container has no room has a row of its own."""
    total = breakdown.total
    if total.id not in taken:
        return breakdown
    named = total.named(f"process-{total.id}", f"{total.label}, not in the container")
    return Breakdown(named, breakdown.parts)


def _nested(part: Breakdown, inside: Mapping[str, Breakdown], heap: str) -> Breakdown:
    """The container with the regions in the place of their lines, where the sizes are the same."""
    return Breakdown(part.total, tuple(_opened(below, inside, heap) for below in part.parts))


def _opened(part: Breakdown | Line, inside: Mapping[str, Breakdown], heap: str) -> Breakdown | Line:
    if isinstance(part, Breakdown):
        return _nested(part, inside, heap)
    for id, regions in inside.items():
        whole = id.removeprefix("driver-") == "max-heap-size"
        of_heap = part.id == heap and (whole or id.removeprefix("driver-") == "jvm-max-memory")
        if regions.total.size_bytes == part.size_bytes and (of_heap or part.id == id):
            return Breakdown(part, (regions,) if of_heap else regions.parts)
    return part


def _prefixed(breakdown: Breakdown, prefix: str) -> Breakdown:
    if not prefix:
        return breakdown
    parts = (_line(part, prefix) if isinstance(part, Line) else _prefixed(part, prefix) for part in breakdown.parts)
    return Breakdown(_line(breakdown.total, prefix), tuple(parts))


def _line(line: Line, prefix: str) -> Line:
    return line.named(_id(prefix, line.id), _label(prefix, line.label)) if prefix else line


def _id(prefix: str, id: str) -> str:
    return id if id.startswith(prefix) else f"{prefix}{id}"


_WHO = {"driver-": "Driver", "am-": "Application master"}


def _label(prefix: str, label: str) -> str:
    """
    >>> _label("driver-", "User memory"), _label("am-", "Application master memory")
    ('Driver: User memory', 'Application master memory')
    """
    who = _WHO[prefix]
    return label if label.startswith(who) else f"{who}: {label}"


# -- notes and verdict --------------------------------------------------------


def _notes(given: Given, reading: Reading, parts: Parts) -> list[Note]:
    """Refusals first, then warnings, then the rest; one of each, and what a key is worth said once."""
    found = [
        Note("refused", f"{_said(error)} {_advice(error)}".strip(), error.see, "warning") for error in parts.refusals
    ]
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
    risks = [note for note in notes if note.level == "warning"]
    if risks:
        more = _MORE.get(len(risks) - 1, f" {len(risks) - 1} more warnings below.")
        return f"Fits, but risky. {risks[0].text}{more}"
    return f"Fits. {_where(given, parts)}"


def _where(given: Given, parts: Parts) -> str:
    if given.text("cluster-manager") == "local":
        return f"One JVM holds the whole job. {parts.driver.headline}"
    rows = [*parts.containers.rows()]
    limit = next((line.size_bytes or 0 for line in rows if line.id == "container-limit"), 0)
    node = "" if given.is_set("node-memory") else f" Any node that lends {mib_text(limit)} holds an executor."
    return f"{parts.containers.headline}{node}"
