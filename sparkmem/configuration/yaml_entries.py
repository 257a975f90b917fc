"""What the entries of a YAML mapping are: settings by their keys or fields, variables, patches, options, whole texts."""

from __future__ import annotations

import re

from sparkmem.configuration.carried import CLUSTER_KEYS, cluster_manager, safe_name
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.environment_variables import is_known, take
from sparkmem.configuration.fields import key_in_path, key_of_field
from sparkmem.configuration.found import Found
from sparkmem.configuration.operator_fields import FIELDS
from sparkmem.configuration.passed_over import OF_APPLICATION
from sparkmem.configuration.piece import whole_lines
from sparkmem.configuration.shell_command import Word
from sparkmem.configuration.submit_options import OPTIONS
from sparkmem.configuration.yaml_scalars import NULLS, Mapping, Scalar, Unread

_TEXT = re.compile(
    r"\bspark\.[A-Za-z]|/spec/(?:driver|executor)/|--(?:conf|executor-memory|driver-memory)\b|spark-submit|SPARK_"
)
_MAY_HOLD = re.compile(r"(?i)conf|prop|env|arg|option|command|driver|executor|spark")


def _is_text(text: str) -> bool:
    """Whether a value is a command, options or a file."""
    if "\n" not in text and " " not in text:
        return False
    return bool(_TEXT.search(text[:20_000])) or (text.count("\n") > 1 and "spark" in text and "emory" in text)


class YamlEntries:
    """Takes them, each by itself; `inner` is what texts and lists of words hold."""

    def __init__(self, format: str) -> None:
        self.found, self.of_file = Found(format), Found("spark-defaults")
        """What holds, and what a cluster's own file of defaults gets, as Dataproc has it."""
        self.inner: list[Configuration] = []

    def scalar(self, key: str, full: str, value: Scalar, line: int) -> None:
        """Take a text or a number by its key, or by the keys above it as well."""
        in_path = key_in_path(full)
        taking = self.of_file if key.startswith("spark:") else self.found
        key = key.removeprefix("spark:").removeprefix("yarn:")  # as Dataproc says for which file a property is
        named = key if key.startswith("spark.") or key in CLUSTER_KEYS else in_path or key_of_field(key)
        if full.startswith("dynamic"):
            named = named or key_of_field(full.replace(".", ""))
        if key == "master" and cluster_manager(value.text):
            named = "spark.master"
        if (value.plain and value.text in NULLS) or self.found.of_the_job(key, line):
            return
        if is_known(key):
            self.inner += take(key, value.text, line, self.found)
        elif _is_text(value.text):
            self._text(value)
        elif named:
            taking.setting(named, value.text, line, safe_name(full))

    def unread(self, key: str, value: Unread, line: int) -> None:
        """Name what is not followed, where it may hold settings."""
        named = key if key.startswith("spark.") else key_of_field(key)
        if named or key == "<<" or _MAY_HOLD.search(key):
            self.found.ignore(line, "<<" if key == "<<" else safe_name(key), f"{value.what}: not followed")
        if named:
            self.found.hole(named, line, f"it is {value.what}")

    def of_application(self, key: str, value: object, line: int) -> None:
        """Name what the application is given, and the options that look like Spark's among it."""
        words = [item.text for item in value if isinstance(item, Scalar)] if isinstance(value, list) else []
        words = value.text.split() if isinstance(value, Scalar) else words
        options = [name for word in words if (name := word.partition("=")[0]) in OPTIONS]
        for name in options or [safe_name(key)]:
            self.found.ignore(line, name, OF_APPLICATION)

    def named_value(self, node: Mapping) -> None:
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

    def words(self, node: list[object]) -> None:
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
            elif self.found.of_the_job(name, item.line):
                continue
            elif _TEXT.search(item.text[:20_000]):
                self._text(item)

    def _text(self, scalar: Scalar) -> None:
        from sparkmem.configuration.by_evidence import read_piece  # here: it knows all forms, this one too

        block = "\n" in scalar.text and not scalar.plain
        try:
            self.inner.append(read_piece(whole_lines(scalar.text, scalar.line + block)))
        except ConfigurationError:
            self.found.ignore(scalar.line, "…", "a text of which nothing is read")
