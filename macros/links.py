"""The page that lists every link that leaves the site."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from sparkmem.render.markdown import table

_COMMIT = re.compile(r"[0-9a-f]{40}")
_REGISTRY = Path(__file__).resolve().parent.parent / "tests" / "golden" / "outside-links.txt"
_HOW = {"the symbol in the release's jar": "in the jar", "the file at another commit": "at another commit",
        "a copy of the page": "in a copy"}
"""How a link was confirmed where it was not itself opened, shorter; docs/reference/outside-links.md says what it means."""

_CODE = {"Spark": "github.com/apache/spark/", "OpenJDK": "github.com/openjdk/", "Hadoop": "github.com/apache/hadoop/"}


def outside_links() -> str:
    """A table for the source code of each project, and one for everything else, each link with its day."""
    groups: dict[str, list[list[str]]] = {name: [] for name in (*_CODE, "Pages of others")}
    for link, day in _registered():
        name = next((project for project, part in _CODE.items() if part in link), "Pages of others")
        groups[name].append([_day(day), f"[{_short(link, name in _CODE)}]({link})"])
    return "\n\n".join(_group(name, found) for name, found in groups.items() if found)


def _group(name: str, found: list[list[str]]) -> str:
    rows = sorted(found, key=lambda row: _in_numbers(row[-1]))
    return f"## {name} {{ #outside-{name.lower().replace(' ', '-')} }}\n\n{table(['Confirmed', 'Link'], rows)}"


def links_counted(what: str) -> str:
    """How many links there are: ``all``, ``confirmed`` or ``waiting`` to be."""
    days = [day for _, day in _registered()]
    waiting = days.count("not confirmed")
    counts = {"all": len(days), "confirmed": len(days) - waiting, "waiting": waiting}
    return f"{counts[what]:,}"


def _registered() -> list[tuple[str, str]]:
    """Each link with its day."""
    return _lines(_REGISTRY.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _lines(changed: int) -> list[tuple[str, str]]:
    """The lines of the file as it was then: `mkdocs serve` builds again with the same interpreter."""
    pairs = (line.split("\t", 1) for line in _REGISTRY.read_text().splitlines())
    return [(link, day) for link, day in pairs]


def _in_numbers(text: str) -> list[tuple[int, str]]:
    """The order of texts in which a number counts as one.

    >>> sorted(["pull/42567", "pull/4836"], key=_in_numbers)
    ['pull/4836', 'pull/42567']
    """
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", text)]


def _day(day: str) -> str:
    """The day of a link, and below it how it was confirmed where that was not by opening it."""
    date, _, how = day.partition(", ")
    return f'<span class="sm-day">{date}</span>' + (f"<br>{_HOW.get(how, how)}" if how else "")


def _short(link: str, known: bool = False) -> str:
    """A link as it can be read: repository, tag and file, or host and path; of a project that is known, tag and file.

    >>> _short("https://github.com/apache/spark/blob/v4.3.0/core/A.scala", known=True), _short("https://example.org/a/")
    ('v4.3.0: core/A.scala', 'example.org/a/')
    >>> _short("https://github.com/apache/gluten/blob/02b5de653bfa415f6c4c9e1aef2be83056d0d92f/docs/A.md")
    'apache/gluten at 02b5de653b: docs/A.md'
    >>> _short("https://github.com/kubernetes/kubernetes/blob/v1.28.0/pkg/kubelet/a.go")
    'kubernetes/kubernetes v1.28.0: pkg/kubelet/a.go'
    """
    before, found, after = link.partition("/blob/")
    if not found:
        return link.split("://", 1)[1]
    tag, _, path = re.sub(r"^(?:rel|tags)/", "", after).partition("/")
    repository = before.split("/", 3)[-1]
    if _COMMIT.fullmatch(tag):
        return f"{repository} at {tag[:10]}: {path}"
    return f"{tag}: {path}" if known else f"{repository} {tag}: {path}"
