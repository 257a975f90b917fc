"""HOCON, Typesafe's configuration: blocks whose names make up a key, and keys with dots inside of them."""

from __future__ import annotations

import re

from sparkmem.configuration.carried import carried, safe_name
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.fields import key_in_path
from sparkmem.configuration.found import Found
from sparkmem.configuration.passed_over import OTHER_FILE
from sparkmem.configuration.places import THRIFT_SERVER

FORMAT = "hocon"

_OPENS = re.compile(r"^[ \t]*[\w\".-]{1,120}[ \t]*[:=]?[ \t]*\{", re.M)
_NOT = re.compile(
    r"^[ \t]*(?:(?:resource|data|module|variable|locals|def|val|class|object|import|from|function)\b"
    r"|(?:- )?[\w.-]{1,60}:[ \t]*$)"
    r"|^[^\n\"#]{0,200}\w\([ \t]*$",
    re.M,
)
"""Words that begin a line of programs and of Terraform, a call, and a key of YAML whose value stands below."""
_SPARK = re.compile(
    r"^[ \t]*(?:[\w\".-]{1,60}[ \t]{0,9}[:=]?[ \t]{0,9}\{[ \t]{0,9}){0,3}"
    r"[\w\".-]{0,60}\bspark\b[\w\".-]{0,80}[ \t]*[:={]",
    re.M,
)
_TOKEN = re.compile(
    r"(?P<remark>(?:#|//)[^\n]*|/\*(?:[^*]|\*(?!/))*+\*/)|(?P<include>(?<![\w.-])include[ \t]{1,9}(?=[\"urfc])[^\n]{0,500})"
    r"|(?P<open>\{)|(?P<close>\})|(?P<end>[\n,])"
    r"|(?P<pair>(?P<key>[\w\"'.-]{1,160})[ \t]*(?::|=|(?=\{))[ \t]*"
    r"(?P<value>\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'|[^\n,{}#\"]{0,500}(?:(?<=\$)\{[^}\n]{0,80}\})?)?)"
    r"|(?P<other>.)",
    re.S,
)
_SUBSTITUTION = re.compile(r"\$\{\??([\w.-]{1,160})\}")
_DEEPEST = 40
_VALUES, _ABOUT = ("value", "defaultValue"), ("name", "type", "description", "envName", "propertyName", "display_name")


def looks_like(text: str) -> bool:
    """Whether there are blocks that have to do with Spark, and no line of a program."""
    return bool(_OPENS.search(text)) and bool(_SPARK.search(text)) and not _NOT.search(text)


def read(text: str) -> Configuration:
    """The settings whose path ends as a key of Spark's, from the name ``spark`` on."""
    found, path, line = Found(FORMAT), list[str](), 1
    pairs: list[tuple[str, str, int]] = []
    waiting = ""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind == "pair":
            key, value = match["key"].replace('"', "").replace("'", ""), (match["value"] or "").strip()
            waiting = key
            if value:
                pairs.append((".".join([*path, key]), value, line))
        elif kind == "include":
            found.ignore(line, "include", OTHER_FILE)
        elif kind == "open" and len(path) < _DEEPEST:
            path.append(waiting)
            waiting = ""
        elif kind == "close" and path:
            path.pop()
        line += match[0].count("\n")
    given = {path: value for path, value, _ in pairs if "${" not in value}
    for name, value, number in pairs:
        meant = _SUBSTITUTION.fullmatch(value)
        _take(name, given.get(meant[1], value) if meant else value, number, found)
    if not (found.settings or found.losses or found.circumstances.cluster_manager):
        raise ConfigurationError("HOCON without a setting of Spark's")
    return found.configuration()


def _take(path: str, value: str, line: int, found: Found) -> None:
    words = [word for word in path.split(".") if word]
    starts = [at for at, word in enumerate(words) if word == "spark"]
    names = [".".join(words[at:]) for at in starts]
    known = ("spark.master", "spark.submit.deployMode")
    if names and carried(described := names[-1].rpartition(".")[0]):
        if words[-1] in _ABOUT:
            return  # of an object that holds a key's value and what is said of it
        names[-1] = described if words[-1] in _VALUES else names[-1]
        value = value if value.strip("\"'") else ""
    if not value:
        return
    key = next((name for name in names if carried(name) or name in known), "") or key_in_path(names[-1] if names else "")
    if not key:
        if names:
            found.setting(names[-1], value.strip("\"'"), line)  # named with the reason why it is passed over
        return
    if any(THRIFT_SERVER.match(word) for word in words[: starts[0] if starts else 0]):
        found.ignore(line, safe_name(key), "of Spark's Thrift server, which is an application by itself")
    elif "${" in value:
        found.ignore(line, safe_name(key), "the value is not in the text")
        found.hole(key, line, "a substitution fills it in")
    else:
        found.setting(key, value.strip("\"'"), line)
