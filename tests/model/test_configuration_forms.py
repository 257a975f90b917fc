"""Texts as people have them, by form: what is taken, what is lost, what runs the job; and that peels change nothing."""

import json
import re
import time
import tomllib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sparkmem.configuration import ConfigurationError, read
from sparkmem.configuration.lost import ABOVE_THE_NODE, LOST, NO_CONTAINER
from sparkmem.configuration.peel import fences
from sparkmem.configuration.peel.peeled import peeled
from tests.model.test_configuration import TEXTS
from tests.model.test_configuration_any_text import ANY
from tests.rows import each

CASES = [
    (f"{path.stem}: {case['name']}", case)
    for path in sorted((Path(__file__).parents[1] / "cases" / "readings").glob("*.toml"))
    for case in tomllib.loads(path.read_text())["case"]
    if "unread" not in case
]


@each(CASES, lambda row: row[0])
def test_what_a_text_comes_to(row):
    _, case = row
    found = read(case["text"])
    assert found.values == case["want"]
    assert {lost.id for lost in found.lost} == set(case.get("lost", ()))
    assert {name: found.inputs().get(name) for name in case.get("inputs", ())} == case.get("inputs", {})
    assert not set(case.get("unsaid", ())) & set(found.inputs()), "what the text says nothing of"
    assert set(case.get("unknown", ())) <= set(found.unknown)
    assert case.get("said", {}).items() <= {said.name: said.value for said in found.said}.items()
    assert set(case.get("passed_over", ())) <= {item.text for item in found.ignored}
    lines = {setting.key: setting.line for setting in found.settings}
    assert case.get("lines", {}).items() <= lines.items()
    assert "hunter2" not in json.dumps(found.as_dict())


def test_each_way_of_losing_a_setting_is_named_once_in_a_case():
    """A new id needs a case."""
    told = {id for _, case in CASES for id in case.get("lost", ())}
    assert told == set(LOST) - {NO_CONTAINER, ABOVE_THE_NODE}  # which an answer tells alone, by what runs the job


UNREAD = {
    "a stack": ("Traceback (most recent call last):\n  File \"a.py\", line 3, in <module>\n", "an error with its stack"),
    "container": ("Container exited with a non-zero exit code 50\nJob 0 failed", "the end of a container"),
    "YARN": ("Container [pid=8171] is running beyond virtual memory limits. Killing it.", "the end of a container"),
    "serverless": (
        "Type: AWS::EMRServerless::Application\nWorkerConfiguration:\n  Cpu: 2 vCPU\n  Memory: 4 GB\n",
        "sizes without the names of settings",
    ),
    "pods": ("NAME READY STATUS\nexec-1  0/1  OOMKilled  0  3m", "the end of a container"),
    "SQL": ("select * from t where a > 1", "a statement of SQL"),
    "Flink": ("# /opt/flink\ntaskmanager.memory.process.size: 4g\nparallelism.default: 2", "the configuration of Flink"),
    "Trino": ("coordinator=true\nquery.max-memory=50GB", "the configuration of Trino"),
    "a server": ("server.port=8080\nserver.heap 4g", "settings of another program"),
    "Hive on Tez": ("hive.tez.container.size=4096\nhive.exec.parallel=true", "settings of another program"),
    "sizes alone": ("4 executors of 10 GB, and it dies", "sizes without the names of settings"),
    "executors": ("Executor ID\tAddress\n1\thost:1\tActive 1.2 GiB / 9.4 GiB", "the table of executors of the web UI"),
    "an address": ("https://history.example/history/app-1/environment/", "an address, and nothing is fetched"),
    "a web page": ("<!DOCTYPE html><html></html>", "the source of a web page"),
    "JSON": ('{"a": [1, 2]}', "JSON without a setting"),
    "a daemon": ("/usr/bin/java -Xmx1g org.apache.spark.deploy.worker.Worker spark://m:7077", "a daemon of Spark"),
    "a Dockerfile": ("FROM apache/spark\nCOPY a.py /\n", "a Dockerfile"),
    "zip": ("PK\x03\x04", "a zip archive"),
    "bytes": ("spark \x00\x01\x02", "a compressed or binary file"),
    "nothing of the kind": ("hello", "no setting of Spark's is in it"),
}


