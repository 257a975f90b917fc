"""The index of failures: one line for each, by what ran out, and every text in the order of the alphabet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape

from macros.finding_picture import memory_of, region_words
from macros.finding_words import shown
from sparkmem.diagnosis.finding import CAUSE, CONSEQUENCE, CONTEXT, Finding

GROUPS = {
    "container": "The container, or what a cluster manager grants",
    "heap": "The heap",
    "direct": "Direct buffers",
    "metaspace": "Metaspace",
    "overhead/native": "Native memory of the process",
    "off-heap": "Spark's off-heap memory",
    "python": "The memory of a process of Python or R",
    "disk": "Local disk",
    "node": "The machine: all processes of it together",
    "elsewhere": "Memory that is none of Spark's: a device, another program",
    "none": "No memory: a limit, a refusal, or somebody else's doing",
    CONSEQUENCE: "Nothing yet: these follow from another failure",
    CONTEXT: "Nothing by itself: circumstances, and what may lead to a failure",
}
"""The groups of the index in their order: causes by the memory that ran out, then what is no cause."""

_TEXTS = 1
_BEFORE = re.compile(r"^[\^)\],:]+ ?")
_PREFIX = re.compile(r"Z (?:std(?:out|err) F )?")  # the end of a time, and what a container's log puts behind it


def group_id(name: str) -> str:
    """The id of a group's heading.

    >>> group_id("overhead/native")
    'ran-out-overhead-native'
    """
    return f"ran-out-{name.replace('/', '-')}"


def by_memory(found: Iterable[Finding]) -> str:
    """A heading for each group, and below it a line for each of its findings."""
    groups: dict[str, list[Finding]] = {name: [] for name in GROUPS}
    for one in found:
        group = memory_of(one) if one.kind == CAUSE else one.kind
        if group in groups:
            groups[group].append(one)
    return "\n\n".join(
        f"### {GROUPS[name]} {{ #{group_id(name)} }}\n\n{_list(listed)}" for name, listed in groups.items()
    )


def _list(found: Iterable[Finding]) -> str:
    return '<ul class="sm-failures">\n' + "\n".join(map(_line, found)) + "\n</ul>"


def _line(one: Finding) -> str:
    texts = [f"<code>{escape(shown(text.text, 72))}</code>" for text in one.text[:_TEXTS]]
    process = f" <span>{one.process}</span>" if one.process not in ("", "none") else ""
    return (
        f'<li data-words="{escape(_words(one))}"><a href="{one.id}/">{escape(one.title)}</a>{process} {" ".join(texts)}</li>'
    )


def _words(one: Finding) -> str:
    """What a line is found by beside what it shows: its other texts, the words of readers, codes, and what it says."""
    codes = {str(text.numbers["code"]) for text in one.text if "code" in text.numbers}
    others = [shown(text.text, 120) for text in one.text[_TEXTS:]]
    return " ".join([one.id, *sorted(codes), *one.words, *others, one.says])


def by_text(found: Iterable[Finding], link: Callable[[str], str]) -> str:
    """Every text that is known, in the order of the alphabet, with its finding, process and memory."""
    rows = sorted(((said, one) for one in found for said in _told(one)), key=lambda row: _in_letters(row[0]))
    lines = ["| Text { .sm-name } | What it is | Process | Memory |", "|---|---|---|---|"]
    for said, one in rows:
        process = "" if one.process == "none" else one.process
        memory = memory_of(one)
        region = "" if memory == "none" else region_words(memory).partition(", ")[0].partition(":")[0]
        lines.append(f"| `{said.replace('|', '¦')}` | {link(one.id)} | {process} | {region} |")
    return "\n".join(lines)


def _told(one: Finding) -> Iterator[str]:
    """The texts of a finding as people read them, once each.

    What is looked for may begin where a line or a prefix of a log ends: a reader sees the text alone.
    """
    texts = list(dict.fromkeys(_BEFORE.sub("", shown(text.text, 90)) for text in one.text))
    return (said for said in texts if not any(_PREFIX.fullmatch(said.removesuffix(other)) for other in texts))


def _in_letters(said: str) -> str:
    """What an entry is sorted by: its first letter or digit and what follows.

    >>> sorted(["[Full GC", "Failed", '"OOMKilled": true', "…/… OOMKilled"], key=_in_letters)
    ['Failed', '[Full GC', '…/… OOMKilled', '"OOMKilled": true']
    """
    return re.sub(r"^\W+", "", said).lower()
