"""Texts of machines: what is held at a moment, in bytes, and what follows; whatever the text has gone through."""

import json
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sparkmem.diagnosis import lines
from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.diagnosis.moment.held import Moment
from sparkmem.render.diagnosis import diagnosis_markdown, diagnosis_text
from sparkmem.render.diagnosis_html import diagnosis_html
from sparkmem.requests.diagnosis import diagnosis_dict, redaction_for
from sparkmem.requests.recognised import recognised
from tools.fuzz import try_failure

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "moments.toml").read_text())["text"]
LOG = "".join(f"23/11/07 10:59:24.{n:03} main INFO BlockManager: block {n}\n" for n in range(300))


def moment(case: dict, text: str) -> Moment:
    (found,) = (one for one in diagnosed(text).moments if one.kind == case["kind"])
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_its_parts_are_read_to_the_byte_and_what_follows_is_said(case):
    found = moment(case, case["text"])
    held = {one.name: one.bytes for one in found.held}
    assert {name: held.get(name) for name in case["held"]} == case["held"]
    said = " ".join(found.says)
    assert [words for words in case["says"] if words not in said] == []
    assert {one.key: one.value for one in found.settings} == case.get("set", {})


def test_every_kind_of_text_is_among_them():
    assert {case["kind"] for case in CASES} == {
        "process-tree", "kernel-report", "pod", "cgroup", "process", "error-report", "native-memory", "collections",
        "class-histogram", "executors", "heap-use", "metrics",
    }  # fmt: skip


MUTANTS = {
    "in the middle of a log": lambda text: LOG + text + "\n" + LOG,
    "with Windows' line ends": lambda text: text.replace("\n", "\r\n"),
    "coloured": lambda text: "\n".join(f"\x1b[33m{line}\x1b[0m" for line in text.split("\n")),
    "as docker writes it": lambda text: "\n".join(f"2024-01-05T10:11:12.123456Z {line}" for line in text.split("\n")),
    "escaped in JSON": lambda text: json.dumps({"timestamp": "2024-01-05T10:11:12Z", "message": text}),
    "longer than a block": lambda text: beyond(lines.BLOCK, text),
}
SMALL = {"FIRST_BLOCK": 1 << 10, "BLOCK": 1 << 14}
"""Bytes of a block for all texts but the first: to read a million takes a quarter of a second."""


def beyond(size: int, text: str) -> str:
    """After so many bytes of lines that say nothing."""
    return "x" * 79 + ("\n" + "y" * 79) * (size // 80 + 100) + "\n" + text + "\n" + LOG


@pytest.mark.parametrize("mutant", MUTANTS)
def test_it_is_read_whatever_it_has_gone_through(mutant, monkeypatch):
    lost = []
    for case in CASES:
        found = [one for one in diagnosed(MUTANTS[mutant](case["text"])).moments if one.kind == case["kind"]]
        held = {one.name: one.bytes for one in found[0].held} if found else {}
        if {name: held.get(name) for name in case["held"]} != case["held"]:
            lost.append(case["name"])
        if mutant == "longer than a block":
            for name, size in SMALL.items():
                monkeypatch.setattr(lines, name, size)
    assert lost == []


def test_all_of_them_in_one_text_are_all_read_in_its_order():
    found = diagnosed("\n".join(case["text"] for case in CASES)).moments
    assert {one.kind for one in found} == {case["kind"] for case in CASES}
    assert [one.line for one in found] == sorted(one.line for one in found)


@example(next(case for case in CASES if case["name"] == "a GC log of G1 in Java 8"), 0, 97, "")
@given(st.sampled_from(CASES), st.integers(0, 4000), st.integers(0, 4000), st.text(max_size=20))
def test_no_text_that_was_cut_raises(case, begin, end, put):
    text = case["text"]
    try_failure(text[: begin % (len(text) + 1)] + put + text[end % (len(text) + 1) :])


def test_the_same_is_said_in_each_form_and_no_name_leaves():
    found = diagnosed(CASES[0]["text"])
    told = diagnosis_dict(found, redaction_for(found))
    for said in (diagnosis_text(told), diagnosis_markdown(told), diagnosis_html(told, "what-happened/")):
        assert "at least 586.5 MiB of it is not heap" in said
        assert "3443m" in said
        assert "nm-17" not in said


@pytest.mark.parametrize("case", [case for case in CASES if case["kind"] not in ("pod",)], ids=lambda case: case["name"])
def test_the_box_for_everything_takes_it(case):
    assert recognised(case["text"]).kind == "failure"


@pytest.mark.parametrize("line", [
    "   1:  1  16  [B\n", "|- 1 2 3 4 (java) 1 2 3 4 java -Xmx1g\n", "[ 1 ] 1 2 3 4 5 6 7 java\n", "VmRSS: 1 kB\n",
    "[GC (x) 9K->8K(9K)\n", '"hostPort" "id" : "1"\n', "Limits:\n memory: 1Gi\n", "anon 1\ninactive_anon 1\n",
])  # fmt: skip
def test_a_line_again_and_again_takes_time_in_step_with_the_text(line):
    heads = "Dump of the process-tree\n#instances #bytes  class name\n[ pid ] uid tgid total_vm rss a b oom_score_adj name\n"
    text = heads + line * (300_000 // len(line))
    began = time.process_time()
    diagnosed(text)
    assert time.process_time() - began < 2.5


def test_what_a_heap_has_not_touched_yet_is_no_room_for_python():
    """The JVM holds 2 GiB of -Xmx4g, Python 3 GiB: all of the heap will be wanted, and Python beside it."""
    text = """Dump of the process-tree for container_1700000000000_0003_01_000002 :
\t|- PID PPID PGRPID SESSID CMD_NAME VMEM_USAGE(BYTES) RSSMEM_USAGE(PAGES) FULL_CMD_LINE
\t|- 30 20 20 20 (java) 1 1 9000000000 524288 /usr/bin/java -Xmx4096m YarnCoarseGrainedExecutorBackend
\t|- 40 30 20 20 (python3) 1 1 4000000000 786432 python3 -m pyspark.daemon
"""
    (moment,) = diagnosed(text).moments
    ((key, value, _),) = [(one.key, one.value, one.why) for one in moment.settings]
    assert (key, value) == ("spark.executor.memoryOverhead", "3380m")
