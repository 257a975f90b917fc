"""YAML of any shape: compose files, Helm values, ConfigMaps, bundles, playbooks, containers with a command.

Settings are found by their keys, by the names of fields that stand for them, among variables of the environment,
and in texts and lists of words that are options or a file.
"""

from __future__ import annotations

import re

from sparkmem.configuration.application_arguments import is_of_application
from sparkmem.configuration.carried import CLUSTER_KEYS, cluster_manager, safe_name
from sparkmem.configuration.combine import combined
from sparkmem.configuration.configuration import Configuration, ConfigurationError, Setting
from sparkmem.configuration.environment_variables import is_known, take
from sparkmem.configuration.environments import environments_of, without_them
from sparkmem.configuration.fields import holds_settings, key_in_path, key_of_field
from sparkmem.configuration.found import OF_ANOTHER, SIZES, Found
from sparkmem.configuration.operator_fields import FIELDS
from sparkmem.configuration.passed_over import OF_APPLICATION, OTHER_ENVIRONMENT, OTHER_OUTPUT
from sparkmem.configuration.piece import whole_lines
from sparkmem.configuration.requested import with_request
from sparkmem.configuration.shell_command import Word
from sparkmem.configuration.submit_options import OPTIONS, command_name
from sparkmem.configuration.yaml_mended import MENDED, as_meant
from sparkmem.configuration.yaml_scalars import NULLS, Mapping, Scalar, Unread

FORMAT = "yaml"

_SIGN = re.compile(
    r"^[ \t]*(?:- )?[\"']?(?:spark\.[\w.]+|spark_?[cC]onf\w*|SPARK_[A-Z_]+|"
    r"[\w.-]{0,40}(?:[mM]emory|environment|[eE]nv|[cC]ommand|[aA]rgs|data)\w*|sparklyr[\w.-]{3,60}|"
    r"spark(?:-\w+)*(?:\.conf)?|patch(?:es)?|path|conf|properties|jobs|spec|name|key)[\"']?[ \t]*:(?:[ \t]|$)"
    r"|^[ \t]*(?:- )?[\w.-]{1,60}[ \t]*:[ \t]*[|>][+-]?[ \t]*$",
    re.MULTILINE,
)
_NOT = re.compile(r"^(?:#!|export |import |from |spark-submit|def |val )", re.MULTILINE)
_FIRST = re.compile(
    r"(?:[ \t]*(?:#[^\n]*)?\n)*+(?:---|%YAML|[ \t]*(?:- +)*+[\"']?\$?[\w./-]+[\"']?[ \t]*:(?:\s|$)|[ \t]*-[ \t])"
)
_TEXT = re.compile(
    r"\bspark\.[A-Za-z]|/spec/(?:driver|executor)/|--(?:conf|executor-memory|driver-memory)\b|spark-submit|SPARK_"
)
_MAY_HOLD = re.compile(r"(?i)conf|prop|env|arg|option|command|driver|executor|spark")
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


