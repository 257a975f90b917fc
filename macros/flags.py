"""Flags of the JVM in the pages: what real JVMs did with them, from the recording."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

from macros.unbroken import unbroken
from sparkmem.jvm.collectors import COLLECTORS
from sparkmem.render.markdown import table
from sparkmem.size import MIB, mib_text


class Flags:
    """The recording of flags, `flags.json`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _recorded(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._path.read_text())
        return found

    def by_java(self, flags: Iterable[str]) -> str:
        """What each Java does with each of these flags where nothing tells it to pass over unknown ones."""
        javas = list(self._recorded["jvms"])
        found = {(row["flag"], str(row["java"])): row["alone"] for row in self._recorded["flags"]}
        rows = [[f"`{flag}`", spans({java: outcome(found[flag, java]) for java in javas})] for flag in flags]
        return table(["Flag", f"Java {', '.join(javas[:-1])} and {javas[-1]}"], rows)

    def compressed(self) -> str:
        """The largest heap with references of four bytes, by collector and Java."""
        javas = list(self._recorded["jvms"])
        found = {(row["gc"], str(row["java"])): row["largestMiB"] for row in self._recorded["compressed"]}
        rows = [[name, *(_largest(found[gc, java]) for java in javas)] for gc, name in COLLECTORS.items()]
        return table(["Collector", *(f"Java {java}" for java in javas)], rows, right=range(1, len(javas) + 1))


def outcome(row: Mapping[str, Any]) -> str:
    """In a few words what a JVM did.

    >>> outcome({"starts": False, "said": "Unrecognized VM option 'PermSize=64m'"})
    'does not start'
    >>> outcome({"starts": True, "said": "warning: Ignoring option PermSize; support was removed in 8.0"})
    'ignores it, warns'
    >>> outcome({"starts": True, "said": "warning: Option UseParNewGC was deprecated"})
    'takes it, warns'
    >>> outcome({"starts": True})
    'takes it'
    """
    said = row.get("said", "")
    if not row["starts"]:
        return "does not start"
    if not said:
        return "takes it"
    return "ignores it, warns" if "Ignoring option" in said else "takes it, warns"


def spans(outcomes: Mapping[str, str]) -> str:
    """Versions that do the same together, in their order.

    >>> spans({"11": "takes it", "17": "does not start", "21": "does not start"})
    '11: takes it; 17 to 21: does not start'
    >>> spans({"11": "takes it", "17": "takes it"})
    'all: takes it'
    """
    groups = [(said, list(group)) for said, group in groupby(outcomes, outcomes.__getitem__)]
    if len(groups) == 1:
        return f"all: {groups[0][0]}"
    return "; ".join(f"{_span(versions)}: {said}" for said, versions in groups)


def _span(versions: list[str]) -> str:
    return versions[0] if len(versions) == 1 else f"{versions[0]} to {versions[-1]}"


def _largest(mib: int) -> str:
    return unbroken(mib_text(mib * MIB)) if mib else "never"
