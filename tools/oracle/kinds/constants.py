"""Numbers that Spark's code fixes, by reflection, and its entries' defaults as its documentation shows them."""

from collections.abc import Iterator
from random import Random
from typing import Any

from ..jvm import Jvm
from ..releases import at_least
from . import NoSuchEntry, companion, confget, spark_release

KIND = "constants"

NAMES = [
    "org.apache.spark.memory.UnifiedMemoryManager.RESERVED_SYSTEM_MEMORY_BYTES",
    "org.apache.spark.memory.StaticMemoryManager.MIN_MEMORY_BYTES",
    "org.apache.spark.resource.ResourceProfile.MEMORY_OVERHEAD_MIN_MIB",
    "org.apache.spark.deploy.yarn.YarnSparkHadoopUtil.MEMORY_OVERHEAD_FACTOR",
    "org.apache.spark.deploy.yarn.YarnSparkHadoopUtil.MEMORY_OVERHEAD_MIN",
    "org.apache.spark.deploy.yarn.YarnSparkHadoopUtil.AM_MEMORY_OVERHEAD_FACTOR",
    "org.apache.spark.deploy.k8s.Constants.MEMORY_OVERHEAD_MIN_MIB",
    "org.apache.spark.deploy.k8s.Constants.NON_JVM_MEMORY_OVERHEAD_FACTOR",
]

KEYS = [*confget.KEYS, "spark.executor.cores", "spark.memory.unmanagedMemoryPollingInterval", "spark.yarn.isPython",
        "spark.kubernetes.resource.type", "spark.kubernetes.local.dirs.tmpfs", "spark.executor.extraJavaOptions",
        "spark.executor.defaultJavaOptions", "spark.driver.extraJavaOptions"]


def cases(random: Random, release: str) -> Iterator[dict[str, Any]]:
    for name in NAMES:
        yield {"name": name}
    for key in KEYS:
        yield {"key": key}


def answer(jvm: Jvm, case: dict[str, Any]) -> dict[str, Any]:
    """`value` of a constant; of an entry its default as text and, from 3.0, the version that brought it."""
    if "name" in case:
        return {"value": _constant(jvm, case["name"])}
    entry = confget.entry(jvm, case["key"])
    found = {"default": entry.defaultValueString()}
    if at_least(spark_release(jvm), "3.0"):
        found["since"] = entry.version()
    return found


def _constant(jvm: Jvm, name: str) -> Any:
    owner, _, method = name.rpartition(".")
    try:
        jvm.view.java.lang.Class.forName(f"{owner}$")
        return jvm.call(companion(jvm, owner), method)
    except (jvm.java_error, AttributeError):
        raise NoSuchEntry(name) from None
