"""The inputs about a driver."""

from __future__ import annotations

from dataclasses import replace

from sparkmem.input import RELEASE, Input
from sparkmem.spark.settings.driver import MAX_BROADCAST_TABLE_SIZE, MAX_RESULT_SIZE
from sparkmem.subjects.containers.inputs import CLUSTER
from sparkmem.subjects.containers.settings import DEPLOY_MODE, DRIVER_SETTINGS, EXECUTOR_SETTINGS, LANGUAGE, MANAGER
from sparkmem.subjects.executor.inputs import INPUTS as EXECUTOR_INPUTS
from sparkmem.subjects.java_heap.driver import FLAG_INPUTS

PAGE = "calculators/driver-memory/"

_HEAP = {item.name: item for item in EXECUTOR_INPUTS}
SHARED = ("gc", "java", "spark.memory.fraction", "spark.memory.storageFraction", "processors", "machine-memory")
OFF_HEAP = ("spark.memory.offHeap.enabled", "spark.memory.offHeap.size")
_PLACE = {"processors": "machine", "machine-memory": "machine"}
_HELP = {"java": "The version of the JVM that runs the driver."}


def _limit(name: str, label: str, help: str, anchor: str, default: str, example: str) -> Input:
    return Input(name, label, help, default, (), "executor", "size", example, PAGE + anchor)


INPUTS = (
    RELEASE,
    DRIVER_SETTINGS[0],
    replace(MANAGER, help="Who starts the driver in cluster mode."),
    DEPLOY_MODE,
    replace(LANGUAGE, help="Decides the overhead on Kubernetes."),
    *(replace(_HEAP[name], group=_PLACE.get(name, "executor"), help=_HELP.get(name, _HEAP[name].help)) for name in SHARED),
    *FLAG_INPUTS,
    *(item for item in EXECUTOR_SETTINGS if item.name in OFF_HEAP),
    _limit(
        MAX_RESULT_SIZE.key, "Maximum result size", "Of the results of one stage, serialized; 0 is no limit.",
        "#max-result-size", "1g", "2g",
    ),
    _limit(
        MAX_BROADCAST_TABLE_SIZE.key, "Maximum broadcast table", "Read since 4.1; before, a constant.",
        "#broadcast", "", "8g",
    ),
    *DRIVER_SETTINGS[1:],
    Input(
        "spark.yarn.driver.memoryOverhead", "Old name", "Old name of spark.driver.memoryOverhead.", group="rare",
        see=PAGE + "#container", in_form=False,
    ),
    *CLUSTER,
)  # fmt: skip
