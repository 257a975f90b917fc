"""Remarks in a block of a program, as Javadoc: a command that stands in one is read without the star before its lines."""

from __future__ import annotations

import re

_BLOCK = re.compile(r"/\*\*?[^\S\n]*\n(?:[ \t]{0,80}\*(?!/)[^\n]*\n){1,400}[ \t]{0,80}\*?/?")
_COMMAND = re.compile(
    r"^[ \t]*\*[ \t]+(?:[^\n]*\b(?:spark[23]?-submit|spark-shell|spark-sql|pyspark)[ \t]"
    r"|--(?:conf|master|driver-memory|executor-memory|num-executors|executor-cores)[ =])",
    re.MULTILINE,
)
_STAR = re.compile(r"^([ \t]*)\*(?=[ \t]|$)", re.MULTILINE)


def peel(text: str) -> str:
    """The text without such stars, as long as before.

    >>> peel("/**\\n * spark-submit \\\\\\n *   --driver-memory 4g a.jar\\n */").split("\\n")[1:3]
    ['   spark-submit \\\\', '     --driver-memory 4g a.jar']
    """
    if "/*" not in text:
        return text
    return _BLOCK.sub(lambda block: _STAR.sub(r"\1 ", block[0]) if _COMMAND.search(block[0]) else block[0], text)
