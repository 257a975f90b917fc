"""What an expert would add to a budget of the overhead: what shares it, what has no limit, what a paste shows."""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.answer.note import Note
from sparkmem.calculators.overhead_budget.budget import Budget
from sparkmem.calculators.overhead_budget.counted import counted_notes
from sparkmem.calculators.overhead_budget.inputs import PAGE
from sparkmem.calculators.overhead_budget.needs import container_with
from sparkmem.calculators.overhead_budget.parts import direct_limit, threads_of
from sparkmem.calculators.overhead_budget.seen import SEEN_AREAS, budgeted, in_overhead
from sparkmem.given import Given
from sparkmem.jvm.native_memory import OTHER, NativeMemory
from sparkmem.release import since
from sparkmem.size import MIB, mib_text
from sparkmem.spark.containers.container import YARN
from sparkmem.spark.settings.config import MEMORY_OFFHEAP_ENABLED, MEMORY_OFFHEAP_SIZE
from sparkmem.spark.settings.python import PYSPARK_EXECUTOR_MEMORY

_COARSE = MIB
_MANY_STACKS = 16  # stacks reserved, in multiples of what is budgeted for them, from which it deserves a word
_JAVA_8_INTERNAL = 16 * MIB


def notes(given: Given, budget: Budget) -> Iterator[Note]:
    """The notes on this budget, warnings first."""
    native = budget.needs.native
    compared = _seen(budget, native) if native else ()
    counted = counted_notes(budget.needs)
    found = [*compared, *counted, *_python(budget), *_off_heap(budget), *_cluster(budget), *_limits(budget)]
    yield from (each for each in found if each.level == "warning")
    yield from (each for each in found if each.level != "warning")


def _python(budget: Budget) -> Iterator[Note]:
    needs = budget.needs
    if not needs.app.python or needs.is_driver:
        return
    key = PYSPARK_EXECUTOR_MEMORY.key
    memory = needs.app.conf.get(PYSPARK_EXECUTOR_MEMORY)
    if not needs.python_in_overhead:
        room = mib_text(needs.process.terms.pyspark_mib * MIB)
        text = f"The Python workers have room of their own, {room}: they are not budgeted here."
        yield Note("python-own-room", text, PAGE + "#python")
    elif memory:
        text = f"{key} limits the workers and adds no room here, so they are budgeted in the overhead."
        yield Note("pyspark-not-added", text, PAGE + "#python", "warning")
    elif needs.sizes["python-worker-memory"] is None:
        text = (
            f"The workers are budgeted as they start, without any library: pandas and models come on top."
            f" Measure yours and give their memory, or set {key}, which makes room and holds them to it."
        )
        yield Note("python-without-libraries", text, PAGE + "#python", "warning")


def _off_heap(budget: Budget) -> Iterator[Note]:
    conf = budget.needs.app.conf
    size = conf.get(MEMORY_OFFHEAP_SIZE)
    if size <= 0 or budget.needs.is_driver:
        return
    if not conf.get(MEMORY_OFFHEAP_ENABLED):
        text = (
            f"{MEMORY_OFFHEAP_SIZE.key} is {mib_text(size)} and not enabled: blocks cached OFF_HEAP would use it, and are"
            " not budgeted."
        )
        yield Note("off-heap-not-enabled", text, PAGE + "#off-heap", "warning")
    elif budget.needs.process.terms.off_heap_mib:
        text = f"Off-heap memory of {mib_text(size)} has a term of its own in the container, and is not in this budget."
        yield Note("off-heap-own-term", text, PAGE + "#off-heap")
    else:
        text = f"The container has no term for off-heap memory, so {mib_text(size)} of it are in this budget."
        yield Note("off-heap-in-overhead", text, PAGE + "#off-heap", "warning")


