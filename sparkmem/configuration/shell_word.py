"""One word of a shell's command, written so that the shell takes it as it is."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[A-Za-z0-9_@%+=:,./-]+")


def quoted(text: str) -> str:
    """The text as one word of a shell.

    >>> quoted("8g"), quoted("it's")
    ('8g', "'it'\\\\''s'")
    """
    return text if _PLAIN.fullmatch(text) else "'" + text.replace("'", "'\\''") + "'"
