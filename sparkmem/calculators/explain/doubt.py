"""What still holds where a value is not known: what is the same with other values in the place of the default."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sparkmem.answer.breakdown import Breakdown
from sparkmem.answer.line import Line
from sparkmem.answer.note import Note
from sparkmem.calculators.explain.reading import Reading
from sparkmem.configuration.carried import JAVA_OPTIONS
from sparkmem.errors import InputError

Drawn = tuple[list[Breakdown], list[Line]]

_SPARK_STOPS_AT = ("remark-in-value", "value-runs-on", "value-not-readable")
_SHARES, _SWITCHES, _COUNTS = ("Factor", "raction"), ("nabled",), (".cores", ".instances", ".cpus", ".max")
_WHATEVER = ("refused",)  # it is chosen apart
_LOW_AND_HIGH = ("1g", "64g")


def doubtful_keys(reading: Reading) -> list[str]:
    """The keys for which Spark's default stands and may not hold."""
    stopped = [one.key for one in reading.read.lost if one.id in _SPARK_STOPS_AT and one.key not in reading.texts]
    return list(dict.fromkeys([*reading.unknown, *stopped]))


def is_a_count(key: str) -> bool:
    """Whether a key says how many executors there are, which changes no size of any of them.

    >>> is_a_count("spark.executor.instances"), is_a_count("spark.executor.cores")
    (True, False)
    """
    return key == "spark.executor.instances" or key.startswith("spark.dynamicAllocation.")


def tried(texts: Mapping[str, str], keys: Sequence[str]) -> Iterator[dict[str, str]]:
    """The inputs with a low value for all these keys, and with a high one."""
    for place in (0, 1):
        yield {**texts, **{key: _values(key)[place] for key in keys if key not in JAVA_OPTIONS}}


def _values(key: str) -> tuple[str, str]:
    """
    >>> _values("spark.executor.memory"), _values("spark.memory.offHeap.enabled")
    (('1g', '64g'), ('true', 'false'))
    """
    if key.endswith(_SHARES):
        return "0.1", "0.9"
    if key.endswith(_SWITCHES):
        return "true", "false"
    return ("1", "16") if key.endswith(_COUNTS) else _LOW_AND_HIGH


def refused_too(error: InputError, others: Iterable[InputError]) -> bool:
    """Whether the same is refused by the same there as well, whatever numbers the words hold."""
    return any((error.name, error.by) == (other.name, other.by) for other in others)


def standing(notes: Sequence[Note], others: Sequence[Sequence[Note]]) -> list[Note]:
    """The notes that hold whatever the values are: those that say the same each time."""
    texts = [{(note.id, note.text) for note in found} for found in others]
    return [note for note in notes if note.id in _WHATEVER or all((note.id, note.text) in found for found in texts)]


def moved_ids(now: Drawn, others: Sequence[Drawn]) -> frozenset[str]:
    """The figures that another value would change."""
    here, there = _by_id(now), [_by_id(drawn) for drawn in others if drawn is not now]
    return frozenset(id for id, line in here.items() if any(_differs(line, lines.get(id)) for lines in there))


def _differs(line: Line, other: Line | None) -> bool:
    """Whether a reader sees another figure."""
    if other is None:
        return True
    return (line.size_bytes != other.size_bytes or line.text != other.text) and line.shown != other.shown


def _by_id(drawn: Drawn) -> dict[str, Line]:
    breakdowns, lines = drawn
    return {line.id: line for line in (*(line for b in breakdowns for line in b.lines()), *lines)}


def holding(breakdown: Breakdown, moved: frozenset[str]) -> Iterator[Breakdown]:
    """The breakdown, or those inside it, of which no figure moves."""
    if not any(line.id in moved for line in breakdown.lines()):
        yield breakdown
        return
    for part in breakdown.parts:
        if isinstance(part, Breakdown):
            yield from holding(part, moved)


def marked(breakdown: Breakdown, moved: frozenset[str], keys: Sequence[str]) -> Breakdown:
    """The breakdown, in which each figure that another value would change says so."""
    parts = tuple(
        marked(part, moved, keys) if isinstance(part, Breakdown) else marked_line(part, moved, keys)
        for part in breakdown.parts
    )
    return Breakdown(marked_line(breakdown.total, moved, keys), parts)


def marked_line(line: Line, moved: frozenset[str], keys: Sequence[str]) -> Line:
    """The figure; where another value would change it, it says for which value it holds."""
    if line.id not in moved:
        return line
    return replace(line, because=f"With the default of {', '.join(keys)}, whose value is not known: {line.because}")
