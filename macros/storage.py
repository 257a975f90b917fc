"""Storage levels, defaults of any key, and what Spark was recorded to say about storage and execution."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from sparkmem.release import NEWEST, RELEASES
from sparkmem.render.markdown import table
from sparkmem.spark.managers.storage_levels import DEFAULTS, LEVELS, PYTHON_DEFAULTS, PYTHON_LEVELS, Default, StorageLevel
from sparkmem.spark.settings.keys import KEYS

RECORDED = Path(__file__).resolve().parent.parent / "tests" / "oracle" / "storage.json"


def storage_levels() -> str:
    """The levels of Scala and Java with their properties."""
    return _levels(list(LEVELS.values()))


def python_storage_levels() -> str:
    """The levels of PySpark with their properties."""
    return _levels(list(PYTHON_LEVELS.values()))


def _levels(levels: Sequence[StorageLevel]) -> str:
    oldest = next(iter(RELEASES))
    rows = [
        [_whole(level.name), _place(level), _form(level), str(level.copies), level.first if level.first != oldest else ""]
        for level in levels
    ]
    return table(["Level", "Kept in", "Form in memory", "Copies", "New in"], rows, right=[3])


def _whole(name: str) -> str:
    """A name that is not broken at the end of a line."""
    return f'<code class="sm-whole">{name}</code>'


def _place(level: StorageLevel) -> str:
    memory = ["memory off the heap" if level.off_heap else "memory"] if level.memory else []
    return ", ".join(memory + ["disk"] * level.disk) or "nothing"


def _form(level: StorageLevel) -> str:
    if not level.memory:
        return "none"
    return "objects" if level.deserialized else "bytes"


def cache_defaults() -> str:
    """The level that each call takes where it is given none, by release; calls that take the same stand together."""
    calls: dict[tuple[str, str], list[str]] = {}
    for default in DEFAULTS.values():
        calls.setdefault((_by_release(default), _witness(default)), []).append(_whole(default.call))
    for default in PYTHON_DEFAULTS.values():
        calls.setdefault((_by_release(default), _witness(default)), []).append(f"{_whole(default.call)} of PySpark")
    rows = [[", ".join(names), level, witness] for (level, witness), names in calls.items()]
    return table(["Call", "Level", "Source"], rows)


def _by_release(default: Default) -> str:
    first, *later = [(start, name) for start, name in default.rows]
    return _whole(first[1]) + "".join(f"; since {start} {_whole(name)}" for start, name in later)


def _witness(default: Default) -> str:
    newest = default.source("3.5" if default.python else NEWEST)
    return f"[{newest}]({newest.url})"


def default_of(key: str, release: str = NEWEST) -> str:
    """The default of any key of the catalogue at a release, as Spark writes it.

    >>> default_of("spark.sql.autoBroadcastJoinThreshold")
    '`10MB`'
    """
    return f"`{KEYS[key].default(release)}`"


def spark_said(scene: str, step: int = -1) -> str:
    """The words in which each release refused a step of a recorded scene, one row for each wording."""
    wordings: dict[str, list[str]] = {}
    for answers in _recorded():
        error = answers["scenes"][scene][step]["error"]
        name = ".".join(answers["release"].split(".")[:2])
        wordings.setdefault(f"{error['class'].rsplit('.', 1)[-1]}: {error['message']}", []).append(name)
    rows = [[names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}", f"`{text}`"] for text, names in wordings.items()]
    return table(["Release", "Text"], rows)


@cache
def _recorded() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(RECORDED.read_text())["releases"]
    return found


STORAGE_MACROS = (storage_levels, python_storage_levels, cache_defaults, default_of, spark_said)
