"""The inputs of a whole job: a text, what it seldom says, and every setting that it may hold."""

from __future__ import annotations

from dataclasses import replace

from sparkmem.calculators.container_request import CONTAINER_REQUEST
from sparkmem.calculators.driver_memory import DRIVER_MEMORY
from sparkmem.calculators.executor_memory import EXECUTOR_MEMORY
from sparkmem.input import Input
from sparkmem.spark.settings.keys import KEYS
from sparkmem.subjects.job.example import EXAMPLE, LOST_SETTINGS, NO_SETTINGS, PAGE

_KNOWN: dict[str, Input] = {
    item.name: item
    for calculator in (DRIVER_MEMORY, EXECUTOR_MEMORY, CONTAINER_REQUEST)
    for item in calculator.inputs
    if not item.name.startswith("profile-")
}
_KNOWN["java"] = replace(_KNOWN["java"], help="The version of the JVM that runs executors and driver.")
_ASKED = ("release", "cluster-manager")
"""What a text seldom says; the rest is folded, so that the answer to a text that was pasted is in sight."""
_MACHINE = (
    "deploy-mode", "language", "java", "gc",
    "yarn-scheduler", "yarn-minimum-allocation", "yarn-increment-allocation", "yarn-maximum-allocation",
    "processors", "machine-memory",
)  # fmt: skip
_KEYS_PAGE = "reference/configuration-keys/#configuration-keys"

_TEXT = Input(
    "text", "Your configuration",
    "A command, a defaults file, code, JSON, YAML, rows of the Environment page, or any text with keys and values."
    " It stays in this page: the address takes the memory settings alone.",
    default=EXAMPLE, group="executor", unit="lines", see=PAGE + "#formats",
)  # fmt: skip
_NODE = replace(_KNOWN["node-memory"], label="Memory of a node", group="executor")
_NONE = Input(
    NO_SETTINGS, "Settings", "none: the job sets nothing, and Spark's defaults are explained.",
    choices=(("", "given"), ("none", "none")), group="rare", see=PAGE + "#formats", in_form=False,
)  # fmt: skip


_LOST = Input(
    LOST_SETTINGS, "Lost settings", "Settings that a text meant and that do not count, as ID:KEY with commas between them.",
    group="rare", see=PAGE + "#lost", in_form=False, counted=True,
)  # fmt: skip


def _asked(item: Input, group: str) -> Input:
    """An input of the form that says nothing until the reader does: the text decides, or the default."""
    usual = next((label for value, label in item.choices if value == item.default), item.default)
    silent = (("", f"as given, or {usual.removeprefix('Spark ')}"),)
    choices = silent + tuple(pair for pair in item.choices if pair[0]) if item.choices else ()
    return replace(item, default="", choices=choices, group=group, example=item.default or item.example, only=("", ()))


def _setting(name: str) -> Input:
    known = _KNOWN.get(name, Input(name, name, "Read from the text.", see=_KEYS_PAGE))
    return replace(known, group="rare", in_form=False)


_FORM = (
    _TEXT,
    *(_asked(_KNOWN[name], "executor") for name in _ASKED),
    _NODE,
    *(_asked(_KNOWN[name], "machine") for name in _MACHINE),
)
_REST = [name for name in _KNOWN if name not in {item.name for item in _FORM}]
_SETTINGS = sorted({*_REST, *(name for name, key in KEYS.items() if key.memory)})
INPUTS = (*_FORM, _NONE, _LOST, *map(_setting, _SETTINGS))
READ = {
    item.name: replace(_KNOWN[item.name], in_form=item.in_form) if item.name in _KNOWN else item
    for item in INPUTS
    if item is not _TEXT
}
