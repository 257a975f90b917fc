"""The drawings of a JVM's process: what is in it, which flag sets each part, and what a JVM takes unasked."""

from __future__ import annotations

from macros.boxes import WIDTH, Box, svg
from macros.prose import FACTS
from sparkmem.release import NEWEST


def jvm_process() -> str:
    """The process of an executor, the heap and everything beside it."""

    def unasked(name: str) -> str:
        return FACTS[name].text(NEWEST)

    heap = Box("Heap", "-Xmx: addresses reserved at the start, memory taken as it grows", "heap")
    classes = Box("Metaspace", "classes and methods; no limit but -XX:MaxMetaspaceSize", "overhead")
    code = Box("Code cache", f"compiled methods; at most {unasked('ReservedCodeCacheSize')}", "overhead")
    stacks = Box("Thread stacks", f"{unasked('ThreadStackSize')} of addresses for each thread, -Xss", "overhead")
    direct = Box("Direct buffers", "NIO and Netty; -XX:MaxDirectMemorySize, else as much as the heap reports", "overhead")
    collector = Box("The collector's structures", "card table, remembered sets, bitmaps; grow with the heap", "overhead")
    rest = Box("Everything else", "symbols, the compiler at work, malloc of native libraries, mapped files", "overhead")
    off_heap = Box("Spark's off-heap memory", "spark.memory.offHeap.size; no flag of the JVM limits it", "offheap")
    inside = (
        heap,
        Box("Native memory", "counted in the memory overhead of the container", "plain", (
            classes, code, stacks, direct, collector, rest,
        )),
        off_heap,
    )  # fmt: skip
    box = Box("JVM process of an executor", "what is resident of all of it counts against the container", "paper", inside)
    description = (
        "The process of a JVM holds the heap, native memory, and Spark's off-heap memory. Native memory is metaspace, the"
        " code cache, thread stacks, direct buffers, the structures of the collector, and everything else."
    )
    title, height = "What is in the process of a JVM", box.height(WIDTH - 4) + 4
    return svg("jvm-process", title, description, height, [*box.drawn(2, 2, WIDTH - 4)])


def jvm_process_in_short() -> str:
    """The same for whoever sees it for the first time: it fits a screen with what is said of it."""
    native = Box("Native memory", "in the memory overhead of the container", "plain", (
        Box("Code", "metaspace, code cache", "overhead"),
        Box("Threads", "a stack for each", "overhead"),
        Box("Buffers", "direct memory, and the rest", "overhead"),
    ), side_by_side=True)  # fmt: skip
    heap = Box("Heap", "-Xmx: addresses reserved at the start", "heap")
    off_heap = Box("Spark's off-heap memory", "spark.memory.offHeap.size, nothing by default", "offheap")
    box = Box("JVM process of an executor", "", "paper", (heap, native, off_heap))
    description = (
        "The process of a JVM holds the heap, native memory, and Spark's off-heap memory. Native memory is code, a stack for"
        " each thread, buffers, and the rest."
    )
    title, height = "What is in the process of a JVM", box.height(WIDTH - 4) + 4
    return svg("jvm-process", title, description, height, [*box.drawn(2, 2, WIDTH - 4)])
