"""The answer about one task's share of an execution pool in words."""

from __future__ import annotations

from sparkmem.answer.breakdown import Breakdown
from sparkmem.answer.line import SET, Line
from sparkmem.answer.result import Result
from sparkmem.calculators.task_memory.inputs import PAGE
from sparkmem.calculators.task_memory.notes import notes_of
from sparkmem.calculators.task_memory.reading import TaskMemory
from sparkmem.given import Given
from sparkmem.jvm.collectors import NAMES
from sparkmem.release import release as release_named
from sparkmem.release import since
from sparkmem.size import mib_text
from sparkmem.source import Source
from sparkmem.spark.managers.task_shares import Pool
from sparkmem.spark.settings.config import MEMORY
from sparkmem.subjects.executor.words import page_because

_UNIFIED = MEMORY + "UnifiedMemoryManager.scala"
_POOL = MEMORY + "ExecutionMemoryPool.scala"
_PROFILE = "core/src/main/scala/org/apache/spark/resource/ResourceProfile.scala"
_SCHEDULER = "core/src/main/scala/org/apache/spark/scheduler/TaskSchedulerImpl.scala"


def result_of(given: Given, memory: TaskMemory) -> Result:
    """The figures of ``memory`` with their reasons, sources and notes."""
    executor = memory.executor
    return Result(
        breakdowns=(_breakdown(given, memory.on_heap, ""), _breakdown(given, memory.off_heap, "off-heap-")),
        lines=(
            *_tasks(given, memory),
            *_shares(given, memory, memory.on_heap, ""),
            *_shares(given, memory, memory.off_heap, "off-heap-"),
            *_pages(given, memory),
        ),
        notes=tuple(notes_of(given, memory)),
        meanings={
            "spark.executor.memory": f"-Xmx{executor.java.heap.asked_bytes >> 20}m",
            "gc": f"{NAMES[executor.java.heap.gc]}, {executor.java.collector_because}",
            "java": f"Java {executor.java.heap.java}",
            "active-tasks": f"{memory.tasks}",
            "storage-used": mib_text(memory.on_heap.storage_used_bytes),
            "spark.memory.offHeap.size": mib_text(executor.off_heap.unified_bytes),
        },
        headline=_headline(memory),
    )


def _headline(memory: TaskMemory) -> str:
    pool, tasks = memory.pool, memory.tasks
    where = " off the heap" if memory.executor.off_heap_enabled else ""
    least, most = mib_text(pool.least_for_each(tasks)), mib_text(pool.most_for_each(tasks))
    if pool.may_hang:
        who = "One task alone" if tasks == 1 else f"Each of {tasks} active tasks"
        return f"{who} may hold {most}{where}, and asking for more can wait for ever: a fault of Spark."
    if tasks == 1:
        return f"One task alone may hold {most}{where}, and never waits."
    return f"With {tasks} active tasks, each may hold {most}{where}; it waits for others only below {least}."


def _spark(given: Given, path: str, symbol: str) -> Source:
    return Source("Spark", release_named(given.release).tag, path, symbol)


def _breakdown(given: Given, pool: Pool, where: str) -> Breakdown:
    regions, off = pool.regions, "off-heap " if where else ""
    total_id = "off-heap-memory" if where else "spark-memory"
    total = Line(
        total_id, "Off-heap memory" if where else "Spark memory", regions.unified_bytes, see=PAGE + "#how-much",
        because="spark.memory.offHeap.size" if where else "(reported heap - reserved memory) × spark.memory.fraction",
        source=_spark(given, _UNIFIED, "maxOffHeapMemory" if where else "getMaxMemory"),
    )  # fmt: skip
    grown = _spark(given, _UNIFIED, "computeMaxExecutionPoolSize")
    taken = [Line(
        f"{where}storage-kept", f"{off}storage that execution cannot take".capitalize(), pool.kept_bytes,
        because=f"what storage holds, {pool.storage_used_bytes:,}, up to its region of {regions.storage_bytes:,}",
        see=PAGE + "#storage-used", source=grown,
    )]  # fmt: skip
    if pool.unmanaged_bytes:
        taken.append(Line(
            f"{where}unmanaged-counted", f"{off}memory held unmanaged".capitalize(), pool.grown_bytes - pool.most_bytes,
            because=f"what is reported, {pool.unmanaged_bytes:,}, up to what storage leaves, {pool.grown_bytes:,}",
            see=PAGE + "#unmanaged-memory", source=_spark(given, _UNIFIED, "getUnmanagedMemoryUsed"),
        ))  # fmt: skip
    most = Line(
        f"{where}execution-pool-at-most", f"{off}execution pool at most".capitalize(), pool.most_bytes, source=grown,
        because=" - ".join([f"the rest: {regions.unified_bytes:,}", *(f"{line.size_bytes:,}" for line in taken)]),
        see=PAGE + "#storage-used",
    )  # fmt: skip
    return Breakdown(total, (*taken, most))


