"""Ten times the text takes about ten times the time: no reader takes a square of it."""

import sys
from collections.abc import Callable
from contextlib import suppress
from time import process_time

import pytest

from sparkmem.configuration import read
from sparkmem.configuration.java_words import java_words, unread_flag
from sparkmem.javalang import java_double, java_integer
from sparkmem.jvm.flags import heap_flags, jvm_size
from sparkmem.jvm.native_memory import read_native_memory
from sparkmem.jvm.refused import refused_options
from sparkmem.requests.evaluate import run
from sparkmem.size import byte_string_as_bytes
from sparkmem.size.shown import readings
from sparkmem.spark.settings.plain_values import plain_double
from sparkmem.watch.script import read_script
from tests.model.test_configuration import TEXTS

READERS: dict[str, Callable[[str], object]] = {
    "java_double": java_double,
    "java_integer": java_integer,
    "plain_double": lambda text: plain_double("spark.memory.fraction", text),
    "byte_string": byte_string_as_bytes,
    "readings": readings,
    "jvm_size": jvm_size,
    "heap_flags": heap_flags,
    "refused_options": lambda text: refused_options(text, 17),
    "java_words": lambda text: [unread_flag(word) for word in java_words(text)],
    "native_memory": read_native_memory,
    "script": read_script,
}
SHAPES = (
    "{0}x", "0x{0}x", "-{0}", "1{1}x", "{1}1{1}x", "{2}x", "{3}", "1e{0}x", ".{0}x", "{4}", "1.{0}{0}x", "{5}x", "{6}",
    "{7}", "{8}", "{9}", "x{9}",
)  # fmt: skip
PIECES = ("8", " ", "/", "-XX:+A ", "[{\"", "1,", "1/", "Total: reserved=1KB, ", "task 1 asks 1k\n", "'\"\\ ")
FEW, MANY = 5_000, 50_000


def explained(text: str) -> object:
    return run({"calculator": "explain", "inputs": {"text": text}})


FORMS = {name: text if text.endswith("\n") else f"{text}\n" for name, text in TEXTS.items()}


def seconds(read: Callable[[str], object], shape: str, length: int) -> float:
    text = shape.format(*(piece * (length // len(piece)) for piece in PIECES))
    began = process_time()
    with suppress(Exception):  # what is said of it is held elsewhere
        read(text)
    return process_time() - began


@pytest.mark.parametrize("name", READERS)
def test_no_value_takes_a_square_of_its_length(name):
    for shape in SHAPES:
        if seconds(READERS[name], shape, MANY) < 0.1:
            continue
        pairs = [(seconds(READERS[name], shape, FEW), seconds(READERS[name], shape, MANY)) for _ in range(3)]
        assert min(many / max(few, 0.001) for few, many in pairs) < 30, (name, shape, pairs)


@pytest.mark.parametrize("form", FORMS)
def test_no_text_of_settings_takes_a_square_of_its_length(form):
    """Of hard pieces, a million letters each: see LONG in test_configuration_forms."""
    text = FORMS[form]

    def took(length: int) -> float:
        return seconds(read, text.replace("{", "{{").replace("}", "}}") * (length // len(text) + 1), length)

    if (many := took(MANY)) > 0.1:
        assert many < 30 * max(took(FEW), 0.001) or took(MANY) < 30 * max(took(FEW), 0.001), form


BEGUN = (
    "", "helm install x --set ", "spark-submit --conf ", "spark.executor.memory ", '{"conf": ', "curl -d '", "SET ",
    'export X="', "kind: SparkApplication\n", "<configuration>", "aws emr create-cluster --steps ", "Command: java ",
)  # fmt: skip
GOES_ON = ("\n", " ", "\t\n", "a", "1", "-", "\\", "{", "[", ":", "a ", "\\,", "'a")


@pytest.mark.parametrize("begun", BEGUN)
def test_what_is_begun_and_never_ends_takes_no_square_of_its_length(begun):
    """Blank lines made a log of 60 kB take 20 seconds, and a value of Helm's one of 20 kB took 14."""

    def took(piece: str, length: int) -> float:
        return seconds(lambda _: explained(begun + piece * (length // len(piece))), "", 0)

    for piece in GOES_ON:
        if (many := took(piece, 10_000)) > 0.1:
            assert many < 10 * max(took(piece, 2_500), 0.001) or took(piece, 10_000) < 10 * took(piece, 2_500), piece


def test_values_of_one_name_in_many_blocks_take_no_square_of_their_number():
    """Each use asked of each value, line by line, whether its block is around: 100 kB took 21 seconds."""
    block = "a:\n  env:\n    MEM: 4g\n  b:\n    env:\n      MEM: 7g\n    run: spark-submit --executor-memory $MEM a.py\n"

    def took(length: int) -> float:
        return seconds(lambda _: explained(block * (length // len(block))), "", 0)

    assert took(80_000) < 16 * max(took(10_000), 0.05)


LINES = {
    "a command": "spark-submit --master yarn --executor-memory ${MEM} --conf spark.executor.memoryOverhead=1g a.py\n",
    "a function": 'def f(a, b="4g"):\n    return conf.set("spark.executor.memory", a + b)\n',
    "a builder": 'spark = SparkSession.builder.config("spark.executor.memory", mem).getOrCreate()\n',
    "an assignment": "MEM_{n}={n}g\n",
    "a name of the one before": "v{n} = v\n",
    "a stranger's key": "spark.executor.extra{n} {n}g\n",
    "an element": '  - task: a\n    args: ["--executor-memory", "4g"]\n',
    "a block": 'resource "a" "b{n}" {{\n  spark_conf = {{\n    "spark.executor.memory" = var.m{n}\n  }}\n}}\n',
    "an object": '{{"conf": {{"spark.executor.memory": "4g"}}, "n": {n}}}\n',
    "a property": "<property><name>spark.executor.memory</name><value>{n}g</value></property>\n",
    "somebody": "ann{n}: we run with spark.executor.memory=4g now, before that it was 2g\n",
}


def steps(text: str) -> int:
    """The calls that an answer takes, of functions and of methods of Python's own."""
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        with suppress(Exception):  # what is said of it is held elsewhere
            explained(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", LINES)
def test_ten_times_the_lines_take_about_ten_times_the_steps(name):
    """Each use of a parameter once looked at every call of its function: 400 functions were 680,000 arguments."""
    line = LINES[name] if "{n}" in LINES[name] else LINES[name].replace("{", "{{").replace("}", "}}")
    first, few, many = ("".join(line.format(n=10 * count + n) for n in range(count)) for count in (4, 40, 400))
    steps(first)  # what is loaded for the first text is no step of another, and no name is known from it
    assert (taken := steps(many)) < 13 * (before := steps(few)), (before, taken)
