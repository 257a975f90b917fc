"""``SET key=value``: Hive starts Spark with it; a session of Spark that runs has its memory already."""

from __future__ import annotations

import re

from sparkmem.configuration.carried import carried, safe_name
from sparkmem.configuration.combine import combined
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.forms import FORMATS
from sparkmem.configuration.found import Found
from sparkmem.configuration.lost import LOST
from sparkmem.configuration.piece import blanked, numbered
from sparkmem.configuration.submit_options import COMMANDS_LINE

FORMAT = "sql"

_SET = re.compile(
    r"(?:^|;|\"|')[ \t]*(?:%%?(?:sql|spark\.sql)\b[ \t]*)?set[ \t]+(?:hiveconf:|spark:)?"
    r"([A-Za-z][\w-]*(?:\.[\w-]+)+)[ \t]*=[ \t]*([^;\n\r\"']{0,2000})",
    re.IGNORECASE | re.MULTILINE,
)
_HIVE = re.compile(r"\bhive\.\w|\bbeeline\b|\bhive[ >]", re.IGNORECASE)

_OF_SPARK = re.compile(r"\bConnected to: Spark SQL\b")  # beeline's words, where the Thrift server is Spark's own


def looks_like(text: str) -> bool:
    """Whether a statement sets a key."""
    return bool(_SET.search(text))


def read(text: str) -> Configuration:
    """The settings of the statements, where they can still count."""
    found = Found(FORMAT)
    hive = bool(_HIVE.search(text)) and not _OF_SPARK.search(text)
    for line, match in numbered(_SET.finditer(text), 1):
        key, value = match[1], match[2].strip().strip("`")
        if hive or key.startswith("spark.sql.") or not carried(key):
            found.setting(key, value, line)
        else:
            found.ignore(line, safe_name(key), LOST["set-on-running-session"][0])
            found.lose("set-on-running-session", line, key, "set it in the command or in spark-defaults.conf")
    if not (found.settings or found.ignored or found.said):
        raise ConfigurationError("no SET of a key and a value")
    own = found.configuration()
    if not COMMANDS_LINE.search(text):
        return own
    try:
        command = FORMATS["spark-submit"].read(_SET.sub(lambda statement: blanked(statement[0]), text))
    except ConfigurationError:
        return own
    return combined([command, own]) if command.settings or command.lost else own
