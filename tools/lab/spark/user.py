"""What a user's own code keeps on the heap: neither counted nor limited by Spark."""

import re

from sparkmem.facts import fact
from sparkmem.release import NEWEST

from ..experiment import SPARKS, Figures, experiment, size, text
from .context import Spark

HELD = 220


@experiment(
    "user-objects-exhaust-the-heap",
    question="Does Spark's memory manager see what a user's function keeps?",
    statement="No: a map that a function fills throws `Java heap space` while both pools are as good as empty; "
              "Spark neither "
              "counts it nor spills.",
    ran="local[1], -Xmx512m; mapPartitions with a java.util.HashMap of arrays of 8 MiB that grows without "
        "end; the pools at the "
        "moment of the error, which the function catches",
    on=SPARKS,
)
def user_objects_exhaust_the_heap(release: str) -> Figures:
    with Spark(release, "local[1]") as spark:
        said = str(spark.longs(1, 1).mapPartitions(spark.view.probes.UserMap(True)).collect()[0])
        found = _numbers(said)
        return {
            "kept": size(found["entries"] << 23),
            "execution-used": size(found["execution"]),
            "storage-used": size(found["storage"]),
            "spark-memory": size(spark.memory.maxOnHeapStorageMemory()),
            "text": text(said.partition("text=")[2]),
        }


@experiment(
    "user-memory-border",
    question="Is the share that is called user memory a limit?",
    statement="No: user objects of more than twice that share live while Spark's memory is idle, without an error.",
    ran=f"local[1], -Xmx512m; a function that holds {HELD} arrays of 1 MiB, and the heap after a full collection then",
    on=SPARKS,
)
def user_memory_border(release: str) -> Figures:
    with Spark(release, "local[1]") as spark:
        found = _numbers(str(spark.longs(1, 1).mapPartitions(spark.view.probes.UserArrays(HELD)).collect()[0]))
        heap = spark.view.java.lang.Runtime.getRuntime().maxMemory()
        whole = spark.memory.maxOnHeapStorageMemory()
        reserved = int(fact("RESERVED_SYSTEM_MEMORY_BYTES", NEWEST))
        return {
            "heap": size(heap),
            "spark-memory": size(whole),
            "user-share": size(heap - reserved - whole),
            "held": size(found["held"]),
            "heap-used": size(found["used"]),
            "execution-used": size(found["execution"]),
        }


def _numbers(said: str) -> dict[str, int]:
    """The numbers in what a probe says."""
    return {name: int(value) for name, value in re.findall(r"(\w+)=(\d+)", said)}
