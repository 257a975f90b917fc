"""A configuration written as a ``spark-submit`` command."""

from __future__ import annotations

import re

from sparkmem.configuration.carried import MASTERS
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.setting import Setting
from sparkmem.configuration.shell_word import quoted
from sparkmem.configuration.submit_options import OPTIONS, option_counts


def write(configuration: Configuration) -> str:
    """The command, an option where one says it, ``--conf`` elsewhere; names in capitals are to be filled in."""
    known, by_key = configuration.circumstances, {key: option for option, key in OPTIONS.items()}
    lines = ["spark-submit"]
    if known.cluster_manager:
        lines.append(f"--master {quoted(MASTERS[known.cluster_manager])}")
    if known.deploy_mode:
        lines.append(f"--deploy-mode {known.deploy_mode}")
    for setting in configuration.settings:
        option = by_key.get(setting.key, "")
        if option and option != "--driver-java-options" and option_counts(option, known.cluster_manager, known.deploy_mode):
            lines.append(f"{option} {_shell_text(setting, setting.value)}")
        else:
            lines.append(f"--conf {_shell_text(setting, f'{setting.key}={setting.value}')}")
    lines += {"python": ["app.py"], "r": ["app.R"], "jvm": ["app.jar"]}.get(known.language, [])
    return " \\\n  ".join(lines) + "\n"


def _shell_text(setting: Setting, text: str) -> str:
    if "\0" in text:
        raise ConfigurationError(f"a command cannot hold the NUL in {setting.key}")
    if not setting.variables:
        return quoted(text)
    if text.count("$") != len(setting.variables):
        raise ConfigurationError(f"{setting.key} mixes shell variables with a dollar sign of its own")
    return '"' + re.sub(r'[\\"`]', r"\\\g<0>", text) + '"'
