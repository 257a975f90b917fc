"""Environments beside each other in YAML, as ``stage`` and ``prod``, of which each sizes a run of its own; dbt's outputs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sparkmem.configuration.carried import safe_name
from sparkmem.configuration.found import Found
from sparkmem.configuration.passed_over import OTHER_OUTPUT
from sparkmem.configuration.yaml_scalars import Mapping, Scalar

_NAME = re.compile(
    r"(?i)(?:[\w]{1,30}[-_])?(?:dev(?:elop(?:ment)?)?|stag(?:e|ing)|stg|prod(?:uction)?|prd|test(?:ing)?|qa|uat|preprod|int|acc)"
    r"(?:[-_][\w]{1,30})?"
)
_LABELS = ("env", "environment", "stage", "profile")


def environments_of(node: object) -> list[tuple[str, object, int]]:
    """The name, the value and the line of each of two or more environments that an object or a list holds; else none.

    The one that is the text's default, as a target of Databricks' bundles says it of itself, comes last, whatever its name.
    """
    found: list[tuple[str, object, int]] = []
    if isinstance(node, Mapping):
        chosen = [name for name, value in node.entries.items() if _is_default(value)]
        found = [
            (name, value, node.lines[name])
            for name, value in node.entries.items()
            if isinstance(value, Mapping | list) and (len(chosen) == 1 or _NAME.fullmatch(name))
        ]
        found.sort(key=lambda one: [one[0]] == chosen)
    elif isinstance(node, list):
        for item in node:
            entries = item.entries if isinstance(item, Mapping) else {}
            label = next((entries[word] for word in _LABELS if word in entries), None)
            if isinstance(label, Scalar) and _NAME.fullmatch(label.text):
                found.append((label.text, item, label.line))
    return found if len(found) > 1 else []


def _is_default(value: object) -> bool:
    default = value.entries.get("default") if isinstance(value, Mapping) else None
    return isinstance(default, Scalar) and default.text.lower() == "true"


def without_them(node: object, others: Sequence[object]) -> object:
    """The object or the list without these of its values."""
    if not others:
        return node
    left_out = {id(value) for value in others}
    if isinstance(node, Mapping):
        kept = {name: value for name, value in node.entries.items() if id(value) not in left_out}
        return Mapping(kept, {name: node.lines[name] for name in kept})
    return [item for item in node if id(item) not in left_out] if isinstance(node, list) else node


def chosen_output(node: Mapping, found: Found) -> Mapping:
    """The one of several outputs that ``target`` names, as dbt runs it; the others by their names only."""
    target, outputs = node.entries.get("target"), node.entries.get("outputs")
    if not (isinstance(target, Scalar) and isinstance(outputs, Mapping)) or target.text not in outputs.entries:
        return node
    for name in outputs.entries:
        if name != target.text:
            found.ignore(outputs.lines[name], safe_name(name), f"{OTHER_OUTPUT}: the target is another")
    return Mapping({target.text: outputs.entries[target.text]}, {target.text: outputs.lines[target.text]})
