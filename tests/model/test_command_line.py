"""A command line among broken input, full disks and misspelt words: told, never a traceback, never the defaults."""

import json
import os
import re
import subprocess
import sys

import pytest

from sparkmem import evaluate
from sparkmem.__main__ import main
from sparkmem.calculators import CALCULATORS
from sparkmem.commands import COMMANDS
from sparkmem.spark.managers.trace import replay
from tests.model.commands import command

HEAP = ["executor-memory", "--spark.executor.memory"]


def ran(words, before="", text=b"", **environment):
    """The command, run by a shell with what is to stand before it, such as a redirection."""
    shell = ["sh", "-c", f'exec "$@" {before}', "sh", sys.executable, "-m", "sparkmem", *words]
    return subprocess.run(shell, input=text, capture_output=True, env={**os.environ, **environment}, timeout=60)


def told(done, *said):
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr
    for words in said:
        assert words in done.stderr.decode()


@pytest.mark.parametrize("words", [[*HEAP, b"8g\xff"], [b"\xff"], ["explain", "--text", b"spark.executor.memory \xff"]])
def test_words_that_are_no_text_are_told(words):
    done = ran(words)
    assert b"Traceback" not in done.stderr
    assert done.returncode in (0, 2)
    assert done.stdout or done.stderr


@pytest.mark.parametrize("words", [[*HEAP, "8g"], ["--help"], ["explain", "--text", "spark.b 8g"], ["ui-number"]])
def test_an_output_of_ascii_alone_takes_every_answer(words):
    done = ran(words, PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert done.returncode == 0
    assert done.stderr == b""
    done.stdout.decode("ascii")


@pytest.mark.parametrize("words", [["batch"], ["replay"], ["read"], ["write", "emr-json"]])
def test_a_closed_input_is_told(words):
    told(ran(words, "<&-"), "standard input is closed")


@pytest.mark.parametrize("words", [["read"], ["write", "emr-json"]])
def test_an_input_that_is_no_text_is_told_with_its_place(words):
    told(ran(words, text=b"spark.executor.memory 8g\xff\n"), "no UTF-8", "byte 25")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no disk that is always full")
@pytest.mark.parametrize("words", [[*HEAP, "8g"], [*HEAP, "8g", "--json"], ["batch"], ["replay"], ["read"], ["--help"]])
def test_a_full_disk_is_told(words):
    text = b"spark.executor.memory 8g" if words == ["read"] else b"{}\n"
    told(ran(words, ">/dev/full", text=text), "could not be written")


@pytest.mark.parametrize("words", [[*HEAP, "8g"], ["batch"]])
def test_a_closed_output_is_told(words):
    told(ran(words, ">&-", text=b"{}\n"), "standard output is closed")


def test_an_option_that_stands_twice_is_told():
    told(command(*HEAP, "8g", "--spark.executor.memory", "9g"), "--spark.executor.memory is given twice")


@pytest.mark.parametrize("request_", [
    {"calculator": "executor-memory", "input": {"spark.executor.memory": "8g"}},
    {"calculator": "executor-memory", "inputs": {}, "relase": "3.5"},
    {"calculator": "executor-memory", "inputs": {"spark.executor.memory": "8g"}, "agianst": {}},
])  # fmt: skip
def test_a_misspelt_key_of_a_request_is_not_answered_for_the_defaults(request_):
    wrong = next(key for key in request_ if key not in ("calculator", "inputs"))
    assert [error["input"] for error in evaluate(request_)["errors"]] == [wrong]
    answer = json.loads(command("batch", text=json.dumps(request_).encode()).stdout)
    assert [error["input"] for error in answer["errors"]] == [wrong]


def test_batch_does_not_pass_over_the_other_side_of_a_comparison():
    text = json.dumps({"calculator": "executor-memory", "inputs": {}, "against": {"spark.executor.memory": "9g"}})
    answer = json.loads(command("batch", text=text.encode()).stdout)
    assert answer["errors"][0]["input"] == "against"
    told(command("batch", "--release", "3.5"), "batch has no option --release")


@pytest.mark.parametrize("name", ["", *COMMANDS, *CALCULATORS])
def test_help_has_every_option_with_examples(name, capsys):
    assert main([name, "--help"] if name else ["--help"]) == 0
    text = capsys.readouterr().out
    assert "examples:" in text or name == "replay"
    longest = re.findall(r"^.{81,}$", text, re.MULTILINE)
    assert name == "replay" or not [line for line in longest if "|" not in line]  # a choice of values stays one word
    if name in CALCULATORS:
        options = set(re.findall(r"^ +(?:--)?([\w.-]+)", text, re.MULTILINE))
        assert {item.name for item in CALCULATORS[name].inputs} <= options
    if not name:
        assert {*COMMANDS, *CALCULATORS} <= set(re.findall(r"^  ([\w-]+) ", text, re.MULTILINE))


@pytest.mark.parametrize(("words", "said"), [
    (["exeplain"], "did you mean explain?"),
    (["explain", "--relase", "3.5", "--strict"], "did you mean --release?"),
    ([*HEAP, "8g", "--jsn"], "did you mean --json?"),
    ([*HEAP, "8g", "9g"], "'9g' is not an option"),
    (["explain", "--text", "spark.executor.memory 1g", "pom.xml"], "--text is given and a file is named"),
])  # fmt: skip
def test_a_misspelt_word_is_told_with_the_one_that_is_meant(words, said):
    told(command(*words), said)


def test_a_value_may_begin_with_a_hyphen():
    given = (["--jvm-flags", "-XX:+UseParallelGC"], ["--gc=parallel"])
    one, other = (json.loads(command("jvm-heap", *words, "--json").stdout)["rows"] for words in given)
    assert one[0]["bytes"] == other[0]["bytes"]


def test_a_misspelt_key_of_a_trace_is_told():
    assert [error["input"] for error in replay({"ops": [], "relase": "3.5"})["errors"]] == ["relase"]
