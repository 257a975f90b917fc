"""Commands of gcloud for Dataproc: ``--properties``, whose pairs a comma or a sign of the writer's choice parts."""

from __future__ import annotations

import re

from sparkmem.configuration import script
from sparkmem.configuration.carried import carried, shaped
from sparkmem.configuration.combine import combined
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.found import Found
from sparkmem.configuration.passed_over import PROPERTIES_FILE, SECOND_COMMAND
from sparkmem.configuration.shell_command import Word

FORMAT = "dataproc"

_COMMAND = re.compile(r"\b(?:gcloud\s{1,5}(?:beta\s{1,5}|alpha\s{1,5})?|yc\s{1,5})dataproc\s")
_LANGUAGES = {
    "pyspark": "python", "spark-r": "r", "spark": "jvm", "spark-sql": "jvm",
    "create-pyspark": "python", "create-spark": "jvm",
}  # fmt: skip
_MOST = 40
_PREFIXES = ("spark:", "dataproc:", "yarn:", "core:", "hdfs:", "hive:", "mapred:")


def looks_like(text: str) -> bool:
    """Whether such a command is there."""
    return bool(_COMMAND.search(text))


def read(text: str) -> Configuration:
    """The settings of a cluster, and over them those of the first job; a further job is another."""
    start = _COMMAND.search(text)
    if start is None:
        raise ConfigurationError("no gcloud dataproc command")
    begin = text.rfind("\n", 0, start.start()) + 1
    found, others = Found(FORMAT), Found(FORMAT)
    parts: list[Configuration] = []
    line = text.count("\n", 0, begin) + 1
    serverless = first_is_cluster = False
    for command in script.commands_from(text, begin):
        words = [word.text for word in command.words]
        if "dataproc" not in words[:8]:
            continue
        serverless |= "batches" in words
        clusters = "clusters" in words[:6]
        if not parts:
            _take(command.words, found)
            parts.append(found.configuration())
        elif not clusters and len(parts) < _MOST:
            job = Found(FORMAT)
            _take(command.words, job)
            if first_is_cluster and len(parts) == 1:
                for setting in job.settings.values():
                    found.setting(setting.key, setting.value, setting.line, setting.written_as, setting.variables)
                found.losses += job.losses
                found.know(**vars(job.circumstances))
            else:
                others.ignore(command.words[0].line, "gcloud dataproc", SECOND_COMMAND)
                others.apart(job.settings.values(), found.configuration().values)
            parts.append(job.configuration())
        first_is_cluster = clusters if len(parts) == 1 else first_is_cluster
    if not parts:  # in a comment, say, above the file that it submits
        serverless = text.startswith("batches", start.end())
    if "gcloud" in start[0]:
        found.say("vendor", "dataproc-serverless" if serverless else "dataproc", line, "gcloud dataproc")
    if not serverless:
        found.know(cluster_manager="yarn")
        found.say("cluster-manager", "yarn", line, " ".join(start[0].split()))
    read = found.configuration()
    return combined([read, others.configuration()]) if others.losses or others.ignored else read


def _take(words: list[Word], found: Found) -> None:
    merged = "clusters" in [word.text for word in words[:6]]  # gcloud adds up the properties of a cluster (UpdateAction)
    last = max((at for at, word in enumerate(words) if word.text.partition("=")[0] == "--properties"), default=-1)
    for at, (word, after) in enumerate(zip(words, [*words[1:], Word()], strict=False)):
        name, has_value, value = word.text.partition("=")
        if word.text in _LANGUAGES and {"submit", "job"} & {earlier.text for earlier in words[:6]}:
            found.know(language=_LANGUAGES[word.text])
        if word.text == "--":
            break  # the application's own arguments
        if name == "--properties":
            given = word if has_value else after
            taken = found if merged or at == last else Found(FORMAT)
            _properties(value if has_value else after.text, given, taken, merged)
            for key in taken.settings if taken is not found else ():
                found.lose("option-repeated", given.line, key, "write all pairs in one --properties, with commas", name)
        elif name == "--properties-file":
            found.ignore(word.line, name, PROPERTIES_FILE)


def _properties(text: str, word: Word, found: Found, of_cluster: bool) -> None:
    parting = re.match(r"\^([^^]{1,5})\^", text)
    pairs = text[parting.end() :].split(parting[1]) if parting else re.split(r",(?=[\w.-]{1,120}[:=])", text)
    for pair in pairs:
        key, has_value, value = pair.strip().partition("=")
        prefix = next((prefix for prefix in _PREFIXES if key.startswith(prefix)), "")
        key = key.removeprefix(prefix)
        if has_value and prefix and not of_cluster and carried(key):
            # of a cluster alone, whose files it names; a job's keys are handed to Spark as they stand:
            # https://cloud.google.com/dataproc/docs/concepts/configuring-clusters/cluster-properties
            found.lose("key-misspelt", word.line, key, f"write {key}, without {prefix} before it", f"{prefix}{key}")
        elif has_value and not prefix and of_cluster and carried(key):
            # gcloud dataproc clusters create: each property is file_prefix:property=value, by the same page
            found.lose("prefix-missing", word.line, key, f"write spark:{key}={value if shaped(value) else '…'}")
        elif has_value:
            variables = tuple(name for name in word.variables if f"${name}" in value or f"${{{name}" in value)
            found.setting(key, value, word.line, f"--properties {key}", variables)
