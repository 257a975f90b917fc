"""Standalone: the executor memory that an application asks a standalone master for.

SparkContext.executorMemoryInMb where the release has it (3.4+).  Before, its expression stood in
SparkContext's constructor; then its parts are asked, and the answer says `inlined`.
"""

from collections.abc import Iterator
from random import Random
from typing import Any

from .. import containers, vocabulary
from ..jvm import Jvm
from ..releases import at_least
from . import companion, spark_conf, spark_release

KIND = "standalone"
RANDOM_CASES = 40

DEFAULT_MIB = 1024


def cases(random: Random, release: str) -> Iterator[dict[str, Any]]:
    yield {"conf": {}}
    for text in vocabulary.SIZES:
        yield {"conf": {containers.MEMORY: text}}
    for settings in (*containers.executor_borders(), *containers.python_borders()):
        if containers.MEMORY not in settings or len(settings) > 1:
            yield {"conf": settings}
    for _ in range(RANDOM_CASES):
        yield {"conf": containers.executor(random)}


def answer(jvm: Jvm, case: dict[str, Any]) -> dict[str, Any]:
    """MiB; the worker reserves nothing else."""
    if at_least(spark_release(jvm), "3.4"):
        conf = spark_conf(jvm, case["conf"])
        return {"executorMemoryMiB": companion(jvm, "org.apache.spark.SparkContext").executorMemoryInMb(conf)}
    text = case["conf"].get(containers.MEMORY)
    mib = DEFAULT_MIB if text is None else companion(jvm, "org.apache.spark.util.Utils").memoryStringToMb(text)
    return {"inlined": True, "executorMemoryMiB": mib}
