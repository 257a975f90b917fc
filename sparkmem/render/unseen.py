"""Characters that change a text without being seen: controls, directions, what has no width, tags."""

from __future__ import annotations

import re

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)


def without_unseen(text: str, instead: str = "") -> str:
    """The text without them; line ends and tabs stay.

    >>> without_unseen("8g\\u202e\\U000e0041\\tx")
    '8g\\tx'
    """
    return _UNSEEN.sub(instead, text)
