"""Cores and memory of machine types of three clouds, a line for each group of families that share a shape.

Memory is in proportion to cores within a line, so a line gives MiB for each core.  Families for
graphics cards and single sizes that are out of proportion are left out: a reader gives such a
machine as ``node-memory`` and ``node-cores``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sparkmem.machines.evidence import REPORTED, Evidence


@dataclass(frozen=True)
class Machine:
    """One machine type: virtual cores, and memory [MiB] as its maker advertises it."""

    name: str
    cores: int
    memory_mib: int
    evidence: Evidence


def _catalogue(name: str, commit: str, date: str) -> Evidence:
    address = "https://github.com/NVIDIA/spark-rapids-tools/blob/{}/user_tools/src/spark_rapids_pytools/resources/{}"
    return Evidence("NVIDIA spark-rapids-tools", date, address.format(commit, name), "MemoryInMB", REPORTED)


_JULY_31 = ("0f5ff5e738beb100ce3d6098641da4c6d5ec78c5", "2024-07-31")
_EC2_READ = _catalogue("emr-instance-catalog.json", *_JULY_31)
_GCE_READ = _catalogue("dataproc-instance-catalog.json", *_JULY_31)
_AZURE_READ = _catalogue("databricks_azure-instance-catalog.json", "e4cca3de125637b1a2a78527b924f30869adedc1", "2024-07-29")

_SMALL = "large xlarge 2xlarge 4xlarge 8xlarge"
_EC2 = (
    # families, MiB for each core, sizes; a size of N xlarge has 4 N cores
    ("m4", 4096, "large xlarge 2xlarge 4xlarge 10xlarge 16xlarge"),
    ("m5 m5a m5ad m5d m5dn m5n", 4096, f"{_SMALL} 12xlarge 16xlarge 24xlarge"),
    ("m5zn", 4096, "large xlarge 2xlarge 3xlarge 6xlarge 12xlarge"),
    ("m6g m6gd m7g m7gd", 4096, f"{_SMALL} 12xlarge 16xlarge"),
    ("m6i m6id m6idn m6in", 4096, f"{_SMALL} 12xlarge 16xlarge 24xlarge 32xlarge"),
    ("m6a m7a", 4096, f"{_SMALL} 12xlarge 16xlarge 24xlarge 32xlarge 48xlarge"),
    ("m7i", 4096, f"{_SMALL} 12xlarge 16xlarge 24xlarge 48xlarge"),
    ("m7i-flex", 4096, _SMALL),
    ("r4", 7808, f"{_SMALL} 16xlarge"),
    ("r5 r5a r5ad r5b r5d r5dn r5n", 8192, f"{_SMALL} 12xlarge 16xlarge 24xlarge"),
    ("r6g r6gd r7g r7gd", 8192, f"{_SMALL} 12xlarge 16xlarge"),
    ("r6i r6id r6idn r6in", 8192, f"{_SMALL} 12xlarge 16xlarge 24xlarge 32xlarge"),
    ("r6a r7a", 8192, f"{_SMALL} 12xlarge 16xlarge 24xlarge 32xlarge 48xlarge"),
    ("r7i r8g", 8192, f"{_SMALL} 12xlarge 16xlarge 24xlarge 48xlarge"),
    ("c5", 2048, "large xlarge 2xlarge 4xlarge 9xlarge 12xlarge 18xlarge 24xlarge"),
    ("c5d", 2048, "large xlarge 2xlarge 4xlarge 9xlarge 12xlarge 18xlarge 24xlarge"),
    ("c5a c5ad", 2048, f"{_SMALL} 12xlarge 16xlarge 24xlarge"),
    ("c6g c6gd c6gn c7g c7gd c7gn", 2048, f"{_SMALL} 12xlarge 16xlarge"),
    ("c6i c6id c6in", 2048, f"{_SMALL} 12xlarge 16xlarge 24xlarge 32xlarge"),
    ("c6a c7a", 2048, f"{_SMALL} 12xlarge 16xlarge 24xlarge 32xlarge 48xlarge"),
    ("c7i", 2048, f"{_SMALL} 12xlarge 16xlarge 24xlarge 48xlarge"),
    ("d2", 7808, "xlarge 2xlarge 4xlarge"),
    ("d3", 8192, "xlarge 2xlarge 4xlarge 8xlarge"),
    ("d3en", 4096, "xlarge 2xlarge 4xlarge 6xlarge 8xlarge 12xlarge"),
    ("i3", 7808, f"{_SMALL} 16xlarge"),
    ("i3en", 8192, "large xlarge 2xlarge 3xlarge 6xlarge 12xlarge 24xlarge"),
    ("i4g", 8192, f"{_SMALL} 16xlarge"),
    ("i4i", 8192, f"{_SMALL} 12xlarge 16xlarge 24xlarge 32xlarge"),
    ("im4gn", 4096, f"{_SMALL} 16xlarge"),
    ("is4gen", 6144, _SMALL),
    ("z1d", 8192, "large xlarge 2xlarge 3xlarge 6xlarge 12xlarge"),
)  # fmt: skip

_GCE = (
    # families, MiB for each core, cores
    ("n1-standard", 3840, "1 2 4 8 16 32 64 96"),
    ("n1-highmem", 6656, "2 4 8 16 32 64 96"),
    ("n2-standard", 4096, "2 4 8 16 32 48 64 80 96 128"),
    ("n2-highmem", 8192, "2 4 8 16 32 48 64 80 96"),
    ("n2-highcpu", 1024, "2 4 8 16 32 48 64 80 96"),
    ("n2d-standard", 4096, "2 4 8 16 32 48 64 80 96 128 224"),
    ("n2d-highmem", 8192, "2 4 8 16 32 48 64 80 96"),
    ("n2d-highcpu", 1024, "2 4 8 16 32 48 64 80 96 128 224"),
    ("n4-standard", 4096, "2 4 8 16 32 48 64 80"),
    ("n4-highmem", 8192, "2 4 8 16 32 48 64 80"),
    ("n4-highcpu", 2048, "2 4 8 16 32 48 64 80"),
    ("e2-standard", 4096, "2 4 8 16 32"),
    ("e2-highmem", 8192, "2 4 8 16"),
    ("e2-highcpu", 1024, "2 4 8 16 32"),
    ("c2-standard", 4096, "4 8 16 30 60"),
    ("c2d-standard", 4096, "2 4 8 16 32 56 112"),
    ("c2d-highmem", 8192, "2 4 8 16 32 56 112"),
    ("c2d-highcpu", 2048, "2 4 8 16 32 56 112"),
    ("c3-standard", 4096, "4 8 22 44 88 176"),
    ("c3-highmem", 8192, "4 8 22 44 88 176"),
    ("c3-highcpu", 2048, "4 8 22 44 88 176"),
    ("c3d-standard", 4096, "4 8 16 30 60 90 180 360"),
    ("c3d-highmem", 8192, "4 8 16 30 60 90 180 360"),
    ("t2d-standard", 4096, "1 2 4 8 16 32 48 60"),
)

_AZURE = (
    # families with {} for the cores, MiB for each core, cores
    ("D{}_v3 D{}s_v3 D{}_v4 D{}s_v4 D{}d_v4 D{}ds_v4", 4096, "2 4 8 16 32 48 64"),
    ("D{}a_v4 D{}as_v4 D{}_v5 D{}s_v5 D{}d_v5 D{}ds_v5 D{}as_v5 D{}ads_v5", 4096, "2 4 8 16 32 48 64 96"),
    ("D{}ls_v5 D{}lds_v5", 2048, "2 4 8 16 32 48 64 96"),
    ("E{}_v3 E{}s_v3", 8192, "2 4 8 16 20 32 48"),
    ("E{}_v3 E{}s_v3", 6912, "64"),
    ("E{}_v4 E{}s_v4 E{}d_v4 E{}ds_v4", 8192, "2 4 8 16 20 32 48"),
    ("E{}_v4 E{}s_v4 E{}d_v4 E{}ds_v4", 8064, "64"),
    ("E{}a_v4 E{}as_v4 E{}_v5 E{}s_v5 E{}d_v5 E{}ds_v5 E{}as_v5 E{}ads_v5", 8192, "2 4 8 16 20 32 48 64"),
    ("E{}a_v4 E{}as_v4 E{}_v5 E{}s_v5 E{}d_v5 E{}ds_v5 E{}as_v5 E{}ads_v5", 7168, "96"),
    ("F{}s_v2", 2048, "2 4 8 16 32 48 64 72"),
    ("L{}s_v2 L{}s_v3 L{}as_v3", 8192, "8 16 32 48 64 80"),
)


@cache
def ec2() -> dict[str, Machine]:
    """Amazon's machine types, by name.

    >>> ec2()["r5.4xlarge"].cores, ec2()["r5.4xlarge"].memory_mib
    (16, 131072)
    """
    found = {}
    for families, mib_per_core, sizes in _EC2:
        for size in sizes.split():
            cores = 2 if size == "large" else 4 * int(size.removesuffix("xlarge") or 1)
            for family in families.split():
                name = f"{family}.{size}"
                found[name] = Machine(name, cores, cores * mib_per_core, _EC2_READ)
    return found


@cache
def gce() -> dict[str, Machine]:
    """Google's machine types, by name.

    >>> gce()["n2-highmem-16"].memory_mib
    131072
    """
    return _by_cores(_GCE, "{0}-{1}", _GCE_READ)


@cache
def azure() -> dict[str, Machine]:
    """Microsoft's machine types, by name.

    >>> azure()["Standard_E16s_v5"].memory_mib
    131072
    """
    return _by_cores(_AZURE, "Standard_{0}", _AZURE_READ)


def _by_cores(lines: tuple[tuple[str, int, str], ...], pattern: str, evidence: Evidence) -> dict[str, Machine]:
    found = {}
    for families, mib_per_core, sizes in lines:
        for cores in map(int, sizes.split()):
            for family in families.split():
                name = pattern.format(family.format(cores), cores)
                found[name] = Machine(name, cores, cores * mib_per_core, evidence)
    return found
