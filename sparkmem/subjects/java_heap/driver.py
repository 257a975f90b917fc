"""The -Xmx that a driver starts with, and the options that its JVM is given."""

from __future__ import annotations

from sparkmem.errors import InputError
from sparkmem.given import Given
from sparkmem.input import Input
from sparkmem.javalang import java_trim
from sparkmem.jvm.flags import FlagError, jvm_size
from sparkmem.release import since
from sparkmem.size import MIB
from sparkmem.size.meant import meant_for_a_jvm
from sparkmem.spark.containers.container import STANDALONE, YARN, Application
from sparkmem.spark.settings.driver import DRIVER_MEMORY as HEAP

SEE = "calculators/driver-memory/#heap"
_LEAST_XMX = 2 * MIB  # the JVM starts with no less


FLAGS_KEY, DEFAULT_FLAGS_KEY = "spark.driver.extraJavaOptions", "spark.driver.defaultJavaOptions"
FLAG_INPUTS = (
    Input(
        FLAGS_KEY, "Driver's Java options",
        "Flags that choose the driver's collector or shape its heap are read, and no others.",
        group="machine", unit="text", example="-XX:+UseParallelGC -XX:NewRatio=1", see=SEE,
    ),
    Input(
        DEFAULT_FLAGS_KEY, "Driver's default Java options", "Stand before the others; read since 3.0.",
        group="machine", unit="text", example="-XX:+UseG1GC", see=SEE,
    ),
)  # fmt: skip


def driver_options(given: Given) -> str:
    """What the driver's JVM is given: the default options, since 3.0, and after them the extra ones."""
    keys = (DEFAULT_FLAGS_KEY, FLAGS_KEY) if since(given.release, "3.0") else (FLAGS_KEY,)
    return " ".join(given.text(key) for key in keys if given.is_set(key))


def driver_heap_mib(given: Given, app: Application, container_mib: int | None) -> int | None:
    """The driver's -Xmx [MiB]: YARN and standalone write it anew in cluster mode, all else hands the text to the JVM."""
    if container_mib is not None and app.manager in (YARN, STANDALONE):
        return container_mib
    text = given.text(HEAP.key)
    if container_mib is not None:  # a pod's spark-submit has it from a file (``AbstractCommandBuilder.loadPropertiesFile``)
        text = java_trim(text)
    if given.refused(HEAP.key):
        return None
    message = f"Invalid maximum heap size: -Xmx{text}"
    try:
        size_bytes = jvm_size(text)
        if size_bytes >= _LEAST_XMX:
            return size_bytes // MIB
        if size_bytes:
            message = "Error occurred during initialization of VM\nToo small maximum heap"
    except FlagError:
        pass
    given.errors.append(InputError(HEAP.key, message, SEE, change=meant_for_a_jvm(text), by="JVM"))
    return None
