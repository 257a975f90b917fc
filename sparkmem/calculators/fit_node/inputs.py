"""The inputs about executors on a node."""

from __future__ import annotations

from dataclasses import replace

from sparkmem.calculators.fit_node.columns import SORT
from sparkmem.calculators.fit_node.node import NODE_INPUTS, PAGE
from sparkmem.input import RELEASE, Input
from sparkmem.spark.containers.container import KUBERNETES, STANDALONE, YARN
from sparkmem.spark.settings import config, overhead
from sparkmem.subjects.containers import inputs
from sparkmem.subjects.containers.settings import DEPLOY_MODE, EXECUTOR_SETTINGS, LANGUAGE

REQUEST_CORES = "spark.kubernetes.executor.request.cores"

_MANAGER = Input(
    "cluster-manager", "Cluster manager", "Where a platform is chosen, the platform decides it.", default=YARN,
    choices=((YARN, "YARN"), (KUBERNETES, "Kubernetes"), (STANDALONE, "Standalone")), group="executor",
    see=PAGE + "#how-many",
)  # fmt: skip
_EXECUTORS = Input(
    "executors-per-node", "Executors on the node", "Enter a number and no executor memory to get the largest heap.",
    group="executor", unit="count", example="3", see=PAGE + "#largest-heap",
)  # fmt: skip
CORES = Input(
    config.EXECUTOR_CORES.key, "Executor cores", "Tasks that an executor runs at a time.", default="1", group="executor",
    unit="count", example="4", see=PAGE + "#cores",
)  # fmt: skip
_COUNTED = Input(
    "resource-calculator", "YARN counts", "Hadoop's default looks at memory alone; cores count with the dominant one.",
    default="dominant", choices=(("dominant", "memory, cores"), ("default", "memory alone")), group="machine",
    see=PAGE + "#cores",
)  # fmt: skip
_REQUESTED = Input(
    REQUEST_CORES, "Cores asked of Kubernetes", "In place of the executor's cores, as in 3.5 or 3500m.",
    group="machine", unit="number", example="3500m", see=PAGE + "#kubernetes",
)  # fmt: skip

_TAKEN = (
    overhead.EXECUTOR_MIN_MEMORY_OVERHEAD.key, "spark.kubernetes.memoryOverheadFactor",
    "yarn-scheduler", "yarn-minimum-allocation", "yarn-increment-allocation", "yarn-maximum-allocation",
    "spark.yarn.executor.memoryOverhead",
)  # fmt: skip

INPUTS = (
    RELEASE, *NODE_INPUTS[:4], _MANAGER, _EXECUTORS, *EXECUTOR_SETTINGS[:1], CORES, LANGUAGE, *EXECUTOR_SETTINGS[1:],
    SORT,
    replace(DEPLOY_MODE, group="machine"),
    *(replace(item, only=("", ())) for item in inputs.INPUTS if item.name in _TAKEN),  # a platform brings its own manager
    _COUNTED, _REQUESTED, *NODE_INPUTS[4:],
)  # fmt: skip
