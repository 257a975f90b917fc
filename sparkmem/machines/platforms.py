"""The platforms: the machines that each offers, what it leaves of a machine for executors, and its own defaults."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sparkmem.machines import emr, kubernetes, shapes, workers
from sparkmem.machines.evidence import PUBLISHED, REPORTED, Evidence
from sparkmem.machines.shapes import Machine
from sparkmem.size import MIB

YARN_DEFAULTS = Evidence(
    "Apache Hadoop",
    "2026",
    "https://github.com/apache/hadoop/blob/c3ba72c870cb22194861f7f68810b65c920bc8e6/hadoop-yarn-project/hadoop-yarn/"
    "hadoop-yarn-common/src/main/resources/yarn-default.xml",
    "yarn.scheduler.minimum-allocation-mb",
)
WORKER_CODE = Evidence(
    "Spark",
    "2026",
    "https://github.com/apache/spark/blob/v4.3.0/core/src/main/scala/org/apache/spark/deploy/worker/WorkerArguments.scala",
    "inferDefaultMemory",
)
DATAPROC_CODE = Evidence(
    "NVIDIA spark-rapids-tools",
    "2026-06-16",
    "https://github.com/NVIDIA/spark-rapids-tools/blob/6e03887121d9eaa57401d54b84f326b73642351d/"
    "core/src/main/scala/com/nvidia/spark/rapids/tool/Platform.scala",
    "For YARN on Dataproc",
    REPORTED,
)


@dataclass(frozen=True)
class Usable:
    """What executors may be given of a machine: memory [bytes], thousandths of a core, and why."""

    memory_bytes: int
    millicores: int
    because: str
    evidence: Evidence | None


@dataclass(frozen=True)
class Platform:
    """One platform; ``machines`` are those that it offers, by name.

    ``bound`` says that what is usable is no more than an upper bound, since the platform does not
    publish what it keeps.
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


def _emr(machine: Machine, max_pods: int) -> Usable:
    mib, evidence = emr.yarn_memory(machine)
    because = "yarn.nodemanager.resource.memory-mb of this type"
    if evidence.confidence != PUBLISHED:
        because = f"61/64 of {machine.memory_mib:,} MiB, less a quarter of that but at most 8,192 MiB: {mib:,} MiB"
    return Usable(mib * MIB, machine.cores * 1000, because, evidence)


def _dataproc(machine: Machine, max_pods: int) -> Usable:
    mib = machine.memory_mib * 4 // 5
    return Usable(mib * MIB, machine.cores * 1000, f"four fifths of {machine.memory_mib:,} MiB", DATAPROC_CODE)


def _gke(machine: Machine, max_pods: int) -> Usable:
    kept = kubernetes.banded_reserve(machine.memory_mib * MIB) // MIB
    return Usable(
        kubernetes.gke_memory(machine.memory_mib * MIB),
        kubernetes.banded_cores(machine.cores),
        f"{machine.memory_mib:,} MiB less {kept:,} MiB for the system and 100 MiB before pods are evicted",
        kubernetes.GKE_PAGE,
    )


def _eks(machine: Machine, max_pods: int) -> Usable:
    return Usable(
        kubernetes.eks_memory(machine.memory_mib * MIB, max_pods),
        kubernetes.banded_cores(machine.cores),
        f"{machine.memory_mib:,} MiB less 11 MiB × {max_pods} pods + 255 MiB, and 100 MiB before pods are evicted",
        kubernetes.EKS_CODE,
    )


def _aks(machine: Machine, max_pods: int) -> Usable:
    kept = f"20 MiB × {max_pods} pods + 50 MiB"
    if (20 * max_pods + 50) * 4 > machine.memory_mib:
        kept = f"a quarter, since {kept} is more"
    return Usable(
        kubernetes.aks_memory(machine.memory_mib * MIB, max_pods),
        kubernetes.aks_cores(machine.cores),
        f"{machine.memory_mib:,} MiB less {kept}, and 100 MiB before pods are evicted",
        kubernetes.AKS_PAGE,
    )


