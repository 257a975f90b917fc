"""``sparkmem batch``: a line in, a line out, in order, whatever the lines are."""

import io
import json
import subprocess
import sys
from collections import Counter

import pytest

import sparkmem
from sparkmem.calculators import CALCULATORS
from sparkmem.commands.batch import batch
from tests.model.commands import Done, command
from tools.bench import requests

COUNT = 600


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return requests.lines(COUNT, seed=1)


def run(text: bytes) -> Done:
    return command("batch", text=text)


def test_mixed_requests_get_an_answer_a_line_in_order_and_no_traceback(lines):
    done = run(b"".join(line.encode() + b"\n" for line in lines))
    assert (done.returncode, done.stderr) == (0, b"")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == COUNT
    for line, answer in zip(lines, answers, strict=True):
        assert ("rows" in answer) != ("errors" in answer)
        assert all(error["message"] for error in answer.get("errors", []))
        try:
            request = json.loads(line)
        except (ValueError, RecursionError):
            assert "rows" not in answer, line
        else:
            assert answer == sparkmem.evaluate(request)
    answered = Counter(answer["calculator"] for answer in answers if "rows" in answer)
    assert set(answered) == set(CALCULATORS)
    assert min(answered.values()) >= COUNT / 50
    assert sum("errors" in answer for answer in answers) >= COUNT / 20


@pytest.mark.parametrize("line", [b"", b" ", b"\xff\xfe", b'{"calculator": "\xff"}', b"a\rb", "\u2028{}".encode(), b"\x00"])
def test_a_line_that_is_no_text_is_one_line_too(line):
    good = b'{"calculator": "jvm-heap"}'
    done = run(b"\n".join([good, line, good]) + b"\n")
    assert (done.returncode, done.stderr) == (0, b"")
    first, middle, last = map(json.loads, done.stdout.splitlines())
    assert "errors" in middle
    assert first == last == sparkmem.evaluate(json.loads(good))


@pytest.mark.parametrize(("line", "name"), [
    (b'{"calculator": "jvm-heap", "inputs": {"heap": "4g", "heap": "8g"}}', "heap"),
    (b'{"calculator": "jvm-heap", "calculator": "fit-node"}', "calculator"),
])  # fmt: skip
def test_a_request_that_says_something_twice_is_not_answered_for_one_of_the_two(line, name):
    (error,) = json.loads(run(line).stdout)["errors"]
    assert (error["input"], error["message"]) == (name, f"'{name}' stands twice in one object")


def test_each_answer_is_written_before_the_next_request_is_read():
    out = io.StringIO()

    def asked():
        for number in range(3):
            assert out.getvalue().count("\n") == number
            yield '{"calculator": "jvm-heap"}\n'

    assert batch(asked(), out) == 0
    assert out.getvalue().count("\n") == 3


def test_a_reader_that_leaves_ends_it_quietly():
    command = f"yes '{json.dumps({'calculator': 'jvm-heap'})}' | {sys.executable} -m sparkmem batch | head -n 2"
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60)
    assert done.stdout.count(b"\n") == 2
    assert done.stderr == b""


def test_a_defect_of_the_model_costs_one_answer(monkeypatch):
    def broken(request):
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("sparkmem.commands.batch.evaluate", broken)
    out = io.StringIO()
    assert batch(['{"calculator": "jvm-heap"}', "{}"], out) == 0
    for line in out.getvalue().splitlines():
        (error,) = json.loads(line)["errors"]
        assert error["message"] == "a defect of sparkmem, not of the request: ZeroDivisionError: division by zero"
