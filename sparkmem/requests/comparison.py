"""Two answers of one calculator side by side: inputs that differ, every figure before and now, notes that came and went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sparkmem.answer.line import Line
from sparkmem.answer.note import Note
from sparkmem.calculator import Calculator
from sparkmem.requests.alike import alike
from sparkmem.requests.pairs import SAME, InputPair, NotePair, Pair, Side
from sparkmem.subjects.job.example import LOST_SETTINGS, NO_SETTINGS

_NOT_IN_TEXT = "value-not-in-text"  # as sparkmem.configuration.lost has it, which would bring all readers of texts along
# Notes on a text: the other side may come from an address, which holds the settings of one and not the text.
_OF_A_TEXT = (
    "driver-memory-too-late", "example", "option-not-handed-on", "maximize-resource-allocation", "shell-variable",
    _NOT_IN_TEXT, "not-computed", "set-by-default", "vendor-default", "vendor-driver", "vendor-factor", "operator-default",
    "memory-limit", "smaller-worker", "unknown-worker", "driver-above-stated-limit",
)  # fmt: skip


@dataclass(frozen=True)
class Comparison:
    """What differs between two answers, and what does not."""

    before: Side
    now: Side
    inputs: tuple[InputPair, ...]
    rows: tuple[Pair, ...]
    notes: tuple[NotePair, ...]
    decisive: tuple[str, ...] = ()
    """Rows that a reader decides by, as the calculator declares them."""

    @property
    def differing(self) -> tuple[Pair, ...]:
        """The figures that are not the same."""
        return tuple(pair for pair in self.rows if pair.status != SAME)

    @property
    def remarks(self) -> tuple[NotePair, ...]:
        """The notes without what either side assumes, which stands beside its verdict."""
        return tuple(pair for pair in self.notes if {note.id for note in (pair.before, pair.now) if note} != {"assumed"})

    @property
    def lost_differs(self) -> bool:
        """Whether one side lost settings that the other did not: its figures are the same, and its verdict is not."""
        sides = [side.given for side in (self.before, self.now) if side.given.has(LOST_SETTINGS)]
        words = [given.text(LOST_SETTINGS).split(",") for given in sides]
        lost = [frozenset(word for word in side if word and word.partition(":")[0] != _NOT_IN_TEXT) for side in words]
        return len(set(lost)) > 1

    @property
    def summary(self) -> str:
        """How much differs, in a sentence.

        >>> from sparkmem.calculators import CALCULATORS
        >>> heap = CALCULATORS["executor-memory"]
        >>> compare(heap, Side(*heap.run({})), Side(*heap.run({"spark.executor.memory": "1024M"}))).summary
        'Nothing differs.'
        >>> compare(heap, Side(*heap.run({})), Side(*heap.run({"spark.executor.memory": "1048577k"}))).summary
        'spark.executor.memory differs, and no figure.'
        """
        if not self.inputs and not self.differing:
            return "No figure differs, but the texts lose different settings." if self.lost_differs else "Nothing differs."
        names = [pair.name for pair in self.inputs]
        said = f"{' and '.join(names)} differ{'s' * (len(names) == 1)}"
        if not 0 < len(names) < 3:
            said = f"{len(names) or 'No'} input{'s' * bool(names)} differ{'' if names else 's'}"
        figures = f"{len(self.differing)} of {len(self.rows)} figures" if self.differing else "no figure"
        return f"{said}, and {figures}."


def compare(calculator: Calculator, before: Side, now: Side) -> Comparison:
    """The comparison of two answers of one calculator."""
    inputs, rows, notes = _inputs(calculator, before, now), _rows(before, now), _notes(before, now)
    return Comparison(before, now, inputs, rows, notes, calculator.decisive)


def _inputs(calculator: Calculator, before: Side, now: Side) -> tuple[InputPair, ...]:
    found = []
    for item in calculator.inputs:
        if item.name in (NO_SETTINGS, LOST_SETTINGS) or not (before.given.has(item.name) and now.given.has(item.name)):
            continue
        if not alike(item.name, before.given, now.given):
            texts = before.given.text(item.name), now.given.text(item.name)
            is_set = before.given.is_set(item.name), now.given.is_set(item.name)
            found.append(InputPair(item.name, item.label, *texts, *is_set))
    return tuple(found)


def _rows(before: Side, now: Side) -> tuple[Pair, ...]:
    was, there = ({line.id: line for line in side.result.rows()} for side in (before, now))
    return tuple(
        Pair(id, was.get(id), there.get(id))
        for id in merged(list(was), list(there))
        if not all(_is_idle(line) for line in (was.get(id), there.get(id)) if line)
    )


def _is_idle(line: Line) -> bool:
    """Whether the answer leaves the line out too: off-heap memory of nothing."""
    return line.size_bytes == 0 and line.id.startswith("off-heap-")


def merged(before: Sequence[str], now: Sequence[str]) -> list[str]:
    """The ids of both, in the order of ``now``; one that only ``before`` has comes after what it came after there.

    >>> merged(["a", "b", "c"], ["c", "a", "d"])
    ['c', 'a', 'b', 'd']
    """
    order, there = list(now), set(now)
    at = 0
    for id in before:
        if id in there:
            at = order.index(id) + 1
        else:
            order.insert(at, id)
            at += 1
    return order


def _notes(before: Side, now: Side) -> tuple[NotePair, ...]:
    """Notes that say the same first find each other, then those of one id, in their order."""
    left = [note for note in before.result.notes if not _only_there(note, before, now)]
    notes = list(now.result.notes)
    found = {place: note for place, note in enumerate(notes) if _only_there(note, now, before)}
    for like in (_says_the_same, _has_the_same_id):
        for place, note in enumerate(notes):
            partner = next((other for other in left if like(note, other)), None) if place not in found else None
            if partner is not None:
                found[place] = partner
                left.remove(partner)
    pairs = [NotePair(found.get(place), note) for place, note in enumerate(notes)]
    return (*pairs, *(NotePair(note, None) for note in left))


def _says_the_same(one: Note, other: Note) -> bool:
    return (one.id, one.text) == (other.id, other.text)


def _has_the_same_id(one: Note, other: Note) -> bool:
    return one.id == other.id


def _only_there(note: Note, side: Side, other: Side) -> bool:
    """Whether the note is about the text that one side was read from, where the other has none."""
    read, others = side.result.read, other.result.read
    return note.id in _OF_A_TEXT and bool(read and read.format) and not (others and others.format and not others.example)
