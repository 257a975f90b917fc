"""Figures that follow from the numbers of a text by arithmetic: shares, differences, what is each one's part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from sparkmem.diagnosis.conditions import Number, condition, total
from sparkmem.diagnosis.finding import Evidence, Figure
from sparkmem.size import KIB, MIB, mib_text

_PLACE = re.compile(r"\{([^{}:]+):([a-z]+)\}")
_SECOND, _MINUTE, _HOUR = 1000, 60_000, 3_600_000
_FEW = 10
"""Seconds of which a tenth is told."""


def worked_out(figures: Iterable[Figure | Evidence], numbers: Mapping[str, Number], asked: Mapping[str, int]) -> list[str]:
    """The sentences whose numbers are all there.

    What the text has set stands under its key, with ``_`` for each dot: ``executor_memory`` for spark.executor.memory.

    >>> worked_out([Figure("{used / tasks:size} for each of {tasks:count} tasks.")], {"used": 2**30, "tasks": 1024}, {})
    ['1 MiB for each of 1,024 tasks.']
    >>> worked_out([Figure("{used - limit:size} too much.", when="used > limit")], {"used": 1}, {})
    []
    """
    known = by_names(asked) | dict(numbers)
    made = (_filled(one, known) for one in figures if not one.when or condition(one.when, known))
    return [words for words in made if words]


def by_names(asked: Mapping[str, int]) -> dict[str, Number]:
    """What the text has set, by the names that sums have for it.

    >>> by_names({"spark.executor.memory": 2**30})
    {'executor_memory': 1073741824}
    """
    return {_name(key): value for key, value in asked.items()}


def _name(key: str) -> str:
    return key.removeprefix("spark.").replace(".", "_").lower()


def _filled(figure: Figure | Evidence, known: Mapping[str, Number]) -> str:
    """A sentence with its numbers; empty where one is not there, or what is divided by is nothing."""
    values: dict[str, str] = {}
    for sum_, kind in _PLACE.findall(figure.says):
        value = quotient(sum_, known)
        if value is None:
            return ""
        values[f"{{{sum_}:{kind}}}"] = written(value, kind)
    return _PLACE.sub(lambda match: values[match[0]], figure.says)


def quotient(text: str, known: Mapping[str, Number]) -> Number | None:
    """A sum, or one divided by another.

    >>> quotient("limit / 2.1", {"limit": 21}), quotient("a - b", {"a": 3, "b": 1}), quotient("a / b", {"a": 3, "b": 0})
    (10.0, 2, None)
    """
    above, _, below = text.partition(" / ")
    value, by = total(above, known), total(below, known) if below else 1
    return None if value is None or not by else value / by if below else value


def written(value: Number, kind: str) -> str:
    """A number as it stands in a sentence: ``size``, ``count``, ``number``, ``times``, ``percent``, or a ``time`` [ms].

    >>> written(12 * 1024, "size"), written(3.456, "times"), written(0.25, "percent"), written(7_263_000, "time")
    ('12 KiB', '3.46', '25 %', '2 h 1 min')
    """
    if kind == "size":
        if value >= MIB:
            whole = round(value / MIB) * MIB  # a quotient misses a whole number of MiB by a byte
            return mib_text(whole if abs(value - whole) < MIB / 20 else round(value))
        return mib_text(int(value)) if value < KIB else f"{value / KIB:,.1f} KiB".replace(".0 ", " ")
    if kind == "time":
        return _time(int(value))
    if kind == "number":
        return f"{round(value)}"
    if kind == "percent":
        return f"{round(100 * value)} %"
    return f"{value:,.2f}" if kind == "times" else f"{round(value):,}"


def _time(milliseconds: int) -> str:
    if milliseconds < 2 * _MINUTE:
        seconds = milliseconds / _SECOND
        return f"{seconds:.1f} s".replace(".0 ", " ") if seconds < _FEW else f"{seconds:,.0f} s"
    if milliseconds < _HOUR:
        return f"{milliseconds // _MINUTE} min {milliseconds % _MINUTE // _SECOND} s"
    return f"{milliseconds // _HOUR} h {milliseconds % _HOUR // _MINUTE} min"