def _tasks(given: Given, memory: TaskMemory) -> list[Line]:
    cores, cpus = memory.executor.cores, memory.cpus
    see = PAGE + "#concurrent-tasks"
    profile = since(given.release, "3.1")
    source = _spark(given, _PROFILE, "numTasksBasedOnCores") if since(given.release, "4.3") else _spark(
        given, _PROFILE if profile else _SCHEDULER, "maxTasksPerExecutor" if profile else "CPUS_PER_TASK"
    )  # fmt: skip
    as_many = "given" if given.is_set("active-tasks") else "as many as run at a time"
    return [
        Line(
            "concurrent-tasks", "Tasks at a time", text=f"{memory.at_once}", see=see, source=source,
            because=f"{cores} core{'s' * (cores != 1)} / {cpus} CPU{'s' * (cpus != 1)} for each task, cut to a whole number",
        ),
        Line(
            "active-tasks", "Active tasks", text=f"{memory.tasks}", see=PAGE + "#active-tasks", because=as_many,
            source=_spark(given, _POOL, "numActiveTasks"),
            provenance=SET if given.is_set("active-tasks") else "derived",
        ),
    ]  # fmt: skip


def _shares(given: Given, memory: TaskMemory, pool: Pool, where: str) -> list[Line]:
    tasks, off = memory.tasks, "off-heap " if where else ""
    see = PAGE + "#how-much"
    waits = f"1/2N of the pool at most: {pool.grown_bytes:,} / (2 × {tasks})"
    waits += ", off which nothing unmanaged comes" if pool.unmanaged_bytes else ""
    least = pool.least_for_each(tasks)
    lines = [
        Line(
            f"{where}execution-pool", f"{off}execution pool before it grows".capitalize(), pool.start_bytes,
            because=f"beside what storage holds or its region, whichever is more: {pool.regions.unified_bytes:,}"
            f" - {max(pool.storage_used_bytes, pool.regions.storage_bytes):,}",
            see=PAGE + "#storage-used", source=_spark(given, _UNIFIED, "maybeGrowExecutionPool"),
        ),
        Line(
            f"{where}task-memory-at-most", f"{off}memory of a task at most".capitalize(), pool.most_for_each(tasks),
            because=f"1/N of the pool at most: {pool.most_bytes:,} / {tasks}", see=see,
            source=_spark(given, _POOL, "maxMemoryPerTask"),
        ),
        Line(
            f"{where}task-memory-at-least", f"{off}memory that a task waits for".capitalize(), least,
            because=waits if least or tasks > 1 else "nothing: a task that is alone never waits", see=see,
            source=_spark(given, _POOL, "minMemoryPerTask"),
        ),
    ]  # fmt: skip
    if pool.untouched_bytes < pool.most_bytes:
        lines.append(Line(
            f"{where}task-memory-without-eviction", f"{off}memory of a task while no block is evicted".capitalize(),
            pool.untouched_bytes // tasks, see=PAGE + "#storage-used",
            source=_spark(given, _UNIFIED, "maybeGrowExecutionPool"),
            because=f"1/N of what storage leaves: ({pool.regions.unified_bytes:,} - {pool.storage_used_bytes:,}) / {tasks}",
        ))  # fmt: skip
    return lines


def _pages(given: Given, memory: TaskMemory) -> list[Line]:
    executor = memory.executor
    pages = memory.pool.most_for_each(memory.tasks) // executor.page_bytes if executor.page_bytes > 0 else 0
    manager = _spark(given, MEMORY + "MemoryManager.scala", "defaultPageSizeBytes")
    return [
        Line(
            "page-size", "Page size", executor.page_bytes, because=page_because(given, executor), see=PAGE + "#page-size",
            source=manager, provenance=SET if given.is_set("spark.buffer.pageSize") else "derived",
        ),
        Line(
            "pages-per-task", "Pages of a task at most", text=f"{pages}", see=PAGE + "#page-size", source=manager,
            because="what a task may hold at most, in whole pages",
        ),
    ]  # fmt: skip
