"""The heap and the regions of drivers, as their own JVM and their own memory manager have them."""

from ..experiment import SPARKS, Figures, experiment, size
from .context import Spark

OFF_HEAP = 256 << 20
_OFF_HEAP_ON = {"spark.memory.offHeap.enabled": "true", "spark.memory.offHeap.size": f"{OFF_HEAP}b"}

DRIVERS: dict[str, tuple[str, tuple[str, ...], dict[str, str]]] = {
    "g1-1g": ("local[1]", ("-Xmx1g", "-XX:+UseG1GC"), {}),
    "serial-1g": ("local[1]", ("-Xmx1g", "-XX:+UseSerialGC"), {}),
    "parallel-10g-ratio-1": ("local[1]", ("-Xmx10g", "-XX:+UseParallelGC", "-XX:NewRatio=1"), {}),
    "fractions-2g": ("local[1]", ("-Xmx2g", "-XX:+UseG1GC"),
                     {"spark.memory.fraction": "0.8", "spark.memory.storageFraction": "0.3"}),
    "off-heap-local": ("local[1]", ("-Xmx1g", "-XX:+UseG1GC"), _OFF_HEAP_ON),
    "off-heap-cluster": ("local-cluster[1,1,1024]", ("-Xmx1g", "-XX:+UseG1GC"), _OFF_HEAP_ON),
}
"""A driver's master, the options of its JVM, and its settings."""


@experiment(
    "driver-regions",
    question="What do drivers make of their heap?",
    statement="The same regions as executors, by collector and flags; off-heap pools in local mode, and outside it until "
              "4.2.",
    ran="local[1], and local-cluster[1,1,1024] where it is named so, one driver for each line; its memory manager and its "
        "JVM were asked",
    on=SPARKS,
)
def driver_regions(release: str) -> Figures:
    figures: Figures = {}
    for name, (master, options, settings) in DRIVERS.items():
        with Spark(release, master, settings, options) as spark:
            figures |= {
                f"{name}-reported": size(spark.view.java.lang.Runtime.getRuntime().maxMemory()),
                f"{name}-spark-memory": size(spark.memory.maxHeapMemory()),
                f"{name}-storage-region": size(spark.jvm.field(spark.memory, "onHeapStorageRegionSize")),
                f"{name}-off-heap": size(spark.memory.maxOffHeapStorageMemory()),
            }
    return figures
