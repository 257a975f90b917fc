"""The fields of an operator's object, and of the objects in it: taken, or named where they are not what is meant."""

from __future__ import annotations

from sparkmem.configuration.carried import carried, safe_name
from sparkmem.configuration.fields import key_of_field
from sparkmem.configuration.found import Found
from sparkmem.configuration.operator_fields import FIELDS
from sparkmem.configuration.passed_over import NO_VALUE, NOT_MEMORY
from sparkmem.configuration.yaml_scalars import NULLS, Mapping, Scalar, Unread

_MEANT_MEMORY = ("mem", "memoryrequest", "memory_limit", "heap", "ram", "requests", "limits")
_OF_THE_WHOLE = {"memoryOverheadFactor": "spark.kubernetes.memoryOverheadFactor"}
"""Of the specification (Kubeflow's ``SparkApplicationSpec``), and of no process in it (``SparkPodSpec``)."""
_OF_A_PROCESS = ("memory", "memoryOverhead")
_ALSO_FIELDS = ("memoryLimit",)  # of the container: no key of Spark's


def text_of(node: Mapping, name: str) -> str:
    """The text or number of a field; empty where there is none."""
    value = node.entries.get(name)
    return value.text if isinstance(value, Scalar) else ""


def object_of(spec: Mapping, name: str, found: Found) -> Mapping:
    """A part that is an object; where it is something else it is named, with the settings that a list of objects means."""
    part = spec.entries.get(name)
    if isinstance(part, Mapping):
        name_repeated(part, f"{name}.", found)
        return part
    line = spec.lines.get(name, 0)
    if isinstance(part, Unread):
        found.ignore(line, name, f"{part.what}: not followed")
    elif isinstance(part, list) or (isinstance(part, Scalar) and part.text not in NULLS):
        found.ignore(line, name, f"a {'list' if isinstance(part, list) else 'text'}, where an object is meant")
    for item in part if isinstance(part, list) else ():
        for field in item.entries if isinstance(item, Mapping) else ():
            if carried(key := FIELDS.get(name, {}).get(field, field)):
                found.lose("wrong-field", item.lines[field], key, f"write {name}.{field} without a hyphen before it", name)
    return Mapping({}, {})


def name_repeated(node: Mapping, where: str, found: Found) -> None:
    """Name the fields that stand again below."""
    for name, line in node.repeated:
        found.ignore(line, f"{where}{safe_name(name)}", f"the key stands again on line {node.lines[name]}, which wins")


def take_field(node: Mapping, name: str, key: str, where: str, found: Found) -> None:
    """Take a field as the value of a key, or say why not; ``where`` are the names around it, for people."""
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
    elif not (value.plain and value.text in NULLS):
        found.setting(key, value.text, line, f"{where}{safe_name(name)}")
    elif carried(key):
        found.ignore(line, f"{where}{safe_name(name)}", NO_VALUE)


def name_wrong_field(node: Mapping, part: str, name: str, found: Found) -> None:
    """Say of a field that means memory, and that the operator does not have, what to write."""
    value = node.entries[name]
    for setting, line in value.lines.items() if isinstance(value, Mapping) else ():
        if carried(setting):  # as of a sparkConf of the executor's own
            write = f"write {setting} in the sparkConf beside driver and executor"
            found.lose("wrong-field", line, setting, write, f"{part}.{safe_name(name)}")
    holds = isinstance(value, Mapping) and name == "resources"
    key = key_of_field(name) or (f"spark.{part}.memory" if holds or name.lower() in _MEANT_MEMORY else "")
    if name == "memoryLimit" and isinstance(value, Scalar):
        found.say("memory-limit", part, node.lines[name], f"{part}.memoryLimit")
    if name in _OF_THE_WHOLE:
        write = f"write {name} beside driver and executor"
        found.lose("wrong-field", node.lines[name], _OF_THE_WHOLE[name], write, f"{part}.{safe_name(name)}")
    elif key and name not in _ALSO_FIELDS:
        field = "memoryOverhead" if key.endswith("Overhead") else "memory"
        found.lose("wrong-field", node.lines[name], key, f"write {part}.{field} and its value", f"{part}.{safe_name(name)}")


def name_outside(spec: Mapping, name: str, found: Found) -> None:
    """Say of a field beside driver and executor that belongs into one of them, where to write it."""
    value = spec.entries[name]
    key = key_of_field(name) or (f"spark.executor.{name}" if name in _OF_A_PROCESS else "")
    if key.startswith(("spark.executor.", "spark.driver.")) and carried(key) and isinstance(value, Scalar):
        _, part, field = key.split(".", 2)
        parts = f"{part}.{field}" if name not in _OF_A_PROCESS else f"driver.{name} or executor.{name}"
        found.lose("wrong-field", spec.lines[name], key, f"write {parts} and its value", safe_name(name))
