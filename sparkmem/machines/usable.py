"""What each platform leaves of a machine for executors, and who says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sparkmem.machines import emr, kubernetes
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


def emr_node(machine: Machine, max_pods: int) -> Usable:
    """EMR: what it tells YARN of this type, or the rule for types that it does not publish."""
    mib, evidence = emr.yarn_memory(machine)
    because = "yarn.nodemanager.resource.memory-mb of this type"
    if evidence.confidence != PUBLISHED:
        because = f"61/64 of {machine.memory_mib:,} MiB, less a quarter of that but at most 8,192 MiB: {mib:,} MiB"
    return Usable(mib * MIB, machine.cores * 1000, because, evidence)


def dataproc_node(machine: Machine, max_pods: int) -> Usable:
    """Dataproc."""
    mib = machine.memory_mib * 4 // 5
    return Usable(mib * MIB, machine.cores * 1000, f"four fifths of {machine.memory_mib:,} MiB", DATAPROC_CODE)


def gke_node(machine: Machine, max_pods: int) -> Usable:
    """GKE."""
    kept = kubernetes.banded_reserve(machine.memory_mib * MIB) // MIB
    return Usable(
        kubernetes.gke_memory(machine.memory_mib * MIB),
        kubernetes.banded_cores(machine.cores),
        f"{machine.memory_mib:,} MiB less {kept:,} MiB for the system and 100 MiB before pods are evicted",
        kubernetes.GKE_PAGE,
    )


def eks_node(machine: Machine, max_pods: int) -> Usable:
    """EKS, by the pods that the type may hold."""
    return Usable(
        kubernetes.eks_memory(machine.memory_mib * MIB, max_pods),
        kubernetes.banded_cores(machine.cores),
        f"{machine.memory_mib:,} MiB less 11 MiB × {max_pods} pods + 255 MiB, and 100 MiB before pods are evicted",
        kubernetes.EKS_CODE,
    )


def aks_node(machine: Machine, max_pods: int) -> Usable:
    """AKS since 1.29, by the pods of a node."""
    kept = f"20 MiB × {max_pods} pods + 50 MiB"
    if (20 * max_pods + 50) * 4 > machine.memory_mib:
        kept = f"a quarter, since {kept} is more"
    return Usable(
        kubernetes.aks_memory(machine.memory_mib * MIB, max_pods),
        kubernetes.aks_cores(machine.cores),
        f"{machine.memory_mib:,} MiB less {kept}, and 100 MiB before pods are evicted",
        kubernetes.AKS_PAGE,
    )


def old_aks_node(machine: Machine, max_pods: int) -> Usable:
    """AKS before 1.29."""
    kept = kubernetes.banded_reserve(machine.memory_mib * MIB) // MIB
    return Usable(
        kubernetes.old_aks_memory(machine.memory_mib * MIB),
        kubernetes.aks_cores(machine.cores),
        f"{machine.memory_mib:,} MiB less {kept:,} MiB for the system and 750 MiB before pods are evicted",
        kubernetes.AKS_PAGE,
    )


def worker_node(machine: Machine, max_pods: int) -> Usable:
    """Spark's own standalone worker."""
    mib = min(max(machine.memory_mib - 1024, 1024), machine.memory_mib)  # a worker would promise more than it has
    return Usable(mib * MIB, machine.cores * 1000, "all but 1,024 MiB, which a worker leaves to the system", WORKER_CODE)


def whole_node(evidence: Evidence, bound: bool = False) -> Callable[[Machine, int], Usable]:
    """All of the machine; an upper bound where the platform does not publish what it keeps."""

    def usable(machine: Machine, max_pods: int) -> Usable:
        because = f"all of its {machine.memory_mib:,} MiB" + (", since what is kept is not published" if bound else "")
        return Usable(machine.memory_mib * MIB, machine.cores * 1000, because, evidence)

    return usable
