"""The matrix: every text that is known against every example, all its own and none of the others; and texts of elsewhere."""

import json
import tomllib
from pathlib import Path

import pytest

from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.diagnosis.families import findings
from sparkmem.diagnosis.finding import CAUSE
from sparkmem.diagnosis.found_at import found_at
from sparkmem.diagnosis.lines import of_text
from sparkmem.diagnosis.scan import Scan, anchored
from tests.rows import each

ROOT = Path(__file__).parents[2]
CASES = tomllib.loads((ROOT / "tests" / "cases" / "diagnosed.toml").read_text())["text"]
NOT_GIVEN = {"id": "", "process": "not told", "region": "none", "numbers": {}}
REGISTRY = set((ROOT / "tests" / "golden" / "anchors.txt").read_text().split())
KNOWN = findings()
ANCHORS = anchored(KNOWN.values())


def places(text):
    return list(Scan(ANCHORS).places(of_text(text)))


@each(KNOWN.values(), lambda one: one.id)
def test_each_example_holds_its_own_finding_and_no_other(one):
    for text in one.text:
        found = places(text.example)
        assert {place.rule.finding.id for place in found} == {one.id, *text.also}, text.text
        own = [found_at(place, KNOWN).numbers for place in found if place.rule.text is text]
        assert dict(text.numbers) in [dict(numbers) for numbers in own], text.text


LOOKED_LIKE = [one for one in KNOWN.values() if any(text.near for text in one.text)]


@pytest.mark.parametrize("one", LOOKED_LIKE, ids=lambda one: one.id)
def test_what_looks_like_a_text_is_none(one):
    for text in one.text:
        for near in text.near:
            assert text not in [place.rule.text for place in places(near)], near


def test_there_are_many_texts_and_many_that_are_none():
    assert sum(len(one.text) for one in KNOWN.values()) > 300
    assert sum(case["id"] == "" for case in CASES) > 150
    assert len({case["name"] for case in CASES}) == len(CASES)


@each(CASES, lambda case: case["name"])
def test_a_text_of_elsewhere_is_told(case):
    found = diagnosed(case["text"])
    if not case["id"]:
        assert [one.finding.id for one in found.causes] == []
        return
    first = found.first
    told = {"id": first.finding.id, "process": first.process, "region": first.region, "numbers": dict(first.numbers)}
    wanted = {name: case.get(name, NOT_GIVEN[name]) for name in told}
    assert told == wanted


MUTANTS = {
    "as docker writes it": lambda text: "\n".join(f"2024-01-05T10:11:12.123456Z {line}" for line in text.split("\n")),
    "escaped in JSON": lambda text: json.dumps({"timestamp": "2024-01-05T10:11:12Z", "message": text}),
    "coloured and moved in": lambda text: "\n".join(f"    \x1b[31m{line}\x1b[0m" for line in text.split("\n")),
}  # fmt: skip


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_text_of_elsewhere_is_told_whatever_it_has_gone_through(mutant):
    wrong = []
    for case in CASES:
        found = diagnosed(MUTANTS[mutant](case["text"]))
        first = found.first.finding.id if found.first and case["id"] else "".join(one.finding.id for one in found.causes)
        wrong += [case["name"]] if first != case["id"] else []
    assert wrong == []


def test_healthy_runs_in_one_log_give_no_cause():
    log = "\n".join(case["text"] for case in CASES if case["name"].startswith("healthy/"))
    assert diagnosed(log).causes == []


def test_every_finding_names_a_section_that_there_is():
    gone = {one.see for one in KNOWN.values() if "/" + one.see.replace(".md#", "/#") not in REGISTRY}
    assert gone == set()


def test_causes_say_what_to_do_first():
    bare = [one.id for one in findings().values() if one.kind == CAUSE and not (one.change or one.look)]
    assert bare == [], "a page begins with it"


def test_causes_say_what_would_disprove_them_or_what_does_not_help():
    bare = [one.id for one in KNOWN.values() if one.kind == CAUSE and not (one.disproved_by or one.not_to_do)]
    assert bare == []
