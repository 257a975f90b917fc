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
_HEAP, _NEAR = "spark.driver.memory", 6
RUNS_ALREADY = "of no effect: the JVM runs already, and -Xmx is its heap"
_OF_A_BUILD = re.compile(r"\b(?:javaOptions|argLine|jvmArgs|jvmOptions|jvm_flags|vmArgs|applicationDefaultJvmArgs)\b")
_IN_A_PROGRAM = re.compile(r"\.(?:config|set)\(\s{0,9}[\"']spark\.")  # which goes before the options
_ENDS = re.compile(r"\s*[)\]}]|\s*</|\s*$")
_OPTIONS = re.compile(r"(?<![\w-])-[XD]")


def looks_like(text: str) -> bool:
    """Whether a JVM is told to run Spark inside itself, and no command of Spark's stands beside it."""
    return _begins(text.split("\n")) >= 0 and "spark-submit" not in text


def read(text: str) -> Configuration:
    """The settings among the options; SparkConf takes each system property that begins with ``spark.``."""
    lines = text.split("\n")
    at = _begins(lines)
    if at < 0:
        raise ConfigurationError("no options of a JVM that runs Spark")
    first = last = at
    while first > 0 and _OPTIONS.search(lines[first - 1]):
        first -= 1
    while last + 1 < len(lines) and _OPTIONS.search(lines[last + 1]):
        last += 1
    found = Found(FORMAT)
    options = [(number, option) for number in range(first, last + 1) for option in _OPTION.finditer(lines[number])]
    heaps = any(option["heap"] for _, option in options)
    for number, option in options:
        if option["heap"]:
            heap = option["heap"]
            found.setting(_HEAP, f"{heap}b" if heap.isdigit() else heap, number + 1, f"-Xmx{heap}")
        elif option["key"] == _HEAP and heaps:
            found.ignore(number + 1, _HEAP, RUNS_ALREADY)
            found.remark(number + 1, _HEAP, RUNS_ALREADY)
        else:
            found.setting(option["key"], option["value"], number + 1)
    return found.configuration()


def _begins(lines: list[str]) -> int:
    """The line that says that such a JVM runs Spark: in local mode, or among the options of a build; -1 where none does."""
    local = next((number for number, line in enumerate(lines) if _LOCAL.search(line)), -1)
    if local >= 0:
        return local
    built = False
    if _IN_A_PROGRAM.search("\n".join(lines)):
        return -1
    for number, line in enumerate(lines):
        built = bool(_OF_A_BUILD.search(line)) or (built and not _ENDS.match(line))
        if built and "-Dspark." in line and _beside_a_heap(lines, number):
            return number
    return -1


def _beside_a_heap(lines: list[str], at: int) -> bool:
    return "-Xmx" in " ".join(lines[max(0, at - _NEAR) : at + _NEAR + 1])
