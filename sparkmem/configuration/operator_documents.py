"""Which of several documents a ``SparkApplication`` is specified by, and what the others say of it."""

from __future__ import annotations

import re

from sparkmem.configuration.carried import safe_name
from sparkmem.configuration.configuration import ConfigurationError
from sparkmem.configuration.found import Found
from sparkmem.configuration.operator_fields import FIELDS, KINDS
from sparkmem.configuration.operator_nodes import text_of
from sparkmem.configuration.passed_over import OTHER_DOCUMENT
from sparkmem.configuration.setting import Setting
from sparkmem.configuration.yaml_scalars import Mapping, Unread

_CONNECT = "SparkConnect"
"""Of Kubeflow's operator: a server, which is the driver, and its executors."""
_OWN = ("sparkVersion", "mainApplicationFile", "mainClass", "sparkConf")
_STARTED = ("mainApplicationFile", "mainClass", "type", "jars", "pyFiles")
_OF_AN_OPERATOR = (
    *FIELDS, "apiVersion", "kind", "metadata", "spec", "type", "mode", "image", "sparkVersion", "sparkImage", "deps",
    "mainApplicationFile", "mainClass", "jars", "pyFiles", "runtimeVersions", "applicationTolerations", "restartPolicy",
    "hadoopConf", "volumes", "deployMode", "arguments", "args",
)  # fmt: skip
_MOST_INSIDE = 400
_IN_CHART = re.compile(r"spark_?-?[aA]pp(?:lication)?s?")  # as values of Helm's charts call it


def listed(objects: list[object]) -> list[object]:
    """The objects, with those that a list holds in its place, as ``kubectl get -o yaml`` prints them."""
    found: list[object] = []
    for item in objects:
        inside = item.entries.get("items") if isinstance(item, Mapping) else None
        found += inside if isinstance(inside, list) else [item]
    return found


def specification(found: list[object]) -> tuple[Mapping, int]:
    """What the first such object holds, and which of the documents it is."""
    objects = [(item, number) for number, item in enumerate(found) if isinstance(item, Mapping)]
    for item, number in objects:
        if text_of(item, "kind") in KINDS:
            spec = item.entries.get("spec")
            template = spec.entries.get("template") if isinstance(spec, Mapping) else None
            if text_of(item, "kind") == KINDS[1] and isinstance(template, Mapping):
                return template, number
            if isinstance(spec, Mapping):
                return spec, number
    for item, number in objects:
        spec = item.entries.get("spec")
        server = spec.entries.get("server") if text_of(item, "kind") == _CONNECT and isinstance(spec, Mapping) else None
        if isinstance(spec, Mapping) and isinstance(server, Mapping):
            spec.put("driver", server, spec.lines["server"])
        of_charts = [value for name, value in item.entries.items() if _IN_CHART.fullmatch(name)]
        for spec in [item.entries.get("spec", item), *of_charts]:
            if isinstance(spec, Mapping) and any(name in spec.entries for name in (*FIELDS, "sparkConf")):
                if _is_of_another_tool(spec):
                    raise ConfigurationError("a file of another tool's, which has a sparkConf of its own")
                return spec, number
    for item, number in objects:
        if inside := _inside(item):
            return inside, number
    raise ConfigurationError("YAML without a SparkApplication, and without driver, executor or sparkConf")


def is_whole(item: object, spec: Mapping) -> bool:
    """Whether an object says what it starts: a patch of one has the sizes alone, and is no job of its own."""
    return isinstance(item, Mapping) and text_of(item, "kind") in KINDS and any(name in spec.entries for name in _STARTED)


def _is_of_another_tool(spec: Mapping) -> bool:
    """Whether a sparkConf stands beside objects of other names, and nothing of an operator's own."""
    others = [name for name, value in spec.entries.items() if isinstance(value, Mapping) and name != "sparkConf"]
    return bool(others) and not any(name in _OF_AN_OPERATOR for name in spec.entries)


def _inside(item: Mapping) -> Mapping | None:
    """The first specification below a document's own names, told by fields of its own or by sizes of both processes.

    Blocks below the name ``spark`` make up keys; None where there is no specification.
    """
    waiting: list[tuple[str, object]] = [("", item)]
    for _ in range(_MOST_INSIDE):
        if not waiting:
            return None
        named, node = waiting.pop(0)
        if isinstance(node, list):
            waiting += [(named, part) for part in node]
        elif isinstance(node, Mapping):
            parts = [part for name in ("driver", "executor") if isinstance(part := node.entries.get(name), Mapping)]
            sized = sum("memory" in part.entries for part in parts)
            if (sized == 2 and named != "spark") or (sized and any(name in node.entries for name in _OWN)):
                return node
            waiting += node.entries.items()
    return None


def name_others(objects: list[object], number: int, found: Found) -> None:
    """Name the documents beside the one that is read."""
    for other, item in enumerate(objects):
        if isinstance(item, Unread):
            found.ignore(item.line, "…", item.what)
        if other != number and isinstance(item, Mapping) and item.lines:
            kind = safe_name(text_of(item, "kind") or next(iter(item.lines)))
            found.ignore(min(item.lines.values()), kind, OTHER_DOCUMENT)
            if kind in KINDS:
                _other_sizes(objects[number], item, found)


def _other_sizes(one: object, other: Mapping, found: Found) -> None:
    """Name the sizes that a second object sets otherwise than the first."""
    for part in ("driver", "executor"):
        first, second = (_part(item, part) for item in (one, other))
        if size := text_of(second, "memory"):
            key = f"spark.{part}.memory"
            found.apart([Setting(key, size, second.lines["memory"])], {key: text_of(first, "memory")})


def _part(item: object, part: str) -> Mapping:
    for name in ("spec", part):
        item = item.entries.get(name) if isinstance(item, Mapping) else None
    return item if isinstance(item, Mapping) else Mapping({}, {})


def take_patches(objects: list[object], number: int, found: Found) -> None:
    """Take what a Kustomization beside the object puts over it."""
    from sparkmem.configuration.yaml_maps import settings_of  # here: most objects stand without one

    for other, item in enumerate(objects):
        if other != number and isinstance(item, Mapping) and text_of(item, "kind") == "Kustomization":
            for setting in settings_of(item):
                found.setting(setting.key, setting.value, setting.line, "patch")
