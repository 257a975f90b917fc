"""What to change, by finding: values from the right size where it has one."""

from __future__ import annotations

from sparkmem.eventlog.run import Run
from sparkmem.runs.circumstances import Circumstances
from sparkmem.runs.finding import Change
from sparkmem.runs.needs import slots
from sparkmem.runs.right_size import RightSize

_MEMORY, _CORES, _OVERHEAD = "spark.executor.memory", "spark.executor.cores", "spark.executor.memoryOverhead"


def changes(run: Run, where: Circumstances, size: RightSize | None) -> dict[str, tuple[Change, ...]]:
    """Changes by the id of a finding; ``size`` is not there before the findings are."""
    advised = size.changed if size else {}
    memory = [
        Change(key, text, "the smallest that holds the need, with the head room")
        for key, text in advised.items()
        if key not in (_CORES, _OVERHEAD)
    ]
    fewer = (
        [Change(_CORES, str(max(1, where.cores // 2)), "half as many tasks share the same memory")]
        if slots(where) > 1
        else []
    )
    parts = Change("spark.sql.shuffle.partitions", "", "more partitions, so that a task holds less at once")
    return {
        "heap-full": (*fewer, Change(_MEMORY, "", "more heap; how much, only the live set after a collection says")),
        "execution-short": (*memory, *fewer, parts),
        "execution-refused": (*memory, *fewer, parts),
        "skew": (
            Change("spark.sql.adaptive.skewJoin.enabled", "true", "divides large partitions of joins; else add to the key"),
            parts,
        ),
        "storage-short": (*memory, Change("", "", "or a level with a disk, or serialized, or fewer things cached")),
        "container-limit": (Change(_OVERHEAD, advised.get(_OVERHEAD, ""), "room for what is not heap"), *fewer),
        "killed": (
            Change(_OVERHEAD, advised.get(_OVERHEAD, ""), "if the kernel or the cluster manager did it: their logs say so"),
        ),
        "direct-memory": (
            Change("spark.executor.extraJavaOptions", "-XX:MaxDirectMemorySize=…", "with as much more of overhead"),
        ),
        "python-worker": (
            Change("spark.executor.pyspark.memory", "", "it is divided by cores; each worker gets a share"),
            *fewer,
        ),
        "result-too-large": (
            Change(
                "",
                "",
                "write results instead of collecting them; or raise spark.driver.maxResultSize with the driver's heap",
            ),
        ),
        "node-lost": (Change("spark.decommission.enabled", "true", "moves blocks away before the node goes"),),
    }
