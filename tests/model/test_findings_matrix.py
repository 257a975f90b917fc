"""Every text of a failure against all that is known: all its own, none of the others, whatever it has gone through."""

import json
import re
from html import escape
from itertools import accumulate
from pathlib import Path

import pytest

from sparkmem.diagnosis.diagnose import Diagnosis, diagnosed
from sparkmem.diagnosis.families import findings
from sparkmem.diagnosis.finding import Finding, Text
from sparkmem.diagnosis.lines import of_text
from sparkmem.diagnosis.scan import Scan, anchored
from sparkmem.diagnosis.template import squeezed

ANCHORS = Path(__file__).parents[1] / "golden" / "anchors.txt"
TEXTS = [(finding, text) for finding in findings().values() for text in finding.text]


def own(finding: Finding) -> set[str]:
    """The ids that a text of a finding may come to, by its numbers."""
    return {finding.id, *(sharper.id for sharper in finding.sharper)}


def told(found: Diagnosis) -> set[str]:
    return {one.finding.id for one in (*found.findings, *found.harmless) if not found.by_words}


def other_numbers(finding: Finding, text: Text, diagnosis: Diagnosis) -> list[str]:
    """What is wrong with the numbers that are said of a text: nothing where they are the expected ones."""
    every = (*diagnosis.findings, *diagnosis.harmless)
    found = next((dict(one.numbers) for one in every if one.finding.id in own(finding)), {})
    wrong = any(found.get(name) != value for name, value in text.numbers.items())
    return [f"{finding.id}: {found}, not {dict(text.numbers)}"] if wrong else []


def test_there_are_many():
    assert len(findings()) > 130
    assert len(TEXTS) > 320


def gave_way(finding: Finding, text: Text, found: set[str]) -> bool:
    """Whether a text holds something more telling, to which its own finding gives way."""
    return bool(found & set(text.also)) and (finding.generic or bool(found.intersection(finding.gives_way)))


def test_each_leads_to_a_section_that_there_is():
    promised = set(ANCHORS.read_text().split())
    assert [finding.id for finding in findings().values() if f"/{finding.page}" not in promised] == []


def test_each_example_is_told_by_its_own_finding_and_by_no_other_with_its_numbers():
    wrong = []
    for finding, text in TEXTS:
        diagnosis = diagnosed(text.example)
        found = told(diagnosis)
        if not (found & own(finding) or gave_way(finding, text, found)) or found - own(finding) - set(text.also):
            wrong.append(f"{finding.id}: {sorted(found)} for {text.example[:100]!r}")
        wrong += other_numbers(finding, text, diagnosis)
    assert wrong == []


def test_what_only_looks_like_it_is_not_told():
    wrong = [
        f"{finding.id}: {near[:100]!r}"
        for finding, text in TEXTS for near in text.near if finding.id in told(diagnosed(near))
    ]  # fmt: skip
    assert wrong == []


def wrapped(text: str, width: int) -> str:
    return "\n".join(line[at : at + width] for line in text.split("\n") for at in range(0, len(line) or 1, width))


MUTANTS = {
    "with Windows' line ends": lambda text: text.replace("\n", "\r\n"),
    "wrapped": lambda text: wrapped(text, 97),
    "wrapped and moved in": lambda text: "\n".join(f"      {line}" for line in wrapped(text, 61).split("\n")),
    "with a time": lambda text: "\n".join(f"23/11/07 10:59:24 ERROR Main: {line}" for line in text.split("\n")),
    "as docker writes it": lambda text: "\n".join(f"2024-01-05T10:11:12.123456Z {line}" for line in text.split("\n")),
    "as kubectl writes it": lambda text: "\n".join(f"[pod/app-exec-1/executor] {line}" for line in text.split("\n")),
    "as CloudWatch writes it": lambda text: json.dumps({"timestamp": 1704449472000, "logStream": "x", "message": text}),
    "as Stackdriver writes it": lambda text: json.dumps({"jsonPayload": {"message": text}, "severity": "ERROR"}, indent=1),
    "escaped twice": lambda text: json.dumps({"log": json.dumps({"m": text})}),
    "coloured": lambda text: f"\x1b[33m{text[:11]}\x1b[0m{text[11:]}\x1b[0m",
    "in a web page": lambda text: f"<pre><span>{escape(text)}</span></pre>",
    "in a chat": lambda text: "\n".join(f"> {line}" for line in text.replace("'", "\u2019").split("\n")),
    "with commas for points": lambda text: re.sub(r"(\d)\.(\d+)(?= ?[KMGT]i?B)", r"\1,\2", text),
    "of other hosts": lambda text: re.sub(HOSTS, lambda match: "db-7.eu" if match[0][0].isalpha() else "192.0.2.77", text),
    "at another time": lambda text: re.sub(r"\b(\d\d):(\d\d):(\d\d)\b", r"\3:\1:\2", text),
    "in the middle of a log": lambda text: LOG + text + "\n" + LOG,
}  # fmt: skip
KEEPS_NUMBERS = ("with a time", "escaped twice", "in a web page", "wrapped and moved in")
"""Whatever these do, the numbers of a text stay the same, and are said."""

HOSTS = r"\b(?:worker|nm|db|node|host)-\d+\b|(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])"
LOG = "".join(f"23/11/07 10:59:24.{n:03} main INFO BlockManager: block {n}\n" for n in range(30))


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_text_is_told_whatever_it_has_gone_through(mutant):
    """Each second text goes through this, and through the next one the others: each of them through eight."""
    wrong = []
    for finding, text in TEXTS[list(MUTANTS).index(mutant) % 2 :: 2]:
        diagnosis = diagnosed(MUTANTS[mutant](text.example))
        found = told(diagnosis)
        if not found & own(finding) and not gave_way(finding, text, found):
            wrong.append(f"{finding.id}: {text.example[:160]!r}")
        if mutant in KEEPS_NUMBERS:
            wrong += other_numbers(finding, text, diagnosis)
    assert wrong == []


def cut(finding: Finding, text: Text) -> str:
    """An example without what stands behind its text; whole where another text of the finding says more."""
    places = Scan(anchored([finding])).places(of_text(text.example))
    ends = [place.match.end for place in places if place.rule.text is text]
    lengths = accumulate(len(squeezed(letter)) for letter in text.example)
    return text.example[: next((at for at, many in enumerate(lengths, 1) if ends and many >= min(ends)), None)]


def test_a_text_is_told_where_it_was_cut_off_behind_what_tells_it():
    wrong = []
    for finding, text in TEXTS:
        found = told(diagnosed(cut(finding, text)))
        if not found & own(finding) and not gave_way(finding, text, found):
            wrong.append(f"{finding.id}: {cut(finding, text)[-120:]!r}")
    assert wrong == []

