"""What YARN may hand out on a node of Amazon EMR: ``yarn.nodemanager.resource.memory-mb`` by machine type.

Amazon publishes a row for each type.  Families that came after the copy that was read have no
row here; a rule that fits the newer families' rows stands in for them.
"""

from __future__ import annotations

from functools import cache

from sparkmem.machines.evidence import DERIVED, REPORTED, Evidence
from sparkmem.machines.shapes import Machine

TASK_CONFIGURATION = Evidence(
    "Amazon EMR Release Guide",
    "2022-01-24",
    "https://github.com/awsdocs/amazon-emr-release-guide/blob/5c6529a5a291cb3a54834b4041ce8a3525b11468/"
    "doc_source/emr-hadoop-task-config.md",
    "yarn.nodemanager.resource.memory-mb",
)
OVERHEAD = Evidence(
    "Questions and answers on EMR",
    "2026",
    "https://www.volcengine.com/article/3639679",
    "spark.yarn.executor.memoryOverheadFactor",
    REPORTED,
    "times",
)

MINIMUM_ALLOCATION_MIB = 32
OVERHEAD_FACTOR = "0.1875"
"""EMR's own default since 5.22: 4743 MiB of heap and 889 MiB of overhead fill the 5632 MiB of a small node."""

_M5 = "xlarge=12288 2xlarge=24576 4xlarge=57344 8xlarge=122880 12xlarge=188416 16xlarge=253952 24xlarge=385024"
_R5 = "xlarge=24576 2xlarge=57344 4xlarge=122880 8xlarge=253952 12xlarge=385024 16xlarge=516096 24xlarge=778240"
_R6G = "xlarge=23424 2xlarge=54272 4xlarge=116736 8xlarge=241664 12xlarge=366592 16xlarge=491520"

_PUBLISHED = (
    # families, and MiB for YARN by size; m5zn.2xlarge is left out, its row repeats that of m5zn.xlarge
    ("m4", "large=6144 xlarge=12288 2xlarge=24576 4xlarge=57344 10xlarge=155648 16xlarge=253952"),
    ("m5 m5a m5d", _M5),
    ("m5zn", "xlarge=11520 3xlarge=38656 6xlarge=85504 12xlarge=179200"),
    ("m6g m6gd", "xlarge=11712 2xlarge=23424 4xlarge=54272 8xlarge=116736 12xlarge=181248 16xlarge=241664"),
    ("r4 i3", "xlarge=23424 2xlarge=54272 4xlarge=116736 8xlarge=241664 16xlarge=491520"),
    ("r5 r5a r5d", _R5),
    ("r5b r5dn", f"{_R6G} 24xlarge=741376"),
    ("r6g r6gd", _R6G),
    ("c5", "xlarge=6144 2xlarge=12288 4xlarge=24576 9xlarge=65536 12xlarge=90112 18xlarge=139264 24xlarge=188416"),
    ("c5d", "xlarge=6144 2xlarge=12288 4xlarge=24576 9xlarge=65536 18xlarge=139264"),
    ("c5a", "xlarge=5632 2xlarge=11712 4xlarge=23424 8xlarge=54272 12xlarge=90112 16xlarge=116736 24xlarge=179200"),
    ("c5ad", "xlarge=5632 2xlarge=11712 4xlarge=23424 8xlarge=54272 12xlarge=85504 16xlarge=116736 24xlarge=179200"),
    ("c6g c6gd c6gn", "xlarge=5632 2xlarge=11712 4xlarge=23424 8xlarge=54272 12xlarge=85504 16xlarge=116736"),
    ("d2", "xlarge=23424 2xlarge=54272 4xlarge=116736"),
    ("d3", "xlarge=23424 2xlarge=54272 4xlarge=116736 8xlarge=241664"),
    ("d3en", "xlarge=11712 2xlarge=23424 4xlarge=54272 6xlarge=85504 8xlarge=116736 12xlarge=179200"),
    ("i3en", "xlarge=24576 2xlarge=57344 3xlarge=90112 6xlarge=188416 12xlarge=385024 24xlarge=778240"),
    ("z1d", "xlarge=24576 2xlarge=57344 3xlarge=90112 6xlarge=188416 12xlarge=385024"),
)  # fmt: skip


@cache
def published() -> dict[str, int]:
    """The published rows: MiB for YARN by machine type.

    >>> published()["m5.4xlarge"], published()["r6g.16xlarge"]
    (57344, 491520)
    """
    return {
        f"{family}.{size}": int(mib)
        for families, row in _PUBLISHED
        for family in families.split()
        for size, _, mib in (cell.partition("=") for cell in row.split())
    }


def by_rule(memory_mib: int) -> int:
    """MiB for YARN on a node whose type has no row: a quarter stays with the system, 8 GiB at most.

    Newer families have 3/64 of their memory taken off first.  Held against the published rows of
    those families, the rule is at most 224 MiB too high (types of 8 and 16 GiB), else exact or low.

    >>> by_rule(65536), by_rule(131072)
    (54272, 116736)
    """
    seen = memory_mib * 61 // 64
    return seen - min(8192, -(-seen // 4))


def yarn_memory(machine: Machine) -> tuple[int, Evidence]:
    """MiB that YARN may hand out on this machine, and who says so."""
    row = published().get(machine.name)
    if row is not None:
        return row, TASK_CONFIGURATION
    return by_rule(machine.memory_mib), TASK_CONFIGURATION.weaker(DERIVED)
