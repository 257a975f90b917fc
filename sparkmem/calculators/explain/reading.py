"""What a reader pasted or what an address holds, as the inputs of the calculators: what was taken, passed over, assumed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sparkmem.answer.read import Read
from sparkmem.configuration import Configuration, ConfigurationError, configuration, read, write
from sparkmem.configuration.carried import carried
from sparkmem.configuration.formats import FORMATS
from sparkmem.errors import BadInputs, InputError
from sparkmem.subjects.job.example import EXAMPLE, NO_SETTINGS, PAGE

ASKED = ("cluster-manager", "deploy-mode", "language", "release")

# What a configuration says of the cluster, as the calculators call it; the later name wins.
_CLUSTER = {
    "yarn.scheduler.minimum-allocation-mb": "yarn-minimum-allocation",
    "yarn.scheduler.maximum-allocation-mb": "yarn-maximum-allocation",
    "yarn.scheduler.increment-allocation-mb": "yarn-increment-allocation",
    "yarn.resource-types.memory-mb.increment-allocation": "yarn-increment-allocation",
    "yarn.nodemanager.resource.memory-mb": "node-memory",
}


@dataclass(frozen=True)
class Reading:
    """The inputs that a text and the form come to, and where they are from."""

    texts: Mapping[str, str]
    found: Configuration
    read: Read
    assumed: tuple[str, ...]
    unknown: tuple[tuple[str, str], ...]
    """Keys whose value only a shell knows, each with the name of a variable."""


def read_job(texts: Mapping[str, str]) -> Reading:
    """The inputs of a request; ``BadInputs`` where its text is in no format that is read."""
    own = {name: text for name, text in texts.items() if name != "text" and (text or name.startswith("spark."))}
    settings = {name: text for name, text in own.items() if carried(name)}
    given = NO_SETTINGS in own or bool(settings)
    example = "text" not in texts and not given
    found = _found(EXAMPLE if example else texts.get("text"), settings)
    known = [setting for setting in found.settings if not setting.variables]
    from_text = found.circumstances.as_inputs() | _cluster(found) | {setting.key: setting.value for setting in known}
    merged = {**from_text, **own}
    if not any(carried(name) for name in merged):
        merged[NO_SETTINGS] = "none"
    else:
        merged.pop(NO_SETTINGS, None)
    taken = tuple((s.line, s.key, s.value) for s in known)
    taken += tuple((0, name, text) for name, text in (found.circumstances.as_inputs() | _cluster(found)).items())
    passed = tuple((item.line, item.text, item.reason) for item in (*found.ignored, *found.remarks))
    name = FORMATS[found.format].name if found.format else ""
    return Reading(
        merged,
        found,
        Read(name, taken, passed, example, "" if found.format else _as_text(found)),
        tuple(name for name in ASKED if name not in merged),
        tuple((s.key, s.variables[0]) for s in found.settings if s.variables),
    )


def _found(text: str | None, settings: Mapping[str, str]) -> Configuration:
    try:
        return configuration(settings) if text is None else _read(text)
    except ConfigurationError as error:
        change = "paste a spark-submit command, a defaults file, builder code, EMR JSON, YAML or Environment rows"
        raise BadInputs([InputError("text", error.message, PAGE + "#formats", change=change)]) from None


@lru_cache(maxsize=2)  # most edits are of a field, and the text is what it was
def _read(text: str) -> Configuration:
    return read(text)


def _cluster(found: Configuration) -> dict[str, str]:
    return {_CLUSTER[key]: text for key, text in found.cluster.items() if key in _CLUSTER}


def _as_text(found: Configuration) -> str:
    """The settings of an address as a text that reads the same; empty where no file of defaults can hold them."""
    try:
        return write(found, "spark-defaults")
    except ConfigurationError:
        return ""
