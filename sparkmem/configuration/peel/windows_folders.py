"""The folder of a command on Windows, whose ``\\`` a shell of Unix takes off: ``%SPARK_HOME%\\bin\\spark-submit``."""

from __future__ import annotations

import re

_FOLDER = re.compile(
    r"^[ \t]{0,40}\"?(?:%\w{1,40}%|[A-Za-z]:|\.{1,2})\\(?:[\w.-]{1,60}\\){0,9}"
    r"(?=spark[23]?-(?:submit|shell|sql)\b|pyspark\b)",
    re.MULTILINE,
)


def peel(text: str) -> str:
    """The text with ``/`` in the folders before such a command, letter for letter.

    >>> peel("%SPARK_HOME%\\\\bin\\\\spark-submit --master local[*] D:\\\\a.py")
    '%SPARK_HOME%/bin/spark-submit --master local[*] D:\\\\a.py'
    """
    return _FOLDER.sub(lambda folder: folder[0].replace("\\", "/"), text) if "\\" in text else text
