"""What a log's configuration says of where the run took place: cluster manager, Java, collectors, sizes in force."""

from __future__ import annotations

import re

from sparkmem.eventlog.run import Executor, Run
from sparkmem.jvm.dead_flags import without_dead_flags
from sparkmem.jvm.flags import FlagError, HeapFlags, heap_flags
from sparkmem.record import record
from sparkmem.release import since
from sparkmem.size import MIB, SizeError, byte_string_as_mb
from sparkmem.spark.settings import config

LOCAL, LOCAL_CLUSTER = "local", "local-cluster"
_MASTERS = (
    ("yarn", "yarn"),
    ("k8s:", "kubernetes"),
    ("spark:", "standalone"),
    ("local-cluster[", LOCAL_CLUSTER),
    ("local", LOCAL),
)
_JAVA = re.compile(r"(?:1\.)?(\d{1,3})")
_LOCAL_CORES = re.compile(r"local\[(\d{1,6})")
PARALLEL_BY_DEFAULT = 8  # the last Java that takes Parallel by itself (JEP 248)


@record
class Process:
    """How a JVM was started, as far as the log says: its heap [MiB] and who says so, its flags, what they refuse."""

    heap_mib: int
    said: bool
    flags: HeapFlags
    off_heap_bytes: int
    refused: str = ""


@record
class Circumstances:
    """Where the run took place; ``""`` and ``None`` are *not in the log*."""

    manager: str
    deploy_mode: str
    java: int | None
    collector: str
    cores: int
    task_cpus: int
    dynamic: bool
    python: bool
    pool: int = 0
    """Spark memory of an executor in the mode in which SQL's operators take it [bytes]; 0 where the log has none."""
    runs_on: int | None = None
    """The Java of the log; before 3.0, which brought a later one (SPARK-24417), 8 where the log names none."""

    @property
    def has_executors(self) -> bool:
        """Whether executors are processes of their own."""
        return self.manager != LOCAL


def circumstances(run: Run) -> Circumstances:
    """What the settings of a run say of it."""
    spark, jvm = run.spark, run.settings.get("JVM Information", {})
    master = spark.get("spark.master", "")
    manager = next((name for start, name in _MASTERS if master.startswith(start)), "")
    match = _JAVA.match(jvm.get("Java Version", ""))
    java = int(match[1]) if match else None
    runs_on = java or (None if since(run.release.name, "3.0") else PARALLEL_BY_DEFAULT)
    local = _LOCAL_CORES.match(master) if manager == LOCAL else None  # where spark.executor.cores decides nothing
    said = "" if manager == LOCAL else spark.get("spark.executor.cores", "")
    cores = max((executor.cores for executor in run.workers), default=0) or _whole(said)
    cpus = run.profiles.get(0, {}).get("task-cpus", 0) or _whole(spark.get("spark.task.cpus", "1"))
    return Circumstances(
        manager,
        spark.get("spark.submit.deployMode", ""),
        java,
        "parallel" if runs_on is not None and runs_on <= PARALLEL_BY_DEFAULT else "g1",
        cores or (int(local[1]) if local else 1),
        max(1, int(cpus)),
        spark.get("spark.dynamicAllocation.enabled", "").lower() == "true",
        bool(
            spark.get("spark.executor.pyspark.memory")
            or spark.get("spark.yarn.isPython")
            or run.sampled("ProcessTreePythonRSSMemory")
        ),
        pool_of(run),
        runs_on,
    )


def pool_of(run: Run) -> int:
    """Spark memory of the smallest executor in the mode in which SQL's operators take it [bytes]; 0 where none is told."""
    off_heap = run.spark.get("spark.memory.offHeap.enabled", "").lower() == "true"
    sizes = [one.off_heap_maximum if off_heap else one.on_heap_maximum for one in run.workers or run.executors]
    return min((size for size in sizes if size), default=0)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


_ENGINES = (("com.nvidia.spark.SQLPlugin", "the RAPIDS accelerator"), ("gluten", "Gluten"), ("Comet", "Comet"))


def engine(run: Run) -> str:
    """The engine that runs SQL in the place of Spark's own operators, if the settings name one."""
    plugins = run.spark.get("spark.plugins", "")
    return next((name for word, name in _ENGINES if word in plugins), "")


def process_of(run: Run, executor: Executor, where: Circumstances) -> Process:
    """How this executor, or the driver, was started."""
    is_driver = executor.id == "driver"
    role = "driver" if is_driver else "executor"
    spark = run.spark
    options = " ".join(spark.get(f"spark.{role}.{name}", "") for name in ("defaultJavaOptions", "extraJavaOptions"))
    refused = ""
    try:
        flags = heap_flags(without_dead_flags(options, where.java) if where.java else options)
    except FlagError as error:
        flags, refused = HeapFlags(), str(error)
    key = config.EXECUTOR_MEMORY.key if not is_driver else "spark.driver.memory"
    amount = run.profiles.get(executor.profile, {}).get("executor-memory") if not is_driver else None
    text = spark.get(key, "")
    said = bool(text) or bool(amount)
    heap_mib = int(amount) if amount else mib_of(text or "1g", run.release.name)
    allowed = not (is_driver and since(run.release.name, "4.3") and where.manager != LOCAL)
    off_heap = mib_of(spark.get(config.MEMORY_OFFHEAP_SIZE.key, "0"), run.release.name, whole=False) if allowed else 0
    return Process(heap_mib, said, flags, off_heap, refused)


def mib_of(text: str, release: str, whole: bool = True) -> int:
    """A size of the configuration, in MiB or (``whole`` false) in bytes; 0 where Spark would not read it."""
    try:
        if whole:
            return byte_string_as_mb(text, release)
        return int(config.MEMORY_OFFHEAP_SIZE.read(text, release))
    except (SizeError, ValueError, ArithmeticError):
        return 0
    except Exception as error:  # what an entry refuses, in Spark's words
        if type(error).__name__ not in ("Refused", "InputError"):
            raise
        return 0


def bytes_of(mib: int) -> int:
    """MiB as bytes."""
    return mib * MIB
