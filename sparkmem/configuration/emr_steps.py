"""Steps of ``aws emr``: ``Args=[--deploy-mode,cluster,…]``, the words of spark-submit with commas between them."""

from __future__ import annotations

import re

from sparkmem.configuration.combine import combined
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.found import Found
from sparkmem.configuration.shell_command import Word

FORMAT = "spark-submit"

_ARGUMENTS = re.compile(r"\bArgs=\\?\[([^\]\n]{1,20000})\]")
_ANY = re.compile(r"--(?:conf|executor-memory|driver-memory|deploy-mode|num-executors|executor-cores)\b")
_MOST = 40


def looks_like(text: str) -> bool:
    """Whether a step has options of spark-submit among its words."""
    return any(_ANY.search(match[1]) for match in _ARGUMENTS.finditer(text))


def read(text: str) -> Configuration:
    """The settings of all steps."""
    from sparkmem.configuration.spark_submit import read_words  # here: most texts hold no step

    parts: list[Configuration] = []
    others = Found(FORMAT)
    for match in list(_ARGUMENTS.finditer(text))[:_MOST]:
        line = text.count("\n", 0, match.start()) + 1
        words = [Word(word.strip().strip("\"'"), line) for word in re.split(r",(?![^\"']*[\"'](?:,|$))", match[1])]
        first = next((at for at, word in enumerate(words) if word.text.startswith("-")), len(words))
        if words[first:]:
            parts.append(read_words(words[first:]))
            others.apart((one for part in parts[:-1] for one in part.settings), parts[-1].values)
    if not parts:
        raise ConfigurationError("no step with options of spark-submit")
    return combined([*parts, others.configuration()] if others.losses else parts)
