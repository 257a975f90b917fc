"""Parts of a finding's page in words: templates, releases, witnesses, and the numbers of an example."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from macros.prose import hadoop_source, jdk_source, spark_source
from sparkmem.diagnosis.conditions import value_of
from sparkmem.diagnosis.finding import Finding, Text
from sparkmem.release import NEWEST

_FIELD = re.compile(r"\{[a-z_][a-z0-9_-]*:[a-z]+\}")
_OF_SPARK = re.compile(r"https://github\.com/apache/spark/blob/v([0-9.]+)/")
_LONGEST = 700
_NAMES = {
    "Spark", "Spark's", "Python", "Python's", "Netty", "Netty's", "Arrow's", "Comet's", "Gluten's", "Photon's", "Databricks",
    "Dataproc's", "Livy", "Kryo's", "RocksDB's", "Hadoop's", "Parquet",
}  # fmt: skip


def shown(template: str, longest: int) -> str:
    """A template as people read it, in one line.

    >>> shown("Exit status: {code:count}.", 40)
    'Exit status: ….'
    """
    line = " ".join(_FIELD.sub("…", template).split()).replace("`", "'")
    return line if len(line) <= longest else line[: longest - 1].rsplit(" ", 1)[0] + " …"


def releases(text: Text) -> str:
    """The releases of Spark in which a text stands, in words; of one that was not looked for in all, where it was read.

    >>> releases(Text("Killed.", source={"document": "https://github.com/apache/spark/blob/v2.4.8/core/a.scala"}))
    "Spark's own, read at 2.4.8"
    """
    if not text.releases:
        read = _OF_SPARK.match(text.source.get("document", ""))
        return f"Spark's own, read at {read[1]}" if read else "Not Spark's own"
    first, last = text.releases[0], text.releases[-1]
    if first == last:
        return f"Spark {first}"
    if last != NEWEST:
        return f"Spark {first} to {last}"
    return "Every release since 2.4" if first == "2.4" else f"Since Spark {first}"


def witness(source: Mapping[str, str]) -> str:
    """Where a text stands, as a link."""
    if "document" in source:
        parts = source["document"].rstrip("/").split("/")
        return f"[{parts[2].removeprefix('www.')}, {parts[-1]}]({source['document']})"
    if source["project"] == "OpenJDK":
        return jdk_source(source["path"], source["symbol"], source["tag"])
    if source["project"] == "Hadoop":
        return hadoop_source(source["path"], source["symbol"], source["tag"])
    minor = ".".join(source["tag"].removeprefix("v").split(".")[:2])
    return spark_source(source["path"], source["symbol"], minor)


def example_numbers(one: Finding) -> Mapping[str, Any]:
    """The numbers of the first example that has some."""
    return next((text.numbers for text in one.text if text.numbers), {})


def filled(inputs: Mapping[str, str], numbers: Mapping[str, Any]) -> dict[str, str]:
    """The inputs of a calculator with numbers of an example in them; what has no number is left out."""
    values = {name: value_of(text[1:-1], numbers) if text.startswith("{") else text for name, text in inputs.items()}
    return {name: value for name, value in values.items() if value}


def lower(text: str) -> str:
    """A sentence as it stands behind a colon.

    >>> lower("More memory."), lower("YARN killed it."), lower("-XX:+A"), lower("A fine thing"), lower("Python says it")
    ('more memory.', 'YARN killed it.', '-XX:+A', 'a fine thing', 'Python says it')
    """
    word = text.split(" ", 1)[0]
    begins = (word == "A" or word[1:].islower()) and word not in _NAMES
    return text[:1].lower() + text[1:] if begins else text


def quoted(example: str) -> str:
    """An example as a quotation from a log, cut where it is long."""
    return f"```text\n{example.strip()[:_LONGEST]}\n```"
