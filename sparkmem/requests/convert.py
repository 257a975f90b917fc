"""Configurations for other programs: a text goes in and plain data comes out, or a text in another format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sparkmem.configuration import Circumstances, Configuration, ConfigurationError, configuration
from sparkmem.configuration.carried import CLUSTER_KEYS, safe_name
from sparkmem.configuration.circumstances import concluded
from sparkmem.configuration.formats import read, write
from sparkmem.eventlog.depth import too_deep
from sparkmem.release import NEWEST, RELEASES
from sparkmem.requests.streams import json_and_repeated


def read_text(text: str, format: str = "", release: str = "") -> dict[str, Any]:
    """What a text holds, and which of its keys the release does not take as they stand, each with what to write.

    Without a release it is the one that the text names, else the newest.

    >>> [about["replaced-by"] for about in read_text("spark.yarn.executor.memoryOverhead 1g")["about"]]
    ['spark.executor.memoryOverhead']
    """
    if release and release not in RELEASES:
        raise ConfigurationError(f"release {release!r} is not one of {', '.join(RELEASES)}")
    found = concluded(read(text, format), text) if format else read(text)
    asked = release or found.circumstances.release or NEWEST
    return found.as_dict() | {"release": asked, "about": [remark.as_dict() for remark in found.about(asked)]}


def written(text: str, format: str) -> str:
    """A configuration in another format: one that was read by ``read_text``, a JSON object of settings, or any text.

    >>> written('{"spark.executor.memory": "8g"}', "spark-defaults")
    'spark.executor.memory 8g\\n'
    """
    return write(_configuration(text), format)


def _configuration(text: str) -> Configuration:
    if too_deep(text.encode("utf-8", "surrogatepass")):
        return read(text)
    try:
        data, twice = json_and_repeated(text)
    except ValueError:
        return read(text)
    if not isinstance(data, dict) or "Classification" in data:
        return read(text)
    if twice:
        raise ConfigurationError(twice.message)
    if "settings" not in data:
        return configuration(_texts(data, "settings"))
    entries = [_object(entry) for entry in _list(data["settings"], "settings")]
    known = _texts(data.get("circumstances", {}), "circumstances")
    try:
        found = configuration(
            {_text(entry, "key"): _text(entry, "value") for entry in entries},
            **{name.replace("-", "_"): text for name, text in known.items()},
        )
    except TypeError:
        raise ConfigurationError(f"circumstances are {', '.join(vars(Circumstances()))}".replace("_", "-")) from None
    shell = {_text(entry, "key"): _list(entry.get("variables", []), "variables") for entry in entries}
    settings = tuple(replace(one, variables=tuple(map(str, shell[one.key]))) for one in found.settings)
    return replace(found, settings=settings, cluster=_cluster(data))


def _cluster(data: Mapping[str, object]) -> dict[str, str]:
    cluster = _texts(data.get("cluster", {}), "cluster")
    unknown = next((key for key in cluster if key not in CLUSTER_KEYS), None)
    if unknown is not None:
        raise ConfigurationError(f"{safe_name(unknown)} is no setting of a cluster that is read")
    return cluster


def _list(data: object, name: str) -> list[Any]:
    if not isinstance(data, list):
        raise ConfigurationError(f"{name} is a list")
    return data


def _object(data: object) -> Mapping[str, object]:
    if not isinstance(data, dict):
        raise ConfigurationError("a setting is an object with key and value")
    return data


def _text(data: Mapping[str, object], name: str) -> str:
    found = data.get(name)
    if not isinstance(found, str):
        raise ConfigurationError(f"a setting has a {name}, which is a text")
    return found


def _texts(data: object, name: str) -> dict[str, str]:
    if not isinstance(data, dict) or not all(isinstance(value, str) for value in data.values()):
        raise ConfigurationError(f"{name} is an object of names and texts")
    return dict(data)
