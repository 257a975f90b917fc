"""Names of processes and their memory as people shorten them in a chat: ``exec mem 6g``, ``drv heap 2g``, ``10 execs``."""

from __future__ import annotations

import re

from sparkmem.configuration.clue import holds

_WORDS = ("xec", "drv", "Drv", " mem")
_NAMES = re.compile(
    r"(?<![\w./$\u2013\u2014-])(?P<of>[eE]xec(?:utor)?s?|[dD]rv|[dD]river)[ -]"
    r"(?P<what>mem(?:ory)?|heap|ram|RAM|cores?|overhead|OH)"
    r"(?=[ ]?[:=]?[ ]?(?:is |of |to )?[0-9])"
)
_COUNTED = re.compile(r"(?<![\w.])(?P<count>[0-9]{1,4})[ ]?(?:x[ ]?)?execs?\b(?![ ](?:mem|memory|heap|ram|cores?)\b)")
_WHAT = {"mem": "memory", "heap": "memory", "ram": "memory", "core": "cores", "oh": "overhead"}


def peel(text: str) -> str:
    """The text with these names in full.

    >>> peel("exec mem 6g, drv heap 2g, 10 execs x 4 cores")
    'executor memory 6g, driver memory 2g, 10 executors x 4 cores'
    """
    if not holds(text, _WORDS):
        return text
    return _COUNTED.sub(r"\g<count> executors", _NAMES.sub(_in_full, text))


def _in_full(name: re.Match[str]) -> str:
    what = name["what"].lower()
    return f"{'driver' if name['of'].lower().startswith('dr') else 'executor'} {_WHAT.get(what, what)}"
