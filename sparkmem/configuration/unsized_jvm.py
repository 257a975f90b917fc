"""A JVM of Spark's whose command gives it no heap: it takes one by itself, which no setting of Spark's says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.lost import LOST, NOT_IN_TEXT, SET_TOO_LATE
from sparkmem.configuration.setting import Lost
from sparkmem.configuration.shell_command import Word
from sparkmem.configuration.submit_options import JVM_VARIABLES

# By default MaxRAMPercentage, as sparkmem.jvm.defaults has it, which would bring the model of a JVM along.
_BY_ITSELF = (
    "java has no -Xmx here, and the JVM takes a share of the memory of its machine or container, by default a quarter"
)


def is_sized(options: Sequence[Word], text: str) -> bool:
    """Whether the heap of such a JVM is told: by an option, in a file of options, or by a variable that java reads."""
    told = any(word.text.startswith(("-Xmx", "-XX:MaxHeapSize=", "-XX:MaxRAM", "@")) or word.variables for word in options)
    return told or any(name in text for name in JVM_VARIABLES)


def without_heap(found: Configuration, key: str, line: int) -> Configuration:
    """The same without a heap: a JVM that nobody gave one takes a share of what memory it sees, and no setting of Spark's.

    In cluster mode the command's own JVM is not the driver's, which gets its heap from the setting.
    """
    if found.circumstances.deploy_mode == "cluster" and key == "spark.driver.memory":
        return found
    said, see = LOST[NOT_IN_TEXT]
    lost = [Lost(NOT_IN_TEXT, line, key, said.format(given=_BY_ITSELF), "", see)]
    if given := next((one for one in found.settings if one.key == key), None):
        said, see = LOST[SET_TOO_LATE]
        lost.append(Lost(SET_TOO_LATE, given.line, key, said, "give java an -Xmx, or start it by spark-submit", see))
    return replace(found.without(key), lost=(*found.lost, *lost))
