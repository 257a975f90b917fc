"""The inputs about containers: settings, YARN's rounding, and what a custom profile asks for."""

from __future__ import annotations

from sparkmem.input import RELEASE, Input
from sparkmem.spark.containers.resource_profile import REQUESTS
from sparkmem.spark.settings import config, overhead, yarn
from sparkmem.spark.settings.spark_conf import OLD_NAMES
from sparkmem.subjects.containers.settings import (
    DEPLOY_MODE,
    DRIVER_SETTINGS,
    EXECUTOR_SETTINGS,
    LANGUAGE,
    MANAGER,
    ON_KUBERNETES,
    ON_YARN,
    PAGE,
    setting,
)


def _hidden(name: str, label: str, help: str, see: str) -> Input:
    return Input(name, label, help, group="rare", see=PAGE + see, in_form=False)


_MIN_OVERHEAD = setting(
    overhead.EXECUTOR_MIN_MEMORY_OVERHEAD, "Minimum overhead", "Least overhead of an executor; read since 4.0.",
    "#memory-overhead", group="machine", default="", example="384m",
)  # fmt: skip
_KUBERNETES_FACTOR = Input(
    "spark.kubernetes.memoryOverheadFactor", "Overhead factor on Kubernetes",
    "Share of the heap for driver and executors; not set, it is larger for Python and R in cluster mode.",
    group="machine", unit="number", example="0.1", see=PAGE + "#kubernetes", only=ON_KUBERNETES,
)  # fmt: skip
_MASTER = (
    setting(
        yarn.AM_MEMORY, "Application master memory", "YARN in client mode: heap of the application master.",
        "#application-master", group="machine", example="512m", only=ON_YARN,
    ),
    setting(
        yarn.AM_MEMORY_OVERHEAD, "Application master overhead", "YARN in client mode; takes the place of the share.",
        "#application-master",
        group="machine", example="384m", only=ON_YARN,
    ),
)  # fmt: skip


def _size(name: str, label: str, help: str, anchor: str, example: str, default: str = "") -> Input:
    see = PAGE + anchor
    only = ON_YARN if name.startswith("yarn-") else ("", ())
    return Input(name, label, f"{help}; a bare number is MiB.", default, (), "machine", "size", example, see, only=only)


CLUSTER = (
    _KUBERNETES_FACTOR,
    Input(
        "yarn-scheduler", "YARN scheduler", "Capacity rounds up to the minimum, Fair to the increment.", default="capacity",
        choices=(("capacity", "Capacity"), ("fair", "Fair")), group="machine", see=PAGE + "#container-limit",
        only=ON_YARN,
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
