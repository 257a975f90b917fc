"""What a node of a managed Kubernetes leaves for pods: its memory and cores less what the platform reserves."""

from __future__ import annotations

from sparkmem.machines.evidence import PUBLISHED, Evidence
from sparkmem.machines.shapes import Machine
from sparkmem.size import GIB, MIB

GKE_PAGE = Evidence(
    "Google Kubernetes Engine",
    "2026",
    "https://cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes",
    "Memory and CPU reservations",
    PUBLISHED,
    "bytes",
)
EKS_CODE = Evidence(
    "Amazon EKS AMI",
    "2026-07-23",
    "https://github.com/awslabs/amazon-eks-ami/blob/81fec2e895854f599974fe4d3d72f61c0a9aaffa/nodeadm/internal/kubelet/config.go",
    "getMemoryMebibytesToReserve",
    PUBLISHED,
    "bytes",
)
EKS_PODS = Evidence(
    "Amazon EKS AMI",
    "2026-07-23",
    "https://github.com/awslabs/amazon-eks-ami/blob/81fec2e895854f599974fe4d3d72f61c0a9aaffa/"
    "nodeadm/internal/kubelet/instance-info.jsonl",
    "ipv4AddressesPerInterface",
    PUBLISHED,
    "pods",
)
AKS_PAGE = Evidence(
    "Azure Kubernetes Service",
    "2024-04-16",
    "https://github.com/MicrosoftDocs/azure-aks-docs/blob/11fb7fb821aef6aebf0486d31a5018b8800640f4/"
    "articles/aks/node-resource-reservations.md",
    "Memory reservations",
    PUBLISHED,
    "bytes",
)

DEFAULT_MAX_PODS = 110
"""The kubelet's own limit of pods on a node, used where nothing else is known."""

_BANDS = ((4 * GIB, 25), (8 * GIB, 20), (16 * GIB, 10), (128 * GIB, 6))
_CPU_BANDS = ((1000, 600), (2000, 100), (4000, 50))

_EKS_PODS = {
    29: "large",
    58: "xlarge 2xlarge 3xlarge",
    234: "4xlarge 6xlarge 8xlarge 9xlarge 10xlarge 12xlarge",
    737: "16xlarge 18xlarge 24xlarge 32xlarge 48xlarge",
}
_EKS_PODS_BY_TYPE = {
    10: "d3.xlarge d3en.xlarge",
    18: "d3.2xlarge d3en.2xlarge",
    20: "m4.large",
    38: "d3.4xlarge d3en.4xlarge",
    58: "d3en.6xlarge",
    59: "d3.8xlarge",
    78: "d3en.8xlarge",
    89: "d3en.12xlarge",
    234: "m4.16xlarge m5zn.3xlarge z1d.3xlarge",
    394: "c6in.32xlarge m6idn.32xlarge m6in.32xlarge r6idn.32xlarge r6in.32xlarge",
    437: "i4i.24xlarge",
    737: "m5zn.12xlarge z1d.12xlarge",
}


def banded_reserve(memory_bytes: int) -> int:
    """Memory that GKE, and AKS before 1.29, keep for themselves: a share of each band, 2 % above 128 GiB.

    >>> banded_reserve(16 * GIB) // MIB, banded_reserve(GIB // 2) // MIB
    (2662, 255)
    """
    if memory_bytes < GIB:
        return min(255 * MIB, memory_bytes)
    hundredths, start = 0, 0
    for end, percent in _BANDS:
        hundredths += max(min(memory_bytes, end) - start, 0) * percent
        start = end
    hundredths += max(memory_bytes - start, 0) * 2
    return -(-hundredths // 100)


def banded_cores(cores: int) -> int:
    """Thousandths of a core that are left: 6 %, 1 %, 0.5 % twice and then 0.25 % of each core are kept.

    >>> banded_cores(4), banded_cores(16)
    (3920, 15890)
    """
    total, start, kept = cores * 1000, 0, 0
    for end, share in _CPU_BANDS:
        kept += max(min(total, end) - start, 0) * share // 10000
        start = end
    kept += max(total - start, 0) * 25 // 10000
    return total - kept


def gke_memory(memory_bytes: int) -> int:
    """Allocatable memory of a GKE node [bytes].

    >>> round(gke_memory(64 * GIB) / GIB, 2), round(gke_memory(256 * GIB) / GIB, 2)
    (58.42, 244.02)
    """
    return max(memory_bytes - banded_reserve(memory_bytes) - 100 * MIB, 0)


def eks_memory(memory_bytes: int, max_pods: int) -> int:
    """Allocatable memory of an EKS node [bytes]: 11 MiB are kept for each pod that it may run, used or not.

    >>> (16 * GIB - eks_memory(16 * GIB, 58)) // MIB
    993
    """
    return max(memory_bytes - (11 * max_pods + 255 + 100) * MIB, 0)


def aks_memory(memory_bytes: int, max_pods: int) -> int:
    """Allocatable memory of an AKS node from 1.29 on [bytes]; the page's MB are taken as MiB.

    >>> (8 * GIB - aks_memory(8 * GIB, 30)) // MIB, (4 * GIB - aks_memory(4 * GIB, 70)) // MIB
    (750, 1124)
    """
    kept = min((20 * max_pods + 50) * MIB, -(-memory_bytes // 4))
    return max(memory_bytes - kept - 100 * MIB, 0)


def old_aks_memory(memory_bytes: int) -> int:
    """Allocatable memory of an AKS node before 1.29 [bytes]."""
    return max(memory_bytes - banded_reserve(memory_bytes) - 750 * MIB, 0)


def aks_cores(cores: int) -> int:
    """Thousandths of a core that are left on AKS; between the published numbers of cores, on a line with them.

    >>> [cores * 1000 - aks_cores(cores) for cores in (1, 2, 4, 8, 16, 32, 64)]
    [60, 100, 140, 180, 260, 420, 740]
    """
    kept = 60 + 40 * (cores > 1) + 20 * min(max(cores - 2, 0), 2) + 10 * max(cores - 4, 0)
    return cores * 1000 - kept


def eks_max_pods(machine: Machine) -> int:
    """Pods that an EKS node may run: network interfaces × (addresses of each - 1) + 2.

    >>> from sparkmem.machines.shapes import ec2
    >>> [eks_max_pods(ec2()[name]) for name in ("m5.large", "m5.2xlarge", "r5.4xlarge", "c5.18xlarge")]
    [29, 58, 234, 737]
    """
    size = machine.name.partition(".")[2]
    for names, wanted in ((_EKS_PODS_BY_TYPE, machine.name), (_EKS_PODS, size)):
        for pods, listed in names.items():
            if wanted in listed.split():
                return pods
    return DEFAULT_MAX_PODS
