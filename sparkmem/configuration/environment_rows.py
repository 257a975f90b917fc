"""Rows of the web UI's Environment page: a name and a value, apart by a tab or by several blanks."""

from __future__ import annotations

import re

from sparkmem.configuration.carried import CLUSTER_KEYS, safe_name
from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.found import Found
from sparkmem.release import JAVA_CHOICES

FORMAT = "environment"

_TITLES = (
    "Runtime Information", "Spark Properties", "Resource Profiles", "Hadoop Properties", "System Properties",
    "Metrics Properties", "Classpath Entries", "Environment", "Name", "Value", "Resource", "Source",
)  # fmt: skip
_HEADING = re.compile(r"^(?:Runtime Information|Spark Properties|Name\s+Value|Java Version)\b", re.MULTILINE)
_TABBED = re.compile(r"^[A-Za-z][\w.\-]*\.[\w.\-]+ ?\t+ ?\S", re.MULTILINE)
_ROW = re.compile(r"(\S+(?: \S+)*?)(?:\t[\t ]*+| {2,}+[\t ]*+)(\S.*)")
_KEY_ROW = re.compile(r"((?:spark|yarn)\.[\w.\-]+) (\S.*)")
_JAVA = re.compile(r"(?:1\.)?([0-9]{1,2})[._\s(]?")
_REDACTED = "*********(redacted)"


_OF_A_FILE = re.compile(r"^[ \t]*spark\.[\w.]{3,80}[ ]?=[ ]?\S", re.MULTILINE)  # a row has no such sign


def looks_like(text: str) -> bool:
    """Whether the page's headings are there, or rows with a tab."""
    if _OF_A_FILE.search(text):
        return False
    return bool(_HEADING.search(text) or _TABBED.search(text))


def read(text: str) -> Configuration:
    """The settings among the rows."""
    found = Found(FORMAT)
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        line = line.strip(" \t")
        row = _ROW.fullmatch(line) or _KEY_ROW.fullmatch(line)
        if row:
            _take(row[1], row[2], number, found)
        elif line and line not in _TITLES:
            found.ignore(number, safe_name(line), "not a row of a name and a value")
    return found.configuration()


def _take(name: str, value: str, line: int, found: Found) -> None:
    if name in _TITLES:
        return
    if name == "Java Version":
        version = _JAVA.match(value)
        found.know(java=version[1] if version and int(version[1]) in JAVA_CHOICES else "")
    elif value == _REDACTED:
        found.ignore(line, safe_name(name), "redacted by Spark")
    elif name in CLUSTER_KEYS:
        found.cluster_setting(name, value, line)
    else:
        found.setting(name, value, line)
