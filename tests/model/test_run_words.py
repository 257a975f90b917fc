"""What the words of a run's failures lead to: every finding's section or page is on the site, with the run's numbers."""

import base64
import json
import re
import zlib
from pathlib import Path

import pytest

from sparkmem.eventlog.reading import Reading
from sparkmem.render.run.digested import digest_html
from sparkmem.render.run.html import run_html
from sparkmem.runs.digest import digest_of, read_digest
from sparkmem.runs.report import Report, as_dict, report
from sparkmem.runs.rules import RULES

ROOT = Path(__file__).parents[2]
REGISTRY = set((ROOT / "tests" / "golden" / "anchors.txt").read_text().split())
SOURCES = "".join(path.read_text() for path in (ROOT / "sparkmem/runs").glob("*.py"))
NAMED = set(re.findall(r'Finding\(\s*"([a-z-]+)"', SOURCES))
YARN = "Container killed by YARN for exceeding physical memory limits. 5.6 GB of 5.5 GB physical memory used."


def run_with(*reasons: dict) -> Report:
    """A run whose tasks ended for these reasons."""
    events = [
        {"Event": "SparkListenerLogStart", "Spark Version": "3.5.9"},
        {"Event": "SparkListenerApplicationStart", "App Name": "a", "App ID": "b", "Timestamp": 1, "User": "somebody"},
    ]
    for number, reason in enumerate(reasons):
        info = {"Task ID": number, "Executor ID": "1", "Launch Time": 2, "Finish Time": 3 + number, "Failed": True}
        events.append({"Event": "SparkListenerTaskEnd", "Stage ID": 0, "Stage Attempt ID": 0, "Task Info": info,
                       "Task End Reason": reason})  # fmt: skip
    reading = Reading()
    reading.begin("")
    reading.feed("".join(json.dumps(event, separators=(",", ":")) + "\n" for event in events).encode())
    reading.end()
    return report(reading.run())


def thrown(name: str, description: str) -> dict:
    return {"Reason": "ExceptionFailure", "Class Name": name, "Description": description, "Full Stack Trace": ""}


def test_a_digest_that_is_nested_too_deep_is_none_and_is_not_read():
    """In the page a stack that is full ends Python, so that nothing may be tried there."""
    for text in (b"[" * 30_000, b'{"v":1,"n":' + b'{"a":' * 5000):
        assert read_digest(base64.urlsafe_b64encode(zlib.compress(text)).decode().rstrip("=")) is None


def test_every_finding_leads_to_a_section_of_the_site():
    assert {"skew", "execution-short", "not-measured", "tasks-failed"} <= NAMED
    assert [id for id in sorted(NAMED | {rule.id for rule in RULES}) if f"/reading-an-event-log/#{id}" not in REGISTRY] == []


def test_words_that_a_rule_knows_lead_to_their_page_with_their_numbers():
    found = run_with({"Reason": "ExecutorLostFailure", "Loss Reason": YARN}).findings[0]
    assert (found.id, found.see) == ("container-limit", "reading-an-event-log/#container-limit")
    told = found.told[0]
    assert told.as_dict() == {
        "id": "yarn-physical-limit", "title": told.title, "see": "errors/yarn-physical-limit/",
        "numbers": {"used": "5,734.4 MiB", "limit": "5,632 MiB"},
    }  # fmt: skip
    assert {f"/{one.page}" for one in found.told} <= REGISTRY


def test_a_cause_that_only_the_texts_of_failures_know_is_a_finding_with_its_page():
    found = run_with(thrown("java.io.IOException", "No space left on device"))
    first = found.findings[0]
    assert (first.id, first.kind, first.see) == ("disk-full", "cause", "errors/disk-full/")
    assert "/errors/disk-full/" in REGISTRY
    assert '<a href="../errors/disk-full/">' in run_html(found, "read-a-run/")[0]
    assert '<a href="../errors/disk-full/">' in digest_html(digest_of(found), "read-a-run/")
    assert as_dict(found)["findings"][0]["see"] == "errors/disk-full/"


@pytest.mark.parametrize("words", ["something of the job's own", "<script>alert(1)</script>"])
def test_words_that_nothing_knows_are_quoted_and_no_cause(words):
    found = run_with(thrown("com.example.Oops", words))
    assert [(one.id, one.kind) for one in found.warnings] == [("tasks-failed", "consequence")]
    assert "<script>" not in "".join(run_html(found, "read-a-run/"))


def test_a_few_words_such_as_people_type_are_no_cause_where_a_program_writes_them():
    found = run_with(thrown("java.lang.RuntimeException", "Bad executor"))  # which is as near to std::bad_alloc as typing is
    assert [(one.id, one.kind) for one in found.warnings] == [("tasks-failed", "consequence")]
