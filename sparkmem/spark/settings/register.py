"""Every entry of the model by its key, as a release has registered it (``ConfigEntry.findEntry``)."""

from __future__ import annotations

from functools import cache

from sparkmem.release import since
from sparkmem.spark.settings import config, driver, kubernetes, overhead, python, yarn
from sparkmem.spark.settings.entry import Entry

_DECLARED_IN = (config, driver, kubernetes, overhead, python, yarn)


@cache
def entries(release: str) -> dict[str, Entry]:
    """The entries that the release has, by key.

    >>> "spark.executor.minMemoryOverhead" in entries("4.0"), "spark.executor.minMemoryOverhead" in entries("3.5")
    (True, False)
    """
    found = [entry for module in _DECLARED_IN for entry in vars(module).values() if isinstance(entry, Entry)]
    found += [kubernetes.memory_overhead_factor(release), python.cpus_per_task(release)]
    return {entry.key: entry for entry in found if since(release, entry.declared)}
