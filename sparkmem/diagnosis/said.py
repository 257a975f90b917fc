"""What the places of a text say, put together; a text of a failure that says the same on and on is then only counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from sparkmem.diagnosis.context import executor_of
from sparkmem.diagnosis.finding import Finding
from sparkmem.diagnosis.found import Found
from sparkmem.diagnosis.found_at import found_at
from sparkmem.diagnosis.scan import Place

_ENOUGH = 1000
"""Times in a row after which a text is settled that told nothing new: nothing but a further executor."""
_Key = tuple[object, ...]


class Said:
    """The findings of the places that were taken, each with how often it was said."""

    def __init__(self, known: Mapping[str, Finding], found: Mapping[str, Found]) -> None:
        """``found`` is what is there before."""
        self._known = known
        self._found = dict(found)
        self._same: Counter[_Key] = Counter()
        """How often what was looked for told nothing new since it last did."""
        self._settled: dict[_Key, str] = {}
        self._times: Counter[str] = Counter()
        self._executors: dict[str, dict[str, None]] = {}

    def take(self, place: Place) -> None:
        """Adds what a place says."""
        key = _key(place)
        if key in self._settled:
            self._count(self._settled[key], place)
            return
        one = found_at(place, self._known)
        told = one.finding.id
        before = self._found.get(told)
        again = self._found[told] = before.again(one) if before else one
        self._same[key] = 0 if before is None or _tells_more(again, before) else self._same[key] + 1
        if self._same[key] >= _ENOUGH:
            self._settled[key] = told

    def _count(self, told: str, place: Place) -> None:
        self._times[told] += 1
        if executor := executor_of(place.block.text(place.first, place.last)):
            self._executors.setdefault(told, {})[executor] = None

    def found(self) -> dict[str, Found]:
        """All of them by their ids, in the order in which they were said first."""
        return {id: self._whole(id, one) for id, one in self._found.items()}

    def _whole(self, id: str, one: Found) -> Found:
        executors = tuple(dict.fromkeys((*one.executors, *self._executors.get(id, ()))))
        return replace(one, times=one.times + self._times[id], executors=executors)


def _key(place: Place) -> _Key:
    """What was looked for, and the numbers that stood there where they make another finding of it."""
    numbers = (one.value for one in place.match.found.values()) if place.rule.finding.sharper else ()
    return (id(place.rule.text), *numbers)


def _tells_more(again: Found, before: Found) -> bool:
    told = (again.certainty, again.process, again.others, again.numbers)
    return told != (before.certainty, before.process, before.others, before.numbers)
