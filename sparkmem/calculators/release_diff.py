"""One configuration on two releases: the figures and refusals that differ, since when, and why."""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.answer.line import Line
from sparkmem.answer.note import Note
from sparkmem.answer.result import Result
from sparkmem.calculator import RELEASE, Calculator, Given, Input
from sparkmem.calculators.container_request import CONTAINER_REQUEST
from sparkmem.calculators.executor_memory import EXECUTOR_MEMORY
from sparkmem.errors import InputError
from sparkmem.release import NEWEST
from sparkmem.release import release as release_named
from sparkmem.size import KIB
from sparkmem.spark.changes.between import changes_between
from sparkmem.spark.changes.change import Change
from sparkmem.subjects.releases.comparison import Answer, Difference, differences

PAGE = "calculators/release-diff/"

_TOO_LITTLE_TO_SHOW = 100 * KIB

COMPARED: tuple[Calculator, ...] = (EXECUTOR_MEMORY, CONTAINER_REQUEST)

_ONE = Input(
    "release", RELEASE.label, "The release that you come from.", default="3.5", choices=RELEASE.choices,
    group="executor", see=PAGE + "#release-diff",
)  # fmt: skip
_OTHER = Input(
    "other-release", "Other release", "The release that you go to; older ones are compared as well.", default=NEWEST,
    choices=RELEASE.choices, group="executor", see=PAGE + "#release-diff",
)  # fmt: skip


def _inputs() -> tuple[Input, ...]:
    """The two releases, and every input of the calculators that are compared; the first that has a name declares it."""
    found = {item.name: item for item in (_ONE, _OTHER)}
    for calculator in COMPARED:
        for item in calculator.inputs:
            known = found.setdefault(item.name, item)
            more = tuple(choice for choice in item.choices if choice not in known.choices)
            if known is not item and item.name != "release" and known.choices and more:
                found[item.name] = Input(**{**vars(known), "choices": known.choices + more})
    return tuple(found.values())


def _answer(given: Given) -> Result:
    one, other = given.release, given.text("other-release")
    texts = {item.name: given.text(item.name) for item in INPUTS[2:] if given.is_set(item.name)}
    found, answers = differences(COMPARED, texts, one, other)
    for _, at_one, at_other in answers:
        given.errors.extend(e for e in at_one.errors.values() if e.by == "sparkmem" and e.name in at_other.errors)
    given.stop_on_faults()
    changes = changes_between(one, other)
    seen = {change.id for difference in found for change in difference.changes}
    count = _count(found, answers)
    headline = f"From Spark {one} to {other}: {count}."
    lines = [Line(
        "differences", "Differences", text=count, see=PAGE + "#release-diff",
        because=f"the same configuration, put to {_listed([name for name, _, _ in answers])} at both releases",
    )]  # fmt: skip
    lines += [_difference(item, one, other) for item in found]
    lines += [_change(change, True) for change in changes if change.id in seen]
    idle = tuple(_change(change, False) for change in changes if change.id not in seen)
    return Result((), tuple(lines), tuple(_notes(answers, one, other)), _meanings(one, other), headline, idle=idle)


def _count(found: list[Difference], answers: list[tuple[str, Answer, Answer]]) -> str:
    figures = sum(len(at_one.lines) for _, at_one, at_other in answers if at_one.lines and at_other.lines)
    rows, texts = sum(not d.refusal for d in found), sum(d.refusal for d in found)
    parts = [f"{rows} of {figures} figures differ" if rows else f"no difference in {figures} figures"] if figures else []
    return (
        " and ".join(parts + ([f"{texts} refusal{'s differ' if texts > 1 else ' differs'}"] if texts else []))
        or "refused by both"
    )


def _difference(item: Difference, one: str, other: str) -> Line:
    either = item.one or item.other
    changes = item.changes
    said = "; ".join(f"since {change.since}: {change.text}" for change in changes)
    source = next((found for change in changes if (found := change.source())), None)
    if isinstance(either, InputError):
        before, after = (_refusal(end if isinstance(end, InputError) else None) for end in (item.one, item.other))
        return Line(
            f"{item.calculator}--refused-{item.name}", f"Refusal of {item.name}", text=_turn(item), see=either.see,
            because="; ".join(filter(None, [f"{one} {before}", f"{other} {after}", said])), source=source,
        )  # fmt: skip
    ends = [end for end in (item.one, item.other) if isinstance(end, Line)]
    shown = [end.shown for end in ends]
    moved = abs((ends[-1].size_bytes or 0) - (ends[0].size_bytes or 0))
    if len(ends) == 2 and 0 < moved < _TOO_LITTLE_TO_SHOW:
        shown = [f"{end.size_bytes:,} bytes" for end in ends]
    text = " → ".join(shown) if len(ends) == 2 else f"only in {one if item.one else other}: {shown[0]}"
    because = said or "; ".join(f"{name}: {end.because}" for name, end in zip((one, other), ends, strict=False))
    return Line(
        f"{item.calculator}--{item.name}", ends[-1].label, text=text, because=because, source=source or ends[-1].source,
        see=ends[-1].see,
    )  # fmt: skip


def _refusal(error: InputError | None) -> str:
    return f"says “{error.message}”" if error else "accepts it"


def _turn(item: Difference) -> str:
    if item.one and item.other:
        return "in other words"
    return "refused → accepted" if item.one else "accepted → refused"


def _change(change: Change, seen: bool) -> Line:
    return Line(
        f"change-{change.id}", f"Since {change.since}: {change.label}", text="seen here" if seen else "no effect here",
        because=change.text, source=change.source(), see=PAGE + "#changes",
    )  # fmt: skip


def _notes(answers: list[tuple[str, Answer, Answer]], one: str, other: str) -> Iterator[Note]:
    for name, at_one, at_other in answers:
        refused = [release for release, answer in ((one, at_one), (other, at_other)) if answer.errors]
        if refused:
            yield Note(
                f"refused-{name}",
                f"{name} is refused by {' and by '.join(refused)}, so its figures are not compared.",
                PAGE + "#refusals", "warning",
            )  # fmt: skip


def _meanings(one: str, other: str) -> dict[str, str]:
    return {
        name: f"measured on Spark {release_named(release).witness}"
        for name, release in (("release", one), ("other-release", other))
    }


def _listed(names: list[str]) -> str:
    return " and ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])} and {names[-1]}"


INPUTS = _inputs()

RELEASE_DIFF = Calculator(
    id="release-diff",
    title="Two releases compared",
    question="What does another release of Spark make of the same configuration?",
    inputs=INPUTS,
    compute=_answer,
    see=PAGE + "#release-diff",
)
