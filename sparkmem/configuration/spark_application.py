"""A ``SparkApplication`` of the Kubernetes operators, as YAML; the fields that memory depends on.

The Kubeflow operator hands ``sparkConf`` to spark-submit before the fields of driver and executor, so the fields win.
"""

from __future__ import annotations

import re

from sparkmem.configuration.carried import carried, safe_name, shaped
from sparkmem.configuration.configuration import Configuration, ConfigurationError, Setting
from sparkmem.configuration.fields import key_of_field
from sparkmem.configuration.found import OF_ANOTHER, Found
from sparkmem.configuration.operator_fields import FIELDS as _FIELDS
from sparkmem.configuration.operator_fields import KINDS as _KINDS
from sparkmem.configuration.passed_over import NO_VALUE, NOT_MEMORY, OTHER_DOCUMENT, OTHER_FILE
from sparkmem.configuration.yaml_mended import MENDED, as_meant
from sparkmem.configuration.yaml_scalars import Mapping, Scalar, Unread

FORMAT = "spark-application"

_SIGN = re.compile(
    r"^[ ]*(?:[kK]ind:[ ]*[\"']?(?:Scheduled)?SparkApplication\b|sparkConf:|(?:spec|driver|executor):[ ]*(?:#.*)?$)", re.M
)
_STACKABLE = re.compile(r"^apiVersion:[ ]*[\"']?spark\.stackable\.tech/", re.MULTILINE)
_ROLES = {"server": "driver", "driver": "driver", "executor": "executor"}  # of Stackable's objects
_MEANT_MEMORY = ("mem", "memoryrequest", "memory_limit", "heap", "ram", "requests", "limits")
_ALSO_FIELDS = ("memoryLimit",)  # of the container: no key of Spark's
_CLUSTER = re.compile(r"^[ ]*kind:[ ]*[\"']?SparkCluster\b", re.MULTILINE)
"""Of Apache's operator: a master and workers, to which applications are submitted."""
_DESCRIBED = re.compile(r"^Kind:[ ]{1,20}(?:Scheduled)?SparkApplication\b", re.MULTILINE)
_NAMED = re.compile(r"(?m:^)([ ]*(?:- )?)([A-Z][A-Za-z]{0,30}(?:[ ][A-Z][A-Za-z]{0,30}){0,4}):(?=[ ]|$)", re.MULTILINE)
_CONNECT = "SparkConnect"
"""Of Kubeflow's operator: a server, which is the driver, and its executors."""
_KUBEFLOW = re.compile(r"^apiVersion:[ ]*[\"']?sparkoperator\.k8s\.io/", re.MULTILINE)
_TYPES = {"Java": "jvm", "Scala": "jvm", "Python": "python", "R": "r"}
_MODES = {"ClusterMode": "cluster", "ClientMode": "client"}
_ALSO_READ = (
    "sparkConf",
    "mode",
    "deployMode",
    "deploymentMode",
    "type",
    "sparkVersion",
    "runtimeVersions",
    "memoryOverheadFactor",
)


def looks_like(text: str) -> bool:
    """Whether there is such an object, or a part of one."""
    return bool(_SIGN.search(text))


def read(text: str) -> Configuration:
    """The settings of the first such object."""
    if _DESCRIBED.search(text):
        text = _NAMED.sub(lambda name: name[1] + _camel(name[2]) + ":", text)
    objects, mended = as_meant(text)
    objects = _listed(objects)
    spec, number = _specification(objects)
    found = Found(FORMAT)
    if mended:
        found.remark(mended, "…", MENDED)
    _other_documents(objects, number, found)
    found.know(cluster_manager="standalone" if _CLUSTER.search(text) else "kubernetes")
    _beside(spec, found)
    stackable = bool(_STACKABLE.search(text))
    if kubeflow := _KUBEFLOW.search(text):
        found.say("operator", "kubeflow", text.count("\n", 0, kubeflow.start()) + 1, "apiVersion")
    _field(spec, "memoryOverheadFactor", "spark.kubernetes.memoryOverheadFactor", "", found)
    conf = _object(spec, "sparkConf", found)
    for key in conf.entries:
        _field(conf, key, key, "sparkConf.", found)
    for part, fields in _FIELDS.items():
        node = _object(spec, part, found)
        if node.entries and (part != "dynamicAllocation" or _text(node, "enabled").lower() == "true"):
            for name in node.entries:
                _field(node, name, fields.get(name, ""), f"{part}.", found)
                if name not in fields and part != "dynamicAllocation" and not stackable:
                    _wrong_field(node, part, name, found)
    if stackable:
        _overrides(spec, found)
        _by_resources(spec, found)
    _repeated(spec, "", found)
    _patched(objects, number, found)
    for name, line in spec.lines.items():
        if name not in _FIELDS and name not in _ALSO_READ:
            found.ignore(line, safe_name(name), OTHER_FILE if name == "sparkConfigMap" else NOT_MEMORY)
    return found.configuration()


