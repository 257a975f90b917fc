"""The functions and methods of programs that are known: conversions, look-ups, minima, texts that are put together."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator

from sparkmem.configuration.values import ABSENT, Evaluation, Items, Path, Place, Table, Value, as_text

_PERCENT = re.compile(r"%[-0]{0,2}(?:\.[0-9])?[sdif]")
_BRACES = re.compile(r"\{\w{0,40}(?::[^{}]{0,8})?\}")
_SIZE = re.compile(r"[-+]?[0-9]{1,18}")
_ENVIRONMENTS = ("environ", "env", "ENV", "Env")
_ASKS = ("getenv", "Getenv", "GetEnvironmentVariable", "LookupEnv")
_LOOKS_UP = (
    "get", "getOrElse", "getOrDefault", "getProperty", "getString", "getInt", "getLong", "getAs", "fetch", "GetValue",
    "getRequiredProperty", "string", "getint",
)  # fmt: skip
_AS_TEXT = ("str", "String", "toString", "valueOf", "Sprint", "Itoa", "as.character", "trim", "strip", "string", "text")
_AS_NUMBER = ("int", "Integer", "parseInt", "toInt", "toLong", "Atoi", "Number", "parseLong", "integer", "numeric", "to_i")
_ROUNDED: dict[str, Callable[[float], int]] = {"floor": math.floor, "ceil": math.ceil, "trunc": math.trunc}
_DEFAULTS = ("fallback", "default", "defaultValue", "default_var", "default_value")
_DECLARED = ("Field", "field", "Param", "Option", "Argument", "Some", "Template", "f", "s", "Optional", "ofNullable")
_FORMATS = ("Sprintf", "sprintf", "format")
_LISTS = ("Seq", "List", "Array", "listOf", "asList", "of", "mutableListOf", "ArrayBuffer", "ListBuffer", "c", "list")
_KEPT = ("strip", "trim", "lower", "toLowerCase", "toString", "lstrip", "rstrip", "stripIndent", "stripMargin", "as", "to_s")


def function(expression: Evaluation, path: Path, inside: list[Place]) -> Value | None:
    """What a call of a function comes to: of one that the text defines, or that is known by its name."""
    name, part = path.names[-1], expression.part
    if len(path.names) > 1 and path.names[-2] in _ENVIRONMENTS and name in (*_LOOKS_UP, *_ASKS):
        return environment(expression, inside)
    if name in _ASKS:
        return environment(expression, inside) if inside else Path(("", "env"), path.at)
    if name in ("hasPath", "contains", "isDefined", "has_option") and len(path.names) > 1:
        key = part(*inside[0]) if len(inside) == 1 else None
        return _stands(expression, path, key) if isinstance(key, str) else None
    if name in ("getOrElse", "orElse") and len(inside) == 1 and len(path.names) > 1:
        return _by_default(expression, inside[0])
    if name in _LOOKS_UP and inside and len(path.names) > 1:
        return _look_up(expression, path, inside)
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
    if name in _AS_NUMBER and len(inside) == 1:
        return _number(part(*inside[0]))
    if name in ("float", "toDouble", "parseFloat") and len(inside) == 1:
        number = _number(part(*inside[0]))
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


def _stands(expression: Evaluation, path: Path, key: str) -> Value:
    """Whether a file in the text has such an entry; where none is, a default is taken."""
    found = expression.program.beside.entry((path.names[0], key)) is not None
    expression.budget.by_default |= not found
    return found


def method(expression: Evaluation, held: Value | None, name: str, inside: list[Place], calls: bool) -> Value | None:
    """What a method or a field of a value comes to."""
    if isinstance(held, Path):
        path = Path((*held.names, name), held.at)
        return function(expression, path, inside) if calls else path
    if isinstance(held, Table):
        if name in _LOOKS_UP and inside:
            return _of_table(expression, held, inside)
        return None if calls else _entry(expression, held, name)
    if isinstance(held, str):
        return _of_text(expression, held, name, inside)
    if isinstance(held, Items) and name == "mkString" and inside:
        return _joined(expression, expression.part(*inside[0]), held)
    if isinstance(held, Items) and name == "join" and inside:
        return _joined(expression, expression.part(*inside[0]), held)
    if isinstance(held, int | float) and not inside:
        return as_text(held) if name in ("toString", "to_s") else _number(held) if name in _AS_NUMBER else None
    if held is ABSENT and name in ("getOrElse", "orElse", "unwrap_or") and inside:
        return _by_default(expression, inside[0])
    if name in ("getOrElse", "orElse", "get", "unwrap_or") and held is not None:
        return held
    return None


def _of_text(expression: Evaluation, held: str, name: str, inside: list[Place]) -> Value | None:
    part, program = expression.part, expression.program
    if name in ("format", "formatted", "substitute"):
        named = {str(program.text(start)): part(start + 2, end) for start, end in inside if program.text(start + 1) == "="}
        if named:
            return _named(held, named)
        return poured(held, [part(*one) for one in inside])
    if name == "join" and len(inside) == 1:
        return _joined(expression, held, part(*inside[0]))
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
    if name in _AS_NUMBER:
        return _number(held)
    if name in ("getOrElse", "orElse", "get"):
        return held
    return {"upper": held.upper(), "toUpperCase": held.upper()}.get(name) or (held if name in _KEPT else None)


def entry(expression: Evaluation, held: Value | None, start: int, end: int) -> Value | None:
    """What stands in a table or a list under a key or a number, or what is taken of a name that is not known."""
    key = expression.part(start, end)
    if isinstance(held, Path) and isinstance(key, str):
        return Path((*held.names, key), held.at)
    if isinstance(held, Table) and isinstance(key, str):
        return _entry(expression, held, key)
    if isinstance(held, Items) and isinstance(key, int) and -len(held.places) <= key < len(held.places):
        return expression.elsewhere(held.program, held.places[key])
    if isinstance(held, str) and key is None and expression.program.text(start) == ":":
        stop = expression.part(start + 1, end)
        return held[:stop] if isinstance(stop, int) else None
    return None


def environment(expression: Evaluation, inside: list[Place]) -> Value | None:
    """A variable of the environment: what the text gives to it, else what is named in its place, else nothing."""
    name = expression.part(*inside[0]) if inside else None
    if not isinstance(name, str):
        return None
    if (held := expression.program.beside.variable(name)) is not None:
        return held
    if len(inside) > 1:
        return _by_default(expression, inside[1])
    return ABSENT


def taken(expression: Evaluation, path: Path) -> Value | None:
    """What a name comes to with all that is taken of it: a constant of the text, a variable, an entry of a file in it."""
    names = path.names[:-1] if path.names[-1] == "value" and len(path.names) > 2 else path.names
    if len(names) > 1 and names[-2] in _ENVIRONMENTS:
        held = expression.program.beside.variable(names[-1])
        return ABSENT if held is None else held
    found = expression.program.names.last_of(expression, names, path.at)
    return expression.program.beside.entry(names) if found is None else found


def declared(expression: Evaluation, inside: list[Place]) -> Value | None:
    """What a field or an option holds where nothing else is given: its default, or the first of its arguments."""
    program = expression.program
    for start, end in inside:
        if program.text(start) == "default" and program.text(start + 1) == "=":
            return expression.part(start + 2, end)
    return None if program.text(inside[0][0] + 1) == "=" else expression.part(*inside[0])


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


def _joined(expression: Evaluation, sign: Value | None, items: Value | None) -> str | None:
    if not isinstance(items, Items) or not isinstance(sign, str) or len(items.places) > 200:
        return None
    texts = [as_text(expression.elsewhere(items.program, place)) for place in items.places]
    return None if None in texts else sign.join(map(str, texts))


def _look_up(expression: Evaluation, path: Path, inside: list[Place]) -> Value | None:
    """A setting that is asked for by its name: of a file in the text, else what is named in its place."""
    keys = [expression.part(*one) for one in inside[:2] if expression.program.text(one[0] + 1) != "="]
    texts = [key for key in keys if isinstance(key, str)]
    held = None
    if len(texts) == 2 and len(inside) >= 2:  # configparser's section and option
        held = expression.program.beside.entry(("", *texts))
    if held is None and texts:
        held = expression.program.beside.entry((*path.names[:-1], texts[0]))
    if held is not None:
        return held
    named = [one for one in inside[1:] if expression.program.text(one[0]) in _DEFAULTS]
    if named and expression.program.text(named[0][0] + 1) == "=":
        return _by_default(expression, (named[0][0] + 2, named[0][1]))
    return _by_default(expression, inside[1]) if len(inside) == 2 else None


def _by_default(expression: Evaluation, place: Place) -> Value | None:
    expression.budget.by_default = True
    return expression.part(*place)


def _of_table(expression: Evaluation, table: Table, inside: list[Place]) -> Value | None:
    key = expression.part(*inside[0])
    if not isinstance(key, str):
        return None
    if key in table.entries or table.program.names.changed(table.name, key):
        return _entry(expression, table, key)
    return expression.part(*inside[1]) if len(inside) > 1 else ABSENT


def _entry(expression: Evaluation, table: Table, key: str) -> Value | None:
    """What stands under a key, or what the text puts there below; None where it puts several values there."""
    changed = table.program.names.changed(table.name, key) if table.name else []
    if len(changed) > 1:
        return None
    place = changed[0] if changed else table.entries.get(key)
    return expression.elsewhere(table.program, place) if place else None


def _number(value: Value | None) -> Value | None:
    if isinstance(value, float):
        return int(value) if math.isfinite(value) else None
    if isinstance(value, str):
        return int(value) if _SIZE.fullmatch(value.strip()) else None
    return value if isinstance(value, int) else None
