"""The functions and methods of programs that are known: conversions, minima, lists, tables, declarations."""

from __future__ import annotations

import math
from collections.abc import Callable

from sparkmem.configuration.look_ups import (
    ASKS,
    ENVIRONMENTS,
    LOOKS_UP,
    by_default,
    entry_of,
    environment,
    look_up,
    of_table,
    stands,
)
from sparkmem.configuration.string_methods import AS_NUMBER, joined, number_of, of_text, poured
from sparkmem.configuration.values import ABSENT, Evaluation, Items, Path, Place, Table, Value, as_text

_AS_TEXT = ("str", "String", "toString", "valueOf", "Sprint", "Itoa", "as.character", "trim", "strip", "string", "text")
_ROUNDED: dict[str, Callable[[float], int]] = {"floor": math.floor, "ceil": math.ceil, "trunc": math.trunc}
_DECLARED = ("Field", "field", "Param", "Option", "Argument", "Some", "Template", "f", "s", "Optional", "ofNullable")
_FORMATS = ("Sprintf", "sprintf", "format")
_LISTS = ("Seq", "List", "Array", "listOf", "asList", "of", "mutableListOf", "ArrayBuffer", "ListBuffer", "c", "list")


def function(expression: Evaluation, path: Path, inside: list[Place]) -> Value | None:
    """What a call of a function comes to: of one that the text defines, or that is known by its name."""
    name, part = path.names[-1], expression.part
    if len(path.names) > 1 and path.names[-2] in ENVIRONMENTS and name in (*LOOKS_UP, *ASKS):
        return environment(expression, inside)
    if name in ASKS:
        return environment(expression, inside) if inside else Path(("", "env"), path.at)
    if name in ("hasPath", "contains", "isDefined", "has_option") and len(path.names) > 1:
        key = part(*inside[0]) if len(inside) == 1 else None
        return stands(expression, path, key) if isinstance(key, str) else None
    if name in ("getOrElse", "orElse") and len(inside) == 1 and len(path.names) > 1:
        return by_default(expression, inside[0])
    if name in LOOKS_UP and inside and len(path.names) > 1:
        return look_up(expression, path, inside)
    if expression.program.names.defines(name):
        return expression.program.names.called(expression, name, inside)
    if name in _DECLARED and inside:
        return declared(expression, inside)
    if name in ("max", "min", "Max", "Min") and len(inside) > 1:
        numbers = [part(*one) for one in inside]
        known = [one for one in numbers if isinstance(one, int | float)]
        return None if len(known) < len(numbers) else max(known) if name.lower() == "max" else min(known)
    if name in _ROUNDED or name == "round":
        number = part(*inside[0]) if len(inside) == 1 else None
        return _ROUNDED.get(name, round)(number) if isinstance(number, int | float) else None
    if name in AS_NUMBER and len(inside) == 1:
        return number_of(part(*inside[0]))
    if name in ("float", "toDouble", "parseFloat") and len(inside) == 1:
        number = number_of(part(*inside[0]))
        return float(number) if isinstance(number, int | float) else None
    if name in _AS_TEXT and len(inside) == 1:
        return as_text(part(*inside[0]))
    if name in ("paste0", "Sprint", "concat") and len(inside) > 1:
        texts = [as_text(part(*one)) for one in inside]
        return None if None in texts else "".join(map(str, texts))
    if name in _FORMATS and len(inside) > 1 and isinstance(shape := part(*inside[0]), str):
        return poured(shape, [part(*one) for one in inside[1:]])
    if name in _LISTS:
        return Items(expression.program, tuple(inside))
    if name in ("Map", "mapOf", "dict", "hashMapOf", "Dictionary"):
        return Table(expression.program, expression.program.entries(inside))
    named = expression.program.entries(inside)
    if inside and name[:1].isupper() and len(named) == len(inside):
        return Table(expression.program, named)  # an object, as of a named tuple or a data class
    return None


def method(expression: Evaluation, held: Value | None, name: str, inside: list[Place], calls: bool) -> Value | None:
    """What a method or a field of a value comes to."""
    if isinstance(held, Path):
        path = Path((*held.names, name), held.at)
        return function(expression, path, inside) if calls else path
    if isinstance(held, Table):
        if name in LOOKS_UP and inside:
            return of_table(expression, held, inside)
        return None if calls else entry_of(expression, held, name)
    if isinstance(held, str):
        return of_text(expression, held, name, inside)
    if isinstance(held, Items) and name == "mkString" and inside:
        return joined(expression, expression.part(*inside[0]), held)
    if isinstance(held, Items) and name == "join" and inside:
        return joined(expression, expression.part(*inside[0]), held)
    if isinstance(held, int | float) and not inside:
        return as_text(held) if name in ("toString", "to_s") else number_of(held) if name in AS_NUMBER else None
    if held is ABSENT and name in ("getOrElse", "orElse", "unwrap_or") and inside:
        return by_default(expression, inside[0])
    if name in ("getOrElse", "orElse", "get", "unwrap_or") and held is not None:
        return held
    return None


def declared(expression: Evaluation, inside: list[Place]) -> Value | None:
    """What a field or an option holds where nothing else is given: its default, or the first of its arguments."""
    program = expression.program
    for start, end in inside:
        if program.text(start) == "default" and program.text(start + 1) == "=":
            return expression.part(start + 2, end)
    return None if program.text(inside[0][0] + 1) == "=" else expression.part(*inside[0])
