"""Workers of services that choose the machine themselves: their sizes as the services advertise them.

The services write GB; they are taken as GiB, since the heaps that their pages give as examples are
written ``27g`` and fit only so.
"""

from __future__ import annotations

from functools import cache

from sparkmem.machines.evidence import Evidence
from sparkmem.machines.shapes import Machine

GLUE_PAGE = Evidence(
    "AWS Glue", "2026", "https://docs.aws.amazon.com/glue/latest/dg/worker-types.html", "Available worker types"
)
SERVERLESS_PAGE = Evidence(
    "Amazon EMR Serverless",
    "2026",
    "https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/app-behavior.html",
    "Supported worker configurations",
)
SYNAPSE_PAGE = Evidence(
    "Azure Synapse Analytics",
    "2026",
    "https://learn.microsoft.com/azure/synapse-analytics/spark/apache-spark-pool-configurations",
    "Node Sizes",
)

_GLUE_UNITS = (1, 2, 4, 8, 12, 16)
_GLUE_MEMORY_UNITS = (1, 2)  # larger ones exist; their numbers were not found
_SERVERLESS = (
    # cores, least and most memory and its step [GiB]
    (1, 2, 8, 1),
    (2, 4, 16, 1),
    (4, 8, 30, 1),
    (8, 16, 60, 4),
    (16, 32, 120, 8),
)
_SYNAPSE = (("Small", 4, 32), ("Medium", 8, 64), ("Large", 16, 128), ("XLarge", 32, 256), ("XXLarge", 64, 432))


@cache
def glue() -> dict[str, Machine]:
    """Worker types of Glue: a unit is 4 cores and 16 GB, 32 GB for the R types.

    >>> glue()["G.2X"].memory_mib, glue()["R.1X"].memory_mib
    (32768, 32768)
    """
    general = {f"G.{n}X": (4 * n, 16 * n) for n in _GLUE_UNITS}
    memory = {f"R.{n}X": (4 * n, 32 * n) for n in _GLUE_MEMORY_UNITS}
    return {name: Machine(name, cores, gib * 1024, GLUE_PAGE) for name, (cores, gib) in (general | memory).items()}


@cache
def serverless() -> dict[str, Machine]:
    """Workers of EMR Serverless, named by cores and memory.

    >>> serverless()["4vcpu-30gb"].memory_mib, "4vcpu-31gb" in serverless()
    (30720, False)
    """
    found = {}
    for cores, least, most, step in _SERVERLESS:
        for gib in range(least, most + 1, step):
            name = f"{cores}vcpu-{gib}gb"
            found[name] = Machine(name, cores, gib * 1024, SERVERLESS_PAGE)
    return found


@cache
def synapse() -> dict[str, Machine]:
    """Node sizes of Synapse's Spark pools.

    >>> synapse()["Medium"].cores
    8
    """
    return {name: Machine(name, cores, gib * 1024, SYNAPSE_PAGE) for name, cores, gib in _SYNAPSE}
