"""The lines of a Makefile's recipes as the shell gets them: make hands two dollars on as one."""

from __future__ import annotations

import re
from itertools import islice

_RECIPE = re.compile(r"^(?:\.PHONY:|[\w./%$(){}-]{1,80}[ \t]*::?(?!=))[^\n]*\n(?:[ \t]*#[^\n]*\n){0,5}\t", re.MULTILINE)
_COMMAND = re.compile(
    r"^(?P<name>[A-Za-z_]\w{0,60})[ \t]*(?:::?|\?)?=[ \t]*"
    r"(?P<value>(?:[^\s#\"']{1,200}[ \t]{1,9}){0,12}(?:\S{0,200}/)?(?:spark[23]?-(?:submit|shell|sql)|pyspark)"
    r"(?:[ \t]{1,9}[^\s#\\\"']{1,200}){0,20})[ \t]*$",
    re.MULTILINE,
)
_MOST_COMMANDS, _MOST_USES = 10, 50
_OF_MAKE = re.compile(r"(?<!\$)\$\(([A-Za-z_]\w{0,60})\)")
"""A variable, where a shell would run a command of that name."""
_LINE = re.compile(r"^\t[^\n]*|(?<=\\\n)[^\n]+", re.MULTILINE)


def peel(text: str) -> str:
    """The text with one dollar for two on the lines of its recipes, and a shell's braces around make's variables.

    >>> peel("run:\\n\\techo $${A:-8g} $(B)")
    'run:\\n\\techo ${A:-8g} ${B}'
    """
    if "$" not in text or not _RECIPE.search(text):
        return text
    text = _with_commands(text) if "park" in text else text
    return _LINE.sub(lambda line: _OF_MAKE.sub(r"${\1}", line[0]).replace("$$", "$"), text)


def _with_commands(text: str) -> str:
    """The text with Spark's commands in the place of the variables that hold them, which start nothing where they stand."""
    for found in list(islice(_COMMAND.finditer(text), _MOST_COMMANDS)):
        used = re.compile(rf"\$(?:\({found['name']}\)|\{{{found['name']}\}})")
        if used.search(text):
            text = text.replace(found[0], "", 1)
            text = used.sub(found["value"].replace("\\", r"\\"), text, _MOST_USES)
    return text
