"""What a program looks up: a variable of the environment, a setting of a file in the text, an entry of a table or a list."""

from __future__ import annotations

from sparkmem.configuration.values import ABSENT, Evaluation, Items, Path, Place, Table, Value

ENVIRONMENTS = ("environ", "env", "ENV", "Env")
ASKS = ("getenv", "Getenv", "GetEnvironmentVariable", "LookupEnv")
LOOKS_UP = (
    "get", "getOrElse", "getOrDefault", "getProperty", "getString", "getInt", "getLong", "getAs", "fetch", "GetValue",
    "getRequiredProperty", "string", "getint",
)  # fmt: skip
_DEFAULTS = ("fallback", "default", "defaultValue", "default_var", "default_value")


def environment(expression: Evaluation, inside: list[Place]) -> Value | None:
    """A variable of the environment: what the text gives to it, else what is named in its place, else nothing."""
    name = expression.part(*inside[0]) if inside else None
    if not isinstance(name, str):
        return None
    if (held := expression.program.beside.variable(name)) is not None:
        return held
    if len(inside) > 1:
        return by_default(expression, inside[1])
    return ABSENT


def look_up(expression: Evaluation, path: Path, inside: list[Place]) -> Value | None:
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
        return by_default(expression, (named[0][0] + 2, named[0][1]))
    return by_default(expression, inside[1]) if len(inside) == 2 else None


def by_default(expression: Evaluation, place: Place) -> Value | None:
    """What is named in the place of a value that the text does not give."""
    expression.budget.by_default = True
    return expression.part(*place)


def of_table(expression: Evaluation, table: Table, inside: list[Place]) -> Value | None:
    """What a table is asked for, else what is named in its place, else nothing."""
    key = expression.part(*inside[0])
    if not isinstance(key, str):
        return None
    if key in table.entries or table.program.names.changed(table.name, key):
        return entry_of(expression, table, key)
    return expression.part(*inside[1]) if len(inside) > 1 else ABSENT


def entry_of(expression: Evaluation, table: Table, key: str) -> Value | None:
    """What stands under a key, or what the text puts there below; None where it puts several values there."""
    changed = table.program.names.changed(table.name, key) if table.name else []
    if len(changed) > 1:
        return None
    place = changed[0] if changed else table.entries.get(key)
    return expression.elsewhere(table.program, place) if place else None


def stands(expression: Evaluation, path: Path, key: str) -> Value:
    """Whether a file in the text has such an entry; where none is, a default is taken."""
    found = expression.program.beside.entry((path.names[0], key)) is not None
    expression.budget.by_default |= not found
    return found


def entry(expression: Evaluation, held: Value | None, start: int, end: int) -> Value | None:
    """What stands in a table or a list under a key or a number, or what is taken of a name that is not known."""
    key = expression.part(start, end)
    if isinstance(held, Path) and isinstance(key, str):
        return Path((*held.names, key), held.at)
    if isinstance(held, Table) and isinstance(key, str):
        return entry_of(expression, held, key)
    if isinstance(held, Items) and isinstance(key, int) and -len(held.places) <= key < len(held.places):
        return expression.elsewhere(held.program, held.places[key])
    if isinstance(held, str) and key is None and expression.program.text(start) == ":":
        stop = expression.part(start + 1, end)
        return held[:stop] if isinstance(stop, int) else None
    return None


def taken(expression: Evaluation, path: Path) -> Value | None:
    """What a name comes to with all that is taken of it: a constant of the text, a variable, an entry of a file in it."""
    names = path.names[:-1] if path.names[-1] == "value" and len(path.names) > 2 else path.names
    if len(names) > 1 and names[-2] in ENVIRONMENTS:
        held = expression.program.beside.variable(names[-1])
        return ABSENT if held is None else held
    found = expression.program.names.last_of(expression, names, path.at)
    return expression.program.beside.entry(names) if found is None else found
