"""Texts of failures: what is found whatever the text has gone through, in which order, and at what cost."""

import json
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparkmem.diagnosis.diagnose import diagnosed, diagnosed_stream
from sparkmem.diagnosis.families import findings, read
from sparkmem.diagnosis.lines import blocks, of_text
from sparkmem.diagnosis.redacted import Redaction
from sparkmem.render.diagnosis_reply import reply
from tools.bench.hostile import texts
from tools.fuzz import try_failure

KILLED = (
    "WARN YarnAllocator: Container killed by YARN for exceeding physical memory limits. 23.6 GB of 22 GB physical memory"
    " used. Consider boosting spark.executor.memoryOverhead."
)
NUMBERS = {"used": 25340307046, "limit": 23622320128}


def wrapped(text: str, width: int) -> str:
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


MUTANTS = {
    "as it is": str,
    "with Windows' line ends": lambda text: text.replace("\n", "\r\n"),
    "wrapped by a terminal": lambda text: wrapped(text, 80),
    "wrapped by a narrow terminal": lambda text: wrapped(text, 31),
    "wrapped and quoted": lambda text: "\n".join(f"    {line}" for line in wrapped(text, 72).split("\n")),
    "with a time": lambda text: "\n".join(f"23/11/07 10:59:24 {line}" for line in text.split("\n")),
    "as docker writes it": lambda text: "\n".join(f"2024-01-05T10:11:12.123456789Z {line}" for line in text.split("\n")),
    "as docker compose writes it": lambda text: "\n".join(f"worker-1  | {line}" for line in text.split("\n")),
    "as kubectl writes it": lambda text: "\n".join(f"[pod/app-exec-1/executor] {line}" for line in text.split("\n")),
    "escaped in JSON": lambda text: json.dumps({"timestamp": "2024-01-05T10:11:12Z", "message": text}),
    "escaped twice": lambda text: json.dumps({"log": json.dumps({"m": text})}),
    "coloured": lambda text: f"\x1b[33m{text[:31]}\x1b[0m{text[31:]}\x1b[0m",
    "coloured and escaped": lambda text: json.dumps(f"\x1b[1;31m{text}\x1b[0m"),
    "in a web page": lambda text: f"<pre><span>{text.replace(' ', '&nbsp;', 3).replace(chr(10), '<br>')}</span></pre>",
    "in a chat": lambda text: "> " + text.replace("'", "\u2019").replace('"', "\u201c"),
    "in the middle of a log": lambda text: LOG + text + "\n" + LOG,
    "in one long line": lambda text: "x" * 9001 + " " + text.replace("\n", " ") + " y" * 4001,
    "cut off behind its last word": lambda text: text[: text.index(" Consider")] if " Consider" in text else text,
}  # fmt: skip
LOG = "".join(f"23/11/07 10:59:24.{n:03} main INFO BlockManager: block {n}\n" for n in range(1000))


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_text_is_found_whatever_it_has_gone_through(mutant):
    found = diagnosed(MUTANTS[mutant](KILLED))
    assert [(one.finding.id, dict(one.numbers)) for one in found.findings] == [("yarn-physical-limit", NUMBERS)]


def test_the_same_again_is_one_finding_that_is_counted():
    said = "23/11/07 10:59:24 ERROR Executor: exception {}\njava.lang.OutOfMemoryError: Java heap space\n"
    text = "".join(said.format(n) for n in range(5000))
    found = diagnosed(text)
    assert [(one.finding.id, one.times, one.line) for one in found.findings] == [("heap-space", 5000, 2)]


def test_a_place_is_the_line_in_which_it_begins():
    assert diagnosed(LOG + "\n" * 7 + KILLED).findings[0].line == 1008
    assert diagnosed("x" * 50_000 + "\n" + json.dumps("a\nb\n" + KILLED)).findings[0].line == 2


def test_what_is_beside_a_text_is_known_of_it():
    line = (
        "23/11/07 10:59:24 WARN TaskSetManager: Lost task 7.1 in stage 3.0 (TID 42) (worker-1 executor 5):"
        " java.lang.OutOfMemoryError: Java heap space"
    )
    at = diagnosed(line).findings[0].at
    assert (at.time, at.executor, at.host) == ("2023-11-07 10:59:24", "5", "worker-1")
    assert (at.task, at.stage, at.tid) == ("7.1", "3.0", "42")
    assert diagnosed(line).findings[0].process == "executor"
    assert diagnosed(line.replace("executor 5", "executor driver")).findings[0].process == "driver"


