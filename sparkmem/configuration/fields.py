"""Settings under the names that submitters have for them: fields of Livy, Airflow, Synapse and others."""

from __future__ import annotations

import re

from sparkmem.configuration.submit_options import OPTIONS

_FIELDS = {
    "drivermemory": "spark.driver.memory",
    "executormemory": "spark.executor.memory",
    "drivercores": "spark.driver.cores",
    "executorcores": "spark.executor.cores",
    "numexecutors": "spark.executor.instances",
    "totalexecutorcores": "spark.cores.max",
    "executorcount": "spark.executor.instances",
    "executormemoryoverhead": "spark.executor.memoryOverhead",
    "drivermemoryoverhead": "spark.driver.memoryOverhead",
    "driverjavaoptions": "spark.driver.extraJavaOptions",
    "sparkexecutormemory": "spark.executor.memory",
    "sparkdrivermemory": "spark.driver.memory",
    "sparkexecutorcores": "spark.executor.cores",
    "sparkexecutorinstances": "spark.executor.instances",
    "sparkexecutormemoryoverhead": "spark.executor.memoryOverhead",
    "sparkdrivermemoryoverhead": "spark.driver.memoryOverhead",
}  # fmt: skip
_WORDS = str.maketrans("", "", "_- ")
_SIZE = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,12})?) ?([kKmMgGtT])(?:[iI]?[bB]|[iI])?")


def key_of_field(name: str) -> str:
    """The key of Spark's that a field stands for; empty where it is none.

    >>> key_of_field("executor_memory"), key_of_field("driverMemory"), key_of_field("memory")
    ('spark.executor.memory', 'spark.driver.memory', '')
    """
    if name.startswith("sparklyr.shell."):
        return OPTIONS.get(f"--{name.removeprefix('sparklyr.shell.')}", "")
    if not 8 <= len(name) <= 40:
        return ""
    return _FIELDS.get(name.translate(_WORDS).lower(), "")


def size_in_words(text: str) -> str:
    """A size as people write it beside a name in words, as Spark and a JVM take it; other texts as they are.

    >>> size_in_words("4 GB"), size_in_words("512 MiB"), size_in_words("4")
    ('4g', '512m', '4')
    """
    size = _SIZE.fullmatch(text)
    return f"{size[1]}{size[2].lower()}" if size else text
