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
_AT_GITHUB = re.compile(
    r"https://github\.com/[^/]+/(?P<name>[^/]+)/(?:blob/(?:tags/)?(?P<tag>[^/]+)/.*?(?P<file>[^/]+)"
    r"|(?P<kind>issues|pull)/(?P<number>\d+))/?$"
)  # fmt: skip
_REPORTS = {"issues": "issue", "pull": "pull request"}
_PROJECTS = {"spark": "Spark", "jdk": "OpenJDK", "r-source": "R"}
_COMMIT = re.compile(r"[0-9a-f]{40}")
_LONGEST = 700
_IN_CODE = re.compile(r"(`[^`]*`)|(?<![\w./=-])((?:spark|yarn)(?:\.\w+){2,}|-X[\w:+-]*\w(?:=[\w.%-]*\w)?)(?![\w/])")


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
    >>> releases(Text("Killed.", source={"document": "https://github.com/apache/spark/pull/25309"}))
    'As it was reported'
    """
    if not text.releases:
        document = text.source.get("document", "")
        read, at = _OF_SPARK.match(document), _AT_GITHUB.match(document)
        if at and at["kind"]:
            return "As it was reported"
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
        return f"[{_document(source['document'])}]({source['document']})"
    if source["project"] == "OpenJDK":
        return jdk_source(source["path"], source["symbol"], source["tag"])
    if source["project"] == "Hadoop":
        return hadoop_source(source["path"], source["symbol"], source["tag"])
    minor = ".".join(source["tag"].removeprefix("v").split(".")[:2])
    return spark_source(source["path"], source["symbol"], minor)


def witnessed(text: Text) -> str:
    """Releases and source of a text in a line, with a full stop where what is named does not end in one.

    >>> witnessed(Text("Killed.", source={"document": "https://docs.python.org/3/errno.html"}))
    "Not Spark's own: [docs.python.org, errno.html](https://docs.python.org/3/errno.html)."
    """
    said = f"{releases(text)}: {witness(text.source)}"
    return said if re.search(r"[.!?…]\]\(", said) else f"{said}."


def _document(address: str) -> str:
    """A document in words: project, tag and file of source code, project and number of a report, else host and page.

    >>> _document("https://github.com/torvalds/linux/blob/v5.15/mm/oom_kill.c")
    'linux v5.15, oom_kill.c'
    >>> _document("https://github.com/netty/netty/blob/netty-4.1.100.Final/common/A.java")
    'netty-4.1.100.Final, A.java'
    >>> _document("https://github.com/apache/spark/pull/25309"), _document("https://docs.python.org/3/errno.html")
    ('Spark, pull request 25309', 'docs.python.org, errno.html')
    """
    at = _AT_GITHUB.match(address)
    if not at:
        parts = address.rstrip("/").split("/")
        return f"{parts[2].removeprefix('www.')}, {parts[-1]}"
    name = _PROJECTS.get(at["name"], at["name"])
    if at["kind"]:
        return f"{name}, {_REPORTS[at['kind']]} {at['number']}"
    tag = at["tag"][:10] if _COMMIT.fullmatch(at["tag"]) else at["tag"]
    return f"{tag if name in tag else f'{name} {tag}'}, {at['file']}"


def in_code(text: str) -> str:
    """A sentence with its configuration keys and options of the JVM set as code.

    >>> in_code("Raise spark.driver.memory, not -Xmx; `-Xss` stays.")
    'Raise `spark.driver.memory`, not `-Xmx`; `-Xss` stays.'
    """
    return _IN_CODE.sub(lambda found: found[1] or f"`{found[2]}`", text)


def example_numbers(one: Finding) -> Mapping[str, Any]:
    """The numbers of the first example that has some."""
    return next((text.numbers for text in one.text if text.numbers), {})


def filled(inputs: Mapping[str, str], numbers: Mapping[str, Any]) -> dict[str, str]:
    """The inputs of a calculator with numbers of an example in them; what has no number is left out."""
    values = {name: value_of(text[1:-1], numbers) if text.startswith("{") else text for name, text in inputs.items()}
    return {name: value for name, value in values.items() if value}


def quoted(example: str) -> str:
    """An example as a quotation from a log, cut where it is long."""
    return f"```text\n{example.strip()[:_LONGEST]}\n```"
