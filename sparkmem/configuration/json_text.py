"""JSON of any shape, whole or a part of it: Livy, Synapse, Databricks, event logs, the REST interface, notebooks' magic.

Keys are found where they stand, so that a bracket too many spoils nothing, and a key that stands twice is named.
"""

from __future__ import annotations

import re
from dataclasses import replace

from sparkmem.configuration.combine import combined
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.literals import STRING
from sparkmem.configuration.pairs import Pairs
from sparkmem.configuration.program import Program
from sparkmem.configuration.resource_profile import read as resource_profile
from sparkmem.configuration.setting import Said
from sparkmem.release import JAVA_CHOICES

FORMAT = "json"

_START = re.compile(r"\s*(?:%%(?:configure|spark_config|conf)\b[^\n]{0,80}\n\s*)?[\[{]")
_JAVA = re.compile(r"\"(?:Java Version|javaVersion)\"\s{0,5}:\s{0,5}\"(?:1\.)?([0-9]{1,2})\b")
_PROFILE = '"Event":"SparkListenerResourceProfileAdded"'
_ENVIRONMENT = '"Event":"SparkListenerEnvironmentUpdate"'


def looks_like(text: str) -> bool:
    """Whether the text begins as an object or a list, after a notebook's magic word or not."""
    return bool(_START.match(text)) and ('"' in text or "'" in text)


def read(text: str) -> Configuration:
    """The settings of all objects."""
    first = 0
    if _ENVIRONMENT in text:  # of an event log only the line that holds the settings
        at = text.index(_ENVIRONMENT)
        begin, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        first, text = text.count("\n", 0, begin), text[begin : end if end >= 0 else len(text)]
    elif _PROFILE in text:
        return resource_profile(text)
    program = Program(text, any_language=True)
    if not any(token.kind == STRING for token in program.tokens):
        raise ConfigurationError("JSON without a text in it")
    found = combined(Pairs(program, set(), FORMAT).read() or [Configuration((), format=FORMAT)])
    if not (found.settings or found.ignored or found.lost or found.said):
        raise ConfigurationError("JSON without a setting of Spark's")
    java = _JAVA.search(text)
    if java and int(java[1]) in JAVA_CHOICES and not found.circumstances.java:
        said = Said("java", java[1], text.count("\n", 0, java.start()) + 1, "Java Version")
        found = replace(found, circumstances=replace(found.circumstances, java=java[1]), said=(*found.said, said))
    return _shifted(found, first) if first else found


def _shifted(found: Configuration, lines: int) -> Configuration:
    from sparkmem.configuration.piece import Piece

    return Piece("", range(lines + 1, lines + 2)).placed(found)
