"""The first cause first: what explains something stands before it, then the earlier before the later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sparkmem.diagnosis.finding import CAUSE, KINDS, POSSIBLE, Finding
from sparkmem.diagnosis.found import Found
from sparkmem.diagnosis.processes import reaches

_MOST_NOT_FOUND = 8


def ordered(
    found: Iterable[Found], known: Mapping[str, Finding], beside: Iterable[Found] = (), by_words: bool = False
) -> list[Found]:
    """Those that do not give way, in order; each consequence with what it follows from, and what was not found.

    ``beside`` are harmless lines: some show that another finding passed.  What is meant ``by_words`` may be any of them,
    and comes in their order: the best first.
    """
    telling = list(found)
    kept = _kept([one for one in telling if not _is_over(one, [*telling, *beside])], by_words)
    depth = _depths(kept)
    dated = all(len(one.at.time) > 10 for one in kept if one.at.time)
    if by_words:
        return [_placed(one, kept, known) for one in kept]
    kept.sort(key=lambda one: (
        KINDS.index(one.finding.kind), depth[one.finding.id], one.finding.generic, one.certainty == POSSIBLE,
        one.at.time if dated and one.at.time else "~", one.line,
    ))  # fmt: skip
    return [_placed(one, kept, known) for one in kept]


def _is_over(one: Found, found: Sequence[Found]) -> bool:
    """Whether something that was said later shows that it passed."""
    return any(other.finding.id in one.finding.over_with and other.line > one.line for other in found)


def _kept(found: Sequence[Found], all_of_them: bool) -> list[Found]:
    """Without those that give way to another that is there."""
    ids = set() if all_of_them else {one.finding.id for one in found}
    specific = any(one.finding.kind == CAUSE and not one.finding.generic for one in found)
    return [
        one for one in found
        if not ids.intersection(one.finding.gives_way) and not (one.finding.generic and specific)
    ]  # fmt: skip


def _depths(found: Sequence[Found]) -> dict[str, int]:
    """How many others stand between each and a first cause, by id; a circle ends where it began."""
    effects = {one.finding.id: one.finding.explains for one in found}
    depth = dict.fromkeys(effects, 0)
    for _ in effects:
        changed = False
        for id, following in effects.items():
            for other in following:
                if other in depth and other != id and depth[other] <= depth[id] < len(effects):
                    depth[other], changed = depth[id] + 1, True
        if not changed:
            break
    return depth


def _placed(one: Found, found: Sequence[Found], known: Mapping[str, Finding]) -> Found:
    """A finding with the nearest that explains it, on the same executor first, and with what could and is not there."""
    before = [
        other for other in found
        if one.finding.id in other.finding.explains and other is not one and reaches(other, one)
    ]  # fmt: skip
    shared = [other for other in before if set(one.executors) & set(other.executors)]
    nearest = [other for other in found if other.finding.id == one.follows] or (shared or before)[:1]
    if one.finding.kind == CAUSE and one.certainty != POSSIBLE:
        return replace(one, follows=nearest[0].finding.id if nearest else "")
    here = {other.finding.id for other in found}
    missing = [
        other.id for other in known.values()
        if one.finding.id in other.explains and other.id not in here and other.kind == CAUSE
    ]  # fmt: skip
    return replace(
        one,
        follows=nearest[0].finding.id if nearest else "",
        not_found=() if nearest else tuple(missing[:_MOST_NOT_FOUND]),
    )
