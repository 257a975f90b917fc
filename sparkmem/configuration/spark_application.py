"""A ``SparkApplication`` of the Kubernetes operators, as YAML; the fields that memory depends on.

The Kubeflow operator hands ``sparkConf`` to spark-submit before the fields of driver and executor, so the fields win.
"""

from __future__ import annotations

import re
from dataclasses import replace

from sparkmem.configuration import stackable
from sparkmem.configuration.carried import safe_name
from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.found import Found
from sparkmem.configuration.operator_documents import is_whole, listed, name_others, specification, take_patches
from sparkmem.configuration.operator_fields import FIELDS, TYPES
from sparkmem.configuration.operator_nodes import (
    name_outside,
    name_repeated,
    name_wrong_field,
    object_of,
    take_field,
    text_of,
)
from sparkmem.configuration.passed_over import NOT_MEMORY, OTHER_FILE
from sparkmem.configuration.yaml_mended import MENDED, as_meant
from sparkmem.configuration.yaml_scalars import Mapping

FORMAT = "spark-application"

_SIGN = re.compile(
    r"^[ ]*(?:[kK]ind:[ ]*[\"']?(?:Scheduled)?SparkApplication\b|sparkConf:|(?:spec|driver|executor):[ ]*(?:#.*)?$"
    r"|(?:spec:[ ]{0,9}\{[^\n]{0,200}\b)?(?:driver|executor):[ ]{0,9}\{"
    r"[^\n]{0,200}\b(?:memory|cores):[^\n]{0,200}\}[ ]{0,9}$)",
    re.M,
)
_STACKABLE = re.compile(r"^apiVersion:[ ]*[\"']?spark\.stackable\.tech/", re.MULTILINE)
_CLUSTER = re.compile(r"^[ ]*kind:[ ]*[\"']?SparkCluster\b", re.MULTILINE)
"""Of Apache's operator: a master and workers, to which applications are submitted."""
_DESCRIBED = re.compile(r"^Kind:[ ]{1,20}(?:Scheduled)?SparkApplication\b", re.MULTILINE)
_NAMED = re.compile(r"(?m:^)([ ]*(?:- )?)([A-Z][A-Za-z]{0,30}(?:[ ][A-Z][A-Za-z]{0,30}){0,4}):(?=[ ]|$)", re.MULTILINE)
_KUBEFLOW = re.compile(r"^apiVersion:[ ]*[\"']?sparkoperator\.k8s\.io/", re.MULTILINE)
_PROCESSES = ("driver", "executor")
"""What Kubeflow's operator requires of an object (``SparkApplicationSpec``, without ``omitempty``)."""
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
    objects = listed(objects)
    spec, number = specification(objects)
    found = Found(FORMAT)
    if mended:
        found.remark(mended, "…", MENDED)
    name_others(objects, number, found)
    found.know(cluster_manager="standalone" if _CLUSTER.search(text) else "kubernetes")
    _beside(spec, found)
    of_stackable = bool(_STACKABLE.search(text))
    if kubeflow := _KUBEFLOW.search(text):
        found.say("operator", "kubeflow", text.count("\n", 0, kubeflow.start()) + 1, "apiVersion")
    take_field(spec, "memoryOverheadFactor", "spark.kubernetes.memoryOverheadFactor", "", found)
    conf = object_of(spec, "sparkConf", found)
    for key in conf.entries:
        take_field(conf, key, key, "sparkConf.", found)
    for part, fields in FIELDS.items():
        node = object_of(spec, part, found)
        if node.entries and (part != "dynamicAllocation" or text_of(node, "enabled").lower() == "true"):
            for name in node.entries:
                take_field(node, name, fields.get(name, ""), f"{part}.", found)
                if name not in fields and part != "dynamicAllocation" and not of_stackable:
                    name_wrong_field(node, part, name, found)
    if of_stackable:
        stackable.take_overrides(spec, found)
        stackable.take_resources(spec, found)
    if kubeflow and "mainApplicationFile" in spec.entries and not any(part in spec.entries for part in _PROCESSES):
        heaps = {f"spark.{part}.memory": part for part in _PROCESSES}
        for key, part in {} if heaps.keys() & found.settings.keys() else heaps.items():
            found.hole(key, 0, f"the object has no {part}, without which the operator takes none")
    name_repeated(spec, "", found)
    take_patches(objects, number, found)
    for name, line in spec.lines.items():
        if name not in FIELDS and name not in _ALSO_READ:
            found.ignore(line, safe_name(name), OTHER_FILE if name == "sparkConfigMap" else NOT_MEMORY)
            if "sparkConf" in spec.entries or any(part in spec.entries for part in _PROCESSES):
                name_outside(spec, name, found)
    taken = found.configuration()
    return replace(taken, starts=True) if is_whole(objects[number], spec) else taken


def write(configuration: Configuration) -> str:
    """The configuration as such an object."""
    from sparkmem.configuration.application_text import write as written  # here: reading needs no writing

    return written(configuration)


def _camel(words: str) -> str:
    """The name of a field as ``kubectl describe`` writes it, as it stands in the object."""
    first, *rest = words.split(" ")
    return {"API": "api"}.get(first, first[0].lower() + first[1:]) + "".join(rest)


def _beside(spec: Mapping, found: Found) -> None:
    """What is known beside the settings: language, deploy mode, release."""
    language = TYPES.get(text_of(spec, "type"), "")
    main = text_of(spec, "mainApplicationFile").lower()
    if not language and not text_of(spec, "mainClass"):
        language = next((name for end, name in ((".py", "python"), (".r", "r")) if main.endswith(end)), "")
    for name, by_file in (("pyFiles", "python"), ("sparkRFiles", "r")):
        if not language and name in spec.entries:  # of the Apache operator; Kubeflow's are among its deps
            language = by_file
    versions = spec.entries.get("runtimeVersions")
    found.know(language=language)
    found.spark_version(
        text_of(spec, "sparkVersion") or (text_of(versions, "sparkVersion") if isinstance(versions, Mapping) else "")
    )
    for name in ("mode", "deployMode", "deploymentMode"):
        if text_of(spec, name):
            found.deploy_mode(_MODES.get(text_of(spec, name), text_of(spec, name)), spec.lines[name])
