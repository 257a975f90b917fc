"""Documents that a command shows in a terminal, each apart from what was typed and shown before and after it."""

from __future__ import annotations

import re
from itertools import islice

from sparkmem.configuration.peel.prompts import TYPED
from sparkmem.configuration.piece import Piece, blanked

_SHOWN = re.compile(r"(?:[ \t]*\n){0,3}[ \t]*(?=[\[{]\s*[\"\[{\]}]|<(?:\?xml|configuration|property)\b)")
_MOST = 20
_LONGEST = 200_000


def parts(text: str) -> tuple[list[Piece], str]:
    """Each document by itself, on its own lines, and the text without them; nothing apart where the text is one document.

    >>> [piece.text.strip() for piece in parts('$ jq . a.json\\n{"x": 1}\\n$ cat b.env\\nY=2')[0]]
    ['{"x": 1}']
    """
    if len(text) > _LONGEST or "\n" not in text:
        return [], text
    typed = list(islice(TYPED.finditer(text), _MOST + 1))
    if len(typed) < 2 or len(typed) > _MOST:
        return [], text
    found: list[Piece] = []
    for one, following in zip(typed, [*typed[1:], None], strict=True):
        start, end = text.find("\n", one.end()) + 1, following.start() if following else len(text)
        shown = _SHOWN.match(text, start, end) if 0 < start < end else None
        if shown is None or not following:
            continue
        found.append(Piece("\n" * text.count("\n", 0, start) + text[start:end].rstrip("\n")))
        text = text[:start] + blanked(text[start:end]) + text[end:]
    return found, text
