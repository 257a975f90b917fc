"""EMR's configuration JSON: classifications ``spark-defaults``, ``spark`` and ``yarn-site``, nested ones too."""

from __future__ import annotations

import json
import re
from typing import Any

from sparkmem.configuration.carried import carried, safe_name
from sparkmem.configuration.combine import combined
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.environment_variables import is_known, take
from sparkmem.configuration.found import Found
from sparkmem.configuration.passed_over import NOT_MEMORY

FORMAT = "emr-json"

_START = re.compile(r"\s*(?:\[\s*[\[{\]]|\{)")
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+\\?(?:"|\Z)|[\[{]|[\]}]', re.DOTALL)
_OPTIONS = re.compile(r"(?i)sparkSubmitParameters|\"--(?:conf|executor-memory|driver-memory|executor-cores|num-executors)\b")
_SERVERLESS = re.compile(r"emr-serverless|\"(?:sparkSubmit|initialCapacity|maximumCapacity)\"\s{0,3}:\s{0,3}\{")
_DEEPEST = 40
_SPARK, _DEFAULTS, _YARN = "spark", "spark-defaults", "yarn-site"
_EXPORT = "export"
"""Variables of the environment, below the classification of a file that exports them."""
_OF_CLUSTER = "maximizeResourceAllocation"


def looks_like(text: str) -> bool:
    """Whether the text begins as a list of objects, or an object, of JSON."""
    return bool(_START.match(text))


def read(text: str) -> Configuration:
    """The settings of the classifications that Spark and YARN read."""
    found = _Reading(text)
    waiting: list[Any] = [_parsed(text)]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting += reversed(item)
        elif isinstance(item, dict):
            waiting += reversed(found.take(item))
    if not found.classifications:
        raise ConfigurationError('JSON without a "Classification" that says what its properties are for')
    on_kubernetes = "sparkSubmitJobDriver" in text or "SparkSubmitJobDriver" in text
    if on_kubernetes:
        found.found.know(cluster_manager="kubernetes", deploy_mode="cluster")
    elif not _SERVERLESS.search(text):
        found.found.know(cluster_manager=found.found.circumstances.cluster_manager or "yarn")
    exported = [found.exported.configuration()] if found.exported.settings else []
    return combined([found.found.configuration(), *exported, *_commands(text)])


def _commands(text: str) -> list[Configuration]:
    """What the options of a job or a step come to that stand beside the classifications."""
    if not _OPTIONS.search(text):
        return []
    from sparkmem.configuration.pairs import Pairs  # here: most such texts hold classifications alone
    from sparkmem.configuration.program import Program

    pairs = Pairs(Program(text, any_language=True), set(), FORMAT)
    pairs.read()
    return pairs.inside.inner


def _parsed(text: str) -> Any:
    depth = deepest = 0
    for match in _BRACKETS.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(match[0], 0)
        deepest = max(depth, deepest)
    if deepest > _DEEPEST:
        raise ConfigurationError(f"JSON nested deeper than {_DEEPEST}")
    try:
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=_Object)
    except json.JSONDecodeError as error:
        raise ConfigurationError(f"no JSON: {error.msg} (column {error.colno})", error.lineno) from None


class _Object(dict[str, Any]):
    """An object, and the keys of it that stand more than once."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        seen: set[str] = set()
        self.repeated: list[str] = []
        for key, _ in pairs if len(pairs) > len(self) else ():
            if key in seen:
                self.repeated.append(key)
            seen.add(key)


class _Reading:
    def __init__(self, text: str) -> None:
        self.found, self.exported = Found(FORMAT), Found("environment-variables")
        self.text, self.at, self.line = text, 0, 1
        self.classifications = 0

    def take(self, item: dict[str, Any]) -> list[Any]:
        """Take the properties of an object with a classification; the objects inside it."""
        fields = {name.lower(): value for name, value in item.items()}
        name, properties = fields.get("classification"), fields.get("properties") or fields.get("configurationproperties")
        if isinstance(name, str):
            self.classifications += 1
            self._repeated(item)
            self._repeated(properties)
            for key, value in properties.items() if isinstance(properties, dict) else ():
                self._property(name, key, value)
            if isinstance(properties, list):
                self._listed(properties)
        inner = [value for field, value in fields.items() if field != "properties" and isinstance(value, dict | list)]
        return inner

    def _listed(self, properties: list[Any]) -> None:
        """Properties that are a list, of objects or of texts such as `key=value`: EMR takes an object alone."""
        self.found.ignore(self.line, "Properties", "a list, where an object of keys and values is meant")
        texts = [text for item in properties for text in (item if isinstance(item, dict) else [str(item)])]
        for key in (text.partition("=")[0].strip() for text in texts):
            if carried(key):
                self.found.lose("properties-in-list", self._line_of(key), key, "write them between { and }, as one object")

    def _repeated(self, item: Any) -> None:
        for key in item.repeated if isinstance(item, _Object) else ():
            self.found.ignore(self._line_of(key), safe_name(key), "the key stands again below, and the last one counts")
            self.at += 1

    def _property(self, classification: str, key: str, value: Any) -> None:
        line = self._line_of(key)
        if isinstance(value, bool):
            value = str(value).lower()
        if not isinstance(value, str):
            self.found.ignore(line, safe_name(key), "the value is no text")
            if classification == _DEFAULTS:
                self.found.hole(key, line, "it is no text and no number")
        elif classification == _DEFAULTS:
            self.found.setting(key, value, line)
        elif classification == _EXPORT and is_known(key):
            take(key, value, line, self.exported)
        elif classification == _YARN or (classification == _SPARK and key == _OF_CLUSTER):
            self.found.cluster_setting(key, value, line)
        else:
            self.found.ignore(line, safe_name(key), f"of {safe_name(classification)}: {NOT_MEMORY}")
            if carried(key):
                write = f"put {key} into the classification {_DEFAULTS}"
                self.found.lose("wrong-classification", line, key, write, safe_name(classification))

    def _line_of(self, key: str) -> int:
        """The line of the next place where the key stands in quotes; the last line found where there is none."""
        at = self.text.find(json.dumps(key, ensure_ascii=False), self.at)
        if at >= 0:
            self.line += self.text.count("\n", self.at, at)
            self.at = at
        return self.line


def write(configuration: Configuration) -> str:
    """The JSON, for a cluster of EMR's, which runs YARN."""
    known = configuration.circumstances
    if known.cluster_manager not in ("", "yarn"):
        raise ConfigurationError(f"EMR's clusters run YARN, and the cluster manager is {known.cluster_manager}")
    defaults = {"spark.submit.deployMode": known.deploy_mode} if known.deploy_mode else {}
    by_name: dict[str, dict[str, str]] = {_DEFAULTS: defaults | configuration.values}
    for key, value in configuration.cluster.items():
        by_name.setdefault(_SPARK if key == _OF_CLUSTER else _YARN, {})[key] = value
    listed = [{"Classification": name, "Properties": pairs} for name, pairs in by_name.items()]
    return json.dumps(listed, indent=2, ensure_ascii=False) + "\n"
