"""The settings that decide a container, and where the application runs: shared by all calculators of containers."""

from __future__ import annotations

from typing import Any

from sparkmem.input import Input
from sparkmem.spark.settings import config, driver, overhead, python
from sparkmem.spark.settings.entry import Entry

PAGE = "calculators/container-request/"

MANAGER = Input(
    "cluster-manager", "Cluster manager", "YARN rounds the sum up, standalone counts the heap alone.", default="yarn",
    choices=(("yarn", "YARN"), ("kubernetes", "Kubernetes"), ("standalone", "Standalone"), ("local", "local, no cluster")),
    group="executor", see=PAGE + "#managers",
)  # fmt: skip
DEPLOY_MODE = Input(
    "deploy-mode", "Deploy mode", "Where the driver runs: where you call spark-submit, or in the cluster.", default="client",
    choices=(("client", "client"), ("cluster", "cluster")), group="executor", see=PAGE + "#driver",
)  # fmt: skip
LANGUAGE = Input(
    "language", "Language", "Of the application; PySpark memory and one default depend on it.", default="jvm",
    choices=(("jvm", "Scala or Java"), ("python", "Python"), ("r", "R")), group="executor", see=PAGE + "#pyspark-memory",
)  # fmt: skip


def setting(entry: Entry, label: str, help: str, see: str, **more: Any) -> Input:
    """The input of one of Spark's entries."""
    more.setdefault("unit", {"double": "number", "int": "count"}.get(entry.kind, "size"))
    default = more.pop("default", entry.default or "")
    return Input(entry.key, label, help, default=default, group=more.pop("group", "executor"), see=PAGE + see, **more)


EXECUTOR_SETTINGS = (
    setting(config.EXECUTOR_MEMORY, "Executor memory", "Heap of an executor.", "#executor-memory", example="8g"),
    setting(
        overhead.EXECUTOR_MEMORY_OVERHEAD, "Memory overhead",
        "What the container holds beside the heap. Given, it takes the place of factor and minimum.",
        "#memory-overhead", example="1g",
    ),
    setting(
        overhead.EXECUTOR_MEMORY_OVERHEAD_FACTOR, "Overhead factor", "Share of the heap; read since 3.3.",
        "#memory-overhead", default="", example="0.1",
    ),
    setting(
        config.MEMORY_OFFHEAP_ENABLED, "Off-heap enabled",
        "Only then is an executor's container asked to hold off-heap memory.", "#off-heap-memory",
        choices=(("false", "false"), ("true", "true")),
    ),
    setting(
        config.MEMORY_OFFHEAP_SIZE, "Off-heap size", "Spark's own memory outside the heap.", "#off-heap-memory", example="2g"
    ),
    setting(
        python.PYSPARK_EXECUTOR_MEMORY, "PySpark memory", "Room and limit for the Python workers of an executor.",
        "#pyspark-memory", example="2g",
    ),
)  # fmt: skip
ON_YARN = ("cluster-manager", ("yarn",))
ON_KUBERNETES = ("cluster-manager", ("kubernetes",))
IN_CLUSTER_MODE = ("deploy-mode", ("cluster",))

DRIVER_SETTINGS = (
    setting(driver.DRIVER_MEMORY, "Driver memory", "Heap of the driver.", "#driver", example="4g"),
    setting(
        overhead.DRIVER_MEMORY_OVERHEAD, "Driver memory overhead", "Read in cluster mode.", "#driver",
        group="machine", example="1g", only=IN_CLUSTER_MODE,
    ),
    setting(
        overhead.DRIVER_MEMORY_OVERHEAD_FACTOR, "Driver overhead factor", "Read in cluster mode, since 3.3.", "#driver",
        group="machine", default="", example="0.1", only=IN_CLUSTER_MODE,
    ),
    setting(
        overhead.DRIVER_MIN_MEMORY_OVERHEAD, "Driver minimum overhead", "Read in cluster mode, since 4.0.", "#driver",
        group="machine", default="", example="384m", only=IN_CLUSTER_MODE,
    ),
)  # fmt: skip
