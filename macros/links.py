"""The page that lists every link that leaves the site."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from sparkmem.render.markdown import table

_REGISTRY = Path(__file__).resolve().parent.parent / "tests" / "golden" / "outside-links.txt"
_CODE = {"Spark": "github.com/apache/spark/", "OpenJDK": "github.com/openjdk/", "Hadoop": "github.com/apache/hadoop/"}


def outside_links() -> str:
    """A table for the source code of each project, and one for everything else, each link with its day."""
    groups: dict[str, list[list[str]]] = {name: [] for name in (*_CODE, "Pages of others")}
    for link, day in _registered():
        name = next((project for project, part in _CODE.items() if part in link), "Pages of others")
        groups[name].append([f"[{_short(link)}]({link})", f'<span class="sm-day">{day}</span>'])
    return "\n\n".join(
        f"## {name} {{ #outside-{name.lower().replace(' ', '-')} }}\n\n{table(['Link', 'Confirmed'], sorted(found))}"
        for name, found in groups.items()
        if found
    )


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


def _short(link: str) -> str:
    """A link as it can be read: tag and file, or host and path.

    >>> _short("https://github.com/apache/spark/blob/v4.3.0/core/A.scala"), _short("https://example.org/a/")
    ('v4.3.0: core/A.scala', 'example.org/a/')
    """
    _, found, after = link.partition("/blob/")
    if found:
        tag, _, path = after.replace("rel/", "").partition("/")
        return f"{tag}: {path}"
    return link.split("://", 1)[1]
