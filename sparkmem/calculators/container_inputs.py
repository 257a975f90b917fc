"""The inputs of container-request: the settings, YARN's rounding, and what a request comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sparkmem.calculator import RELEASE, Given, Input
from sparkmem.calculators.container_settings import (
    DEPLOY_MODE,
    DRIVER_SETTINGS,
    EXECUTOR_SETTINGS,
    LANGUAGE,
    MANAGER,
    PAGE,
    setting,
)
from sparkmem.errors import InputError, Refused
from sparkmem.release import since
from sparkmem.size import SizeError, byte_string_as_mb
from sparkmem.spark.containers.container import Application
from sparkmem.spark.containers.resource_profile import REQUESTS
from sparkmem.spark.settings import config, overhead, yarn
from sparkmem.spark.settings.entry import Entry
from sparkmem.spark.settings.spark_conf import OLD_NAMES, SparkConf

__all__ = [
    "CLUSTER", "DEPLOY_MODE", "DRIVER_SETTINGS", "EXECUTOR_SETTINGS", "INPUTS", "LANGUAGE", "MANAGER", "PAGE",
    "GivenConf", "application", "mebibytes",
]  # fmt: skip


def _hidden(name: str, label: str, help: str, see: str) -> Input:
    return Input(name, label, help, group="rare", see=PAGE + see, in_form=False)


_MIN_OVERHEAD = setting(
    overhead.EXECUTOR_MIN_MEMORY_OVERHEAD, "Minimum overhead", "Least overhead of an executor; read since 4.0.",
    "#memory-overhead", group="machine", default="", example="384m",
)  # fmt: skip
_KUBERNETES_FACTOR = Input(
    "spark.kubernetes.memoryOverheadFactor", "Overhead factor on Kubernetes",
    "Share of the heap for driver and executors; not set, it is larger for Python and R in cluster mode.",
    group="machine", unit="number", example="0.1", see=PAGE + "#kubernetes",
)  # fmt: skip
_MASTER = (
    setting(
        yarn.AM_MEMORY, "Application master memory", "YARN in client mode: heap of the application master.",
        "#application-master", group="machine", example="512m",
    ),
    setting(
        yarn.AM_MEMORY_OVERHEAD, "Application master overhead", "YARN in client mode.", "#application-master",
        group="machine", example="384m",
    ),
)  # fmt: skip


def _size(name: str, label: str, help: str, anchor: str, example: str, default: str = "") -> Input:
    see = PAGE + anchor
    return Input(name, label, f"{help}; a bare number is MiB.", default, (), "machine", "size", example, see)


CLUSTER = (
    _KUBERNETES_FACTOR,
    Input(
        "yarn-scheduler", "YARN scheduler", "Capacity rounds up to the minimum, Fair to the increment.", default="capacity",
        choices=(("capacity", "Capacity"), ("fair", "Fair")), group="machine", see=PAGE + "#container-limit",
    ),
    _size(
        "yarn-minimum-allocation", "YARN minimum allocation", "yarn.scheduler.minimum-allocation-mb", "#container-limit",
        "1024", "1024",
    ),
    _size(
        "yarn-increment-allocation", "YARN increment",
        "yarn.resource-types.memory-mb.increment-allocation, of the Fair scheduler", "#container-limit", "512", "1024",
    ),
    _size(
        "yarn-maximum-allocation", "YARN maximum allocation",
        "yarn.scheduler.maximum-allocation-mb; not given, nothing is too large", "#above-the-threshold", "8192",
    ),
    _size(
        "node-memory", "Memory of the largest node", "What the cluster manager may hand out on it", "#above-the-threshold",
        "60g",
    ),
)  # fmt: skip
INPUTS = (
    RELEASE, MANAGER, DEPLOY_MODE, LANGUAGE, *EXECUTOR_SETTINGS, *DRIVER_SETTINGS, _MIN_OVERHEAD, *_MASTER, *CLUSTER,
    *(_hidden(old, "Old name", f"Old name of {new}; it works in every release.", "#old-keys")
      for new, old in OLD_NAMES.items()),
    _hidden(config.EXECUTOR_CORES.key, "Executor cores", "Read with the rest; decides nothing here.", "#executor-memory"),
    _hidden("spark.kubernetes.resource.type", "Type of the application", "Spark sets it in cluster mode.", "#kubernetes"),
    *(
        _hidden(f"profile-{name}", f"Profile: {name}", "What a custom resource profile asks for.", "#profiles")
        for name in REQUESTS
    ),
)  # fmt: skip


@dataclass(frozen=True)
class GivenConf(SparkConf):
    """The settings of a request: a text that Spark would not read is kept as a fault, and the default goes on."""

    given: Given

    def get(self, entry: Entry) -> Any:
        """The entry's value; the default's after a fault."""
        try:
            return SparkConf.get(self, entry)
        except Refused as refusal:
            name = entry.key if entry.key in self.settings else OLD_NAMES[entry.key]
            if not self.given.refused(name):
                self.given.errors.append(
                    InputError(name, refusal.message, refusal.see, change=refusal.change, by=refusal.by)
                )
            return None if entry.default is None else entry.read(entry.default, self.release)


def application(given: Given) -> Application:
    """The application that the inputs describe; what the calculator does not ask for has its default."""
    requests = given.attempt("profile-memory", _requests, given) if given.has("profile-memory") else None
    language, mode = (given.text(i.name) if given.has(i.name) else i.default for i in (LANGUAGE, DEPLOY_MODE))
    conf = GivenConf(given.settings(), given.release, given)
    return Application(conf, given.text(MANAGER.name), mode == "cluster", language, requests or None)


def _requests(given: Given) -> dict[str, str]:
    """What a custom profile asks for; faults in order, all kept."""
    asked = {name: given.text(f"profile-{name}") for name in REQUESTS if given.is_set(f"profile-{name}")}
    if asked and not since(given.release, "3.1"):
        name = f"profile-{next(iter(asked))}"
        raise InputError(
            name, f"Spark {given.release} has no resource profiles", PAGE + "#profiles", change="they came with 3.1"
        )
    cores = asked.get("cores", "1")
    if not (cores.isascii() and cores.isdigit() and len(cores) < 10):
        raise InputError(
            "profile-cores", f"profile-cores {cores!r} is not a whole number", PAGE + "#profiles", change="write it as 4"
        )
    return asked


def mebibytes(given: Given, name: str) -> int | None:
    """A size of the cluster [MiB], None where it is not given."""
    text = given.text(name)
    if not text:
        return None
    see = next(item.see for item in INPUTS if item.name == name)
    try:
        mib = byte_string_as_mb(text)
    except SizeError as error:
        raise InputError(name, str(error), see, change="write it as 8192 or 8g") from None
    if not 0 < mib < 1 << 31:
        raise InputError(name, f"{name} {text!r} is not between 1 MiB and 2 PiB", see, change="write it as 8192 or 8g")
    return mib