def _is_text(text: str) -> bool:
    """Whether a value is a command, options or a file."""
    if "\n" not in text and " " not in text:
        return False
    return bool(_TEXT.search(text[:20_000])) or (text.count("\n") > 1 and "spark" in text and "emory" in text)


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
        self.found, self.of_file = Found(FORMAT), Found("spark-defaults")
        """What holds, and what a cluster's own file of defaults gets, as Dataproc has it."""
        self.inner: list[Configuration] = []
        self.fields: dict[int, dict[str, str]] = {}
        """By an object of settings, which keys a field beside it is for, and the words that say so."""
        self.apart = _MOST_APART
        self.others: list[Setting] = []
        """Sizes of environments beside the one that is read."""

    def configuration(self) -> Configuration:
        """All that was found."""
        of_file = self.of_file.configuration()
        taken = {one.key: one.value for part in (*self.inner, of_file) for one in part.settings}
        taken |= {one.key: one.value for one in self.found.settings.values()}
        for one in self.others:
            if one.key in SIZES and taken.get(one.key, "").lower() != one.value.lower():
                self.found.lose(OF_ANOTHER, one.line, one.key, "", one.value)
        found = self.found.configuration()
        return combined([*self.inner, *([of_file] if of_file.settings or of_file.lost else []), found])

    def walk(self, document: object) -> None:
        waiting: list[tuple[object, str]] = [(document, "")]
        for _ in range(_MOST_NODES):
            if not waiting:
                return
            node, path = waiting.pop()
            node = self._one_environment(node)
            if isinstance(node, Mapping):
                self._named_value(node)
                waiting += [(value, below) for value, below in reversed(self._entries(node, path))]
            elif isinstance(node, Unread):
                self.found.ignore(node.line, "…", node.what)
            elif isinstance(node, list):
                self._list(node)
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
        over, node = self.fields.get(id(node), {}), self._chosen(node)
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
            full = f"{path}.{key}" if path else key
            if is_of_application(key, () if isinstance(value, Mapping) or _is_command(value) else node.entries):
                self._of_application(key, value, line)
            elif isinstance(value, Scalar) and key in over:
                self.found.ignore(line, safe_name(key), over[key])
            elif isinstance(value, Scalar):
                self._entry(key, full, value, line)
            elif isinstance(value, Unread):
                self._unread(key, value, line)
            else:
                if beside and holds_settings(key):
                    self.fields[id(value)] = beside
                followed = full.split(".", 1)[0] == "spark" and "." not in key
                below.append((value, full if followed or key.startswith("dynamic") else ""))
        return below

    def _of_application(self, key: str, value: object, line: int) -> None:
        """Name what the application is given, and the options that look like Spark's among it."""
        words = [item.text for item in value if isinstance(item, Scalar)] if isinstance(value, list) else []
        words = value.text.split() if isinstance(value, Scalar) else words
        options = [name for word in words if (name := word.partition("=")[0]) in OPTIONS]
        for name in options or [safe_name(key)]:
            self.found.ignore(line, name, OF_APPLICATION)

    def _chosen(self, node: Mapping) -> Mapping:
        """The one of several outputs that ``target`` names, as dbt runs it; the others by their names only."""
        target, outputs = node.entries.get("target"), node.entries.get("outputs")
        if not (isinstance(target, Scalar) and isinstance(outputs, Mapping)) or target.text not in outputs.entries:
            return node
        for name in outputs.entries:
            if name != target.text:
                self.found.ignore(outputs.lines[name], safe_name(name), f"{OTHER_OUTPUT}: the target is another")
        return Mapping({target.text: outputs.entries[target.text]}, {target.text: outputs.lines[target.text]})

    def _entry(self, key: str, full: str, value: Scalar, line: int) -> None:
        in_path = key_in_path(full)
        taking = self.of_file if key.startswith("spark:") else self.found
        key = key.removeprefix("spark:").removeprefix("yarn:")  # as Dataproc says for which file a property is
        named = key if key.startswith("spark.") or key in CLUSTER_KEYS else in_path or key_of_field(key)
        if full.startswith("dynamic"):
            named = named or key_of_field(full.replace(".", ""))
        if key == "master" and cluster_manager(value.text):
            named = "spark.master"
        if value.plain and value.text in NULLS:
            return
        if is_known(key):
            self.inner += take(key, value.text, line, self.found)
        elif _is_text(value.text):
            self._text(value)
        elif named:
            taking.setting(named, value.text, line, safe_name(full))

    def _unread(self, key: str, value: Unread, line: int) -> None:
        named = key if key.startswith("spark.") else key_of_field(key)
        if named or key == "<<" or _MAY_HOLD.search(key):
            self.found.ignore(line, "<<" if key == "<<" else safe_name(key), f"{value.what}: not followed")
        if named:
            self.found.hole(named, line, f"it is {value.what}")

    def _named_value(self, node: Mapping) -> None:
        """``name: KEY`` and ``value: VALUE`` beside each other."""
        names = [node.entries[word] for word in ("name", "key", "Name") if isinstance(node.entries.get(word), Scalar)]
        name = names[0] if names else None
        value = node.entries.get("value", node.entries.get("Value"))
        path = node.entries.get("path")
        if isinstance(path, Scalar) and path.text.startswith("/"):
            self._patch(path, value)
        if isinstance(name, Scalar) and isinstance(value, Scalar):
            if is_known(name.text):
                self.inner += take(name.text, value.text, name.line, self.found)
            elif name.text.startswith("spark."):
                self.found.setting(name.text, value.text, name.line)

    def _patch(self, path: Scalar, value: object) -> None:
        """``path: /spec/executor/memory`` with a value, as a patch of Kustomize has it; what it takes out is only named."""
        *_, owner, field = ["", *path.text.replace("~1", "/").split("/")]
        key = FIELDS.get(owner, {}).get(field) or (field if field.startswith("spark.") else "")
        if key and isinstance(value, Scalar):
            self.found.setting(key, value.text, path.line)
        elif key:
            self.found.ignore(path.line, safe_name(key), "a patch takes it out")

    def _list(self, node: list[object]) -> None:
        """Variables as ``NAME=value``; the words of a command."""
        scalars = [item for item in node if isinstance(item, Scalar)]
        if any(item.text.split("=", 1)[0] in (*OPTIONS, "--conf", "-c") for item in scalars):
            from sparkmem.configuration.spark_submit import read_words  # here: most files hold no command

            words = [Word(item.text, item.line) for item in scalars]
            first = next((at for at, word in enumerate(words) if word.text.startswith("--")), 0)
            named = any("spark" in word.text for word in words[:first])
            self.inner.append(read_words(words if named else words[first:]))
            return
        for item in scalars:
            name, has_value, value = item.text.partition("=")
            if has_value and is_known(name):
                self.inner += take(name, value, item.line, self.found)
            elif has_value and name.startswith("spark."):
                self.found.setting(name, value, item.line)
            elif _TEXT.search(item.text[:20_000]):
                self._text(item)

    def _text(self, scalar: Scalar) -> None:
        from sparkmem.configuration.by_evidence import read_piece  # here: it knows all forms, this one too

        block = "\n" in scalar.text and not scalar.plain
        try:
            self.inner.append(read_piece(whole_lines(scalar.text, scalar.line + block)))
        except ConfigurationError:
            self.found.ignore(scalar.line, "…", "a text of which nothing is read")
