"""YAML of any shape: compose files, Helm values, ConfigMaps, bundles, playbooks, containers with a command.

Settings are found by their keys, by the names of fields that stand for them, among variables of the environment,
and in texts and lists of words that are options or a file.
"""

from __future__ import annotations

import re

from sparkmem.configuration.application_arguments import is_of_application
from sparkmem.configuration.carried import carried, safe_name
from sparkmem.configuration.combine import combined
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.environments import chosen_output, environments_of, without_them
from sparkmem.configuration.fields import holds_settings, key_of_field
from sparkmem.configuration.passed_over import OTHER_ENVIRONMENT
from sparkmem.configuration.requested import with_request
from sparkmem.configuration.setting import Setting
from sparkmem.configuration.submit_options import command_name
from sparkmem.configuration.yaml_entries import YamlEntries
from sparkmem.configuration.yaml_mended import MENDED, as_meant
from sparkmem.configuration.yaml_scalars import Mapping, Scalar, Unread

FORMAT = "yaml"

_SIGN = re.compile(
    r"^[ \t]*(?:- )?[\"']?(?:(?:--)?spark\.[\w.]+|spark_?[cC]onf\w*|SPARK_[A-Z_]+|"
    r"[\w.-]{0,40}(?:[mM]emory|environment|[eE]nv|[cC]ommand|[aA]rgs|data)\w*|sparklyr[\w.-]{3,60}|"
    r"spark(?:-\w+)*(?:\.conf)?|patch(?:es)?|path|conf|properties|jobs|spec|name|key)[\"']?[ \t]*:(?:[ \t]|$)"
    r"|^[ \t]*(?:- )?[\w.-]{1,60}[ \t]*:[ \t]*[|>][+-]?[ \t]*$",
    re.MULTILINE,
)
_NOT = re.compile(
    r"^(?:#!|export |import |from |spark-submit|def |val )"
    r"|^[ \t]*[\"'][\w.-]{1,80}[\"'][ \t]*:[ \t]*[A-Za-z_][\w.]{0,60}\([^\n]*,[ \t]*$",
    re.MULTILINE,
)
"""Lines of a program, as the call behind a key of a dictionary is."""
_FIRST = re.compile(
    r"(?:[ \t]*(?:#[^\n]*)?\n)*+(?:---|%YAML|[ \t]*(?:- +)*+[\"']?\$?[\w./-]+[\"']?[ \t]*:(?:\s|$)|[ \t]*-[ \t])"
)
_MOST_NODES = 50_000
_MOST_APART = 10


def looks_like(text: str) -> bool:
    """Whether there are keys that such files have, and no line of a program."""
    return bool(_FIRST.match(text)) and bool(_SIGN.search(text)) and not _NOT.search(text)


def read(text: str) -> Configuration:
    """The settings of all documents."""
    reading = _Reading()
    objects, mended = as_meant(text)
    if mended:
        reading.found.remark(mended, "…", MENDED)
    for document in objects:
        reading.walk(document)
    found = reading.configuration()
    asked = with_request(found, text)
    found = combined([found, asked]) if asked else found
    if not (found.settings or found.lost or found.cluster):
        raise ConfigurationError("YAML without a setting of Spark's")
    return found


def settings_of(document: object) -> tuple[Setting, ...]:
    """The settings of one document that is parsed already."""
    reading = _Reading()
    reading.walk(document)
    return reading.configuration().settings


def _is_command(value: object) -> bool:
    """Whether a list, or a text, begins with a command of Spark's."""
    first = value[0] if isinstance(value, list) and value else value
    return isinstance(first, Scalar) and bool(command_name(first.text.split(" ", 1)[0]))


def _beside(document: object) -> Configuration:
    """What a part of a document holds, whatever environments are in it."""
    reading = _Reading()
    reading.apart = 0
    reading.walk(document)
    return reading.configuration()


class _Reading:
    def __init__(self) -> None:
        self.taken = YamlEntries(FORMAT)
        self.found = self.taken.found
        self.fields: dict[int, dict[str, str]] = {}
        """By an object of settings, which keys a field beside it is for, and the words that say so."""
        self.apart = _MOST_APART
        self.others: list[Setting] = []
        """Sizes of environments beside the one that is read."""

    def configuration(self) -> Configuration:
        """All that was found."""
        of_file = self.taken.of_file.configuration()
        taken = {one.key: one.value for part in (*self.taken.inner, of_file) for one in part.settings}
        taken |= {one.key: one.value for one in self.found.settings.values()}
        self.found.apart(self.others, taken, alone=True)
        found = self.found.configuration()
        return combined([*self.taken.inner, *([of_file] if of_file.settings or of_file.lost else []), found])

    def walk(self, document: object) -> None:
        waiting: list[tuple[object, str]] = [(document, "")]
        for _ in range(_MOST_NODES):
            if not waiting:
                return
            node, path = waiting.pop()
            node = self._one_environment(node)
            if isinstance(node, Mapping):
                self.taken.named_value(node)
                waiting += [(value, below) for value, below in reversed(self._entries(node, path))]
            elif isinstance(node, Unread):
                self.found.ignore(node.line, "…", node.what)
            elif isinstance(node, list):
                self.taken.words(node)
                waiting += [(item, "") for item in reversed(node) if not isinstance(item, Scalar)]

    def _one_environment(self, node: object) -> object:
        """The object or the list with the last of several environments alone, so that no two are mixed."""
        *others, read = (environments_of(node) if self.apart else []) or [("", None, 0)]
        if not others:
            return node
        self.apart -= 1
        held = [_beside(value) for _, value, _ in others]
        if any(one.starts for one in held):
            return node  # commands, of which the first is read
        for (name, _, line), one in zip(others, held, strict=True):
            self.others += one.settings
            if one.settings:
                self.found.ignore(line, safe_name(name), f"{OTHER_ENVIRONMENT}: {safe_name(read[0])} is read")
        return without_them(node, [value for _, value, _ in others])

    def _entries(self, node: Mapping, path: str) -> list[tuple[object, str]]:
        over, node = self.fields.get(id(node), {}), chosen_output(node, self.found)
        beside = {
            named: f"the field {safe_name(key)} on line {node.lines[key]} wins"
            for key, value in node.entries.items()
            if isinstance(value, Scalar) and not key.startswith("spark") and (named := key_of_field(key))
        }
        for key, line in node.repeated:
            self.found.ignore(line, safe_name(key), f"the key stands again on line {node.lines[key]}, which wins")
        below: list[tuple[object, str]] = []
        for key, value in node.entries.items():
            line = node.lines[key]
            full = f"{path}.{key}" if path and not key.startswith("spark.") else key
            if is_of_application(key, () if isinstance(value, Mapping) or _is_command(value) else node.entries):
                self.taken.of_application(key, value, line)
            elif isinstance(value, Mapping) and carried(key) and isinstance(held := value.entries.get("value"), Scalar):
                self.taken.scalar(key, full, held, value.lines["value"])  # beside what is said of it
            elif isinstance(value, Scalar) and key in over:
                self.found.ignore(line, safe_name(key), over[key])
            elif isinstance(value, Scalar):
                self.taken.scalar(key, full, value, line)
            elif isinstance(value, Unread):
                self.taken.unread(key, value, line)
            else:
                if beside and holds_settings(key):
                    self.fields[id(value)] = beside
                followed = key.startswith("spark.") or (full.split(".", 1)[0] == "spark" and "." not in key)
                below.append((value, full if followed or key.startswith("dynamic") else ""))
        return below
