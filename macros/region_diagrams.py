"""The drawings of the pages about memory managers and off-heap memory, their numbers from the model."""

from __future__ import annotations

from collections.abc import Callable

from macros.boxes import WIDTH, Box, note, svg
from macros.prose import row_text

_HEAP = {"spark.executor.memory": "4g"}
_STATIC = {**_HEAP, "release": "2.4"}
_OFF_HEAP = {**_HEAP, "spark.memory.offHeap.enabled": "true", "spark.memory.offHeap.size": "2g"}


def _managers() -> str:
    """The same heap under both memory managers."""
    unmanaged = row_text("legacy-memory", "unmanaged-memory", _STATIC)
    static = Box("Static", "to 2.4; every border stands", "plain", (
        Box("Storage", row_text("legacy-memory", "storage-memory", _STATIC), "storage"),
        Box("Execution", row_text("legacy-memory", "execution-memory", _STATIC), "execution"),
        Box("Not managed", f"{unmanaged}: safety margins and user objects", "user"),
    ))  # fmt: skip
    unified = Box("Unified", "from 1.6; one border moves", "plain", (
        Box("Spark memory", row_text("executor-memory", "spark-memory", _HEAP), "heap", (
            Box("Storage region", row_text("executor-memory", "storage-region", _HEAP), "storage"),
            Box("Execution region", row_text("executor-memory", "execution-region", _HEAP), "execution"),
        )),
        Box("User memory", row_text("executor-memory", "user-memory", _HEAP), "user"),
        Box("Reserved memory", row_text("executor-memory", "reserved-memory", _HEAP), "reserved"),
    ))  # fmt: skip
    box = Box(
        "One heap of 4 GiB, two memory managers",
        "default fractions, under G1",
        "paper",
        (static, unified),
        side_by_side=True,
    )
    description = (
        "The static memory manager divides the heap into storage, execution and a part that it does not manage; no border"
        " moves. The unified memory manager takes reserved memory off, leaves user memory, and keeps storage and execution"
        " in one Spark memory with a border that moves."
    )
    title = "The heap under the static and under the unified memory manager"
    return svg("managers", title, description, box.height(WIDTH - 4) + 4, [*box.drawn(2, 2, WIDTH - 4)])


def _pools() -> str:
    """Four pools: two on the heap, two off it; no borrowing between the pairs."""
    half, top = 152.0, 2.0
    left = Box("On the heap", f"{row_text('executor-memory', 'spark-memory', _OFF_HEAP)} of Spark memory", "heap", (
        Box("Storage", "blocks of every level but OFF_HEAP", "storage"),
        Box("Execution", "Tungsten pages, unless off-heap is enabled", "execution"),
    ))  # fmt: skip
    right = Box("Off the heap", f"{row_text('executor-memory', 'off-heap-memory', _OFF_HEAP)} of off-heap memory", "plain", (
        Box("Storage", "blocks of the level OFF_HEAP", "storage"),
        Box("Execution", "Tungsten pages, if off-heap is enabled", "execution"),
    ))  # fmt: skip
    tall = max(left.height(half), right.height(half))
    elements = [*left.drawn(2, top, half, tall), *right.drawn(WIDTH - 2 - half, top, half, tall)]
    elements += note(WIDTH / 2, top + tall / 2 - 8, "no borrowing", 9, "middle")
    elements += note(2, top + tall + 20, "Inside a pair, storage and execution borrow from each other.", 62)
    description = (
        "On the heap and off it there is a storage pool and an execution pool each. Within each pair the two borrow from"
        " each other. Neither pair can borrow from the other."
    )
    return svg(
        "pools",
        "The four pools of an executor with a heap of 4 GiB and 2 GiB off it",
        description,
        top + tall + 30,
        elements,
    )


def _outside() -> str:
    """What lies outside the heap, and who counts it."""
    heap = Box("Heap", "Java objects, and the arrays that hold Tungsten pages; limit: -Xmx", "heap")
    off_heap = Box(
        "Off-heap memory of Spark", "taken by Unsafe; counted by Spark; limit: spark.memory.offHeap.size", "offheap"
    )
    direct = Box(
        "Direct memory of the JVM",
        "ByteBuffer.allocateDirect; counted by the JVM; limit: -XX:MaxDirectMemorySize",
        "overhead",
    )
    native = Box(
        "Everything else",
        "metaspace, code cache, thread stacks, native libraries; each has its own limit or none",
        "overhead",
    )
    box = Box(
        "One process, one container",
        "the cluster manager counts all of it together",
        "paper",
        (heap, off_heap, direct, native),
    )
    description = (
        "The process of an executor holds the heap, limited by -Xmx; Spark's off-heap memory, taken by Unsafe and counted by"
        " Spark; direct memory, counted by the JVM; and other native memory. The container counts all of it together."
    )
    return svg(
        "outside", "Who counts what outside the heap", description, box.height(WIDTH - 4) + 4, [*box.drawn(2, 2, WIDTH - 4)]
    )


REGION_DIAGRAMS: dict[str, Callable[[], str]] = {"managers": _managers, "pools": _pools, "outside": _outside}
