"""The configuration behind an answer, for each format that it can be taken away in, and what has no place there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sparkmem.calculator import Calculator
from sparkmem.configuration import Configuration, ConfigurationError, configuration
from sparkmem.configuration.carried import carried
from sparkmem.configuration.formats import read, write
from sparkmem.configuration.lost_words import without_holes
from sparkmem.configuration.setting import Setting
from sparkmem.given import Given
from sparkmem.release import RELEASES
from sparkmem.requests.addressed import set_texts
from sparkmem.requests.copy_formats import COPY_FORMATS, CopyFormat
from sparkmem.size import SizeError, byte_string_as_mb
from sparkmem.spark.containers import LANGUAGES, MANAGERS
from sparkmem.spark.settings.key_table import LEGACY_SWITCH
from sparkmem.spark.settings.keys import KEYS
from sparkmem.subjects.job.example import LOST_SETTINGS, NO_SETTINGS

# Settings of the cluster as EMR writes them; the input of the same meaning is another one where a node is packed.
_OF_CLUSTER = {
    "yarn-minimum-allocation": "yarn.scheduler.minimum-allocation-mb",
    "yarn-maximum-allocation": "yarn.scheduler.maximum-allocation-mb",
    "yarn-increment-allocation": "yarn.resource-types.memory-mb.increment-allocation",
    "node-memory": "yarn.nodemanager.resource.memory-mb",
}
_NODE_IS_A_MACHINE = ("fit-node",)
_NAMES = MANAGERS | LANGUAGES | {"client": "a driver outside the cluster", "cluster": "one inside it"}
_ONLY_A_VARIABLE = re.compile(r"[0-9]*(?:\$\w+|\$\{\w+\})[A-Za-z]{0,3}")


class CannotHold(ConfigurationError):
    """A format that cannot hold this configuration: the reason, and the formats that can."""

    def __init__(self, reason: str, instead: tuple[str, ...]) -> None:
        super().__init__(reason)
        self.instead = instead


@dataclass(frozen=True)
class Taken:
    """A configuration, and what belongs to the answer and has no place in the format: a line each.

    ``defaults`` says that no setting was given, so that those of the form stand there with their defaults.
    """

    configuration: Configuration
    beside: tuple[str, ...]
    defaults: bool = False

    @property
    def count(self) -> int:
        """How many settings there are."""
        return len(self.configuration.settings) + len(self.configuration.cluster)


def taken(calculator: Calculator, texts: Mapping[str, str], given: Given, format: str) -> Taken:
    """What of an answer a format holds; ``CannotHold`` where that is nothing, or says something else than the answer."""
    found = COPY_FORMATS[format]
    if not any(item.name.startswith("spark.") for item in calculator.inputs):
        reason = f"{calculator.title} has no setting of Spark, so there is nothing that {found.name} could hold"
        raise CannotHold(reason, ("markdown", "json"))
    asked = set_texts(given)
    settings = {name: text for name, text in asked.items() if carried(name)}
    defaults = {} if settings else _defaults(calculator, given)
    settings = _implied(calculator, given) | settings | defaults
    cluster = _cluster(calculator, asked) if format == "emr" else {}
    shell, unknown = _shell_settings(calculator, texts, settings, format)
    asked[LOST_SETTINGS] = without_holes(asked.get(LOST_SETTINGS, ""), [setting.key for setting in shell])
    beside = [name for name in asked if name not in settings and not _is_held(name, asked[name], found, cluster)]
    made = configuration(settings, **_circumstances(asked, found))
    made = replace(made, settings=(*made.settings, *shell), cluster=cluster)
    lines = [f"{name} {_on_a_line(asked[name])}" for name in beside]
    return Taken(made, (*_runs_elsewhere(given, asked, found), *lines, *unknown), bool(defaults))


def written(calculator: Calculator, texts: Mapping[str, str], given: Given, format: str) -> tuple[str, Taken]:
    """The configuration behind an answer in a format, and what went into it; ``CannotHold`` says why not."""
    try:
        found = taken(calculator, texts, given, format)
        return write(found.configuration, COPY_FORMATS[format].written_as), found
    except CannotHold:
        raise
    except ConfigurationError as error:
        raise CannotHold(error.message, _others(calculator, texts, given, format)) from None


def _others(calculator: Calculator, texts: Mapping[str, str], given: Given, format: str) -> tuple[str, ...]:
    """The formats that hold what this one cannot."""
    able = []
    for other in COPY_FORMATS.values():
        if other.id == format:
            continue
        try:
            if other.written_as:
                write(taken(calculator, texts, given, other.id).configuration, other.written_as)
            able.append(other.id)
        except ConfigurationError:
            continue
    return tuple(able)


def _defaults(calculator: Calculator, given: Given) -> dict[str, str]:
    """The settings of the form with their defaults, those that the release reads."""
    known = given.release in RELEASES
    return {
        item.name: item.default
        for item in calculator.inputs
        if item.in_form and item.default and carried(item.name)
        if not known or KEYS[item.name].read_by(given.release)
    }


def _implied(calculator: Calculator, given: Given) -> dict[str, str]:
    """What the calculator takes for granted and Spark does not: the static manager has to be switched on."""
    switch = calculator.by_name.get(LEGACY_SWITCH)
    return {LEGACY_SWITCH: given.text(LEGACY_SWITCH)} if switch and switch.default else {}


def _is_held(name: str, text: str, found: CopyFormat, cluster: Mapping[str, str]) -> bool:
    """Whether the format says what an input says, though it is no setting."""
    if name in (NO_SETTINGS, LOST_SETTINGS):
        return name == NO_SETTINGS or not text
    return name in found.holds or (name, text) in found.implies or _OF_CLUSTER.get(name) in cluster


def _cluster(calculator: Calculator, asked: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for name, key in _OF_CLUSTER.items():
        if name in asked and not (name == "node-memory" and calculator.id in _NODE_IS_A_MACHINE):
            try:
                found[key] = str(byte_string_as_mb(asked[name]))
            except SizeError:
                continue  # named beside
    return found


def _circumstances(asked: Mapping[str, str], found: CopyFormat) -> dict[str, str]:
    """What is known beside the settings, where the format has a word for it."""
    known = {name.replace("-", "_"): asked[name] for name in found.holds if name in asked}
    return {name: text for name, text in known.items() if name != "release" or text in RELEASES}


def _runs_elsewhere(given: Given, asked: Mapping[str, str], found: CopyFormat) -> list[str]:
    """A word where the answer rests on what nobody said, and the format is for another manager, language or default."""
    told = []
    for name, implied in found.implies:
        here = given.text(name) if given.has(name) else implied
        if name not in asked and here != implied:
            whose = f"the answer is for {_NAMES[here]}, and {found.name} for {_NAMES[implied]}"
            told.append(f"{name} {here}, by default: {whose}")
    heap = "spark.executor.memory"
    if found.id == "emr" and heap not in asked and any(map(carried, asked)) and given.has(heap):
        told.append(f"{heap} {given.text(heap)}, by default: EMR writes a value of its own where the job sets none")
    return told


def _shell_settings(
    calculator: Calculator, texts: Mapping[str, str], settings: Mapping[str, str], format: str
) -> tuple[list[Setting], list[str]]:
    """Settings whose value only a shell knows: kept in a command where that is a variable and no more, else named."""
    box = next((item.name for item in calculator.inputs if item.private and item.default), "")  # of a configuration
    if not texts.get(box):
        return [], []
    kept, named = [], []
    for setting in read(texts[box]).settings:
        if not setting.variables or setting.key in settings:
            continue
        value = setting.value
        if len(setting.variables) == 1 and "{" not in value:
            value = value.replace(f"${setting.variables[0]}", f"${{{setting.variables[0]}}}")
        if format == "spark-submit" and _ONLY_A_VARIABLE.fullmatch(value):
            kept.append(replace(setting, value=value))
        else:
            named.append(f"{setting.key} holds ${setting.variables[0]}, which only a shell fills in")
    return kept, named


def _on_a_line(text: str) -> str:
    """The text without what would end a line, or a comment."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
