"""Prompts of shells and of interactive Spark before what was typed; ``+`` of a shell that traces; signs of a quotation."""

from __future__ import annotations

import re

_STARTS = (
    r">>> ?|\.\.\. |scala> |spark-sql(?: \([\w.-]{1,60}\))?> |pyspark> |sparkR> |hive(?: \([\w.-]{1,60}\))?> |mysql> "
    r"|beeline> |[0-9]{1,2}: jdbc:hive2?://[^\s>]{0,200}> |sql> "
    r"|In ?\[[0-9 ]{0,6}\]: ?|   \.\.\.: |     \| "
    r"|\[?[\w.-]{1,40}@[\w.-]{1,80}(?:[: ][^\s$#%>\]]{0,120})?\]?[ ]?[$#%>] "
    r"|PS [A-Za-z]:[^>\n]{0,200}> ?|[A-Za-z]:\\[^>\n]{0,200}>|(?:sh|bash)-[0-9.]{1,8}[$#] |[$%] |\++ (?=[A-Za-z/.])"
)
_PROMPT = re.compile(rf"^[ \t]{{0,20}}(?:> )?(?:{_STARTS})", re.MULTILINE)
TYPED = re.compile(
    r"^[ \t]{0,8}(?:\[?[\w.-]{1,40}@[\w.-]{1,80}(?:[: ][^\s$#%>\]]{0,120})?\]?[ ]?[$#%>]|[~/][\w./~-]{0,60} [$#%]|\$) "
    r"(?=\S)",
    re.MULTILINE,
)
"""Where somebody typed a command into a shell."""
_QUOTATION = re.compile(r"^[ \t]{0,8}(?:>[ \t]?){1,5}", re.MULTILINE)
_QUOTED_BELOW = re.compile(
    r"^(?P<above>[^>\n]{0,200}(?::|\\))[ \t]*\n+(?P<quoted>(?:(?!>>> )[ \t]{0,8}>[^\n]*(?:\n|\Z)){1,2000})", re.MULTILINE
)
"""Lines with the sign of a quotation below one that says so, or that goes on below."""
_SIGNS = ("$ ", "% ", "> ", "+ ", "# ", ">>>", "... ", "]: ", ".: ", "| ", ":\\")

_TRACED_ARRAY = re.compile(r"^\++ \w{1,40}=\([^\n]{0,4000}\)[ \t]*$", re.MULTILINE)
"""What a shell that traces says of an array, which it hands to a command below, with what its variables hold."""


def peel(text: str) -> str:
    """The text without the prompts, where there are some.

    >>> peel("[hadoop@ip-1 ~]$ spark-shell"), peel("scala> 1"), peel("a > b")
    ('spark-shell', '1', 'a > b')
    """
    if not any(sign in text for sign in _SIGNS):
        return text
    if "+ " in text:
        text = _TRACED_ARRAY.sub("", text)
    lines = text.count("\n") + 1
    if text.lstrip()[:1] == ">" and len(_QUOTATION.findall(text)) * 2 > lines and not text.lstrip().startswith(">>>"):
        text = _QUOTATION.sub("", text)
    elif "\n>" in text:
        text = _QUOTED_BELOW.sub(lambda found: found[0][: found.start("quoted") - found.start()] + _unquoted(found), text)
    return _PROMPT.sub("", text)


def _unquoted(found: re.Match[str]) -> str:
    return _QUOTATION.sub("", found["quoted"])
