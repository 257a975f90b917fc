"""On any text at all, readers raise nothing but their own error, and soon."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sparkmem.configuration import FORMATS, ConfigurationError, read
from tests.model.test_configuration import TEXTS
from tools.fuzz import KEPT, try_all

PIECES = [
    "spark-submit ", "--conf ", "--executor-memory ", "spark.executor.memory", "=", " 8g", "\n", "\\\n", "\\", "'", '"',
    '"""', "$", "${", "$(", "`", "(", ")", "[", "]", "{", "}", ",", ":", ": ", "- ", "-> ", ".config(", ".setAll(", "f'",
    "SparkConf()", "val ", "#", "//", "/*", "---\n", "kind: SparkApplication\n", "spec:\n", "  ", "\t", "driver:\n", "&a ",
    "sparkConf: ", "*a", "!t ", "|\n", ">\n", "? ", '{"Classification": "spark-defaults", "Properties": ', "| ", "\u00a0",
    "Spark Properties\n", "\ud800", "\ufeff", "\x00", "\u2028", "\u0130", "9" * 5000, "\\u00", "\\x", "<<EOF", "Array((",
    "Java Version\t", "spark.x,",
]  # fmt: skip
ANY = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=30).map("".join))


CORPUS = [tuple(row) for row in json.loads(KEPT.read_text())]


def test_what_a_coverage_guided_fuzzer_found_is_read_or_refused():
    """Of 238,576 texts that it tried in 621 s, and of 29,049 on later readers: most steps that any of them took."""
    assert len(CORPUS) >= 60
    assert KEPT.stat().st_size <= 40_000
    assert {format for format, _ in CORPUS} == {"", *FORMATS}
    for format, text in CORPUS:
        try_all(text, format)


# The texts above take every step between lines that the fuzzer knows; these are for what it has never tried.
@settings(max_examples=150)
@given(ANY)
def test_any_text(text):
    try_all(text)


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=40)
@given(text=ANY)
def test_any_text_as_any_format(format, text):
    try_all(text, format)


@pytest.mark.parametrize("format", TEXTS)
@settings(max_examples=60)
@given(data=st.data())
def test_a_good_text_with_something_cut_out_or_put_in(format, data):
    text = TEXTS[format]
    start, end = (data.draw(st.integers(0, len(text))) for _ in range(2))
    put_in = data.draw(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)))
    try_all(text[: min(start, end)] + put_in + text[max(start, end) :], data.draw(st.sampled_from(["", format])))


REPEATED = [
    "(", "[", "{", '[{"a":', "a: [", "- ", "- a: ", "a:\n ", "$(", "${", "`", "'", '"', '"""', "\\", "\n", " ", ")", ".set(",
    "|", "`` ", ".config(x, .set(y, ", "&a ", "spark.x ", "spark.memory.a\t1\n", "--a ", "spark-submit ", "\\\n",
    "(spark.x,", "{{", "#", "/*",
]  # fmt: skip


LONG = 8000
"""Characters: deeper than Python calls itself, with each of these pieces that opens something."""

SOON = 0.24
"""Seconds: three times what the slowest of them takes.  What grows with the square and takes it takes 1.5 s for 20,000."""


@pytest.mark.parametrize("format", FORMATS)
def test_long_repetitions_take_no_more_than_their_length(format):
    """Deep nesting raises no RecursionError, and nothing grows with the square of the text."""
    for piece in REPEATED:
        text = TEXTS.get(format, "") + piece * (LONG // len(piece))
        # What grows with the square takes as long a second time; what only came at a bad moment does not.
        assert seconds(text, format) < SOON or seconds(text, format) < SOON, f"{piece!r} repeated"


def seconds(text, format):
    begun = time.process_time()
    try_all(text, format)
    return time.process_time() - begun


@pytest.mark.parametrize("opened", ["[", '[{"a":', '{"Classification": "spark", "Configurations": ['])
def test_json_that_is_nested_deeper_than_a_parser_goes_is_refused(opened):
    with pytest.raises(ConfigurationError, match="nested deeper than"):
        read(opened * 5000)
