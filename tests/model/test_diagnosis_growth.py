"""A text of a failure takes time in proportion to its length, whatever it says again and again."""

import re
from collections.abc import Callable
from functools import cache
from time import process_time

import pytest

from sparkmem.diagnosis import context, owners, process_words
from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.diagnosis.families import findings
from sparkmem.diagnosis.literals import Literals
from tools.bench.hostile import texts

ENOUGH = 1000
SIZE = 150_000
MOST = 0.8
"""Seconds for that much: it takes 0.2, and took up to 2.6."""


def letters(number: int) -> str:
    """A word for each number, so that no two lines have one shape."""
    return chr(97 + number % 26) + (letters(number // 26) if number >= 26 else "")


LINES: dict[str, Callable[[int], str]] = {
    "a disk": lambda n: f"Caused by: java.io.{letters(n)}Exception: No space left on device {letters(n)}\n",
    "a heap": lambda n: f"java.lang.OutOfMemoryError: Java heap space {letters(n)} [Stage 1:{'=' * 100}\n",
    "executors": lambda n: f"ERROR X: Lost executor {n} on {letters(n)}: Command exited with code 137\n",
    "headings": lambda n: f"== {letters(n)} driver executor ==\njava.lang.OutOfMemoryError: Java heap space {letters(n)}\n",
    "heartbeats": lambda n: f"WARN {letters(n)}: Executor heartbeat timed out after {n} ms driver {letters(n)}\n",
    "services": lambda n: f"kafka.server {letters(n)} deploy.history. java.lang.OutOfMemoryError: Metaspace\n",
    "JSON": lambda n: f'{{"msg": "{letters(n)} java.lang.OutOfMemoryError: Metaspace", "thread": "executor-{n}"}}\n',
    "one line": lambda n: "java.lang.OutOfMemoryError: Java heap space ",
    "a kernel": lambda n: f"[{n}.1] Killed process {n} ({letters(n)}) total-vm:1024kB, anon-rss:524kB, file-rss:0kB\n",
    "GC": lambda n: f"2024-01-05T10:11:12.123+0000: {n}.1: [Full GC ({letters(n)}) 110K->109K(121K), 0.1 secs]\n",
}  # fmt: skip


def hostile(line: Callable[[int], str]) -> str:
    return "".join(line(number) for number in range(1 + SIZE // len(line(9))))[:SIZE]


@pytest.mark.parametrize("name", LINES)
def test_what_is_said_in_ever_other_letters_takes_its_time(name):
    text = hostile(LINES[name])

    def took() -> float:
        began = process_time()
        diagnosed(text)
        return process_time() - began

    assert any(took() < MOST for _ in range(3)), name


def test_what_is_settled_is_counted_and_its_executors_are_kept():
    many = ENOUGH + 200
    text = "\n".join(f"ERROR TaskSchedulerImpl: Lost executor {n} on {letters(n)}: x" for n in range(many))
    [one] = [one for one in diagnosed(text).findings if one.finding.id == "executor-lost"]
    assert one.times == many
    assert list(one.executors) == [str(n) for n in range(many)]


def test_a_number_that_makes_another_finding_of_a_text_is_never_counted_for_the_settled_one():
    said = "ERROR TaskSchedulerImpl: Lost executor {} on {}: Command exited with code {}"
    lines = [said.format(n, letters(n), 137) for n in range(ENOUGH + 20)]
    found = {one.finding.id for one in diagnosed("\n".join([*lines, said.format(9, "z", 52)])).findings}
    assert {"exit-137", "exit-52"} <= found


def test_what_is_known_before_the_text_is_read_stays():
    found = diagnosed("137").first
    assert found
    assert found.times == 1


@pytest.mark.parametrize("sign", [
    context._ON_HOST, context._TASK, context._TID, *context._NAMED.values(), process_words._DRIVER, process_words._BACKEND,
    process_words._WORKER, context._LOST, owners._FRAMES, owners._DRIVERS_FRAMES,
])  # fmt: skip
def test_no_literal_is_missing(sign: Literals):
    """Each alternative of a pattern, and all that examples have, is found with the literals as without."""
    examples = [line for one in findings().values() for text in one.text for line in text.example.split("\n")]
    plain = [re.sub(r"\\b|\(\?[:!<].*|[\\]", "", part) for part in sign.pattern.pattern.split("|")]
    for text in (*examples, *plain):
        assert bool(sign.search(text)) == bool(sign.pattern.search(text)), text


LONG, SHORT = 500_000, 62_500


@cache
def hostile_texts() -> dict[str, str]:
    return texts(LONG)


@pytest.mark.parametrize("name", texts(1000))
def test_time_grows_with_the_text_and_not_faster(name):
    """Eight times the text takes up to thirteen times as long: a square that takes half of the time takes that."""
    text = hostile_texts()[name]

    def took(length: int) -> float:
        began = process_time()
        diagnosed(text[:length])
        return process_time() - began

    took(SHORT)  # what is loaded for the first text is no time of another
    assert any(took(LONG) < min(1.5, 13 * max(took(SHORT), 0.01)) for _ in range(3)), name
