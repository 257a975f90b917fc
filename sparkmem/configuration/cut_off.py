"""Why a command ends above the options that are meant for it: no backslash, a remark between its lines, an empty line.

A remark goes to the end of its line, a backslash there included (POSIX, Shell Command Language, Token Recognition).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sparkmem.configuration.setting import Lost

CUT_OFF = "lost-backslash"
_BEHIND = re.compile(r"[ \t]#[^\n]*$")
_NO_APPLICATION = "; spark-submit is left without an application, and ends"


def told(losses: Sequence[Lost], text: str, first: int, without_application: bool) -> list[Lost]:
    """These with what ends the command in the place of a backslash, where the text whose first line that is has it.

    >>> lost = Lost("lost-backslash", 3, "spark.executor.cores", "the line above ends it", "write a backslash", "")
    >>> told([lost], "spark-submit \\\\\\n # -v \\\\\\n --executor-cores 4", 1, False)[0].write
    'take the remark out of the command'
    """
    cut = min((one.line for one in losses if one.id == CUT_OFF), default=0)
    lines = text.split("\n")
    above = lines[cut - first - 1] if 0 < cut - first <= len(lines) else ""
    said = write = ""
    if above.lstrip().startswith("#"):
        said, write = "a remark above ends the command for a shell", "take the remark out"
    elif cut > first and not above.strip():
        said, write = "an empty line above ends the command for a shell", "take the empty line out"
    elif _BEHIND.search(above):
        said = "the remark at the end of the line above ends the command for a shell"
        write = "take the remark out"
    end = _NO_APPLICATION if without_application else ""
    return [
        replace(one, text=(said or one.text) + end, write=f"{write} of the command" if write else one.write)
        if one.id == CUT_OFF else one for one in losses
    ]  # fmt: skip
