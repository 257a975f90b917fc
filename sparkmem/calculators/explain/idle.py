"""What does nothing where the job runs: settings of executors in local mode, of containers where there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.lost import IDLE_IN_LOCAL_MODE, LOST, NO_CONTAINER
from sparkmem.configuration.setting import Lost

LOCAL = "local"
_DRIVER, _EXECUTOR, _PYTHON = "spark.driver.memory", "spark.executor.memory", "spark.executor.pyspark.memory"
_IDLE = (
    "spark.executor.", "spark.yarn.", "spark.kubernetes.", "spark.driver.memoryOverhead", "spark.driver.minMemory",
    "spark.driver.cores", "spark.cores.max",
)  # fmt: skip
"""How the keys begin of which ``LocalSchedulerBackend`` reads none: its ``Executor`` is made in the driver's JVM."""
_OF_THE_DRIVERS = ("spark.driver.memoryOverhead", "spark.driver.minMemoryOverhead")
_OF_CONTAINERS = (
    "spark.executor.memoryOverhead", "spark.executor.minMemoryOverhead", *_OF_THE_DRIVERS, "spark.yarn.",
    "spark.kubernetes.",
)  # fmt: skip
"""How keys begin that size containers alone: a standalone cluster has none, a driver has one only in cluster mode."""
_OF_PYTHON = (_PYTHON, "spark.executor.cores")
"""Limits of Python's workers, and by how much they are divided, on any master.

``DAGScheduler.addPySparkConfigsToProperties`` hands both to each task, and ``BasePythonRunner.getWorkerMemoryMb`` divides
the one by the other.
"""
_HEAP = "set spark.driver.memory, which is the heap of that JVM"


def sizes_first(key: str) -> tuple[bool, bool, str]:
    """How such keys are put in order: heaps, what is beside them, counts."""
    return "emory" not in key, not key.endswith(".memory"), key


def idle_keys(inputs: Mapping[str, str]) -> Iterator[str]:
    """The keys that are set and do nothing with the cluster manager and the deploy mode that are told.

    >>> local = {"cluster-manager": "local", "spark.executor.memory": "8g", "spark.driver.memory": "2g"}
    >>> list(idle_keys(local)), list(idle_keys({**local, "cluster-manager": "yarn"}))
    (['spark.executor.memory'], [])
    >>> list(idle_keys({**local, "spark.executor.pyspark.memory": "1g", "spark.executor.cores": "4"}))
    ['spark.executor.memory']
    """
    manager = inputs.get("cluster-manager")
    if manager == "standalone":
        yield from (key for key in inputs if key.startswith(_OF_CONTAINERS))
    elif manager in ("yarn", "kubernetes") and inputs.get("deploy-mode") == "client":
        yield from (key for key in inputs if key.startswith(_OF_THE_DRIVERS))
    if manager != LOCAL:
        return
    kept = _OF_PYTHON if _PYTHON in inputs else ()
    yield from (key for key in inputs if key.startswith(_IDLE) and key not in kept)


def idle(inputs: Mapping[str, str], found: Configuration) -> Iterator[Lost]:
    """Each of them as it is named, with the line that it stands on."""
    id = IDLE_IN_LOCAL_MODE if inputs.get("cluster-manager") == LOCAL else NO_CONTAINER
    said, see = LOST[id]
    lines = {setting.key: setting.line for setting in found.settings}
    for key in idle_keys(inputs):
        instead = _HEAP if key == _EXECUTOR and _DRIVER not in inputs else ""
        yield Lost(id, lines.get(key, 0), key, said, instead, see)
