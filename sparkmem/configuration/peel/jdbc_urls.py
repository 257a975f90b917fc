"""Settings in the address of a JDBC connection, as Kyuubi takes them: behind ``#`` or ``?``, with ``;`` between."""

from __future__ import annotations

import re

_ADDRESS = re.compile(
    r"\bjdbc:(?:hive2|kyuubi|spark)://[^\s\"'`<>]{1,4000}"
    r"(?:[ \t]{0,9}\n[ \t]{0,40}[#?;]?(?:spark|kyuubi)\.[^\s\"'`<>]{1,400}){0,99}"
)
_SIGN = re.compile(r"[#?](?=(?:spark|kyuubi)\.)")
_GOES_ON = re.compile(r";?\\?$", re.MULTILINE)


def peel(text: str) -> str:
    """The text with a blank for the sign before a setting, line for line.

    >>> peel("jdbc:hive2://host:10009/;#spark.executor.memory=4g;spark.executor.cores=2")
    'jdbc:hive2://host:10009/; spark.executor.memory=4g;spark.executor.cores=2'
    """
    if "jdbc:" not in text:
        return text
    return _ADDRESS.sub(lambda found: _GOES_ON.sub("", _SIGN.sub(" ", found[0])), text)
