"""How deep JSON is nested, told without reading it.

Python's reader of JSON raises an error where its stack ends, but in WebAssembly the browser ends all of Python there.
"""

from __future__ import annotations

import re
from itertools import accumulate

MOST_DEEP = 100
"""Events of Spark are ten deep at most, without plans."""
DEEPEST_PLAN = 400
"""An operator of a plan stands in a list of the one above it."""
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_STEPS = {**dict.fromkeys(b"[{", 1), **dict.fromkeys(b"]}", -1)}
_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*"')


def too_deep(text: bytes, most: int = MOST_DEEP) -> bool:
    """Whether lists and objects in it stand one in another deeper than is read here.

    >>> too_deep(b"[" * 101), too_deep(b"[" * 100), too_deep(b'{"a": "' + b"[" * 101 + b'"}')
    (True, False, False)
    """
    return _depth(text) > most and _depth(_TEXT.sub(b"", text)) > most


def _depth(text: bytes) -> int:
    """How deep its brackets are, those in texts counted too; of a few no more than how many they are."""
    brackets = text.translate(None, _NO_BRACKETS)
    return len(brackets) if len(brackets) <= MOST_DEEP else max(accumulate(map(_STEPS.__getitem__, brackets)))
