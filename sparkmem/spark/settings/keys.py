"""The catalogue of Spark's memory settings: what each release makes of a key, and what to write in its place.

Spark takes any key without a word, so a misspelt one, or one that a release no longer reads, is simply lost.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache, lru_cache

from sparkmem.record import record
from sparkmem.release import RELEASES, since
from sparkmem.spark.settings.key_table import LEGACY_KEYS, LEGACY_SWITCH, MEMORY_KEYS, OLD_NAMES, OTHER_KEYS

CURRENT, DEPRECATED, IGNORED, UNKNOWN = "current", "deprecated", "ignored", "unknown"

_OLDEST = next(iter(RELEASES))
_STATIC_MANAGER_GONE = "3.0"


@dataclass(frozen=True)
class Key:
    """One key: the version that brought it, its default from which release on, and its end, where it has one.

    ``since`` is empty where no release says; a default of None is none.  ``gone`` is the first release
    that no longer reads the key, ``replaced_by`` the key to write since ``deprecated``.
    """

    name: str
    since: str
    defaults: tuple[tuple[str, str | None], ...]
    memory: bool = True
    deprecated: str = ""
    replaced_by: str = ""
    gone: str = ""

    @property
    def first(self) -> str:
        """The first of the releases that reads it.

        >>> KEYS["spark.executor.minMemoryOverhead"].first
        '4.0'
        """
        minor = ".".join(self.since.split(".")[:2])
        return minor if minor in RELEASES else _OLDEST

    def read_by(self, release: str) -> bool:
        """Whether the release reads the key at all."""
        return since(release, self.first) and not (self.gone and since(release, self.gone))

    def default(self, release: str) -> str | None:
        """The text that the release takes where none is given; ``=key`` means that key's value."""
        return next((text for start, text in reversed(self.defaults) if since(release, start)), None)


def _rows(table: str) -> list[list[str]]:
    return [line.split() for line in table.strip().splitlines()]


def _key(name: str, version: str, default: str, *changes: str, **more: str | bool) -> Key:
    starts = [(_OLDEST, default), *(tuple(change.split(":", 1)) for change in changes)]
    defaults = tuple((start, None if text == "-" else text) for start, text in starts)
    return Key(name, "" if version == "-" else version, defaults, **more)  # type: ignore[arg-type]


def _catalogue() -> dict[str, Key]:
    keys = {row[0]: _key(*row) for row in _rows(MEMORY_KEYS)}
    keys |= {row[0]: _key(*row, memory=False) for row in _rows(OTHER_KEYS)}
    keys |= {row[0]: _key(*row, deprecated="1.6", gone=_STATIC_MANAGER_GONE) for row in _rows(LEGACY_KEYS)}
    for name, deprecated, replaced_by, *gone in _rows(OLD_NAMES):
        old = keys.get(name, Key(name, "", ((_OLDEST, None),), keys[replaced_by].memory))
        keys[name] = Key(old.name, old.since, old.defaults, old.memory, deprecated, replaced_by, *gone)
    return keys


@record
class About:
    """What a release makes of a key: a status, a sentence that says so, and the key to write instead."""

    key: str
    status: str
    text: str
    replaced_by: str = ""
    default: str | None = field(default=None)

    def as_dict(self) -> dict[str, str]:
        """The remark as an answer carries it."""
        fields = {"key": self.key, "status": self.status, "text": self.text}
        return fields | ({"replaced-by": self.replaced_by} if self.replaced_by else {})


