"""Options of a JVM that runs Spark inside itself, as sbt, Maven, Gradle and IDEs have them: ``-Xmx``, ``-Dspark.…=…``."""

from __future__ import annotations

import re

from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.found import Found

FORMAT = "jvm-properties"

_LOCAL = re.compile(r"-Dspark\.master=[\"']?local\b")
_OPTION = re.compile(
    r"(?<![\w-])-(?:D(?P<key>spark\.[\w.]{3,100})=(?P<value>[^\s\"',<>]{1,200})|Xmx(?P<heap>[0-9]{1,15}[kKmMgGtT]?)(?!\w))"
)
_OPTIONS = re.compile(r"(?<![\w-])-[XD]")


def looks_like(text: str) -> bool:
    """Whether a JVM is told to run Spark in local mode, and no command of Spark's stands beside it."""
    return bool(_LOCAL.search(text)) and "spark-submit" not in text


def read(text: str) -> Configuration:
    """The settings among the options; SparkConf takes each system property that begins with ``spark.``."""
    lines = text.split("\n")
    at = next((number for number, line in enumerate(lines) if _LOCAL.search(line)), -1)
    if at < 0:
        raise ConfigurationError("no options of a JVM that runs Spark")
    first = last = at
    while first > 0 and _OPTIONS.search(lines[first - 1]):
        first -= 1
    while last + 1 < len(lines) and _OPTIONS.search(lines[last + 1]):
        last += 1
    found = Found(FORMAT)
    for number in range(first, last + 1):
        for option in _OPTION.finditer(lines[number]):
            if option["heap"]:
                heap = option["heap"]
                found.setting("spark.driver.memory", f"{heap}b" if heap.isdigit() else heap, number + 1, f"-Xmx{heap}")
            else:
                found.setting(option["key"], option["value"], number + 1)
    return found.configuration()
