"""Texts with holes, as f-strings, Scala's, Kotlin's, Ruby's and JavaScript's: what stands in each, and in what form."""

from __future__ import annotations

import re
from collections.abc import Callable

from sparkmem.configuration.values import Value, as_text

_HOLE = re.compile(r"\{\{|\}\}|[$#]?\{([^{}\n]{1,200})\}|\$([A-Za-z_]\w{0,80})")
_FORM = re.compile(r"(?P<expression>[^:!]+)(?:![rsa])?(?::(?P<form>[^:]{0,12}))?")
_ROUNDED = re.compile(r"\.([0-3])f")
_LONGEST = 4000


def filled(template: str, value: Callable[[str], Value | None], otherwise: str | None = None) -> str | None:
    """The text with what its holes come to; None where one of them is not known, and no other text stands for it.

    >>> filled("{a}g", {"a": 8}.get), filled("${a}g", {}.get), filled("{a:.0f}m", {"a": 819.2}.get)
    ('8g', None, '819m')
    """
    known = True

    def meant(hole: re.Match[str]) -> str:
        nonlocal known
        if hole[0] in ("{{", "}}"):
            return hole[0][0]
        found = _formed(hole[1], value) if hole[1] else as_text(value(hole[2]))
        found = otherwise if found is None else found
        known &= found is not None
        return found or ""

    if len(template) > _LONGEST:
        return None
    text = _HOLE.sub(meant, template)
    return text if known else None


def _formed(inside: str, value: Callable[[str], Value | None]) -> str | None:
    parts = _FORM.fullmatch(inside)
    if parts is None:
        return as_text(value(inside))
    found, form = value(parts["expression"]), parts["form"] or ""
    rounded = _ROUNDED.fullmatch(form)
    if rounded and isinstance(found, int | float):
        return f"{found:.{rounded[1]}f}"
    return as_text(found) if form in ("", "d", "s") else None
