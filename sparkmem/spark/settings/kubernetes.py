"""Entries that only Kubernetes reads."""

from __future__ import annotations

from functools import cache

from sparkmem.release import since
from sparkmem.spark.settings.entry import Entry

_CONFIG = "resource-managers/kubernetes/core/src/main/scala/org/apache/spark/deploy/k8s/Config.scala"
APP_RESOURCE_TYPE = Entry(
    "spark.kubernetes.resource.type", "APP_RESOURCE_TYPE", "text", None, path=_CONFIG, choices=("java", "python", "r")
)
LOCAL_DIRS_TMPFS = Entry(
    "spark.kubernetes.local.dirs.tmpfs", "KUBERNETES_LOCAL_DIRS_TMPFS", "boolean", "false", path=_CONFIG, declared="3.0"
)


@cache
def memory_overhead_factor(release: str) -> Entry:
    """``spark.kubernetes.memoryOverheadFactor`` as the release checks it: below 1 until 3.2, not negative since 3.3."""
    key, symbol = "spark.kubernetes.memoryOverheadFactor", "MEMORY_OVERHEAD_FACTOR"
    if since(release, "3.3"):
        rule = "Ensure that memory overhead is non-negative"
        return Entry(key, symbol, "double", "0.1", check=lambda value: value >= 0, rule=rule, path=_CONFIG)
    rule = "Ensure that memory overhead is a double between 0 --> 1.0"
    return Entry(key, symbol, "double", "0.1", check=lambda value: 0 <= value < 1, rule=rule, path=_CONFIG)
