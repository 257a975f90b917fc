"""Entries that only YARN's client and its application master read."""

from __future__ import annotations

from sparkmem.spark.settings.entry import Entry

_CONFIG = "resource-managers/yarn/src/main/scala/org/apache/spark/deploy/yarn/config.scala"
AM_MEMORY = Entry("spark.yarn.am.memory", "AM_MEMORY", "MiB", "512m", path=_CONFIG)
AM_MEMORY_OVERHEAD = Entry("spark.yarn.am.memoryOverhead", "AM_MEMORY_OVERHEAD", "MiB", None, path=_CONFIG)
IS_PYTHON_APP = Entry("spark.yarn.isPython", "IS_PYTHON_APP", "boolean", "false")