def _camel(words: str) -> str:
    """The name of a field as ``kubectl describe`` writes it, as it stands in the object."""
    first, *rest = words.split(" ")
    return {"API": "api"}.get(first, first[0].lower() + first[1:]) + "".join(rest)


def _listed(objects: list[object]) -> list[object]:
    """The objects, with those that a list holds in its place, as ``kubectl get -o yaml`` prints them."""
    found: list[object] = []
    for item in objects:
        inside = item.entries.get("items") if isinstance(item, Mapping) else None
        found += inside if isinstance(inside, list) else [item]
    return found


_OWN = ("sparkVersion", "mainApplicationFile", "mainClass", "sparkConf")
_MOST_INSIDE = 400
_IN_CHART = re.compile(r"spark_?-?[aA]pp(?:lication)?s?")  # as values of Helm's charts call it


def _specification(found: list[object]) -> tuple[Mapping, int]:
    """What the first such object holds, and which of the documents it is."""
    objects = [(item, number) for number, item in enumerate(found) if isinstance(item, Mapping)]
    for item, number in objects:
        if _text(item, "kind") in _KINDS:
            spec = item.entries.get("spec")
            template = spec.entries.get("template") if isinstance(spec, Mapping) else None
            if _text(item, "kind") == _KINDS[1] and isinstance(template, Mapping):
                return template, number
            if isinstance(spec, Mapping):
                return spec, number
    for item, number in objects:
        spec = item.entries.get("spec")
        if _text(item, "kind") == _CONNECT and isinstance(spec, Mapping) and isinstance(spec.entries.get("server"), Mapping):
            spec.put("driver", spec.entries["server"], spec.lines["server"])
        of_charts = [value for name, value in item.entries.items() if _IN_CHART.fullmatch(name)]
        for spec in [item.entries.get("spec", item), *of_charts]:
            if isinstance(spec, Mapping) and any(name in spec.entries for name in (*_FIELDS, "sparkConf")):
                return spec, number
    for item, number in objects:
        if inside := _inside(item):
            return inside, number
    raise ConfigurationError("YAML without a SparkApplication, and without driver, executor or sparkConf")


def _inside(item: Mapping) -> Mapping | None:
    """The first specification below a document's own names, told by fields that nothing else has; None for none."""
    waiting: list[object] = [item]
    for _ in range(_MOST_INSIDE):
        if not waiting:
            return None
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, Mapping):
            parts = [part for name in ("driver", "executor") if isinstance(part := node.entries.get(name), Mapping)]
            if any(name in node.entries for name in _OWN) and any("memory" in part.entries for part in parts):
                return node
            waiting += node.entries.values()
    return None


def _other_documents(objects: list[object], number: int, found: Found) -> None:
    """Name the documents beside the one that is read."""
    for other, item in enumerate(objects):
        if isinstance(item, Unread):
            found.ignore(item.line, "…", item.what)
        if other != number and isinstance(item, Mapping) and item.lines:
            kind = safe_name(_text(item, "kind") or next(iter(item.lines)))
            found.ignore(min(item.lines.values()), kind, OTHER_DOCUMENT)
            if kind in _KINDS:
                _other_sizes(objects[number], item, found)


def _patched(objects: list[object], number: int, found: Found) -> None:
    """Take what a Kustomization beside the object puts over it."""
    from sparkmem.configuration.yaml_maps import settings_of  # here: most objects stand without one

    for other, item in enumerate(objects):
        if other != number and isinstance(item, Mapping) and _text(item, "kind") == "Kustomization":
            for setting in settings_of(item):
                found.setting(setting.key, setting.value, setting.line, "patch")


