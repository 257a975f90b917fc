"""Numbers, texts and sources in the prose: each comes from the model, none is typed in a page."""

from __future__ import annotations

import re
from collections.abc import Mapping

import sparkmem
from macros.unbroken import unbroken
from sparkmem.facts import FACTS as COMMON_FACTS
from sparkmem.jvm.defaults import JVM_DEFAULTS
from sparkmem.release import NEWEST
from sparkmem.release import release as release_named
from sparkmem.size import GIB, byte_string_as_bytes, mib_text
from sparkmem.source import Source
from sparkmem.spark.settings import config
from sparkmem.spark.settings.entry import Entry
from sparkmem.spark.settings.keys import KEYS

FACTS = COMMON_FACTS | JVM_DEFAULTS


def fact(name: str, release: str = NEWEST) -> str:
    """The number, linked to its witness."""
    found = FACTS[name]
    return _linked(found.text(release), found.source(release))


def source(name: str, release: str = NEWEST) -> str:
    """The witness of a fact, or of a configuration key, as a link."""
    found = FACTS[name].source(release) if name in FACTS else _ENTRIES[name].source(release)
    return _linked(str(found), found)


def spark_source(path: str, symbol: str, release: str = NEWEST) -> str:
    """A file of Spark at the release's tag, and the symbol to search for in it, as a link."""
    found = Source("Spark", release_named(release).tag, path, symbol)
    return _linked(str(found), found)


def jdk_source(path: str, symbol: str, tag: str = "jdk-17+35") -> str:
    """A file of OpenJDK at a tag, and the symbol to search for in it, as a link."""
    found = Source("OpenJDK", tag, path, symbol)
    return _linked(str(found), found)


def hadoop_source(path: str, symbol: str, tag: str = "rel/release-3.4.1") -> str:
    """A file of Hadoop at a tag, and the symbol to search for in it, as a link."""
    found = Source("Hadoop", tag, path, symbol)
    return _linked(str(found), found)


def size(text: str) -> str:
    """A size that is an example, as people read it.

    >>> size("4g"), size("1536m")
    ('4\N{NO-BREAK SPACE}GiB', '1,536\N{NO-BREAK SPACE}MiB')
    """
    size_bytes = byte_string_as_bytes(text)
    whole_gib = size_bytes % GIB == 0
    shown = f"{size_bytes // GIB:,} GiB" if whole_gib else mib_text(size_bytes)
    return unbroken(shown)


def _linked(text: str, witness: Source) -> str:
    words = re.sub(r"([\[\]*])", r"\\\1", text.strip().rstrip(" :=("))
    return f'[{words}]({witness.url} "{witness}")'


_ENTRIES = {entry.key: entry for entry in vars(config).values() if isinstance(entry, Entry)}


def key_default(key: str, release: str = NEWEST) -> str:
    """The default of a configuration key, as Spark writes it.

    >>> key_default("spark.sql.execution.arrow.maxBytesPerBatch", "4.0")
    '`256MB`'
    """
    if key in _ENTRIES and release == NEWEST:
        return f"`{_ENTRIES[key].default}`"
    default = KEYS[key].default(release)
    if default is None:
        raise ValueError(f"{key} has no default in {release}")
    return f"`{default}`"


def figure(calculator: str, row: str, inputs: Mapping[str, str] | None = None) -> str:
    """One figure of an answer, as people read it."""
    return unbroken(row_text(calculator, row, inputs))


def row_text(calculator: str, row: str, inputs: Mapping[str, str] | None = None) -> str:
    """The same for a drawing, which has lines of its own."""
    answer = sparkmem.evaluate({"calculator": calculator, "inputs": dict(inputs or {})})
    if "errors" in answer:
        raise ValueError(f"{calculator} with {inputs}: {answer['errors']}")
    texts = {r["id"]: r["text"] for r in answer["rows"]}
    return str(texts[row])


def refusal(calculator: str, inputs: Mapping[str, str]) -> str:
    """What Spark says when it refuses these inputs, as a quotation from a log."""
    answer = sparkmem.evaluate({"calculator": calculator, "inputs": dict(inputs)})
    if "errors" not in answer:
        raise ValueError(f"{calculator} answers {inputs}: nothing is refused")
    return f"```text\n{answer['errors'][0]['message']}\n```"
