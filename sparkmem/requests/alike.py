"""Whether two texts of an input are the same to whoever reads it: ``4g`` and ``4096M`` are, a bare ``4096`` is another."""

from __future__ import annotations

import re

from sparkmem.errors import Refused
from sparkmem.given import Given
from sparkmem.size import GIB, KIB, MIB, TIB
from sparkmem.spark.settings.register import entries

# A number and one letter: Spark and the JVM agree on these, in either case; what has no letter or more of them they do not.
_SIZE = re.compile(r"(\d{1,18})([kmgt])", re.IGNORECASE)
_BYTES = {"k": KIB, "m": MIB, "g": GIB, "t": TIB}
_WITHOUT_UNIT = ("boolean", "double", "int", "long")


def alike(name: str, before: Given, now: Given) -> bool:
    """Whether both sides say the same of an input.

    >>> from sparkmem.calculators.executor_memory import EXECUTOR_MEMORY
    >>> key = "spark.executor.memory"
    >>> given = {text: Given(EXECUTOR_MEMORY.by_name, {key: text}) for text in ("4g", "4G", "4096m", "4096")}
    >>> [alike(key, given["4g"], other) for other in given.values()]
    [True, True, True, False]
    """
    was, there = before.text(name), now.text(name)
    if was == there:
        return True
    sizes = [_size_bytes(text) for text in (was, there)]
    if None not in sizes:
        return sizes[0] == sizes[1]
    values = [_value(name, side) for side in (before, now)]
    return None not in values and values[0] == values[1]


def _size_bytes(text: str) -> int | None:
    found = _SIZE.fullmatch(text)
    return int(found[1]) * _BYTES[found[2].lower()] if found else None


def _value(name: str, side: Given) -> object:
    """What Spark reads, where it is no size; None where Spark refuses the text or nothing is known of it."""
    entry = entries(side.release).get(name) if side.has("release") and side.release != "any" else None
    if entry is None or entry.kind not in _WITHOUT_UNIT:
        return None
    try:
        return entry.read(side.text(name), side.release)
    except Refused:
        return None
