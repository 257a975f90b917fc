"""The platforms: the machines that each offers, what it leaves of a machine for executors, and its own defaults."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sparkmem.machines import emr, kubernetes, shapes, workers
from sparkmem.machines.evidence import Evidence
from sparkmem.machines.shapes import Machine
from sparkmem.machines.usable import (
    DATAPROC_CODE,
    WORKER_CODE,
    YARN_DEFAULTS,
    Usable,
    aks_node,
    dataproc_node,
    eks_node,
    emr_node,
    gke_node,
    old_aks_node,
    whole_node,
    worker_node,
)
from sparkmem.size import MIB


@dataclass(frozen=True)
class Platform:
    """One platform; ``machines`` are those that it offers, by name.

    ``bound`` says that what is usable is no more than an upper bound, since the platform does not
    publish what it keeps; ``tasks_per_core`` is how many tasks it lets an executor run for each core.
    """

    id: str
    label: str
    cluster_manager: str
    machines: Callable[[], Mapping[str, Machine]]
    usable: Callable[[Machine, int], Usable]
    evidence: Evidence
    max_pods: Callable[[Machine], int] | None = None
    node: Machine | None = None
    minimum_allocation_mib: int | None = None
    maximum_allocation_mib: int | None = None
    overhead_factor: str = ""
    executors_per_node: int | None = None
    bound: bool = False
    tasks_per_core: int = 1


def _none() -> Mapping[str, Machine]:
    return {}


def _usual_pods(machine: Machine) -> int:
    return kubernetes.DEFAULT_MAX_PODS


PLATFORMS: dict[str, Platform] = {
    platform.id: platform
    for platform in (
        Platform(
            "emr", "Amazon EMR", "yarn", shapes.ec2, emr_node, emr.TASK_CONFIGURATION,
            minimum_allocation_mib=emr.MINIMUM_ALLOCATION_MIB, overhead_factor=emr.OVERHEAD_FACTOR,
        ),
        Platform("dataproc", "Google Dataproc", "yarn", shapes.gce, dataproc_node, DATAPROC_CODE),
        Platform(
            "hadoop", "Apache Hadoop as it comes", "yarn", _none, whole_node(YARN_DEFAULTS), YARN_DEFAULTS,
            node=Machine("NodeManager", 8, 8192, YARN_DEFAULTS), minimum_allocation_mib=1024, maximum_allocation_mib=8192,
        ),
        Platform("standalone", "Spark standalone as it comes", "standalone", _none, worker_node, WORKER_CODE),
        Platform("gke", "Google Kubernetes Engine", "kubernetes", shapes.gce, gke_node, kubernetes.GKE_PAGE),
        Platform(
            "eks", "Amazon EKS", "kubernetes", shapes.ec2, eks_node, kubernetes.EKS_CODE, max_pods=kubernetes.eks_max_pods
        ),
        Platform(
            "aks", "Azure AKS, 1.29 and later", "kubernetes", shapes.azure, aks_node, kubernetes.AKS_PAGE,
            max_pods=_usual_pods,
        ),
        Platform(
            "aks-before-1.29", "Azure AKS before 1.29", "kubernetes", shapes.azure, old_aks_node,
            kubernetes.AKS_PAGE,
        ),
        Platform(
            "emr-serverless", "Amazon EMR Serverless", "yarn", workers.serverless, whole_node(workers.SERVERLESS_PAGE),
            workers.SERVERLESS_PAGE, minimum_allocation_mib=1, executors_per_node=1,
        ),
        Platform(
            "glue", "AWS Glue", "yarn", workers.glue, whole_node(workers.GLUE_PAGE, bound=True), workers.GLUE_PAGE,
            minimum_allocation_mib=1, executors_per_node=1, bound=True,
            tasks_per_core=2,  # its job parameter --executor-cores: at most 8 on G.1X, 16 on G.2X, and so on
        ),
        Platform(
            "synapse", "Azure Synapse Spark pool", "yarn", workers.synapse, whole_node(workers.SYNAPSE_PAGE, bound=True),
            workers.SYNAPSE_PAGE, bound=True,
        ),
    )
}  # fmt: skip


def smallest_machine(platform: Platform, max_pods: int, memory_bytes: int, millicores: int) -> tuple[int, int]:
    """Memory [MiB] and cores of the smallest machine that has so much to give on this platform.

    >>> smallest_machine(PLATFORMS["gke"], 0, 13 << 30, 3920)
    (16040, 4)
    """

    def enough(mib: int, cores: int) -> bool:
        found = platform.usable(Machine("", cores, mib, platform.evidence), max_pods)
        return found.memory_bytes >= memory_bytes and found.millicores >= millicores

    cores = -(-millicores // 1000)
    while platform.usable(Machine("", cores, 1 << 30, platform.evidence), max_pods).millicores < millicores:
        cores += 1
    low, high = 1, -(-memory_bytes // MIB) * 2 + (16 << 10) + 12 * max_pods
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle, cores) else (middle + 1, high)
    return low, cores
