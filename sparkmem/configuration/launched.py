"""The line by which R says how it starts the driver's JVM, whose options hold whatever the program asks for.

``launchBackend`` of SparkR prints ``Launching java with spark-submit command`` and the command (``R/pkg/R/client.R``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.found import Found

_LAUNCHED = re.compile(
    r"\bLaunching java with spark-submit command [^\n]{0,600}?--driver-memory[ =]\"?(\d{1,9}[kKmMgGtT]?)\b"
)


def with_launch(parts: Sequence[Configuration], text: str) -> list[Configuration]:
    """The parts with the heap of such a line, where none of them has read it."""
    launched = _LAUNCHED.search(text) if "Launching java" in text else None
    if launched is None or any(one.written_as == "--driver-memory" for part in parts for one in part.settings):
        return [*parts]
    said = Found("spark-submit")
    said.setting("spark.driver.memory", launched[1], text.count("\n", 0, launched.start(1)) + 1, "--driver-memory")
    return [*parts, said.configuration()]
