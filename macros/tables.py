"""Tables of the pages, made from the model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sparkmem
from macros.prose import figure
from sparkmem.facts import fact
from sparkmem.jvm.collectors import COLLECTORS, java_heap
from sparkmem.jvm.flags import HeapFlags
from sparkmem.release import NEWEST, RELEASES
from sparkmem.render.markdown import table
from sparkmem.size import byte_string_as_bytes, mib_text
from sparkmem.spark.managers.unified_regions import min_system_memory
from sparkmem.subjects.java_heap.inputs import HEAP_INPUTS


def heap_by_collector(row: str, sizes: Iterable[str], inputs: Mapping[str, str] | None = None) -> str:
    """One figure of executor-memory for heaps of several sizes, a column for each collector."""
    rows = [
        [f"`{size}`"]
        + [figure("executor-memory", row, {**(inputs or {}), "spark.executor.memory": size, "gc": gc}) for gc in COLLECTORS]
        for size in sizes
    ]
    return table(["Executor memory", *COLLECTORS.values()], rows, right=range(1, len(COLLECTORS) + 1))


def text_by_release(inputs: Mapping[str, str]) -> str:
    """The words in which releases refuse these inputs, one row for each wording; some may accept them."""
    wordings: dict[str, list[str]] = {}
    for name in RELEASES:
        answer = sparkmem.evaluate({"calculator": "executor-memory", "inputs": {**inputs, "release": name}})
        if "errors" in answer:
            wordings.setdefault(answer["errors"][0]["message"], []).append(name)
    rows = [[_span(names), f"`{text}`"] for text, names in wordings.items()]
    return table(["Release", "Text"], rows)


def _span(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"


def released() -> str:
    """The releases that the model knows, and the patch release that each was read and measured at."""
    rows = [[r.name, r.witness, f"Java {r.java}"] for r in reversed(RELEASES.values())]
    return table(["Release", "Measured at", "Java taken where you do not say"], rows)


def refused_heap(size: str, gc: str) -> str:
    """What the JVM reports of a heap that Spark then refuses, as people read it."""
    machine = byte_string_as_bytes(next(i.default for i in HEAP_INPUTS if i.name == "machine-memory"))
    heap = java_heap(byte_string_as_bytes(size), gc, RELEASES[NEWEST].java, HeapFlags(), machine)
    return mib_text(heap.max_memory_bytes)


def least_heap() -> str:
    """The least heap that Spark starts with, for people and in bytes."""
    least = min_system_memory(int(fact("RESERVED_SYSTEM_MEMORY_BYTES", NEWEST)), NEWEST)
    return f"{mib_text(least)} ({least:,} bytes)"
