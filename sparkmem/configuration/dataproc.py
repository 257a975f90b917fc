"""Commands of gcloud for Dataproc: ``--properties``, whose pairs a comma or a sign of the writer's choice parts."""

from __future__ import annotations

import re

from sparkmem.configuration import script, shell
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.found import Found

FORMAT = "dataproc"

_COMMAND = re.compile(r"\b(?:gcloud\s{1,5}(?:beta\s{1,5}|alpha\s{1,5})?|yc\s{1,5})dataproc\s")
_LANGUAGES = {
    "pyspark": "python", "spark-r": "r", "spark": "jvm", "spark-sql": "jvm",
    "create-pyspark": "python", "create-spark": "jvm",
}  # fmt: skip
_PREFIXES = ("spark:", "dataproc:", "yarn:", "core:", "hdfs:", "hive:", "mapred:")


def looks_like(text: str) -> bool:
    """Whether such a command is there."""
    return bool(_COMMAND.search(text))


def read(text: str) -> Configuration:
    """The settings of the first such command."""
    start = _COMMAND.search(text)
    if start is None:
        raise ConfigurationError("no gcloud dataproc command")
    begin = text.rfind("\n", 0, start.start()) + 1
    variables, _ = script.assignments(text[:begin])
    found = Found(FORMAT)
    line, words = text.count("\n", 0, begin) + 1, [""]
    for command in shell.commands(text[begin:], line, variables):
        words = [word.text for word in command.words]
        if "dataproc" in words:
            _take(command.words, found)
            break
    serverless = "batches" in words
    if "gcloud" in start[0]:
        found.say("vendor", "dataproc-serverless" if serverless else "dataproc", line, "gcloud dataproc")
    if not serverless:
        found.know(cluster_manager="yarn")
        found.say("cluster-manager", "yarn", line, " ".join(start[0].split()))
    return found.configuration()


def _take(words: list[shell.Word], found: Found) -> None:
    merged = "clusters" in [word.text for word in words[:6]]  # gcloud adds up the properties of a cluster (UpdateAction)
    last = max((at for at, word in enumerate(words) if word.text.partition("=")[0] == "--properties"), default=-1)
    for at, (word, after) in enumerate(zip(words, [*words[1:], shell.Word()], strict=False)):
        name, has_value, value = word.text.partition("=")
        if word.text in _LANGUAGES and {"submit", "job"} & {earlier.text for earlier in words[:6]}:
            found.know(language=_LANGUAGES[word.text])
        if name == "--properties":
            given = word if has_value else after
            taken = found if merged or at == last else Found(FORMAT)
            _properties(value if has_value else after.text, given, taken)
            for key in taken.settings if taken is not found else ():
                found.lose("option-repeated", given.line, key, "write all pairs in one --properties, with commas", name)
        elif name == "--properties-file":
            found.ignore(word.line, name, "not read: what it says counts where the command says nothing")


def _properties(text: str, word: shell.Word, found: Found) -> None:
    parting = re.match(r"\^([^^]{1,5})\^", text)
    pairs = text[parting.end() :].split(parting[1]) if parting else re.split(r",(?=[\w.-]{1,120}[:=])", text)
    for pair in pairs:
        key, has_value, value = pair.strip().partition("=")
        key = key.removeprefix(next((prefix for prefix in _PREFIXES if key.startswith(prefix)), ""))
        if has_value:
            variables = tuple(name for name in word.variables if f"${name}" in value or f"${{{name}" in value)
            found.setting(key, value, word.line, f"--properties {key}", variables)