def _other_sizes(one: object, other: Mapping, found: Found) -> None:
    """Name the sizes that a second object sets otherwise than the first."""
    for part in ("driver", "executor"):
        first, second = (_part(item, part) for item in (one, other))
        size = _text(second, "memory")
        if size and shaped(size) and size != _text(first, "memory"):
            found.lose(OF_ANOTHER, second.lines["memory"], f"spark.{part}.memory", "", size)


def _part(item: object, part: str) -> Mapping:
    for name in ("spec", part):
        item = item.entries.get(name) if isinstance(item, Mapping) else None
    return item if isinstance(item, Mapping) else Mapping({}, {})


def _object(spec: Mapping, name: str, found: Found) -> Mapping:
    """A part that is an object; where it is something else it is named, with the settings that a list of objects means."""
    part = spec.entries.get(name)
    if isinstance(part, Mapping):
        _repeated(part, f"{name}.", found)
        return part
    line = spec.lines.get(name, 0)
    if isinstance(part, Unread):
        found.ignore(line, name, f"{part.what}: not followed")
    elif isinstance(part, list) or (isinstance(part, Scalar) and part.text not in ("", "~", "null", "Null", "NULL")):
        found.ignore(line, name, f"a {'list' if isinstance(part, list) else 'text'}, where an object is meant")
    for item in part if isinstance(part, list) else ():
        for field in item.entries if isinstance(item, Mapping) else ():
            if carried(key := _FIELDS.get(name, {}).get(field, field)):
                found.lose("wrong-field", item.lines[field], key, f"write {name}.{field} without a hyphen before it", name)
    return Mapping({}, {})


def _repeated(node: Mapping, where: str, found: Found) -> None:
    """Name the fields that stand again below."""
    for name, line in node.repeated:
        found.ignore(line, f"{where}{safe_name(name)}", f"the key stands again on line {node.lines[name]}, which wins")


def _text(node: Mapping, name: str) -> str:
    value = node.entries.get(name)
    return value.text if isinstance(value, Scalar) else ""


def _beside(spec: Mapping, found: Found) -> None:
    """What is known beside the settings: language, deploy mode, release."""
    language = _TYPES.get(_text(spec, "type"), "")
    main = _text(spec, "mainApplicationFile").lower()
    if not language and not _text(spec, "mainClass"):
        language = next((name for end, name in ((".py", "python"), (".r", "r")) if main.endswith(end)), "")
    for name, by_file in (("pyFiles", "python"), ("sparkRFiles", "r")):
        if not language and name in spec.entries:  # of the Apache operator; Kubeflow's are among its deps
            language = by_file
    versions = spec.entries.get("runtimeVersions")
    found.know(language=language)
    found.spark_version(
        _text(spec, "sparkVersion") or (_text(versions, "sparkVersion") if isinstance(versions, Mapping) else "")
    )
    for name in ("mode", "deployMode", "deploymentMode"):
        if _text(spec, name):
            found.deploy_mode(_MODES.get(_text(spec, name), _text(spec, name)), spec.lines[name])


def _overrides(spec: Mapping, found: Found) -> None:
    """Take what Stackable's operator writes into the file of defaults by ``configOverrides``, of each role."""
    for node in (spec, *(spec.entries.get(role) for role in _ROLES)):
        files = node.entries.get("configOverrides") if isinstance(node, Mapping) else None
        pairs = files.entries.get("spark-defaults.conf") if isinstance(files, Mapping) else None
        if isinstance(pairs, Mapping):
            for key in pairs.entries:
                _field(pairs, key, key, "configOverrides.", found)


def _by_resources(spec: Mapping, found: Found) -> None:
    """Say of Stackable's operator that it works sizes out of a limit, which is not followed here."""
    for role, part in _ROLES.items():
        node = spec.entries.get(role)
        if not isinstance(node, Mapping):
            continue
        if "config" in node.entries and f"spark.{part}.memory" not in found.settings:
            limit = _limit(node.entries["config"])
            of_what = f"the limit {limit}, which holds the overhead too" if limit else "resources"
            found.hole(f"spark.{part}.memory", node.lines["config"], f"Stackable's operator works it out of {of_what}")
        if part == "executor":
            _field(node, "replicas", "spark.executor.instances", "executor.", found)


