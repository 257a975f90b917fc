"""What a text says of a cluster, a node or a machine, as the inputs of the calculators."""

from __future__ import annotations

from sparkmem.calculators.explain.machines import nodes
from sparkmem.configuration import Configuration
from sparkmem.configuration.standalone_workers import SMALLEST_WORKER, WORKER_MEMORY
from sparkmem.configuration.stated_limits import MACHINE, MOST_OF_A_NODE, SMALLEST_NODE
from sparkmem.size import SizeError, byte_string_as_mb

_CLUSTER = {
    "yarn.scheduler.minimum-allocation-mb": "yarn-minimum-allocation",
    "yarn.scheduler.maximum-allocation-mb": "yarn-maximum-allocation",
    "yarn.scheduler.increment-allocation-mb": "yarn-increment-allocation",
    "yarn.resource-types.memory-mb.increment-allocation": "yarn-increment-allocation",
    "yarn.nodemanager.resource.memory-mb": "node-memory",
}
"""What a configuration says of YARN, as the calculators call it; the later name wins."""
SIZED_BY_THEM = "spark.executor.memory"


def of_the_cluster(found: Configuration) -> dict[str, str]:
    """What the text says of the cluster, a node or a machine, where it says what runs the job."""
    manager = found.circumstances.cluster_manager
    if manager == "standalone":
        return _of_the_largest(found, WORKER_MEMORY, SMALLEST_WORKER)
    of_yarn = {_CLUSTER[key]: text for key, text in found.cluster.items() if key in _CLUSTER}
    if manager == "kubernetes":
        return of_yarn | _of_the_largest(found, MOST_OF_A_NODE, SMALLEST_NODE)
    if manager == "yarn" and "node-memory" not in of_yarn and (lent := nodes(found)):
        largest = f"{lent[0]}m"
        several = lent[-1] < lent[0] and not _is_above(found.values.get(SIZED_BY_THEM, ""), largest)
        return of_yarn | ({} if several else {"node-memory": largest})
    machine = found.value_said(MACHINE) if manager == "local" else ""
    return of_yarn | ({"machine-memory": machine} if machine else {})


def _of_the_largest(found: Configuration, largest: str, smallest: str) -> dict[str, str]:
    """Of several sizes the largest counts where not even it holds an executor; else it depends on which starts it."""
    offered = found.value_said(largest)
    several = found.value_said(smallest) and not _is_above(found.values.get(SIZED_BY_THEM, ""), offered)
    return {"node-memory": offered} if offered and not several else {}


def _is_above(size: str, other: str) -> bool:
    try:
        return byte_string_as_mb(size) > byte_string_as_mb(other)
    except SizeError:
        return False
