"""Storage levels: where and in what form a block is kept, and which level is taken where nobody names one."""

from __future__ import annotations

from dataclasses import dataclass

from sparkmem.release import release as release_named
from sparkmem.release import since
from sparkmem.source import Source

_RDD = "core/src/main/scala/org/apache/spark/rdd/RDD.scala"
_CACHE_MANAGER = "sql/core/src/main/scala/org/apache/spark/sql/execution/CacheManager.scala"


@dataclass(frozen=True)
class StorageLevel:
    """One constant of the class: its five properties, and the first release that has it."""

    name: str
    memory: bool
    disk: bool
    off_heap: bool
    deserialized: bool
    copies: int = 1
    first: str = "2.4"

    def properties(self) -> tuple[bool, bool, bool, bool, int]:
        """The properties in the order of the class: disk, memory, off the heap, deserialized, copies.

        >>> LEVELS["MEMORY_AND_DISK_SER"].properties()
        (True, True, False, False, 1)
        """
        return self.disk, self.memory, self.off_heap, self.deserialized, self.copies


def _named(*levels: StorageLevel) -> dict[str, StorageLevel]:
    return {level.name: level for level in levels}


LEVELS = _named(
    StorageLevel("NONE", False, False, False, False),
    StorageLevel("MEMORY_ONLY", True, False, False, True),
    StorageLevel("MEMORY_ONLY_2", True, False, False, True, 2),
    StorageLevel("MEMORY_ONLY_SER", True, False, False, False),
    StorageLevel("MEMORY_ONLY_SER_2", True, False, False, False, 2),
    StorageLevel("MEMORY_AND_DISK", True, True, False, True),
    StorageLevel("MEMORY_AND_DISK_2", True, True, False, True, 2),
    StorageLevel("MEMORY_AND_DISK_SER", True, True, False, False),
    StorageLevel("MEMORY_AND_DISK_SER_2", True, True, False, False, 2),
    StorageLevel("DISK_ONLY", False, True, False, False),
    StorageLevel("DISK_ONLY_2", False, True, False, False, 2),
    StorageLevel("DISK_ONLY_3", False, True, False, False, 3, first="3.1"),
    StorageLevel("OFF_HEAP", True, True, True, False),
)
"""The levels of Scala and Java."""

PYTHON_LEVELS = _named(
    StorageLevel("NONE", False, False, False, False, first="3.4"),
    StorageLevel("MEMORY_ONLY", True, False, False, False),
    StorageLevel("MEMORY_ONLY_2", True, False, False, False, 2),
    StorageLevel("MEMORY_AND_DISK", True, True, False, False),
    StorageLevel("MEMORY_AND_DISK_2", True, True, False, False, 2),
    StorageLevel("MEMORY_AND_DISK_DESER", True, True, False, True, first="3.1"),
    StorageLevel("DISK_ONLY", False, True, False, False),
    StorageLevel("DISK_ONLY_2", False, True, False, False, 2),
    StorageLevel("DISK_ONLY_3", False, True, False, False, 3, first="3.1"),
    StorageLevel("OFF_HEAP", True, True, True, False),
)
"""The levels of PySpark: the same names, all but one serialized."""


@dataclass(frozen=True)
class Default:
    """A call that caches without naming a level: the level it takes, from which release on, and where that is decided."""

    call: str
    python: bool
    rows: tuple[tuple[str, str], ...]
    path: str
    symbol: str

    def at(self, release: str) -> StorageLevel:
        """The level that the call takes at that release.

        >>> DEFAULTS["Dataset.cache"].at("4.3").name
        'MEMORY_AND_DISK'
        """
        name = next(name for first, name in reversed(self.rows) if since(release, first))
        return (PYTHON_LEVELS if self.python else LEVELS)[name]

    def source(self, release: str) -> Source:
        """Where the release decides it."""
        return Source("Spark", release_named(release).tag, self.path, self.symbol)


def _always(call: str, name: str, path: str, symbol: str) -> Default:
    return Default(call, False, (("2.4", name),), path, symbol)


DEFAULTS = {
    default.call: default
    for default in (
        _always("RDD.cache", "MEMORY_ONLY", _RDD, "persist(StorageLevel.MEMORY_ONLY)"),
        _always("RDD.persist", "MEMORY_ONLY", _RDD, "persist(StorageLevel.MEMORY_ONLY)"),
        _always("Dataset.cache", "MEMORY_AND_DISK", _CACHE_MANAGER, "cacheQuery"),
        _always("Dataset.persist", "MEMORY_AND_DISK", _CACHE_MANAGER, "cacheQuery"),
        _always("Catalog.cacheTable", "MEMORY_AND_DISK", _CACHE_MANAGER, "cacheQuery"),
        _always("CACHE TABLE", "MEMORY_AND_DISK", _CACHE_MANAGER, "cacheQuery"),
    )
}
"""The calls of Scala and SQL; since 4.0 `spark.sql.defaultCacheStorageLevel` names another level for those of SQL."""

PYTHON_DEFAULTS = {
    default.call: default
    for default in (
        Default("RDD.persist", True, (("2.4", "MEMORY_ONLY"),), "python/pyspark/rdd.py", "def persist"),
        Default(
            "DataFrame.persist", True, (("2.4", "MEMORY_AND_DISK"), ("3.1", "MEMORY_AND_DISK_DESER")),
            "python/pyspark/sql/dataframe.py", "def persist",
        ),
    )
}  # fmt: skip
"""The calls of PySpark that take a level; its `DataFrame.cache` is the Dataset's, its `RDD.cache` persists MEMORY_ONLY."""


def levels_at(release: str, python: bool = False) -> dict[str, StorageLevel]:
    """The levels that a release has, by name.

    >>> "DISK_ONLY_3" in levels_at("3.0"), "DISK_ONLY_3" in levels_at("3.1")
    (False, True)
    """
    return {name: level for name, level in (PYTHON_LEVELS if python else LEVELS).items() if since(release, level.first)}
