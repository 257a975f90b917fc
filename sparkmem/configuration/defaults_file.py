"""``spark-defaults.conf``: Java properties, of which Spark takes those whose key begins with ``spark.``."""

from __future__ import annotations

import re

from sparkmem.configuration.carried import MASTERS, safe_name
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.found import Found
from sparkmem.configuration.properties import line_of, pairs
from sparkmem.configuration.setting import Setting

FORMAT = "spark-defaults"

_PAIR = re.compile(r"^[ \t\f]*[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)+[ \t\f]*[=: \t\f]", re.MULTILINE)

_ARROW = re.compile(r"^[ \t]*spark\.[\w.]{3,80}[ \t]*(?:=>|->)", re.MULTILINE)  # of a map: none of a file's signs
_LISTED = re.compile(
    r"^[ \t]*spark\.[\w.-]{3,80}[ \t]?[=: \t][ \t]?[^\s=:,;|]{1,40}[,;|]?[ \t]*"
    r"(?:(?:and|&)[ \t]+)?spark\.[\w.-]{3,80}[ \t]?[=: \t]",
    re.MULTILINE,
)
"""A line with two settings or more: where all lines are such, somebody lists them, and none is a file's."""
_SAYS_SOMETHING = re.compile(r"^(?<!\\\n)[ \t\f]*[^#!\s][^\n]", re.MULTILINE)

# Utils.trimExceptCRLF: Spark takes these off both ends of a value.
_TRIMMED = "".join(chr(code) for code in range(0x21) if chr(code) not in "\r\n")


def looks_like(text: str) -> bool:
    """Whether at least half of the lines begin with a key and a separator, or go on with the one above."""
    pairs = len(_PAIR.findall(text))
    if not pairs or _ARROW.search(text):
        return False
    lines = len(_SAYS_SOMETHING.findall(text))
    return 2 * pairs >= lines and len(_LISTED.findall(text)) < lines


def read(text: str) -> Configuration:
    """The settings of the file."""
    found = Found(FORMAT)
    for pair in pairs(text):
        if pair.malformed:
            found.ignore(pair.line, safe_name(pair.key), r"Malformed \uxxxx encoding: Java refuses the whole file")
        else:
            found.setting(pair.key, pair.value.strip(_TRIMMED), pair.line)
    return found.configuration()


def write(configuration: Configuration) -> str:
    """The file, the cluster manager and the deploy mode first."""
    known = configuration.circumstances
    beside = {"spark.master": MASTERS.get(known.cluster_manager, ""), "spark.submit.deployMode": known.deploy_mode}
    lines = [line_of(key, value) for key, value in beside.items() if value]
    return "".join(f"{line}\n" for line in [*lines, *map(_line, configuration.settings)])


def _line(setting: Setting) -> str:
    if setting.value != setting.value.strip(_TRIMMED):
        raise ConfigurationError(f"Spark takes the blanks off both ends of {setting.key} in a file of defaults")
    return line_of(setting.key, setting.value)