def _limit(config: object) -> str:
    """The limit of memory in ``config.resources.memory.limit``; empty where there is none that is a size."""
    for name in ("resources", "memory", "limit"):
        config = config.entries.get(name) if isinstance(config, Mapping) else None
    return config.text if isinstance(config, Scalar) and shaped(config.text) else ""


def _wrong_field(node: Mapping, part: str, name: str, found: Found) -> None:
    """Say of a field that means memory, and that the operator does not have, what to write."""
    value = node.entries[name]
    holds = isinstance(value, Mapping) and name == "resources"
    key = key_of_field(name) or (f"spark.{part}.memory" if holds or name.lower() in _MEANT_MEMORY else "")
    if name == "memoryLimit" and isinstance(value, Scalar):
        found.say("memory-limit", part, node.lines[name], f"{part}.memoryLimit")
    if key and name not in _ALSO_FIELDS:
        field = "memoryOverhead" if key.endswith("Overhead") else "memory"
        found.lose("wrong-field", node.lines[name], key, f"write {part}.{field} and its value", f"{part}.{safe_name(name)}")


def _field(node: Mapping, name: str, key: str, where: str, found: Found) -> None:
    if name not in node.entries:
        return
    value, line = node.entries[name], node.lines[name]
    if isinstance(value, Unread):
        found.ignore(line, f"{where}{'<<' if name == '<<' else safe_name(name)}", f"{value.what}: not followed")
        found.hole(key, line, f"it is {value.what}")
    elif not key:
        found.ignore(line, f"{where}{safe_name(name)}", NOT_MEMORY)
    elif not isinstance(value, Scalar):
        found.ignore(line, f"{where}{safe_name(name)}", "not a text or a number")
        found.hole(key, line, "it is no text and no number")
    elif not (value.plain and value.text in ("", "~", "null", "Null", "NULL")):
        found.setting(key, value.text, line, f"{where}{safe_name(name)}")
    elif carried(key):
        found.ignore(line, f"{where}{safe_name(name)}", NO_VALUE)


def write(configuration: Configuration) -> str:
    """The object; names in capitals are to be filled in."""
    known = configuration.circumstances
    if known.cluster_manager not in ("", "kubernetes"):
        raise ConfigurationError(
            f"a SparkApplication runs on Kubernetes, and the cluster manager is {known.cluster_manager}"
        )
    fields: dict[str, list[str]] = {"sparkConf": [], "driver": [], "executor": []}
    for setting in configuration.settings:
        part, line = _line(setting)
        fields[part].append(line)
    spec = [
        *([f"type: {next(name for name, word in _TYPES.items() if word == known.language)}"] if known.language else []),
        *([f"mode: {known.deploy_mode}"] if known.deploy_mode else []),
        *([f'sparkVersion: "{known.release}"'] if known.release else []),
        *(line for part, lines in fields.items() if lines for line in (f"{part}:", *(f"  {line}" for line in lines))),
    ]
    head = [
        "apiVersion: sparkoperator.k8s.io/v1beta2",
        "kind: SparkApplication",
        "metadata:",
        "  name: NAME",
        "spec:" if spec else "spec: {}",
    ]
    return "".join(f"{line}\n" for line in [*head, *(f"  {line}" for line in spec)])


def _line(setting: Setting) -> tuple[str, str]:
    """The part of the object in which a setting stands, and its line there."""
    for part in ("driver", "executor"):
        for name, key in _FIELDS[part].items():
            if key == setting.key:
                if name not in ("cores", "instances"):
                    return part, f"{name}: {_quoted(setting.value)}"
                if re.fullmatch(r"[1-9][0-9]{0,8}", setting.value):
                    return part, f"{name}: {setting.value}"
    return "sparkConf", f"{_quoted(setting.key)}: {_quoted(setting.value)}"


def _quoted(text: str) -> str:
    """The text in double quotes; what cannot be printed is escaped."""
    short = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return '"' + "".join(short.get(c) or (c if c.isprintable() else f"\\U{ord(c):08x}") for c in text) + '"'
