"""The default resource profile as a driver's log says it once, from Spark 3.1 on: what an executor really gets, in MiB.

``Default ResourceProfile created, executor resources: Map(cores -> name: cores, amount: 4, …)``, written by
``getOrCreateDefaultProfile`` in v3.5.9 core/src/main/scala/org/apache/spark/resource/ResourceProfile.scala, which takes
``spark.executor.memory`` with its default and the overhead only where it is set.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sparkmem.configuration.combine import combined
from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.found import Found
from sparkmem.configuration.resource_profile import KEYS

_CREATED = re.compile(r"\bDefault ResourceProfile created, executor resources: Map\(([^\n]{1,2000}?)\), task resources")
_RESOURCE = re.compile(r"\bname: (cores|memory|memoryOverhead|pyspark\.memory|offHeap), amount: (\d{1,9})\b")


def with_profile(parts: Sequence[Configuration], text: str) -> list[Configuration]:
    """The parts with what the first such line says of an executor and none of them does."""
    created = _CREATED.search(text) if "ResourceProfile created" in text else None
    if created is None:
        return [*parts]
    known = {key for part in parts for key in (*part.values, *part.unknown)}
    said, line = Found("any-text"), text.count("\n", 0, created.start()) + 1
    for name, amount in _RESOURCE.findall(created[1]):
        key = KEYS[name]
        if key in known or amount == "0" or (name, amount) == ("cores", "1"):  # of standalone: all that a worker has
            continue
        said.setting(key, amount if name == "cores" else f"{amount}m", line, f"{name}, amount")
        if name == "offHeap":
            said.setting("spark.memory.offHeap.enabled", "true", line, name)
    found = said.configuration()
    if not found.settings:
        return [*parts]
    alone = not any(part.settings or part.lost or part.cluster for part in parts)  # whose circumstances count all the same
    return [combined([*parts, found])] if alone else [*parts, found]
