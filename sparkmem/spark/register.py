"""Every entry of the model by its key, as a release has registered it (``ConfigEntry.findEntry``)."""

from __future__ import annotations

from functools import cache

from sparkmem.release import since
from sparkmem.spark import config, driver_limits, kubernetes, overhead, python_workers, resource_profile, yarn
from sparkmem.spark.entry import Entry

_DECLARED_IN = (config, driver_limits, kubernetes, overhead, resource_profile, yarn)


@cache
def entries(release: str) -> dict[str, Entry]:
    """The entries that the release has, by key.

    >>> "spark.executor.minMemoryOverhead" in entries("4.0"), "spark.executor.minMemoryOverhead" in entries("3.5")
    (True, False)
    """
    found = [entry for module in _DECLARED_IN for entry in vars(module).values() if isinstance(entry, Entry)]
    found += [kubernetes.memory_overhead_factor(release), python_workers.cpus_per_task(release)]
    return {entry.key: entry for entry in found if since(release, entry.declared)}
