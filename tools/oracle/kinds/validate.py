"""SparkConf.validateSettings: what a driver refuses before it starts anything.

It forbids some Java options of executors and, unlike the memory managers, checks the range of the fractions.
"""

from collections.abc import Iterator
from random import Random
from typing import Any

from .. import vocabulary
from ..jvm import Jvm
from ..releases import at_least
from . import spark_conf

KIND = "validate"

OPTIONS = "spark.executor.extraJavaOptions"
DEFAULT_OPTIONS = "spark.executor.defaultJavaOptions"
DRIVER_OPTIONS = "spark.driver.extraJavaOptions"
FRACTIONS = ["spark.memory.fraction", "spark.memory.storageFraction"]
LEGACY_FRACTIONS = ["spark.storage.memoryFraction", "spark.storage.unrollFraction", "spark.shuffle.memoryFraction",
                    "spark.storage.safetyFraction", "spark.shuffle.safetyFraction"]

JAVA_OPTIONS = [
    "", "-Xmx2g", "-XX:+UseG1GC -Xmx2g", "'-Xmx2g'", "-xmx2g", "-Xms2g", "-XX:MaxHeapSize=2g", "-XX:MaxRAMPercentage=50",
    "-Dspark.memory.fraction=0.5", "-Dsparkling=1", "-D spark.x=1", "-Dmy.spark=1", "-DSPARK=1", "-Dapp=-Xmx",
    "-XX:MaxDirectMemorySize=1g", "-Xmx2g -Dspark.x=1", "-Dspark.x=1 -Xmx2g", "-Xss4m -Xmn1g", "-Xm x2g", "@options",
]


def cases(random: Random, release: str) -> Iterator[dict[str, Any]]:
    for options in JAVA_OPTIONS:
        yield {"conf": {OPTIONS: options}}
    for key in (DEFAULT_OPTIONS, DRIVER_OPTIONS):
        for options in ("-Xmx2g", "-Dspark.x=1"):
            yield {"conf": {key: options}}
    for text in vocabulary.FRACTIONS:
        yield {"conf": {random.choice(FRACTIONS): text}}
    for key in (*FRACTIONS, *LEGACY_FRACTIONS):
        for text in ("0", "1", "-0.1", "1.1", "x"):
            yield {"conf": {key: text}}
    yield {"conf": {OPTIONS: "-Xmx2g", FRACTIONS[0]: "2"}}
    yield {"conf": {FRACTIONS[0]: "2", FRACTIONS[1]: "3"}}
    if not at_least(release, "3.0"):
        for options in ("-Xmx2g", "-Dspark.x=1"):
            yield {"conf": {"spark.memory.useLegacyMode": "true", OPTIONS: options}}


def answer(jvm: Jvm, case: dict[str, Any]) -> dict[str, Any]:
    """`ok`; a refusal comes out as Java threw it."""
    spark_conf(jvm, case["conf"]).validateSettings()
    return {"value": "ok"}
