"""The drawings of the pages: each a function, its numbers from the model."""

from __future__ import annotations

from collections.abc import Callable

from macros.boxes import GAP, WIDTH, Box, arrow, note, svg, wrapped
from macros.process_diagram import jvm_process, jvm_process_in_short
from macros.prose import row_text
from macros.region_diagrams import REGION_DIAGRAMS
from macros.step_drawings import STEP_DRAWINGS
from macros.task_drawings import task_shares

_EXAMPLE = {"spark.executor.memory": "4g"}
_PYTHON = {**_EXAMPLE, "cluster-manager": "yarn", "language": "python"}


def diagram(name: str) -> str:
    """A drawing by its name."""
    if name not in DIAGRAMS:
        raise ValueError(f"no drawing {name!r}; there are {', '.join(DIAGRAMS)}")
    return DIAGRAMS[name]()


def _regions() -> tuple[Box, ...]:
    return (
        Box("Reserved memory", row_text("executor-memory", "reserved-memory", _EXAMPLE), "reserved"),
        Box("User memory", f"{row_text('executor-memory', 'user-memory', _EXAMPLE)}, not managed by Spark", "user"),
        Box(
            "Spark memory",
            f"{row_text('executor-memory', 'spark-memory', _EXAMPLE)}, the border inside moves",
            "heap",
            (
                Box("Storage", row_text("executor-memory", "storage-region", _EXAMPLE), "storage"),
                Box("Execution", row_text("executor-memory", "execution-region", _EXAMPLE), "execution"),
            ),
            side_by_side=True,
        ),
    )


def _container() -> str:
    heap = Box("Heap", "-Xmx is spark.executor.memory", "heap", _regions())
    native = Box(
        "The rest of the JVM process",
        "metaspace, code cache, thread stacks, direct buffers, the collector's own structures",
        "overhead",
    )
    off_heap = Box("Off-heap memory", "spark.memory.offHeap.size, nothing by default", "offheap")
    process = Box("JVM process of the executor", "", "paper", (heap, native, off_heap))
    python = Box(
        "Python workers", "one for each task that runs; counted in spark.executor.pyspark.memory, else in the overhead",
        "overhead",
    )  # fmt: skip
    total = row_text("container-request", "total-request", _PYTHON)
    overhead = row_text("container-request", "memory-overhead", _PYTHON)
    box = Box("Container", f"{total} asked for at 4 GiB of heap: heap + {overhead} overhead", "plain", (process, python))
    description = (
        "A container holds the JVM process of the executor and its Python workers. The process holds the heap, native"
        " memory, and off-heap memory. The heap is divided into reserved memory, user memory and Spark memory; Spark"
        " memory into storage and execution."
    )
    return svg(
        "container", "From the container down to the regions of the heap", description, box.height(WIDTH - 4) + 4,
        [*box.drawn(2, 2, WIDTH - 4)],
    )  # fmt: skip


def _heap() -> str:
    box = Box(
        "Heap", f"{row_text('executor-memory', 'jvm-max-memory', _EXAMPLE)} reported by the JVM under G1", "heap", _regions()
    )
    description = (
        "The heap is divided into reserved memory, user memory and Spark memory; Spark memory into storage and execution."
    )
    return svg("heap", "The regions of a heap", description, box.height(WIDTH - 4) + 4, [*box.drawn(2, 2, WIDTH - 4)])


def _borrowing() -> str:
    half, top, tall = 112.0, 2.0, 178.0
    left, right, middle = 2 + half + 4, WIDTH - 2 - half - 4, WIDTH / 2
    storage = Box("Storage", "cached blocks, pieces of broadcasts", "storage")
    execution = Box("Execution", "shuffles, joins, sorts, aggregations", "execution")
    between = [
        (34, left, right, "takes what is free"),
        (84, right, left, "takes what is free"),
        (150, right, left, "evicts, above the storage region only"),
    ]
    elements = [*storage.drawn(2, top, half, tall), *execution.drawn(WIDTH - 2 - half, top, half, tall)]
    for y, start, end, words in between:
        lines = len(wrapped(words, 19))
        elements += [*note(middle, top + y - 8 - 15 * (lines - 1), words, 19, "middle"), arrow(start, top + y, end, top + y)]
    elements += note(2, top + tall + 20, "Storage never evicts execution: where nothing is free, it keeps less.", 58)
    elements += note(2, top + tall + 54, "Execution never takes what storage holds inside the storage region.", 58)
    description = (
        "Storage may take free memory of execution, and gets no more than that. Execution may take free memory of storage,"
        " and may evict blocks, but only what storage holds above its region."
    )
    return svg("borrowing", "Who may borrow from whom", description, top + tall + 76, elements)


def _python_row() -> str:
    wide = WIDTH - 4
    steps = [
        ("JVM: the row in a Tungsten page", "execution memory, on the heap or off it", "execution"),
        ("JVM: a buffer for the socket", "heap and direct memory: user memory and overhead", "overhead"),
        ("Python worker: the bytes received", "its own process: PySpark memory, else overhead", "pyspark"),
        ("Python worker: the objects", "Python objects, pandas or Arrow columns: several times the bytes", "pyspark"),
        ("JVM: the result, a row again", "execution memory, storage memory, or a shuffle file", "execution"),
    ]
    between = ("serialized: pickle, or Arrow batches", "a local socket", "deserialized", "serialized again", "")
    elements: list[str] = []
    y = 2.0
    for (name, detail, kind), then in zip(steps, between, strict=True):
        box = Box(name, detail, kind)
        tall = box.height(wide)
        elements += box.drawn(2, y, wide)
        y += tall
        if then:
            elements += [arrow(40, y + 3, 40, y + 27), *note(56, y + 19, then, 48)]
            y += 22 + GAP
    description = (
        "A row lies in a Tungsten page of the JVM, is serialized into a buffer, sent over a local socket to the Python"
        " worker, becomes Python objects there, is serialized again and comes back as a row of the JVM."
    )
    return svg("python-row", "Where the bytes of a Python row live", description, y + 2, elements)


DIAGRAMS: dict[str, Callable[[], str]] = {
    "container": _container,
    "heap": _heap,
    "borrowing": _borrowing,
    "python-row": _python_row,
    **REGION_DIAGRAMS,
    **STEP_DRAWINGS,
    "task-shares": task_shares,
    "jvm-process": jvm_process,
    "jvm-process-in-short": jvm_process_in_short,
}
