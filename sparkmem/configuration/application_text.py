"""A configuration written as a ``SparkApplication``."""

from __future__ import annotations

import re

from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.operator_fields import FIELDS, TYPES
from sparkmem.configuration.setting import Setting


def write(configuration: Configuration) -> str:
    """The object; names in capitals are to be filled in."""
    known = configuration.circumstances
    if known.cluster_manager not in ("", "kubernetes"):
        raise ConfigurationError(
            f"a SparkApplication runs on Kubernetes, and the cluster manager is {known.cluster_manager}"
        )
    fields: dict[str, list[str]] = {"sparkConf": [], "driver": [], "executor": []}
    for setting in configuration.settings:
        part, line = _line(setting)
        fields[part].append(line)
    spec = [
        *([f"type: {next(name for name, word in TYPES.items() if word == known.language)}"] if known.language else []),
        *([f"mode: {known.deploy_mode}"] if known.deploy_mode else []),
        *([f'sparkVersion: "{known.release}"'] if known.release else []),
        *(line for part, lines in fields.items() if lines for line in (f"{part}:", *(f"  {line}" for line in lines))),
    ]
    head = [
        "apiVersion: sparkoperator.k8s.io/v1beta2",
        "kind: SparkApplication",
        "metadata:",
        "  name: NAME",
        "spec:" if spec else "spec: {}",
    ]
    return "".join(f"{line}\n" for line in [*head, *(f"  {line}" for line in spec)])


def _line(setting: Setting) -> tuple[str, str]:
    """The part of the object in which a setting stands, and its line there."""
    for part in ("driver", "executor"):
        for name, key in FIELDS[part].items():
            if key == setting.key:
                if name not in ("cores", "instances"):
                    return part, f"{name}: {_quoted(setting.value)}"
                if re.fullmatch(r"[1-9][0-9]{0,8}", setting.value):
                    return part, f"{name}: {setting.value}"
    return "sparkConf", f"{_quoted(setting.key)}: {_quoted(setting.value)}"


def _quoted(text: str) -> str:
    """The text in double quotes; what cannot be printed is escaped."""
    short = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return '"' + "".join(short.get(c) or (c if c.isprintable() else f"\\U{ord(c):08x}") for c in text) + '"'
