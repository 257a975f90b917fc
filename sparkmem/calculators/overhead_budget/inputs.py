"""The inputs about what lies outside the heap."""

from __future__ import annotations

from dataclasses import replace

from sparkmem.input import RELEASE, Input
from sparkmem.jvm.native_flags import ARM, X86
from sparkmem.spark.settings.config import EXECUTOR_CORES
from sparkmem.spark.settings.python import CPUS_PER_TASK
from sparkmem.subjects.containers.inputs import CLUSTER
from sparkmem.subjects.containers.inputs import INPUTS as CONTAINER_INPUTS
from sparkmem.subjects.containers.settings import DEPLOY_MODE, DRIVER_SETTINGS, EXECUTOR_SETTINGS, LANGUAGE, MANAGER
from sparkmem.subjects.java_heap.driver import FLAG_INPUTS
from sparkmem.subjects.java_heap.inputs import FLAGS_KEY, HEAP_INPUTS

PAGE = "calculators/overhead-budget/"
TEXT = "native-memory"

_HEAP = {item.name: item for item in HEAP_INPUTS}
_SETTINGS = {item.name: item for item in (*CONTAINER_INPUTS, *EXECUTOR_SETTINGS, *DRIVER_SETTINGS)}


def _placed(name: str, group: str) -> Input:
    return replace(_SETTINGS[name], group=group)


def _size(name: str, label: str, help: str, anchor: str, example: str, group: str = "machine") -> Input:
    return Input(name, label, f"{help}; a bare number is MiB.", "", (), group, "size", example, PAGE + anchor)


def _count(name: str, label: str, help: str, anchor: str, default: str, example: str) -> Input:
    return Input(name, label, help, default, (), "machine", "count", example, PAGE + anchor)


INPUTS = (
    RELEASE,
    Input(
        "process", "Process", "The process whose overhead is checked.", default="executor",
        choices=(("executor", "executor"), ("driver", "driver")), group="executor", see=PAGE + "#how-big",
    ),
    replace(MANAGER, choices=MANAGER.choices[:3]),
    DEPLOY_MODE,
    replace(LANGUAGE, help="Where it is Python, the workers may have to fit into the overhead."),
    _placed("spark.executor.memory", "executor"),
    _placed("spark.executor.memoryOverhead", "executor"),
    Input(
        EXECUTOR_CORES.key, "Executor cores", "Divided by the CPUs per task, the tasks that run at a time.", default="1",
        group="executor", unit="count", example="4", see=PAGE + "#direct-memory",
    ),
    _placed("spark.driver.memory", "executor"),
    replace(_placed("spark.driver.memoryOverhead", "executor"), help="Of the driver; read in cluster mode."),
    replace(_HEAP["gc"], help="Collectors differ in what they keep outside the heap.", see=PAGE + "#gc-structures"),
    replace(_HEAP["java"], help="The version of the JVM that runs the process."),
    Input(
        TEXT, "Native memory tracking, if you have it",
        "What jcmd PID VM.native_memory summary prints, or the JVM at its end. It stays in this page and in no address.",
        group="executor", unit="lines", example="Total: reserved=1519374KB, committed=151938KB", see=PAGE + "#paste",
    ),
    _placed("spark.executor.pyspark.memory", "machine"),
    _size(
        "python-worker-memory", "Memory of a Python worker",
        "Resident memory with the libraries that it loads; left empty, what was measured without any", "#python", "200m",
    ),
    _size("arrow-batch", "An Arrow batch", "One batch for a Python worker: its rows times their width", "#python", "10m"),
    Input(
        CPUS_PER_TASK.key, "CPUs per task", "With the cores, how many tasks run at a time.", default="1", group="machine",
        unit="number", example="1", see=PAGE + "#python",
    ),
    _count("threads", "Threads", "Of the JVM; left empty, those seen and one for each task.", "#threads", "", "80"),
    _size("metaspace", "Metaspace", "Classes; left empty, what was measured", "#metaspace", "160m"),
    _size("code-cache", "Compiled code", "Code cache and compiler; left empty, what was measured", "#code-cache", "80m"),
    _size("direct-memory", "Direct memory", "Left empty, what shuffles may have in flight", "#direct-memory", "256m"),
    Input(
        "spark.reducer.maxSizeInFlight", "In flight for each task", "What a task of a shuffle fetches at once.",
        default="48m", group="machine", unit="size", example="48m", see=PAGE + "#direct-memory",
    ),
    _size("native-libraries", "Native libraries", "RocksDB, codecs, native engines: by malloc", "#unseen", "128m"),
    _size("mapped-files", "Mapped files", "Pages of mapped files that are to stay resident", "#unseen", "64m"),
    Input(
        "safety-margin", "Safety margin", "Percent of the sum, for fragments of malloc, growth and whatever is not listed.",
        default="10", group="machine", unit="number", example="10", see=PAGE + "#safety-margin",
    ),
    _placed("spark.memory.offHeap.enabled", "machine"),
    _placed("spark.memory.offHeap.size", "machine"),
    replace(
        _HEAP[FLAGS_KEY], help="Flags that set the collector and sizes outside the heap are read, and no others.",
        example="-Xss2m -XX:MaxDirectMemorySize=512m", see=PAGE + "#limits",
    ),
    replace(
        FLAG_INPUTS[0], help="Flags that set the driver's collector and sizes outside its heap.",
        example="-XX:MaxMetaspaceSize=256m", see=PAGE + "#limits",
    ),
    replace(FLAG_INPUTS[1], see=PAGE + "#limits"),
    Input(
        "architecture", "Processor", "Decides the default size of a stack.", default=X86,
        choices=((X86, "x86-64"), (ARM, "aarch64 (ARM)")), group="machine", see=PAGE + "#threads",
    ),
    _HEAP["processors"],
    _HEAP["machine-memory"],
    _placed("spark.executor.memoryOverheadFactor", "machine"),
    _placed("spark.executor.minMemoryOverhead", "machine"),
    _placed("spark.driver.memoryOverheadFactor", "machine"),
    _placed("spark.driver.minMemoryOverhead", "machine"),
    *CLUSTER,
)  # fmt: skip
