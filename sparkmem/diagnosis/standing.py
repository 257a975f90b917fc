"""What of the findings stands: more than a person's guess, and more than a moment of a log that went on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sparkmem.diagnosis.finding import HARMLESS, POSSIBLE, Finding
from sparkmem.diagnosis.found import Found
from sparkmem.diagnosis.moment.gc_log import Collections

FULL, NEAR = "full-collection", "live-set-near-heap"
_PASSED = {NEAR: FULL, "collector-behind": "allocation-stall"}
"""What is left of a heap that seemed full where later collections of the same log left much free."""
_ONLY_A_GUESS = "Only a guess or a question of whoever wrote the text says so."


def of_their_moment(found: Mapping[str, Found], collections: Collections, known: Mapping[str, Finding]) -> dict[str, Found]:
    """The findings of a heap by what the collections of the same log left later."""
    told = dict(found)
    if collections.passed:
        again = collections.full_near > 1
        told = {one.finding.id: one for one in (_of_a_moment(one, known, again) for one in told.values())}
    if collections.ends_full and FULL in told and NEAR in known and NEAR not in told:
        near = known[NEAR]
        told[NEAR] = replace(told.pop(FULL), finding=near, certainty=near.certainty)
    return told


def _of_a_moment(one: Found, known: Mapping[str, Finding], again: bool) -> Found:
    """A finding that was true for a moment only, as what was said then; ``again``, possible: what filled it was let go."""
    if again and one.finding.id == NEAR:
        return replace(one, certainty=POSSIBLE)
    meant = known.get(_PASSED.get(one.finding.id, ""))
    return replace(one, finding=meant, certainty=meant.certainty) if meant else one


def without_guesses(found: Mapping[str, Found]) -> dict[str, Found]:
    """The findings of which more than a person's guess tells; where there are none, the guesses as such."""
    sure = {id: one for id, one in found.items() if not one.guessed}
    if any(one.finding.kind != HARMLESS for one in sure.values()):
        return sure
    return {id: replace(one, certainty=POSSIBLE, heard=f"{_ONLY_A_GUESS} {one.heard}".strip()) if one.guessed else one
            for id, one in found.items()}  # fmt: skip
