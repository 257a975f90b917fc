"""ResourceProfile.getResourcesForClusterManager: the terms of an executor's container, from 3.1 on.

`factor` and, from 4.0, `minOverhead` in MiB are its arguments, which each cluster manager chooses.
`requests` makes a custom profile with these executor resources; without it the default profile is asked.
"""

from collections.abc import Iterator
from random import Random
from typing import Any

from .. import containers
from ..containers import MEMORY, OFF_HEAP, OFF_HEAP_SIZE, OVERHEAD, PYSPARK
from ..jvm import Jvm
from ..releases import at_least
from . import companion, forget_profile, spark_conf, spark_release

KIND = "profile"
RANDOM_CASES = 60

REQUESTS: list[dict[str, str | int]] = [
    {}, {"memory": "2g"}, {"memory": "20g"}, {"memory": "1024"}, {"memory": "0"}, {"memory": "x"}, {"memory": "1.5g"},
    {"memory": "-1"}, {"memoryOverhead": "0"}, {"memoryOverhead": "1g"}, {"memoryOverhead": "x"},
    {"memory": "20g", "memoryOverhead": "100m"}, {"pysparkMemory": "1g"}, {"pysparkMemory": "0"}, {"pysparkMemory": "x"},
    {"offHeap": "1g"}, {"offHeap": "0"}, {"offHeap": "1023k"}, {"offHeap": "x"}, {"cores": 2}, {"cores": 0},
    {"memory": "2147483647m", "memoryOverhead": "2147483647m"},
]


_ARGUMENTS = {containers.FACTOR, containers.MINIMUM}
"""Settings that the cluster manager reads and hands over; here they are arguments."""


def cases(random: Random, release: str) -> Iterator[dict[str, Any]]:
    if not at_least(release, "3.1"):
        return
    for case in _cases(random):
        if not at_least(release, "4.0"):
            del case["minOverhead"]
        yield case


def _cases(random: Random) -> Iterator[dict[str, Any]]:
    ordinary: dict[str, Any] = {"python": False, "factor": 0.1, "minOverhead": 384}
    faults = [fault for fault in containers.EXECUTOR_FAULTS if fault.keys().isdisjoint(_ARGUMENTS)]
    for settings in (*containers.executor_borders(), *containers.pairs(random, faults, 24)):
        if settings.keys().isdisjoint(_ARGUMENTS):
            yield {"conf": settings, **ordinary}
    for settings in containers.python_borders():
        yield {"conf": settings, **ordinary, "python": True}
        yield {"conf": settings, **ordinary}
    for factor, least in ((0.0, 384), (0.4, 384), (1.5, 0), (-0.1, 384), (0.1, 0), (0.1, -1), (0.1, 1000)):
        yield {"conf": {MEMORY: "4g"}, **ordinary, "factor": factor, "minOverhead": least}
    for requests in REQUESTS:
        conf = {MEMORY: "4g", OFF_HEAP: "true", OFF_HEAP_SIZE: "512m", PYSPARK: "256m"}
        yield {"conf": conf, **ordinary, "python": True, "requests": requests}
    for conf in ({MEMORY: "4g"}, {MEMORY: "4g", OVERHEAD: "700m"}, {MEMORY: "4g", OFF_HEAP: "true"}):
        for request in ({"memory": "20g"}, {"offHeap": "1g"}):
            yield {"conf": conf, **ordinary, "requests": request}
    for _ in range(RANDOM_CASES):
        case = {"conf": containers.executor(random), "python": random.random() < 0.5,
                "factor": random.choice([0.1, 0.1, 0.07, 0.4, round(random.random(), 4)]),
                "minOverhead": random.choice([384, 384, 100, 1000])}
        yield {**case, "requests": _requests(random)} if random.random() < 0.5 else case


def _requests(random: Random) -> dict[str, str | int]:
    drawn: dict[str, str | int] = {}
    for name in ("memory", "memoryOverhead", "pysparkMemory", "offHeap"):
        if random.random() < 0.4:
            drawn[name] = containers.size(random, 100 << 20, 1 << 34)
    if random.random() < 0.3:
        drawn["cores"] = random.randrange(1, 9)
    return drawn


def requested(jvm: Jvm, requests: dict[str, str | int]) -> Any:
    """ExecutorResourceRequests as an application builds them; a text that is no size is refused here."""
    resources = jvm.view.org.apache.spark.resource.ExecutorResourceRequests()
    for name, amount in requests.items():
        getattr(resources, {"offHeap": "offHeapMemory"}.get(name, name))(amount)
    return resources.requests()


def answer(jvm: Jvm, case: dict[str, Any]) -> dict[str, Any]:
    """The terms of the sum in MiB, as Spark hands them to a cluster manager."""
    forget_profile(jvm)
    nothing = companion(jvm, "scala.collection.immutable.Map").empty()
    custom = "requests" in case
    resources = requested(jvm, case["requests"]) if custom else nothing
    least = [case["minOverhead"]] if at_least(spark_release(jvm), "4.0") else []
    found = companion(jvm, "org.apache.spark.resource.ResourceProfile").getResourcesForClusterManager(
        int(custom), resources, *least, case["factor"], spark_conf(jvm, case["conf"]), case["python"], nothing)
    cores = found.cores()
    if hasattr(cores, "isDefined"):
        cores = cores.get() if cores.isDefined() else None
    return {
        "cores": cores,
        "executorMemoryMiB": found.executorMemoryMiB(),
        "memoryOffHeapMiB": found.memoryOffHeapMiB(),
        "pysparkMemoryMiB": found.pysparkMemoryMiB(),
        "memoryOverheadMiB": found.memoryOverheadMiB(),
        "totalMemMiB": found.totalMemMiB(),
    }
