"""The lines of a Makefile's recipes as the shell gets them: make hands two dollars on as one."""

from __future__ import annotations

import re

_RECIPE = re.compile(r"^(?:\.PHONY:|[\w./%$(){}-]{1,80}[ \t]*::?(?!=))[^\n]*\n(?:[ \t]*#[^\n]*\n){0,5}\t", re.MULTILINE)
_LINE = re.compile(r"^\t[^\n]*|(?<=\\\n)[^\n]+", re.MULTILINE)


def peel(text: str) -> str:
    """The text with one dollar for two on the lines of its recipes.

    >>> peel("run:\\n\\techo $${A:-8g} $(B)")
    'run:\\n\\techo ${A:-8g} $(B)'
    """
    if "$$" not in text or not _RECIPE.search(text):
        return text
    return _LINE.sub(lambda line: line[0].replace("$$", "$"), text)
