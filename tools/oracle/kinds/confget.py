"""SparkConf.get of a configuration entry: how a release reads the text of a setting.

Entries are found by key in the release's own register, after the objects that declare them
are loaded.  A value that is absent asks for the default.
"""

from collections.abc import Iterator
from math import isfinite
from random import Random
from typing import Any

from .. import vocabulary
from ..jvm import Jvm
from . import NoSuchEntry, spark_conf

KIND = "confget"
RANDOM_CASES = 80

FRACTIONS = ["spark.memory.fraction", "spark.memory.storageFraction", "spark.executor.memoryOverheadFactor",
             "spark.driver.memoryOverheadFactor", "spark.kubernetes.memoryOverheadFactor"]
SWITCHES = ["spark.memory.offHeap.enabled"]
SIZES = ["spark.memory.offHeap.size", "spark.executor.memory", "spark.driver.memory", "spark.executor.memoryOverhead",
         "spark.driver.memoryOverhead", "spark.executor.minMemoryOverhead", "spark.driver.minMemoryOverhead",
         "spark.executor.pyspark.memory", "spark.yarn.am.memory", "spark.yarn.am.memoryOverhead", "spark.buffer.pageSize",
         "spark.driver.maxResultSize", "spark.storage.unrollMemoryThreshold"]
KEYS = FRACTIONS + SWITCHES + SIZES

DECLARED_IN = ["org.apache.spark.internal.config.package$", "org.apache.spark.internal.config.Python$",
               "org.apache.spark.internal.config.Tests$",
               "org.apache.spark.deploy.k8s.Config$", "org.apache.spark.deploy.yarn.config.package$"]


def cases(random: Random, release: str) -> Iterator[dict[str, Any]]:
    for key in KEYS:
        yield {"key": key}
        for value in ("1", "1023k", "-1", "x", "", " 0.6 "):
            yield {"key": key, "value": value}
    for text in vocabulary.FRACTIONS:
        yield {"key": random.choice(FRACTIONS), "value": text}
    for text in vocabulary.SWITCHES:
        yield {"key": random.choice(SWITCHES), "value": text}
    for text in vocabulary.SIZES:
        yield {"key": random.choice(SIZES), "value": text}
    for _ in range(RANDOM_CASES):
        key = random.choice(KEYS)
        if key in SIZES:
            value = vocabulary.size(random, 1, 1 << 50)
        else:
            value = vocabulary.fraction(random) if key in FRACTIONS else random.choice(vocabulary.SWITCHES)
        yield {"key": key, "value": value}


def answer(jvm: Jvm, case: dict[str, Any]) -> dict[str, Any]:
    """The value as JSON has it: null for an optional entry that is not set, text for NaN and infinities."""
    settings = {case["key"]: case["value"]} if "value" in case else {}
    value = spark_conf(jvm, settings).get(entry(jvm, case["key"]))
    if hasattr(value, "isDefined"):
        value = value.get() if value.isDefined() else None
    if isinstance(value, float) and not isfinite(value):
        value = jvm.view.java.lang.Double.toString(value)
    return {"value": value}


def entry(jvm: Jvm, key: str) -> Any:
    """The release's entry of this key."""
    register = getattr(getattr(jvm.view.org.apache.spark.internal.config, "ConfigEntry$"), "MODULE$")
    for name in DECLARED_IN:
        try:
            jvm.view.java.lang.Class.forName(name)
        except jvm.java_error:
            continue
    found = register.findEntry(key)
    if found is None:
        raise NoSuchEntry(key)
    return found