def _old_aks(machine: Machine, max_pods: int) -> Usable:
    kept = kubernetes.banded_reserve(machine.memory_mib * MIB) // MIB
    return Usable(
        kubernetes.old_aks_memory(machine.memory_mib * MIB),
        kubernetes.aks_cores(machine.cores),
        f"{machine.memory_mib:,} MiB less {kept:,} MiB for the system and 750 MiB before pods are evicted",
        kubernetes.AKS_PAGE,
    )


def _worker(machine: Machine, max_pods: int) -> Usable:
    mib = min(max(machine.memory_mib - 1024, 1024), machine.memory_mib)  # a worker would promise more than it has
    return Usable(mib * MIB, machine.cores * 1000, "all but 1,024 MiB, which a worker leaves to the system", WORKER_CODE)


def _all_of_it(evidence: Evidence, bound: bool = False) -> Callable[[Machine, int], Usable]:
    def usable(machine: Machine, max_pods: int) -> Usable:
        because = f"all of its {machine.memory_mib:,} MiB" + (", since what is kept is not published" if bound else "")
        return Usable(machine.memory_mib * MIB, machine.cores * 1000, because, evidence)

    return usable


def _none() -> Mapping[str, Machine]:
    return {}


def _usual_pods(machine: Machine) -> int:
    return kubernetes.DEFAULT_MAX_PODS


PLATFORMS: dict[str, Platform] = {
    platform.id: platform
    for platform in (
        Platform(
            "emr", "Amazon EMR", "yarn", shapes.ec2, _emr, emr.TASK_CONFIGURATION,
            minimum_allocation_mib=emr.MINIMUM_ALLOCATION_MIB, overhead_factor=emr.OVERHEAD_FACTOR,
        ),
        Platform("dataproc", "Google Dataproc", "yarn", shapes.gce, _dataproc, DATAPROC_CODE),
        Platform(
            "hadoop", "Apache Hadoop as it comes", "yarn", _none, _all_of_it(YARN_DEFAULTS), YARN_DEFAULTS,
            node=Machine("NodeManager", 8, 8192, YARN_DEFAULTS), minimum_allocation_mib=1024, maximum_allocation_mib=8192,
        ),
        Platform("standalone", "Spark standalone as it comes", "standalone", _none, _worker, WORKER_CODE),
        Platform("gke", "Google Kubernetes Engine", "kubernetes", shapes.gce, _gke, kubernetes.GKE_PAGE),
        Platform(
            "eks", "Amazon EKS", "kubernetes", shapes.ec2, _eks, kubernetes.EKS_CODE, max_pods=kubernetes.eks_max_pods
        ),
        Platform(
            "aks", "Azure Kubernetes Service, 1.29 and later", "kubernetes", shapes.azure, _aks, kubernetes.AKS_PAGE,
            max_pods=_usual_pods,
        ),
        Platform(
            "aks-before-1.29", "Azure Kubernetes Service before 1.29", "kubernetes", shapes.azure, _old_aks,
            kubernetes.AKS_PAGE,
        ),
        Platform(
            "emr-serverless", "Amazon EMR Serverless", "yarn", workers.serverless, _all_of_it(workers.SERVERLESS_PAGE),
            workers.SERVERLESS_PAGE, minimum_allocation_mib=1, executors_per_node=1,
        ),
        Platform(
            "glue", "AWS Glue", "yarn", workers.glue, _all_of_it(workers.GLUE_PAGE, bound=True), workers.GLUE_PAGE,
            minimum_allocation_mib=1, executors_per_node=1, bound=True,
        ),
        Platform(
            "synapse", "Azure Synapse Spark pool", "yarn", workers.synapse, _all_of_it(workers.SYNAPSE_PAGE, bound=True),
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
