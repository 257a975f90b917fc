"""What an expert would add to the answer about an executor's heap, and what its inputs came to."""

from __future__ import annotations

from sparkmem.answer.note import Note
from sparkmem.given import Given
from sparkmem.javalang import java_double_text
from sparkmem.jvm.collectors import NAMES
from sparkmem.release import BY_RULE
from sparkmem.release import release as release_named
from sparkmem.size import mib_text
from sparkmem.spark.settings.config import LEGACY_MODE, MEMORY_FRACTION, UNMANAGED_MEMORY_POLLING_INTERVAL
from sparkmem.spark.settings.start_checks import fraction_refusal
from sparkmem.subjects.executor.figures import ExecutorMemory
from sparkmem.subjects.executor.inputs import PAGE
from sparkmem.subjects.executor.page_for_a_task import page_note, size_note


def meanings(given: Given, memory: ExecutorMemory) -> dict[str, str]:
    """What inputs came to, by name."""
    heap = memory.java.heap
    found = {
        "release": f"measured on Spark {release_named(given.release).witness}",
        "spark.executor.memory": f"-Xmx{heap.asked_bytes >> 20}m",
        "gc": f"{NAMES[heap.gc]}, {memory.java.collector_because}",
        "java": f"Java {heap.java}",
        "spark.memory.offHeap.size": mib_text(memory.off_heap.unified_bytes),
    }
    if given.text("cluster-manager") == "kubernetes":
        found["cluster-manager"] = f"the executor's JVM gets -Xms{heap.asked_bytes >> 20}m too"
    return found


def notes(given: Given, memory: ExecutorMemory) -> list[Note]:
    """What an expert would add."""
    found = []
    heap = memory.java.heap
    if memory.off_heap.unified_bytes and not memory.off_heap_enabled:
        found.append(Note(
            "off-heap-not-enabled",
            "spark.memory.offHeap.size is set and spark.memory.offHeap.enabled is not: blocks cached OFF_HEAP may use it"
            " and the web UI counts it, but no container is asked to hold it.",
            PAGE + "#off-heap", "warning",
        ))  # fmt: skip
    if memory.memory_fraction > 1:
        found.append(Note(
            "fraction-above-one",
            f"spark.memory.fraction {java_double_text(memory.memory_fraction)} promises more than the heap has."
            " The memory manager takes it, but no SparkContext starts with it:"
            f" {fraction_refusal(MEMORY_FRACTION.key, memory.memory_fraction, given.release)}",
            PAGE + "#spark-memory", "warning",
        ))  # fmt: skip
    if memory.unmanaged_counted:
        found.append(Note(
            "unmanaged-memory",
            f"With {UNMANAGED_MEMORY_POLLING_INTERVAL.key} on, what RocksDB and the like hold is taken off what execution"
            " and storage may use. These are the sizes before any of it is held.",
            PAGE + "#unmanaged-memory",
        ))  # fmt: skip
    pool = memory.off_heap if memory.off_heap_enabled else memory.regions
    if no_page := page_note(pool.unified_bytes, memory.cores, given.release):
        found.append(no_page)
    if too_large := size_note(memory.page_bytes):
        found.append(too_large)
    if heap.held_back_bytes and not memory.measured:
        found.append(Note(
            "heap-held-back",
            f"{NAMES[heap.gc]} holds back {mib_text(heap.held_back_bytes)}: Spark divides"
            f" {mib_text(heap.max_memory_bytes)}, not {mib_text(heap.max_heap_bytes)}.",
            PAGE + "#jvm-max-memory",
        ))  # fmt: skip
    if heap.gc == "cms" and not given.text("java"):
        found.append(Note(
            "cms-java",
            "CMS ended with Java 13, so this is the heap of Java 11; Java 8 lays it out by the same rules, which was not"
            " measured.",
            "memory/garbage-collection/#cms",
        ))  # fmt: skip
    if heap.counted_again_bytes and given.text("cluster-manager") == "yarn" and given.text("process") != "driver":
        found.append(Note(
            "heap-counted-again",
            f"{NAMES[heap.gc]} of Java {heap.java} maps the heap {heap.mappings} times, and YARN adds up resident"
            f" memory, which counts each: with the heap in use it reads up to {mib_text(heap.counted_again_bytes)} more"
            " than there is, and kills the container. Another collector or generational ZGC is counted once.",
            "memory/yarn/#counted", "warning",
        ))  # fmt: skip
    if heap.java == BY_RULE:
        found.append(Note(
            "java-by-rule",
            "Java 8 was not measured: its heap follows the rules of Java 11 with the same collector, and by itself it takes"
            " Parallel.",
            PAGE + "#java-8",
        ))  # fmt: skip
    if given.release == "2.4" and not given.text("gc") and not given.text("java") and not memory.java.chosen:
        found.append(Note(
            "java-8",
            "Spark 2.4 mostly runs on Java 8, whose default collector is Parallel: choose Java 8 if yours does.",
            PAGE + "#default-collector",
        ))  # fmt: skip
    if given.is_set(LEGACY_MODE) and given.release != "2.4":
        found.append(Note(
            "legacy-mode-gone",
            f"{LEGACY_MODE} is not read since 3.0: the static manager that it chose is gone.",
            "calculators/legacy-memory/#gone",
        ))  # fmt: skip
    if memory.measured and given.is_set("jvm-max-memory"):
        found.append(Note(
            "max-memory-given",
            "The heap is what you say the JVM reports; the collector still decides the page size.",
            PAGE + "#jvm-max-memory",
        ))  # fmt: skip
    return found
