"""The default resource profile in an event log, which settings came to: where the environment's line is missing."""

from __future__ import annotations

import json

from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.found import Found

_EVENT = "SparkListenerResourceProfileAdded"
_LONGEST = 100_000
KEYS = {
    "cores": "spark.executor.cores",
    "memory": "spark.executor.memory",
    "memoryOverhead": "spark.executor.memoryOverhead",
    "pyspark.memory": "spark.executor.pyspark.memory",
    "offHeap": "spark.memory.offHeap.size",
}
"""ResourceProfile's names of what executors are asked for with, in MiB but for the cores."""


def read(text: str) -> Configuration:
    """The settings that profile 0 stands for."""
    found = Found("json")
    for number, line in enumerate(text.split("\n"), 1):
        if _EVENT in line and len(line) <= _LONGEST:
            _take(line, number, found)
    if not found.settings:
        raise ConfigurationError("an event log without its line of the environment")
    return found.configuration()


def _take(line: str, number: int, found: Found) -> None:
    try:
        event = json.loads(line)
        requests = event["Executor Resource Requests"] if event["Resource Profile Id"] == 0 else {}
        amounts = {name: request["Amount"] for name, request in requests.items() if name in KEYS}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return
    for name, amount in amounts.items():
        if isinstance(amount, int) and amount > 0:
            found.setting(KEYS[name], str(amount) if name == "cores" else f"{amount}m", number, name)
            if name == "offHeap":
                found.setting("spark.memory.offHeap.enabled", "true", number, name)