@pytest.mark.parametrize(("text", "what"), UNREAD.values(), ids=UNREAD)
def test_an_unread_text_is_told_what_it_looks_like_and_the_next_step(text, what):
    with pytest.raises(ConfigurationError) as refused:
        read(text)
    assert what in refused.value.message
    assert re.search(r": (?:paste|write|look|read|unpack|of |take)", refused.value.message), "and then the next step"


def test_a_worker_without_a_size_is_looked_through_once():
    text = "spark.executor.memory 4g\n" + "    worker:\n" + "              a: 1\n" * 40 + "x memoryLimit\n"
    began = time.process_time()
    assert read(text).values == {"spark.executor.memory": "4g"}
    assert time.process_time() - began < 1


AROUND = {
    "sentences": lambda text: f"Hello all, this is what we run, and it fails every night.\n\n{text}\nThanks for any hint!\n",
    "a margin": lambda text: "".join(f"    {line}\n" if line else "\n" for line in text.split("\n")),
    "a command that shows it": lambda text: f"$ cat /etc/jobs/file\n{text}",
    "numbers of lines": lambda text: "".join(f"{at:4d}  {line}\n" for at, line in enumerate(text.split("\n"), 1)),
    "line breaks of Windows": lambda text: text.replace("\n", "\r\n"),
}
DOCUMENTS = [case["text"] for name, case in CASES if name.startswith("platforms: ")]


@pytest.mark.parametrize("wrap", AROUND)
def test_what_stands_around_a_document_changes_nothing_of_it(wrap):
    """Those that differ: where a text inside begins another, and numbers before the words of a shell."""
    turn = list(AROUND).index(wrap)
    texts = DOCUMENTS[turn::3]
    other = [text for text in texts if read(AROUND[wrap](text)).values != read(text).values]
    assert len(texts) >= 15
    assert len(other) <= 1, other


WRAPPED = {
    "fence": lambda text: f"Here:\n```\n{text}\n```\nIt doesn't work.",
    "no-break spaces": lambda text: text.replace(" -", "\u00a0-"),
    "a mark at the start": lambda text: "\ufeff" + text,
    "entities": lambda text: text.replace('"', "&quot;"),
}


@pytest.mark.parametrize("wrap", WRAPPED)
@pytest.mark.parametrize("format", [name for name in TEXTS if name not in ("emr-json", "markdown")])
def test_a_peel_changes_nothing_that_was_taken(format, wrap):
    assert read(WRAPPED[wrap](TEXTS[format])).values == read(TEXTS[format]).values


@settings(max_examples=100)
@given(ANY)
def test_peels_keep_every_line_where_it_is(text):
    last = text.count("\n") + 1
    for piece in peeled(text):
        assert all(1 <= piece.line(number) <= last for number in range(1, piece.text.count("\n") + 2))
    assert fences.parts(text)


LONG = [
    '"', "'", "(", "[", "{", " ", "9", "\\", "<", "a: [\n", 'a: "\n', "spark.executor.memory 4g\n", "$(", "`", "x = y + ",
    '{"spark.executor.memory": ', '"--conf", ', "<name>", "&#", "<<EOF\n", "export A=$A$A\n", "10:11:12 ", "> ",
]  # fmt: skip


@pytest.mark.parametrize("piece", LONG)
def test_a_text_ten_times_as_long_takes_no_more_than_its_length(piece):
    """The longest that is read is a million letters, and takes a second at most on a machine that is free."""
    begun = time.process_time()
    with suppress(ConfigurationError):
        read("spark.executor.memory 4g\n" + piece * (999_000 // len(piece)))
    assert time.process_time() - begun < 2.5


@pytest.mark.parametrize("piece", ["\n", " \n", "\t\n", "x\n\n", "at a.b"])
def test_to_say_that_nothing_is_read_takes_no_more_than_the_length(piece):
    """Of 50,000 line ends it took 20 s."""
    begun = time.process_time()
    with pytest.raises(ConfigurationError):
        read("x" + piece * (100_000 // len(piece)))
    assert time.process_time() - begun < 2.5


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=6, max_size=30))
def test_a_value_of_another_shape_is_never_repeated(secret):
    if secret[0].isdigit() or secret.lower() in ("unlimited",):
        return
    for text in (f"spark.executor.memory {secret}x!\n", f"spark.executor.memory=8g # {secret}x!\n"):
        try:
            said = json.dumps(read(text).as_dict())
        except ConfigurationError as unread:  # as of an arrow, which none of a file's signs is
            said = str(unread)
        assert f"{secret}x!" not in said
