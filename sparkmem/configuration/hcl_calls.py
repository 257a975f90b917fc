"""What calls of Terraform's come to where the text holds it: ``lookup``, ``coalesce``, ``try``, entries of a map."""

from __future__ import annotations

import re

from sparkmem.configuration.carried import shaped

_NAME = r"[A-Za-z_][\w-]{0,60}"
_LITERAL = r"\"[^\"\n$]{0,60}\"|[0-9]{1,12}|true|false"
_ENTRY = rf"(?:var|local)\.(?P<map>{_NAME})(?:\[\"(?P<key>{_NAME})\"\]|\.(?P<field>{_NAME}))"
_CALLS = re.compile(
    rf"\blookup\(\s{{0,5}}(?:var|local)\.(?P<of>{_NAME}),\s{{0,5}}\"(?P<entry>{_NAME})\"(?:,\s{{0,5}}(?P<else>{_LITERAL}))?\s{{0,5}}\)"
    rf"|\b(?:coalesce|try|can)\(\s{{0,5}}(?P<first>[\w.\[\]\"-]{{1,120}}),\s{{0,5}}(?P<otherwise>{_LITERAL})\s{{0,5}}\)"
    rf"|(?P<path>(?<![\w.]){_ENTRY})(?![\w.\[(])"
)
_OF_ENTRY = re.compile(_ENTRY)
_OF_NAME = re.compile(rf"(?:var|local)\.(?P<name>{_NAME})")
_FARTHEST = 4000
_MOST = 400


def filled(text: str) -> str:
    """The text with such calls as the values that they come to, where those are in it.

    >>> filled('m = coalesce(var.m, "1g")\\nvariable "s" {\\n default = { a = "8g" }\\n}\\nx = var.s["a"]').split("\\n")[-1]
    'x = "8g"'
    """
    if not any(sign in text for sign in ("lookup(", "coalesce(", "try(", "var.", "local.")):
        return text
    return _CALLS.sub(lambda call: _value(text, call) or call[0], text, _MOST)


def _value(text: str, call: re.Match[str]) -> str:
    if call["of"]:
        return _of_map(text, call["of"], call["entry"]) or call["else"] or ""
    if call["path"]:
        return _of_map(text, call["map"], call["key"] or call["field"])
    if entry := _OF_ENTRY.fullmatch(call["first"]):
        return _of_map(text, entry["map"], entry["key"] or entry["field"]) or call["otherwise"]
    name = _OF_NAME.fullmatch(call["first"])
    return (_default(text, name["name"]) if name else "") or call["otherwise"]


def _of_map(text: str, name: str, key: str) -> str:
    """The entry of a map that a variable has by default or a local is, in quotes; empty where the text has none."""
    block = _block(text, name)
    entry = re.search(rf"(?<![\w-])\"?{re.escape(key)}\"?[ \t]*[=:][ \t]*\"?([\w.]{{1,40}})\"?[ \t]*(?:[,}}\n#]|$)", block)
    return f'"{entry[1]}"' if entry and shaped(entry[1]) else ""


def _default(text: str, name: str) -> str:
    begun = re.search(rf"\bvariable[ \t]+\"{re.escape(name)}\"[ \t]*\{{", text)
    block = _braces(text, begun.end() - 1) if begun else ""
    entry = re.search(r"\bdefault[ \t]*=[ \t]*\"?([\w.]{1,40})\"?[ \t]*$", block, re.MULTILINE)
    return f'"{entry[1]}"' if entry and entry[1] != "null" and shaped(entry[1]) else ""


def _block(text: str, name: str) -> str:
    name = re.escape(name)
    begun = re.search(rf"\bvariable[ \t]+\"{name}\"[ \t]*\{{|^[ \t]*{name}[ \t]*=[ \t]*\{{", text, re.MULTILINE)
    return _braces(text, begun.end() - 1) if begun else ""


def _braces(text: str, begin: int) -> str:
    """What stands from a brace to the one that closes it, or as far as is looked."""
    depth = 0
    for brace in re.finditer(r"[{}]", text[begin : begin + _FARTHEST]):
        depth += {"{": 1, "}": -1}[brace[0]]
        if depth == 0:
            return text[begin : begin + brace.end()]
    return text[begin : begin + _FARTHEST]
