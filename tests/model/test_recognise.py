"""What people paste into one box: each is told for what it is, and answered by what knows it."""

import re
from pathlib import Path

import pytest

from sparkmem.render.pasted import pasted
from sparkmem.requests.phrases import PHRASES
from sparkmem.requests.recognise import recognise
from sparkmem.size.meant import what_to_write

DOCS = Path(__file__).parents[2] / "docs"
TRACKED = "Native Memory Tracking:\n\nTotal: reserved=15KB, committed=15KB\n-  Java Heap (reserved=1KB, committed=1KB)"


@pytest.mark.parametrize(
    ("text", "kind", "calculator"),
    [
        ("137", "an exit code", ""),
        ("exit status 143", "an exit code", ""),
        ("-104", "an exit code", ""),
        ("434.4 MiB", "a number of the web UI", "ui-number"),
        ("0.0 B / 434.4 MiB", "a number of the web UI", "ui-number"),
        ("956.6MB", "a number of the web UI", "ui-number"),
        ("8g", "a size of an executor", "executor-memory"),
        ("1.5g", "a size of an executor", "executor-memory"),
        ("spark.executor.memory 8g", "a configuration", "explain"),
        ("spark-submit --executor-memory 8g app.jar", "a configuration", "explain"),
        (TRACKED, "what a JVM says of its native memory", "overhead-budget"),
        ("java.lang.OutOfMemoryError: Java heap space", "an error", ""),
        ("The executor with id 1 exited with exit code 137(SIGKILL, possible container OOM).", "an exit code", ""),
    ],
)
def test_each_is_what_it_is(text, kind, calculator):
    found = recognise(text)
    assert (found.kind, found.calculator) == (kind, calculator)
    assert pasted(text, "")["html"]


@pytest.mark.parametrize("text", ["", "hello", "lorem ipsum 12 dolor", "GET /index.html 200"])
def test_what_nobody_knows_is_nothing(text):
    assert recognise(text) is None


def test_an_exit_code_leads_to_its_row_and_what_a_text_says_is_escaped():
    assert 'href="reference/exit-codes/#exit-137"' in pasted("137", "")["html"]
    assert "<script>" not in pasted("java.lang.OutOfMemoryError: Java heap space <script>alert(1)</script>", "")["html"]


def test_a_refusal_says_what_to_write_before_it_quotes():
    reply = pasted("1.5g", "")
    assert not reply["ok"]
    assert reply["html"].index("Write 1536m") < reply["html"].index("Fractional values are not supported")


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.see)
def test_each_phrase_leads_to_sections_that_there_are(phrase):
    for see in (phrase.see, phrase.figure_at):
        page, _, anchor = see.partition("/#")
        assert re.search(rf"\{{ #{anchor} \}}", (DOCS / f"{page}.md").read_text()), see


def test_no_phrase_is_told_by_another_s_error():
    texts = {
        "Container killed by YARN for exceeding physical memory limits. 14.0 GB of 14 GB physical memory used.": 0,
        "reason: OOMKilled": 1,
        "java.lang.OutOfMemoryError: GC overhead limit exceeded": 2,
        "[UNABLE_TO_ACQUIRE_MEMORY] Unable to acquire 65536 bytes of memory, got 0. SQLSTATE: 53200": 6,
        "System memory 268435456 must be at least 471859200.": 9,
    }
    for text, place in texts.items():
        assert [phrase for phrase in PHRASES if phrase.told(text)] == [PHRASES[place]], text


@pytest.mark.parametrize(
    ("unit", "text", "said"),
    [
        ("size", "8", "write 8g"),
        ("size", "1.5g", "write 1536m"),
        ("size", "8 GB", "write 8g"),
        ("size", "lots", "write digits and a unit, as in 4g"),
        ("size", "8192m", ""),
        ("number", "60%", "write 0.6"),
        ("count", "abc", ""),
    ],
)
def test_a_slip_is_answered_with_what_to_write(unit, text, said):
    assert what_to_write(unit, text, "4g").partition(":")[0] == said
