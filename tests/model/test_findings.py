"""What is known of failures: the files are in order, and a mistake in one is named."""

import re

import pytest

from macros.finding_conditions import CONDITIONS, SIGNS
from sparkmem.diagnosis.families import FindingError, check, findings, packed, read, tables, written
from sparkmem.diagnosis.lines import of_text
from sparkmem.diagnosis.scan import Scan, anchored
from sparkmem.diagnosis.template import TemplateError, template

GOOD = {
    "id": "full", "title": "Full", "says": "It is full.", "kind": "cause",
    "text": [{"text": "nothing is free any more", "example": "nothing is free any more", "source": {"document": "x"}}],
}  # fmt: skip


def test_the_files_are_in_order():
    check(read(written()))


def test_the_page_gets_the_same_findings_without_what_only_pages_need():
    kept = packed(tables())
    assert kept == packed(tables())
    assert b'"near"' not in kept
    assert b'"example"' not in kept
    assert b"yarn-physical-limit" in kept


@pytest.mark.parametrize(("change", "said"), [
    ({"id": "Full"}, "an id is lower-case words"),
    ({"kind": "reason"}, "kind 'reason' is not one of cause, consequence, context, harmless"),
    ({"region": "stack"}, "region 'stack' is not one of heap"),
    ({"managers": ["mesos"]}, "mesos is not one of yarn"),
    ({"explains": ["lost"]}, "there is no finding lost"),
    ({"note": "x"}, "note is not one of"),
    ({"sharper": [{"when": "used is large", "id": "full"}]}, "'used is large' is no comparison"),
    ({"change": [{"key": "k", "value": "2 x 3"}]}, "'2 x 3' is no number"),
    ({"text": [{"text": "nothing is free any more"}]}, "has no example, or no source"),
    ({"text": [{**GOOD["text"][0], "numbers": {"used": 1}}]}, "used has no place"),
])  # fmt: skip
def test_a_mistake_is_named_with_its_entry(change, said):
    with pytest.raises(FindingError, match=r"^odd\.toml, \w+.*: ") as refused:
        check(read({"odd": [{**GOOD, **change}]}))
    assert said in str(refused.value)


def test_an_id_stands_once():
    with pytest.raises(FindingError, match="stands twice"):
        check(read({"one": [GOOD], "two": [GOOD]}))


@pytest.mark.parametrize(("text", "said"), [
    ("{used:size} of {limit:weight} used", "weight is not one of"),
    ("used of it all: {what:text}", "no literal follows"),
    ("{a:size}{b:size} of what there is", "no literal before it"),
    ("{what:word} is not there at all", "no literal before it"),
    ("{a:count} of all of these, {a:count}", "stands twice"),
    ("code {code:count} 1234567890", "no literal of"),
])  # fmt: skip
def test_a_template_that_cannot_be_used_says_why(text, said):
    with pytest.raises(TemplateError, match=said):
        template(text)


@pytest.mark.parametrize(("text", "given", "numbers"), [
    ("{used:size} of {limit:size} physical memory used", "5.5 GB of\n   5.5 GB physical  memory used",
     (5905580032, 5905580032)),
    ("limit {used:kib}kB, failcnt {limit:count}", "limit 11534336kB, failcnt 361,261", (11811160064, 361261)),
    ("memory: {used:size} allocated {_:text} of {limit:quantity} at all", "memory: 1,5 g allocated, all in all of 2G at all",
     (1610612736, 2 * 10**9)),
    ("first line {used:bytes}\nsecond line {limit:seconds} s", "first line 7\n23/11/07 INFO Main: second line 1.5 s",
     (7, 1.5)),
])  # fmt: skip
def test_a_template_takes_its_numbers(text, given, numbers):
    finding = read({"odd": [{**GOOD, "text": [{"text": text}]}]})[0]
    (place,) = Scan(anchored([finding])).places(of_text(given))
    assert (place.match.found["used"].value, place.match.found["limit"].value) == numbers


@pytest.mark.parametrize("limit", ["(4.0 GiB)", "4.0 GiB.", "[4.0 GiB]", "{4096.0 MB}", "\n(4096.0 MB"])
@pytest.mark.parametrize("used", ["(5.0 GiB)", "5.0 GiB", "<5.0 GiB>"])
def test_a_bracket_beside_a_number_counts_for_nothing(used, limit):
    said = f"Total size of serialized results of 214 tasks {used} is bigger than spark.driver.maxResultSize {limit}"
    (place,) = Scan(anchored([findings()["max-result-size"]])).places(of_text(said))
    assert place.match.numbers() == {"tasks": 214, "used": 5 * 2**30, "limit": 4 * 2**30}


def test_a_bracket_that_is_all_beside_a_number_has_to_stand_there():
    with_one = template("Pause Full {before:size}->{after:size}({total:size})")
    assert with_one.match("PauseFull9M->8M(9M)", 0)
    assert not with_one.match("PauseFull9M->8M9M", 0)
    closed = template("the exit status: {code:count})")
    assert closed.match("theexitstatus:-104)", 0)
    assert not closed.match("theexitstatus:-104", 0)


def test_each_cause_says_who_wrote_it_and_what_does_not_help_says_why():
    causes = [one for one in findings().values() if one.kind == "cause"]
    assert [one.id for one in causes if not one.written_by] == []
    bare = re.compile(r"(?:More|A larger|A smaller)[^:,;]*\.")
    assert [one.id for one in causes if bare.fullmatch(one.not_to_do) and "before" not in one.not_to_do] == []


def test_a_change_with_a_condition_has_words_for_it_on_its_page():
    changes = [change for one in findings().values() for change in one.change]
    assert {change.beside for change in changes} - {""} == set(SIGNS)
    assert {change.when for change in changes} - {""} == set(CONDITIONS)
