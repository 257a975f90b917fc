"""Whether an application reads a key at all: what a cluster manager, a mode or a language never looks at is not refused."""

from __future__ import annotations

from sparkmem.refusals.entries import gone_by, renamed_to, type_of
from sparkmem.refusals.job import KUBERNETES, STANDALONE, YARN, Job
from sparkmem.release import since

_CONTAINERS = (YARN, KUBERNETES)
_BY_MANAGER = {"spark.yarn.": YARN, "spark.kubernetes.": KUBERNETES}
_OF_DRIVER = (
    "spark.driver.memoryOverhead",
    "spark.driver.memoryOverheadFactor",
    "spark.driver.minMemoryOverhead",
    "spark.driver.cores",
)
_OF_CONTAINERS = ("spark.executor.memoryOverheadFactor", "spark.executor.minMemoryOverhead")
_OF_PROFILE = ("spark.executor.memoryOverhead", "spark.executor.pyspark.memory")
_BOUNDS = tuple(f"spark.dynamicAllocation.{name}Executors" for name in ("min", "initial", "max"))
_ON = ("true", "TRUE", "True")


def in_force(key: str, job: Job) -> bool:
    """Whether this application comes to read the key; what is not known of it counts as *does not*.

    >>> in_force("spark.yarn.am.memory", Job({}, "4.3", "yarn", "cluster"))
    False
    """
    new = renamed_to(key, job.release)
    if new:
        return not job.given(new) and not gone_by(key, job.release) and in_force(new, job)
    if not type_of(key, job.release):
        return False
    manager = next((name for start, name in _BY_MANAGER.items() if key.startswith(start)), job.manager)
    if manager != job.manager:
        return False
    if key.startswith("spark.yarn.am."):
        return job.deploy_mode == "client"
    if key.startswith("spark.kubernetes.driver."):
        return job.deploy_mode == "cluster"
    if key == "spark.driver.cores" and job.manager == KUBERNETES and not since(job.release, "3.0"):
        return False  # a text, which becomes the pod's request as it stands (BasicDriverFeatureStep in 2.4)
    if key in _OF_DRIVER:
        return job.deploy_mode == "cluster" and job.manager in _CONTAINERS
    if key in _OF_CONTAINERS:
        return job.manager in _CONTAINERS
    if key in _OF_PROFILE and not since(job.release, "3.1"):
        return job.manager in _CONTAINERS and (key == _OF_PROFILE[0] or job.language == "python")
    if key in _BOUNDS:
        return job.settings.get("spark.dynamicAllocation.enabled", "").strip() in _ON
    if key == "spark.cores.max":
        return job.manager == STANDALONE
    if key.startswith("spark.python."):
        return job.language == "python"
    return True