def known(*entries):
    basis = {"title": "t", "says": "s", "kind": "cause"}
    return read({"small": [basis | {"text": [{"text": f"this is the text of {one['id']}."}]} | one for one in entries]})


def ids(found, *said):
    text = "\n".join(f"2024-01-05 10:00:{at:02} this is the text of {id}." for at, id in enumerate(said))
    return [one.finding.id for one in diagnosed_stream(of_text(text), found).findings]


def test_what_explains_stands_before_what_it_explains_then_the_earlier():
    small = known(
        {"id": "fetch-failed", "kind": "consequence"}, {"id": "lost", "kind": "consequence", "explains": ["fetch-failed"]},
        {"id": "full", "explains": ["lost"]}, {"id": "other"}, {"id": "note", "kind": "context"},
    )  # fmt: skip
    assert ids(small, "note", "fetch-failed", "lost", "other", "full") == ["other", "full", "lost", "fetch-failed", "note"]
    assert ids(small, "fetch-failed", "full", "lost", "other") == ["full", "other", "lost", "fetch-failed"]


def test_causes_that_explain_each_other_end():
    small = known({"id": "one", "explains": ["two"]}, {"id": "two", "explains": ["one"]})
    assert sorted(ids(small, "two", "one")) == ["one", "two"]


def test_what_is_generic_gives_way_to_what_is_not():
    small = known({"id": "killed", "generic": True}, {"id": "full"}, {"id": "vague", "gives-way": ["full"]})
    assert ids(small, "killed", "vague") == ["vague"]
    assert ids(small, "killed", "vague", "full") == ["full"]
    assert ids(small, "killed") == ["killed"]


PARTS = ("\n", "abc", " 12 ", KILLED[:60], KILLED[60:], KILLED, "\\n", "\x1b[0m", "&lt;", "\x0b")


@given(st.lists(st.sampled_from(PARTS), max_size=30))
def test_no_text_raises_and_no_line_is_lost(parts):
    text = "".join(parts)
    found = diagnosed(text)
    assert found.lines == len((text + "\n" if text and not text.endswith("\n") else text).split("\n")) - 1


EXAMPLES = [text.example for one in findings().values() for text in one.text]


PLACE = st.integers(0, 900)


@given(st.lists(st.sampled_from(EXAMPLES), min_size=1, max_size=3), PLACE, PLACE, st.text(max_size=9))
def test_whatever_is_cut_out_of_texts_or_put_into_them_is_read_and_told(texts, begin, end, put):
    text = "\n".join(texts)
    try_failure(text[: begin % (len(text) + 1)] + put + text[end % (len(text) + 1) :])


@given(st.text(max_size=300), st.integers(1, 40))
def test_blocks_hold_every_line_once_whatever_is_read_at_a_time(text, many):
    data = text.encode()
    reads = iter([data[at : at + many] for at in range(0, len(data), many)])
    small = [line for block in blocks(lambda _: next(reads, b"")) for line in block.lines[block.first : block.last]]
    whole = [line for block in blocks(of_text(text)) for line in block.lines[block.first : block.last]]
    assert small == whole


def test_a_bare_exit_code_has_the_way_to_its_rows():
    html = reply({"text": "exit code: 137", "page": "what-happened/"})["html"]
    assert 'href="../reference/exit-codes/#exit-137"' in html
    assert 'href="../reference/exit-codes/#exit-jvm-137"' in html
    assert "#exit-137" not in reply({"text": "the run of 137 tasks failed", "page": "what-happened/"})["html"]


HOSTILE = texts(500_000)


@pytest.mark.costly("half a megabyte of each kind of hostile text, and twice as much")
@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_the_text_and_not_faster(name):
    text = HOSTILE[name]
    diagnosed(text)
    once, twice = (_seconds(many) for many in (text, text * 2))
    assert once < 1.5
    assert twice < 3.2 * max(once, 0.05)


def _seconds(text: str) -> float:
    began = time.process_time()
    diagnosed(text)
    return time.process_time() - began


def test_short_names_of_hosts_are_hidden_and_ids_and_labels_are_not():
    text = (
        "ERROR YarnScheduler: Lost executor 2 on w2: Container from a bad node: container_1_0003_01_000003 on host: w2."
        " Exit status: 134. 0/9 nodes are available: 3 node(s) had untolerated taint"
        " {node-role.kubernetes.io/control-plane: }, Node w2 status is now: NodeHasInsufficientMemory, files.acme.com"
    )
    told = Redaction()(text)
    assert not re.search(r"\bw2\b|acme", told)
    assert told.count("HOST-1") == 3
    assert "container_1_0003_01_000003" in told
    assert "node-role.kubernetes.io/control-plane" in told
