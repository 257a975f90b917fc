"""Methods of texts in a program, as far as they are known: formats with holes, joining, cutting, numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from sparkmem.configuration.values import Evaluation, Items, Place, Value, as_text

_PERCENT = re.compile(r"%[-0]{0,2}(?:\.[0-9])?[sdif]")
_BRACES = re.compile(r"\{\w{0,40}(?::[^{}]{0,8})?\}")
_SIZE = re.compile(r"[-+]?[0-9]{1,18}")
AS_NUMBER = ("int", "Integer", "parseInt", "toInt", "toLong", "Atoi", "Number", "parseLong", "integer", "numeric", "to_i")
_KEPT = ("strip", "trim", "lower", "toLowerCase", "toString", "lstrip", "rstrip", "stripIndent", "stripMargin", "as", "to_s")


def of_text(expression: Evaluation, held: str, name: str, inside: list[Place]) -> Value | None:
    """What a method of a text comes to; None where it is not known."""
    part, program = expression.part, expression.program
    if name in ("format", "formatted", "substitute"):
        named = {str(program.text(start)): part(start + 2, end) for start, end in inside if program.text(start + 1) == "="}
        if named:
            return _named(held, named)
        return poured(held, [part(*one) for one in inside])
    if name == "join" and len(inside) == 1:
        return joined(expression, held, part(*inside[0]))
    if name in ("replace", "replaceAll", "removesuffix", "removeprefix") and inside:
        texts = [part(*one) for one in inside]
        if not all(isinstance(one, str) for one in texts):
            return None
        if name == "removesuffix":
            return held.removesuffix(str(texts[0]))
        if name == "removeprefix":
            return held.removeprefix(str(texts[0]))
        return held.replace(str(texts[0]), str(texts[1])) if len(texts) == 2 else None
    if name in ("rstrip", "strip", "lstrip") and inside:
        letters = part(*inside[0])
        return getattr(held, name)(letters) if isinstance(letters, str) else None
    if name in AS_NUMBER:
        return number_of(held)
    if name in ("getOrElse", "orElse", "get"):
        return held
    return {"upper": held.upper(), "toUpperCase": held.upper()}.get(name) or (held if name in _KEPT else None)


def poured(text: str, values: list[Value | None]) -> str | None:
    """The text with its holes filled in, where there is a value for each.

    >>> poured("{}g", [8]), poured("%dm", [819.2]), poured("{}", [])
    ('8g', '819m', None)
    """
    hole = _PERCENT if _PERCENT.search(text) else _BRACES
    if len(hole.findall(text)) != len(values):
        return None
    rest: Iterator[Value | None] = iter(values)
    known = True

    def meant(match: re.Match[str]) -> str:
        nonlocal known
        value = next(rest)
        if match[0][-1] in "di" and isinstance(value, float):
            value = int(value)
        if match[0][-1] == "f" and isinstance(value, int | float):
            return f"{value:.{match[0][-2] if '.' in match[0] else 6}f}"
        found = as_text(value)
        known &= found is not None
        return found or ""

    filled = hole.sub(meant, text)
    return filled if known else None


def _named(text: str, values: dict[str, Value | None]) -> str | None:
    """A text whose holes have names, as ``{mem}`` or ``$mem``."""
    for name, value in values.items():
        found = as_text(value)
        if found is None:
            return None
        hole = rf"\{{{re.escape(name)}(?::[^{{}}]{{0,8}})?\}}|\$\{{?{re.escape(name)}\b\}}?"
        text = re.sub(hole, found.replace("\\", ""), text)
    return text


def joined(expression: Evaluation, sign: Value | None, items: Value | None) -> str | None:
    """The items of a list as one text, a sign between each two; None where one of them is not known."""
    if not isinstance(items, Items) or not isinstance(sign, str) or len(items.places) > 200:
        return None
    texts = [as_text(expression.elsewhere(items.program, place)) for place in items.places]
    return None if None in texts else sign.join(map(str, texts))


def number_of(value: Value | None) -> Value | None:
    """The whole number that a value is, or that a text says."""
    if isinstance(value, float):
        return int(value) if math.isfinite(value) else None
    if isinstance(value, str):
        return int(value) if _SIZE.fullmatch(value.strip()) else None
    return value if isinstance(value, int) else None
