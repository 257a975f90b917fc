"""The inputs about Python's workers."""

from __future__ import annotations

from dataclasses import replace

from sparkmem.input import RELEASE, Input
from sparkmem.spark.containers.python_workers import LINUX, MACOS, WINDOWS
from sparkmem.spark.settings.config import EXECUTOR_CORES
from sparkmem.spark.settings.python import CPUS_PER_TASK, PYSPARK_EXECUTOR_MEMORY
from sparkmem.subjects.containers.inputs import CLUSTER
from sparkmem.subjects.containers.inputs import INPUTS as CONTAINER_INPUTS
from sparkmem.subjects.containers.settings import DEPLOY_MODE, EXECUTOR_SETTINGS, MANAGER

PAGE = "calculators/pyspark-memory/"

KEY = PYSPARK_EXECUTOR_MEMORY.key


def _placed(item: Input) -> Input:
    """An input of container-request in this form: what is not about Python stands further down."""
    return replace(item, group="executor" if item.name == KEY else "machine")


_MINIMUM = next(item for item in CONTAINER_INPUTS if item.name == "spark.executor.minMemoryOverhead")
_PYSPARK = next(item for item in EXECUTOR_SETTINGS if item.name == KEY)
INPUTS = (
    RELEASE,
    _PYSPARK,
    Input(
        EXECUTOR_CORES.key, "Executor cores", "Until 4.2 the memory is divided by them.", default="1", group="executor",
        unit="count", example="4", see=PAGE + "#limit",
    ),
    Input(
        CPUS_PER_TASK.key, "CPUs per task", "Cores divided by it are the workers at a time.", default="1", group="executor",
        unit="number", example="1", see=PAGE + "#limit",
    ),
    MANAGER,
    DEPLOY_MODE,
    Input(
        "platform", "Operating system", "Linux alone holds a worker to its limit.", default=LINUX,
        choices=((LINUX, "Linux"), (MACOS, "macOS"), (WINDOWS, "Windows")), group="executor", see=PAGE + "#enforced",
    ),
    *(_placed(item) for item in EXECUTOR_SETTINGS if item.name != KEY),
    replace(_MINIMUM, group="machine"),
    *CLUSTER,
)  # fmt: skip
