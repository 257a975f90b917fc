"""Variables of the environment that Spark's scripts read: spark-env.sh, .env, Dockerfiles, lists of names and values."""

from __future__ import annotations

import re

from sparkmem.configuration.carried import safe_name
from sparkmem.configuration.combine import combined
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.found import Found
from sparkmem.configuration.piece import numbered, on_one_line
from sparkmem.configuration.requested import with_request
from sparkmem.configuration.shell_variables import Variables
from sparkmem.configuration.submit_options import COMMANDS_LINE, ENVIRONMENT, JVM_VARIABLES, OPTION_TEXTS, OPTIONS

FORMAT = "environment-variables"

_LINE = re.compile(
    r"^[ \t]*(?:-[ \t]+)?(?:(?:export|ENV|ARG|setx?|env|-e|Environment=)[ \t]*|\$?env:)?([\"']?)"
    r"((?:PY)?SPARKR?_[A-Z_]{3,40}|KERNEL_EXTRA_SPARK_OPTS|MASTER|DEPLOY_MODE|_JAVA_OPTIONS|J(?:AVA_TOOL|DK_JAVA)_OPTIONS)"
    r"[\"']?(?:[ \t]*[=:][ \t]*|[ \t]+)([^\r\n]{1,4000}?)[ \t]*\\?\r?$",
    re.MULTILINE,
)
_IN_A_LIST = re.compile(r"[\"'](?:[^\"'\s]{0,200}/)?(?:spark\d?-(?:submit|shell|sql)|pyspark|sparkR)[\"']\s{0,40},")
"""A command as a list of words, whose options win over the environment."""
_WORDS = re.compile(r"(?:[^\s\"']|\"[^\"]*\"|'[^']*')+")
_ASSIGNED = re.compile(r"([A-Za-z_]\w*)=([^=].*)", re.DOTALL)
_TYPED = re.compile(r"[A-Za-z_][\w.\[\] |]{0,40}[ ]=[ ]")  # of a class's fields, whose type stands before the value
_OF_A_WORKER = {
    "SPARK_WORKER_MEMORY": "what a standalone worker offers in all, not a setting of the application",
    "SPARK_DAEMON_MEMORY": "the heap of master and worker themselves",
    "SPARK_EXECUTOR_INSTANCES": "spark-submit does not read it: write --num-executors",
}


def looks_like(text: str) -> bool:
    """Whether a line sets one of them, and no command follows."""
    if COMMANDS_LINE.search(text) or _IN_A_LIST.search(text):
        return False
    return any(is_known(match[2]) and not _TYPED.match(match[3]) for match in _LINE.finditer(text))


def is_known(name: str) -> bool:
    """Whether Spark's scripts make a setting of it."""
    return name in ENVIRONMENT or name in OPTION_TEXTS


def read(text: str) -> Configuration:
    """The settings that they stand for."""
    found, inner = Found(FORMAT), []
    for line, match in numbered(_LINE.finditer(text), 2):
        for name, value in _on_the_line(*match.groups()):
            inner += take(name, value, line, found)
    if not (found.settings or found.ignored or inner or found.said):
        raise ConfigurationError("no variable that Spark's scripts read")
    read = combined([*inner, found.configuration()])
    asked = with_request(read, text)
    return combined([read, asked]) if asked else read


def _on_the_line(quote: str, name: str, value: str) -> list[tuple[str, str]]:
    """The variables of a line: export, Docker's ENV and systemd's Environment= take several, each of them one word.

    >>> _on_the_line('"', "SPARK_EXECUTOR_MEMORY", '4g" "SPARK_DRIVER_MEMORY=2g"')
    [('SPARK_EXECUTOR_MEMORY', '4g'), ('SPARK_DRIVER_MEMORY', '2g')]
    """
    words = _WORDS.findall(f"{quote}{name}={value}")
    pairs = [_ASSIGNED.fullmatch(word.strip("\"'")) for word in words]
    if len(pairs) < 2 or not all(pairs):
        return [(name, value)]
    named = [(pair[1], pair[2].strip("\"'")) for pair in pairs if pair]
    return [(one, held) for one, held in named if is_known(one) or one == name]


def take(name: str, value: str, line: int, found: Found) -> list[Configuration]:
    """Take one variable; what the options in it come to, where it holds such."""
    value = value.strip()
    if value[:1] in ('"', "'") and value.find(value[0], 1) > 0:
        value = value[1 : value.find(value[0], 1)]
    else:
        value = re.split(r"\s#", value, maxsplit=1)[0].rstrip().rstrip("\"'")
    if name in OPTION_TEXTS:
        from sparkmem.configuration.by_evidence import read_piece  # here: it knows all forms, this one too

        try:
            return [read_piece(on_one_line(value, line))]
        except ConfigurationError as error:
            found.ignore(line, name, error.message)
    elif name in _OF_A_WORKER:
        found.ignore(line, name, _OF_A_WORKER[name])
    elif name in JVM_VARIABLES:
        found.ignore(line, name, JVM_VARIABLES[name])
    elif name in ENVIRONMENT:
        _setting(name, value, line, found)
    else:
        found.ignore(line, safe_name(name), "not a memory setting")
    return []


def _setting(name: str, value: str, line: int, found: Found) -> None:
    key = OPTIONS[ENVIRONMENT[name]]
    if value.startswith("${") and value.endswith("}"):
        held, _ = Variables().expanded(value[2:-1])
        if isinstance(held, str):
            found.remark(line, name, "where it is not set already: its default in the text is taken")
            value = held
    if re.search(r"[$%{<]", value):
        found.ignore(line, name, "the value is not in the text")
        found.hole(key, line, "another variable or a template fills it in")
    else:
        found.setting(key, value, line, name)
