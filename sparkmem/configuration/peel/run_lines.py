"""How a program says that it is run: a command in a remark of Python's or R's, where nothing else in the text starts it."""

from __future__ import annotations

import re

from sparkmem.configuration.submit_options import COMMANDS_LINE

_RUN = re.compile(
    r"^[ \t]{0,8}#{1,6}[ \t]{0,9}(?:(?i:usage|run|example|submit|cmd|command)[^\n:]{0,40}:[ \t]{0,9})?(?:[$>][ \t])?"
    r"(?P<command>(?:[\w./${}~-]{0,100}/)?spark[23]?-submit[ \t][^\n]*--[a-z][^\n]*"
    r"(?P<more>(?:(?<=\\)\n[ \t]{0,8}#[^\n]*){0,40}))$",
    re.MULTILINE,
)
_PROGRAM = re.compile(r"^(?:from[ ]{1,9}[\w.]{1,80}[ ]{1,9}import\b|import[ ]{1,9}\w|library\()", re.MULTILINE)
_REMARK = re.compile(r"^[ \t]{0,8}#", re.MULTILINE)


def peel(text: str) -> str:
    """The text with the first such command out of its remark, as many lines as before.

    >>> peel("# spark-submit --executor-memory 6g a.py\\nimport sys").split("\\n")[0].strip()
    'spark-submit --executor-memory 6g a.py'
    """
    if "-submit" not in text or "#" not in text or not _PROGRAM.search(text) or COMMANDS_LINE.search(text):
        return text
    found = _RUN.search(text)
    if found is None:
        return text
    return text[: found.start()] + _REMARK.sub(" ", found["command"]) + text[found.end() :]
