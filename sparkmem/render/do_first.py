"""What is to be done first about a finding, in one sentence that follows "Do this first:"; names stand in backticks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sparkmem.diagnosis.finding import CONSEQUENCE, CONTEXT

_ASKS = ("how", "what", "which", "whether", "who")
NOTHING_TO_CHANGE = {
    CONSEQUENCE: "read what was said before this line: the cause stands there.",
    CONTEXT: "look for the failure beside it; by itself this one fails nothing.",
}


def do_first(one: Mapping[str, Any]) -> str:
    """Of a finding as ``found_dict`` has it: the first setting, else the first thing to look at; empty where there is none.

    >>> do_first({"kind": "cause", "changes": [{"key": "a.b", "value": "2g", "why": "More room."}], "look": []})
    'set `a.b` to `2g`: More room.'
    >>> do_first({"kind": "cause", "changes": [{"key": "the join", "value": "", "why": ""}], "look": []})
    'change the join.'
    >>> do_first({"kind": "cause", "changes": [], "look": [{"what": "who sent it", "command": ""}]})
    'find out who sent it.'
    """
    if one["changes"]:
        change = one["changes"][0]
        key = named(change["key"])
        said = f"set {key} to `{change['value']}`" if change["value"] else f"change {key}"
        return f"{said}: {change['why']}" if change["why"] else f"{said}."
    if one["look"]:
        return looked_at(one["look"][0]["what"], one["look"][0]["command"])
    return NOTHING_TO_CHANGE.get(one["kind"], "")


def named(key: str) -> str:
    """What is to be changed: a setting, a function or an option in backticks, and words as they are.

    >>> named("spark.driver.memory"), named("the join")
    ('`spark.driver.memory`', 'the join')
    """
    return key if " " in key else f"`{key}`"


def looked_at(what: str, command: str = "") -> str:
    """A thing to look at as a sentence that asks for it.

    >>> looked_at("who sent it"), looked_at("the disks", "df -h")
    ('find out who sent it.', 'look at the disks: `df -h`.')
    """
    verb = "find out" if what.split(" ", 1)[0] in _ASKS else "look at"
    return f"{verb} {what}" + (f": `{command}`." if command else ".")
