"""Commands of platforms that submit a job with options of their own: Cloudera's ``cde``, Azure's ``az synapse spark``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sparkmem.configuration import script
from sparkmem.configuration.combine import combined
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.found import Found
from sparkmem.configuration.passed_over import SECOND_COMMAND
from sparkmem.configuration.piece import whole_lines
from sparkmem.configuration.shell_command import Word
from sparkmem.configuration.submit_options import OPTIONS

FORMAT = "submitter"


@dataclass(frozen=True)
class _Submitter:
    """Its options that stand for a key, those that are sizes of its own, and what it runs jobs on."""

    keys: dict[str, str]
    sizes: dict[str, str]
    manager: str


_SUBMITTERS = {
    # https://docs.cloudera.com/data-engineering/cloud/cli-access/topics/cde-create-job-cli.html
    "cde": _Submitter(
        {
            "--initial-executors": "spark.dynamicAllocation.initialExecutors",
            "--min-executors": "spark.dynamicAllocation.minExecutors",
            "--max-executors": "spark.dynamicAllocation.maxExecutors",
        },
        {},
        "kubernetes",
    ),
    # https://learn.microsoft.com/cli/azure/synapse/spark/job
    "az": _Submitter(
        {"--executors": "spark.executor.instances"},
        {"--executor-size": "spark.executor.memory", "--driver-size": "spark.driver.memory"},
        "yarn",
    ),
}
_COMMAND = re.compile(r"(?m:^(?![ \t]*#).*?\b(?:cde[ \t]+(?:job|spark|session)|az[ \t]+synapse[ \t]+spark)[ \t])")
_MOST = 40
_BODIES = ("--configuration", "--conf")
_APPLICATION = ("--application-file", "--main-definition-file", "--file")


def looks_like(text: str) -> bool:
    """Whether there is such a command."""
    return bool(_COMMAND.search(text))


def read(text: str) -> Configuration:
    """The settings of the first such command; sizes that a further one sets otherwise are those of another job."""
    start = _COMMAND.search(text)
    if start is None:
        raise ConfigurationError("no command of cde or az synapse")
    jobs: list[Configuration] = []
    others = Found(FORMAT)
    for command in script.commands_from(text, start.start()):
        name = next((word.text for word in command.words if word.text in _SUBMITTERS), "")
        if name and len(jobs) < _MOST:
            jobs.append(_of_command(_SUBMITTERS[name], name, command.words))
            if len(jobs) > 1:
                others.ignore(command.words[0].line, name, SECOND_COMMAND)
    if not jobs:
        raise ConfigurationError("no command of cde or az synapse")
    others.apart((one for job in jobs[1:] for one in job.settings), jobs[0].values)
    return combined([jobs[0], others.configuration()]) if len(jobs) > 1 else jobs[0]


def _of_command(submitter: _Submitter, command: str, words: list[Word]) -> Configuration:
    from sparkmem.configuration.by_evidence import read_pieces  # here: it knows all forms, this one too
    from sparkmem.configuration.spark_submit import read_words

    found, bodies, options, application = Found(FORMAT), [], list[Word](), list[Word]()
    sizes: dict[str, tuple[int, str]] = {}
    for word, after in zip(words, [*words[1:], Word()], strict=False):
        name, has_value, value = word.text.partition("=")
        given = Word(value, word.line, word.variables) if has_value else after
        if name in submitter.keys:
            found.setting(submitter.keys[name], given.text, word.line, name, tuple(given.variables))
        elif name in submitter.sizes:
            sizes[submitter.sizes[name]] = (word.line, name)
        elif name in _BODIES and given.text.lstrip().startswith("{"):
            bodies.append(whole_lines(given.text, given.line))
        elif name in (*OPTIONS, "--conf", "--config"):
            options += [Word("--conf" if name == "--config" else name, word.line), given]
        elif name in _APPLICATION:
            application = [given]
    found.know(cluster_manager=submitter.manager)
    found.say("cluster-manager", submitter.manager, words[0].line if words else 1, command)
    parts = [*read_pieces(bodies), *([read_words([*options, *application])] if options or application else [])]
    for key, (line, name) in sizes.items():
        if not any(key in part.values for part in parts):
            found.hole(key, line, f"{name} is a size of the platform's")
    return combined([found.configuration(), *parts])