@lru_cache(maxsize=512)
def about(name: str, release: str) -> About:
    """What that release makes of a key of that name.

    >>> about("spark.executor.minMemoryOverhead", "3.5").text
    'Spark 3.5 ignores spark.executor.minMemoryOverhead: it is read since 4.0'
    >>> about("spark.executor.memoryOverHead", "4.3").replaced_by
    'spark.executor.memoryOverhead'
    """
    key = KEYS.get(name)
    if key is None:
        return _unknown(name)
    default = key.default(release) if key.read_by(release) else None
    if not since(release, key.first):
        return About(name, IGNORED, f"Spark {release} ignores {name}: it is read since {key.first}")
    if name in _LEGACY:
        return _legacy(key, release, default)
    instead = _in_place_of(key, release)
    if not key.read_by(release):
        text = (
            f"Spark {release} ignores {name}: it is not read since {key.gone}; {instead} took its place in {key.deprecated}"
        )
        return About(name, IGNORED, text, instead)
    if instead:
        text = f"{name} is deprecated since {key.deprecated}: Spark {release} reads it only where {instead} is not set"
        return About(name, DEPRECATED, text, instead, default)
    return About(name, CURRENT, f"Spark {release} reads {name}", "", default)


def _legacy(key: Key, release: str, default: str | None) -> About:
    name = key.name
    if not key.read_by(release):
        text = f"Spark {release} ignores {name}: it went with the static memory manager in {key.gone}"
        return About(name, IGNORED, text, "" if name == LEGACY_SWITCH else _TODAY[name])
    if name == LEGACY_SWITCH:
        return About(name, DEPRECATED, f"{name} is deprecated since 1.6, and gone since {key.gone}", "", default)
    text = f"{name} is deprecated since 1.6: Spark {release} reads it only where {LEGACY_SWITCH} is true"
    return About(name, DEPRECATED, text, _TODAY[name], default)


def _in_place_of(key: Key, release: str) -> str:
    """The key to write in this release, through as many renamings as it knows; empty for a key that is current."""
    instead = ""
    while key.deprecated and (key.deprecated not in RELEASES or since(release, key.deprecated)):
        instead, key = key.replaced_by, KEYS[key.replaced_by]
    return instead


def _unknown(name: str) -> About:
    near = nearest(name)
    hint = f"; did you mean {near}?" if near else ""
    return About(name, UNKNOWN, f"{name} is not a memory setting of any release from {_OLDEST} on{hint}", near)


@cache
def misspelt(name: str) -> str:
    """The key that differs from this name by two letters at most, or by upper and lower case; else empty.

    No other key that Spark registers is so near to one of these.

    >>> misspelt("spark.executors.memory"), misspelt("executor.memory"), misspelt("spark.driver.port")
    ('spark.executor.memory', 'spark.executor.memory', '')
    """
    if name in KEYS or not 8 <= len(name) <= 80:
        return ""
    lowered = name.strip().lower()
    written = lowered if lowered.startswith("spark.") else f"spark.{lowered}"
    found = [(_distance(written, key.lower()), key) for key in KEYS if abs(len(key) - len(written)) <= 2]
    best = min(found, default=(3, ""))
    return best[1] if best[0] <= 2 else ""


@lru_cache(maxsize=256)  # a text that is being edited names the same strangers at each stroke
def nearest(name: str) -> str:
    """The key most like this name; empty where none is much like it."""
    return misspelt(name) or next(iter(get_close_matches(name[:80], KEYS, 1, 0.8)), "")


def _distance(one: str, other: str) -> int:
    """Letters to add, drop or change to come from one to the other; 3 where it takes more than two."""
    before = {j: j for j in range(3)}
    for i, letter in enumerate(one, 1):
        row: dict[int, int] = {0: i} if i <= 2 else {}
        for j in range(max(1, i - 2), min(len(other), i + 2) + 1):
            change = before.get(j - 1, 3) + (letter != other[j - 1])
            row[j] = min(change, before.get(j, 3) + 1, row.get(j - 1, 3) + 1, 3)
        if min(row.values(), default=3) >= 3:
            return 3
        before = row
    return before.get(len(other), 3)


_LEGACY = frozenset(row[0] for row in _rows(LEGACY_KEYS))
_TODAY = {
    name: "spark.memory.storageFraction" if ".storage." in name else "spark.memory.fraction"
    for name in _LEGACY - {LEGACY_SWITCH}
}
KEYS: dict[str, Key] = _catalogue()
