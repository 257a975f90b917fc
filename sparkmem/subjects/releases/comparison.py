"""One configuration put to several calculators at two releases, and where and when their answers part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from sparkmem.answer.line import Line
from sparkmem.calculator import Calculator
from sparkmem.errors import BadInputs, InputError
from sparkmem.release import RELEASES
from sparkmem.release import release as release_named
from sparkmem.spark.changes.between import changes_between
from sparkmem.spark.changes.change import Change


@dataclass(frozen=True)
class Turn:
    """A release at which a figure or a refusal is not what it was in the release before."""

    release: str
    before: Line | InputError | None
    after: Line | InputError | None
    moved: frozenset[str]

    def explained_by(self, change: Change, name: str) -> bool:
        """Whether the change is seen in what turned."""
        if isinstance(self.before or self.after, InputError):
            texts = [end.message if isinstance(end, InputError) else "" for end in (self.before, self.after)]
            return bool(change.words) and (change.words in texts[0]) != (change.words in texts[1])
        if name not in change.rows or change.with_row not in ("", *self.moved):
            return False
        sizes = [end.size_bytes or 0 for end in (self.before, self.after) if isinstance(end, Line)]
        return not change.by or (len(sizes) == 2 and sizes[1] - sizes[0] == change.by)


@dataclass(frozen=True)
class Difference:
    """One figure, or one refusal, that is not the same at both releases; ``turns`` say where it changed."""

    calculator: str
    name: str
    one: Line | InputError | None
    other: Line | InputError | None
    turns: tuple[Turn, ...]

    @property
    def refusal(self) -> bool:
        """Whether it is a refusal, not a figure."""
        return isinstance(self.one or self.other, InputError)

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes that are seen in it."""
        return tuple(
            change
            for turn in self.turns
            for change in changes_between(_before(turn.release), turn.release)
            if turn.explained_by(change, self.name)
        )


@dataclass(frozen=True)
class Answer:
    """What one calculator says of one configuration at one release: figures, or refusals."""

    lines: Mapping[str, Line]
    errors: Mapping[str, InputError]

    def of(self, name: str, refusal: bool) -> Line | InputError | None:
        """The figure or refusal of that name, None where there is none."""
        return self.errors.get(name) if refusal else self.lines.get(name)


def answer_at(calculator: Calculator, texts: Mapping[str, str], release: str) -> Answer:
    """The calculator's answer; inputs that it does not take are left out, and so are choices that it does not have."""
    taken = {name: text for name, text in texts.items() if _takes(calculator, name, text)}
    try:
        result, _ = calculator.run({**taken, "release": release})
    except BadInputs as bad:
        return Answer({}, {error.name: error for error in reversed(bad.errors)})
    return Answer({line.id: line for line in result.rows()}, {})


def _takes(calculator: Calculator, name: str, text: str) -> bool:
    item = calculator.by_name.get(name)
    if item is None:
        return False
    return not item.choices or name.startswith("spark.") or text in (value for value, _ in item.choices)


def differences(
    calculators: Iterable[Calculator], texts: Mapping[str, str], one: str, other: str
) -> tuple[list[Difference], list[tuple[str, Answer, Answer]]]:
    """What differs, in the order of the rows, and both whole answers of each calculator."""
    found, answers = [], []
    for calculator in calculators:
        at = {one: answer_at(calculator, texts, one), other: answer_at(calculator, texts, other)}
        answers.append((calculator.id, at[one], at[other]))
        for name, refusal in _names(at[one], at[other]):
            if _said(at[one].of(name, refusal)) != _said(at[other].of(name, refusal)):
                since = _turns(calculator, texts, at, name, refusal, one, other)
                found.append(Difference(calculator.id, name, at[one].of(name, refusal), at[other].of(name, refusal), since))
    return found, answers


def newest_that_differs(calculators: Iterable[Calculator], texts: Mapping[str, str], one: str) -> tuple[str, int] | None:
    """The newest release before this one at which a figure or a refusal is another, and how many; None where none is."""
    asked = [(calculator, answer_at(calculator, texts, one)) for calculator in calculators]
    names = list(RELEASES)
    for before in reversed(names[: names.index(one)]):
        at = [(now, answer_at(calculator, texts, before)) for calculator, now in asked]
        count = sum(_said(now.of(*name)) != _said(was.of(*name)) for now, was in at for name in _names(was, now))
        if count:
            return before, count
    return None


def _names(one: Answer, other: Answer) -> list[tuple[str, bool]]:
    """Names to compare; figures only where both releases give them, since a refusal says why they are missing."""
    names = [(name, True) for name in dict.fromkeys([*one.errors, *other.errors])]
    if not names:
        names = [(name, False) for name in dict.fromkeys([*one.lines, *other.lines])]
    return names


def _said(found: Line | InputError | None) -> object:
    if isinstance(found, Line):
        return found.size_bytes, found.shown
    return found.message if found else None


def _turns(
    calculator: Calculator, texts: Mapping[str, str], at: dict[str, Answer], name: str, refusal: bool, one: str, other: str
) -> tuple[Turn, ...]:
    """Where what is said of ``name`` turned, oldest first; the releases in between are asked on the way."""
    older, newer = sorted((one, other), key=lambda release: release_named(release).number)
    names = list(RELEASES)
    between = names[names.index(older) : names.index(newer) + 1]
    for release in between:
        if release not in at:
            at[release] = answer_at(calculator, texts, release)
    found = []
    for before, after in pairwise(between):
        ends = at[before].of(name, refusal), at[after].of(name, refusal)
        if _said(ends[0]) != _said(ends[1]):
            moved = (n for n, line in at[after].lines.items() if _said(line) != _said(at[before].lines.get(n)))
            found.append(Turn(after, *ends, frozenset(moved)))
    return tuple(found)


def _before(release: str) -> str:
    names = list(RELEASES)
    return names[names.index(release) - 1]
