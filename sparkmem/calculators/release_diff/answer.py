"""Two releases in words: the differences, and the changes that are seen in them."""

from __future__ import annotations

from sparkmem.answer.line import Line
from sparkmem.answer.result import Result
from sparkmem.calculators.release_diff.inputs import COMPARED, INPUTS, PAGE
from sparkmem.calculators.release_diff.notes import notes_of
from sparkmem.errors import InputError
from sparkmem.given import Given
from sparkmem.release import release as release_named
from sparkmem.size import KIB
from sparkmem.spark.changes.between import changes_between
from sparkmem.spark.changes.change import Change
from sparkmem.subjects.releases.comparison import Answer, Difference, differences, newest_that_differs

_TOO_LITTLE_TO_SHOW = 100 * KIB


def result_of(given: Given) -> Result:
    """The differences with the changes that are seen in them, those without effect folded."""
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
    earlier = None if found else newest_that_differs(COMPARED, texts, min(one, other, key=_number))
    notes = tuple(notes_of(answers, one, other, earlier))
    return Result((), tuple(lines), notes, _meanings(one, other), headline, idle=idle)


def _number(release: str) -> tuple[int, int]:
    return release_named(release).number


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


def _meanings(one: str, other: str) -> dict[str, str]:
    return {
        name: f"measured on Spark {release_named(release).witness}"
        for name, release in (("release", one), ("other-release", other))
    }


def _listed(names: list[str]) -> str:
    return " and ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])} and {names[-1]}"