def _cluster(budget: Budget) -> Iterator[Note]:
    needs, granting = budget.needs, budget.needs.asked.granting
    if budget.overhead_bytes is None:
        return
    if budget.rounding_bytes and needs.app.manager == YARN:
        text = f"YARN rounds this container up by {mib_text(budget.rounding_bytes)}, which the process may use too."
        yield Note("yarn-rounding", text, PAGE + "#verdict")
    limit = container_with(needs, budget.to_set_mib) if budget.missing_bytes else None
    most = granting.maximum_mib or granting.node_mib
    asked = needs.process.terms.total_mib - needs.process.terms.overhead_mib + budget.to_set_mib
    if limit is not None and most is not None and asked > most:
        text = (
            f"With it the container asks for {asked:,} MiB, and the cluster grants at most {most:,}:"
            " lower the heap by the difference."
        )
        yield Note("above-the-maximum", text, PAGE + "#verdict", "warning")


def _limits(budget: Budget) -> Iterator[Note]:
    needs = budget.needs
    overhead = budget.overhead_bytes
    limit = direct_limit(needs) * (2 if since(needs.app.conf.release, "4.0") else 1)
    if overhead is not None and limit > overhead:
        text = (
            f"NIO and Netty may take {mib_text(limit)} of direct memory together, more than the overhead:"
            " the container would be killed before Java fails."
        )
        yield Note("direct-limit-above-overhead", text, PAGE + "#direct-memory")
    reserved = threads_of(needs) * needs.flags.stack_bytes
    if needs.threads is not None and reserved > budget.part("thread-stacks"):
        text = (
            f"{threads_of(needs):,} threads reserve {mib_text(reserved)} for their stacks: addresses, not memory."
            f" {mib_text(budget.part('thread-stacks'))} of it are budgeted as touched."
        )
        yield Note("stacks-are-virtual", text, PAGE + "#threads")


def _seen(budget: Budget, native: NativeMemory) -> Iterator[Note]:
    above = [area for area in SEEN_AREAS if native.committed_bytes(area) > budgeted(budget, area)]
    if above:
        sizes = ((area, mib_text(native.committed_bytes(area)), mib_text(budgeted(budget, area))) for area in above)
        each = "; ".join(f"{SEEN_AREAS[area][0].partition(',')[0].lower()} {size} of {room}" for area, size, room in sizes)
        yield Note("nmt-above-budget", f"More is committed than budgeted: {each}.", PAGE + "#paste", "warning")
    if budget.overhead_bytes is not None and in_overhead(budget, native) > budget.overhead_bytes:
        text = (
            "What is committed and what tracking cannot see are together more than the overhead: once it is touched,"
            " the container is killed."
        )
        yield Note("nmt-above-overhead", text, PAGE + "#paste", "warning")
    yield Note(
        "nmt-unseen",
        "Tracking sees what the JVM itself took. Python workers, libraries that call malloc, what glibc keeps in its arenas"
        " and pages of mapped files are not in it: compare its total with the resident memory of the process.",
        PAGE + "#unseen",
    )  # fmt: skip
    asked = budget.needs.heap.max_heap_bytes
    # ZGC reserves more addresses than its heap may have, so a larger reserve alone says nothing.
    reserved, committed = native.heap.reserved_bytes, native.heap.committed_bytes
    rounded = max(asked // 8, native.unit_bytes)
    if reserved < asked - rounded or committed > asked + rounded:
        heap = f"{mib_text(committed)} committed of {mib_text(reserved)} reserved for its heap"
        text = f"The paste is of a JVM with {heap}; the settings make a heap of {mib_text(asked)}."
        yield Note("nmt-other-heap", text, PAGE + "#paste", "warning")
    if native.unit_bytes >= _COARSE:
        yield Note("nmt-coarse", "The figures are whole MB, so each may be half of one off.", PAGE + "#paste")
    if native.summaries > 1:
        yield Note("nmt-last", f"The text holds {native.summaries} summaries; the last one is compared.", PAGE + "#paste")
    internal = next((found.committed_bytes for found in native.categories if found.name == "Internal"), 0)
    if not native.of(OTHER) and internal > _JAVA_8_INTERNAL:
        text = "There is no category Other, as in Java 8, which counts direct buffers in Internal, among the JVM's own."
        yield Note("nmt-java-8", text, PAGE + "#paste")
