"""Texts of failures: what is found whatever the text has gone through, and where."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.diagnosis.families import findings
from sparkmem.diagnosis.lines import blocks, of_text
from tests.model.failures import ids_in
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


@pytest.mark.parametrize(("text", "named"), [
    ("Command Failed due to Out of Memory", True),
    ("run 12 was terminated because of insufficient memory.", True),
    ("no task failed due to out of memory", False),
    ("it might have been killed due to out of memory", False),
    ("Node failure due to loss of power", False),
    ("Caused by: org.example.PagesOOM", True),
    ("HeapDumpOnOOM is set", False),
])  # fmt: skip
def test_what_ended_for_want_of_memory_is_heard_in_words_that_nobody_knows(text, named):
    line = f"INFO Runner: {text}; see the page of the run for more than this line can hold of it, line by line, to its end"
    assert ("memory-error-unknown" in ids_in(line)) == named


def test_the_rules_of_all_findings_are_put_in_order_once(monkeypatch):
    diagnosed("a line")
    monkeypatch.setattr("sparkmem.diagnosis.diagnose.anchored", None)
    assert diagnosed("java.lang.OutOfMemoryError: Java heap space").first.finding.id == "heap-space"


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
