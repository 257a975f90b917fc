"""What the inputs come to: an executor, its tasks, and what storage holds meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sparkmem.calculators.task_memory.inputs import PAGE, UNMANAGED
from sparkmem.errors import BadInputs, InputError, SparkmemError
from sparkmem.given import Given
from sparkmem.javalang import LONG_MAX
from sparkmem.size import SizeError, byte_string_as_bytes, mib_text
from sparkmem.spark.managers.task_shares import Pool, tasks_at_once, too_few_cores
from sparkmem.spark.managers.unified_regions import Regions
from sparkmem.spark.settings import config
from sparkmem.spark.settings.python import CPUS_PER_TASK, cpus_per_task
from sparkmem.subjects.executor.figures import ExecutorMemory
from sparkmem.subjects.executor.reading import read_executor
from sparkmem.subjects.java_heap.reading import read_count


@dataclass(frozen=True)
class TaskMemory:
    """An executor, its two pools, and the tasks that share them."""

    executor: ExecutorMemory
    on_heap: Pool
    off_heap: Pool
    cpus: Any
    at_once: int
    tasks: int
    told_unmanaged_bytes: int
    """What the reader says is held unmanaged, counted or not."""

    @property
    def pool(self) -> Pool:
        """The pool of Tungsten: off the heap where that is enabled."""
        return self.off_heap if self.executor.off_heap_enabled else self.on_heap


def read_tasks(given: Given) -> TaskMemory:
    """The executor and its tasks that the inputs come to; ``BadInputs`` with every fault of theirs."""
    try:
        executor = read_executor(given)
    except BadInputs:
        executor = None  # its faults are in ``given``, where those of the tasks join them
    cpus = given.attempt(CPUS_PER_TASK.key, _cpus, given)
    tasks = given.attempt("active-tasks", read_count, given, "active-tasks") if given.is_set("active-tasks") else None
    used = given.attempt("storage-used", _size, given, "storage-used")
    off_heap_used = given.attempt("off-heap-storage-used", _size, given, "off-heap-storage-used")
    unmanaged = given.attempt(UNMANAGED, _size, given, UNMANAGED)
    at_once = None
    if executor is not None:
        at_once = given.attempt(CPUS_PER_TASK.key, _at_once, given, executor.cores, cpus)
        given.attempt("storage-used", _fits, "storage-used", used, executor.regions)
        given.attempt("off-heap-storage-used", _fits, "off-heap-storage-used", off_heap_used, executor.off_heap)
    given.stop_on_faults()
    if executor is None or at_once is None:  # cannot be: each is missing only with a fault
        raise SparkmemError("no executor and no fault")
    counted = unmanaged if executor.unmanaged_counted else 0
    pools = Pool(executor.regions, used), Pool(executor.off_heap, off_heap_used, counted)
    return TaskMemory(executor, *pools, cpus, at_once, tasks or at_once, unmanaged)


def _cpus(given: Given) -> Any:
    value = cpus_per_task(given.release).read(given.text(CPUS_PER_TASK.key), given.release)
    if value <= 0:
        message = f"{CPUS_PER_TASK.key} {given.text(CPUS_PER_TASK.key)!r} is not more than 0"
        raise InputError(CPUS_PER_TASK.key, message, PAGE + "#concurrent-tasks", change="write it as 1")
    return value


def _at_once(given: Given, cores: int, cpus: Any) -> int:
    found = tasks_at_once(cores, cpus)
    if found == 0:
        said = too_few_cores(cores, cpus, given.release)
        message = said or f"no task of {cpus} CPUs fits into {cores} cores; Spark {given.release} would wait for ever"
        change = f"give {config.EXECUTOR_CORES.key} at least {cpus}"
        see = PAGE + "#concurrent-tasks"
        raise InputError(CPUS_PER_TASK.key, message, see, change=change, by="Spark" if said else "sparkmem")
    return found


def _size(given: Given, name: str) -> int:
    text = given.text(name)
    try:
        size_bytes = byte_string_as_bytes(text)
    except SizeError:
        size_bytes = -1
    if not 0 <= size_bytes <= LONG_MAX:
        raise InputError(name, f"{name} {text!r} is not a size", PAGE + "#storage-used", change="write it as 512m")
    return size_bytes


def _fits(name: str, used: int, regions: Regions) -> None:
    if used > max(regions.unified_bytes, 0):
        message = f"storage cannot hold {mib_text(used)} of {mib_text(regions.unified_bytes)}"
        raise InputError(name, message, PAGE + "#storage-used", change=f"give at most {regions.unified_bytes}")
