"""What brackets of a program or of JSON hold in common: a name and a value, two lists, owners that make up a key, lines."""

from __future__ import annotations

from sparkmem.configuration.fields import key_in_path, key_of_field
from sparkmem.configuration.literals import NAME, STRING
from sparkmem.configuration.program import Program
from sparkmem.spark.settings.keys import KEYS

VALUE_LABELS = (
    "value", "val", "values", "setting", "mapvalue", "v", "content", "propertyvalue", "parametervalue", "optionvalue",
    "stringvalue", "valuestring", "configvalue",
)  # fmt: skip
FARTHEST = 80
"""Of how many tokens one entry is at most."""
_NEAR = 12
_DEEPEST = 8
_LAST_WORDS = frozenset(key.rsplit(".", 1)[1] for key, known in KEYS.items() if known.memory) | {"memory_overhead"}


def value_of_label(program: Program, at: int) -> int:
    """Where the value of a key in ``{"name": KEY, "value": VALUE}`` begins, whatever the first is called; -1 without one.

    Which of the two stands first does not matter.
    """
    opener = program.opener[at]
    place, end = opener + 1, min(program.closing.get(opener, 0), opener + FARTHEST)
    while opener >= 0 and place < end - 2:
        label = program.tokens[place]
        named = label.kind in (NAME, STRING) and (label.text or "").lower().replace("_", "") in VALUE_LABELS
        if named and program.text(place + 1) in (":", "="):
            return place + 2 + (program.text(place + 2) == ">")
        place = program.closing.get(place, place) + 1
    return -1


def is_key(program: Program, at: int) -> bool:
    """Whether a token is the text of a key of Spark's."""
    token = program.tokens[at]
    return token.kind == STRING and (token.text or "").startswith("spark.")


def lists_of_keys_and_values(program: Program, opener: int, names: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of a list of keys, and near it one of as many values, where each key and its value begin; empty of any other."""
    if not all(is_key(program, start) and end == start + 1 for start, end in names):
        return []
    close = program.closing[opener]
    for second in range(close + 1, min(close + _NEAR, len(program.tokens))):
        if program.text(second) == program.text(opener):
            values = list(program.arguments(second + 1, program.closing[second]))
            if len(values) == len(names) and not any(is_key(program, start) for start, _ in values):
                return [(name, value) for (name, _), (value, _) in zip(names, values, strict=True)]
            return []
    return []


def key_by_path(program: Program, at: int, text: str) -> str:
    """The key that a field's owners and its name make up, as ``{"spark": {"executor": {"memory": …}}}``; empty for none."""
    if program.opener[at] < 0 or text.rsplit(".", 1)[-1] not in _LAST_WORDS or text.startswith("spark."):
        return ""
    if program.text(at + 1) not in (":", "=") or program.text(at + 2) in ("{", "["):
        return ""
    path, around = text, program.opener[at]
    for _ in range(_DEEPEST):
        owner = around - 2 if program.text(around - 1) in (":", "=") else around - 1
        if around < 0 or program.text(around) != "{" or owner < 0 or program.tokens[owner].kind not in (NAME, STRING):
            return ""
        path, around = f"{program.tokens[owner].text}.{path}", program.opener[owner]
        if path.startswith("dynamic") and (key := key_of_field(path.replace(".", ""))):
            return key  # as of Synapse's and Fabric's dynamicExecutorAllocation
        if key := key_in_path(path):
            return key
    return ""


def lines_of_text(program: Program, at: int) -> list[int]:
    """The tokens of a list that holds the lines of a text, as a notebook's cell keeps them; empty where it is none."""
    opener = program.opener[at]
    if opener < 0 or program.text(opener) == "{":
        return []
    places = [start for start, _ in program.arguments(opener + 1, program.closing[opener])]
    tokens = [program.tokens[place] for place in places]
    return places if all(token.kind == STRING and token.text is not None for token in tokens) else []
