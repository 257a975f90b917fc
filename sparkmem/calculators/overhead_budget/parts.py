"""The parts of the budget: each with its size, how it came about, its source, and the section that explains it."""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.answer.line import DEFAULT, DERIVED, SET, Line
from sparkmem.calculators.overhead_budget.inputs import PAGE
from sparkmem.calculators.overhead_budget.needs import Needs
from sparkmem.facts import FACTS
from sparkmem.given import Given
from sparkmem.jvm.collectors import NAMES
from sparkmem.jvm.defaults import JVM_DEFAULTS
from sparkmem.jvm.gc_structures import gc_structures
from sparkmem.jvm.native_flags import ARM
from sparkmem.release import release as release_named
from sparkmem.size import mib_text
from sparkmem.source import Source
from sparkmem.spark.containers.native_needs import PYTHON_BYTES, THREAD_BYTES, direct_memory
from sparkmem.spark.settings.config import MEMORY_OFFHEAP_ENABLED, MEMORY_OFFHEAP_SIZE
from sparkmem.spark.settings.shuffle import REDUCER_MAX_SIZE_IN_FLIGHT

JDK = "jdk-17+35"
_HOTSPOT = "src/hotspot/share/"
_SEEN = "measured in an executor after many different queries"
_SEEN_DRIVER = "measured in a driver after many different queries"


def jdk_source(path: str, symbol: str) -> Source:
    """A place in OpenJDK's code."""
    return Source("OpenJDK", JDK, path, symbol)


def stack_source(needs_arm: bool, release: str) -> Source:
    """Who decides the default size of a stack."""
    arm = "src/hotspot/os_cpu/linux_aarch64/globals_linux_aarch64.hpp"
    return jdk_source(arm, "ThreadStackSize") if needs_arm else JVM_DEFAULTS["ThreadStackSize"].source(release)


def direct_limit(needs: Needs) -> int:
    """How much direct memory NIO allows [bytes]: the flag, or what the heap reports."""
    return needs.flags.max_direct_bytes or needs.heap.max_memory_bytes


def threads_of(needs: Needs) -> int:
    """Threads as given, or those that were seen and one for each task."""
    return needs.threads if needs.threads is not None else needs.seen.threads + (0 if needs.is_driver else needs.tasks)


def counted_off_heap(needs: Needs) -> int:
    """Off-heap memory that executors use and for which the container has no term of its own [bytes]."""
    conf = needs.app.conf
    if needs.is_driver or needs.process.terms.off_heap_mib or not conf.get(MEMORY_OFFHEAP_ENABLED):
        return 0
    return int(conf.get(MEMORY_OFFHEAP_SIZE))


def parts(given: Given, needs: Needs) -> list[Line]:
    """Every part but the margin; those that are nothing by default only where they are something."""
    found = [*_jvm(given, needs), *_direct(given, needs), *_beside(given, needs)]
    rare = ("heap-rounding", "python-workers", "arrow-batches", "native-libraries", "mapped-files", "counted-off-heap")
    return [line for line in found if line.size_bytes or line.id not in rare]


def _measured(needs: Needs) -> str:
    return _SEEN_DRIVER if needs.is_driver else _SEEN


def _jvm(given: Given, needs: Needs) -> Iterator[Line]:
    flags, heap, seen, release = needs.flags, needs.heap, needs.seen, given.release
    size, how = needs.size("metaspace", seen.metaspace_bytes)
    yield _limited(
        "metaspace", "Metaspace", size, how, flags.max_metaspace_bytes, "-XX:MaxMetaspaceSize", _measured(needs),
        jdk_source(_HOTSPOT + "runtime/globals.hpp", "MaxMetaspaceSize"),
    )  # fmt: skip
    size, how = needs.size("code-cache", seen.code_cache_bytes)
    yield _limited(
        "code-cache", "Compiled code", size, how, flags.code_cache_bytes, "-XX:ReservedCodeCacheSize", _measured(needs),
        JVM_DEFAULTS["ReservedCodeCacheSize"].source(release),
    )  # fmt: skip
    named = f"{NAMES[heap.gc]} of Java {heap.java}"
    because = f"measured: {named} beside {mib_text(heap.max_heap_bytes)}, grown to its full size, {_processors(needs)}"
    yield Line(
        "gc-structures", "Collector's structures", gc_structures(heap.gc, heap.java, heap.max_heap_bytes, needs.processors),
        because=because, source=jdk_source(_HOTSPOT + "memory/allocation.hpp", "mtGC"), see=PAGE + "#gc-structures",
    )  # fmt: skip
    threads = threads_of(needs)
    each = min(THREAD_BYTES, flags.stack_bytes)
    whose = "given" if needs.threads is not None else "those seen" if needs.is_driver else "those seen and one for each task"
    yield Line(
        "thread-stacks", "Thread stacks", threads * each, see=PAGE + "#threads",
        because=f"{threads:,} threads ({whose}) × {each >> 10} KiB that are touched, of {mib_text(flags.stack_bytes)} each",
        source=stack_source(given.text("architecture") == ARM, release), provenance=SET if needs.threads else DERIVED,
    )  # fmt: skip
    yield Line(
        "symbols-internal", "Symbols and the JVM's own", seen.symbols_bytes, because=_measured(needs), provenance=DEFAULT,
        source=jdk_source(_HOTSPOT + "memory/allocation.hpp", "MEMORY_TYPES_DO"), see=PAGE + "#symbols",
    )  # fmt: skip
    yield Line(
        "heap-rounding", "Heap rounded up", heap.max_heap_bytes - heap.asked_bytes, see=PAGE + "#gc-structures",
        because=f"the collector makes {mib_text(heap.max_heap_bytes)} of -Xmx {mib_text(heap.asked_bytes)}",
        source=FACTS["HEAP_ALIGNMENT"].source(release),
    )  # fmt: skip


def _processors(needs: Needs) -> str:
    return f"{needs.processors} processor{'s' * (needs.processors != 1)}"


def _limited(id: str, label: str, size: int, how: str, limit: int | None, flag: str, measured: str, source: Source) -> Line:
    """A part that a flag of the JVM's bounds."""
    because = measured if how == DEFAULT else "given"
    if limit is not None and size > limit:
        size, because = limit, f"{flag}, since {mib_text(size)} {because} would be more"
    return Line(id, label, size, because=because, source=source, see=PAGE + f"#{id}", provenance=how)


def _direct(given: Given, needs: Needs) -> Iterator[Line]:
    key = REDUCER_MAX_SIZE_IN_FLIGHT.key
    usual = direct_memory(needs.tasks, needs.in_flight_mib, needs.seen)
    size, how = needs.size("direct-memory", usual)
    kept = mib_text(needs.seen.direct_bytes)
    fetching = f"{needs.tasks:,} task{'s' * (needs.tasks != 1)} at a time × {needs.in_flight_mib:,} MiB of {key}"
    because = _measured(needs) if needs.is_driver else f"{fetching}, and {kept} for the pools of Netty"
    because = because if how == DEFAULT else "given"
    limit = direct_limit(needs)
    if size > limit:
        size, because = limit, f"all that the JVM allows, since {mib_text(size)} ({because}) would be more"
    yield Line(
        "direct-memory", "Direct memory", size, because=because, see=PAGE + "#direct-memory",
        source=REDUCER_MAX_SIZE_IN_FLIGHT.source(given.release), provenance=SET if how == SET else DERIVED,
    )  # fmt: skip


def _beside(given: Given, needs: Needs) -> Iterator[Line]:
    """What is not the JVM's: Python, Arrow, libraries, files, and off-heap memory without a term of its own."""
    tag = release_named(given.release).tag
    worker, how = needs.size("python-worker-memory", PYTHON_BYTES)
    count = needs.tasks if needs.python_in_overhead else 0
    what = "measured, without any library" if how == DEFAULT else "given"
    yield Line(
        "python-workers", "Python workers", count * worker + (PYTHON_BYTES if count else 0), see=PAGE + "#python",
        because=f"{count:,} × {mib_text(worker)} ({what}), and {mib_text(PYTHON_BYTES)} for the daemon that they come from",
        source=Source("Spark", tag, "python/pyspark/daemon.py", "manager"), provenance=DERIVED,
    )  # fmt: skip
    batch, _ = needs.size("arrow-batch", 0)
    batches = (needs.tasks if needs.app.python and not needs.is_driver else 0) * (2 if needs.python_in_overhead else 1)
    yield Line(
        "arrow-batches", "Arrow batches", batches * batch, see=PAGE + "#python", provenance=DERIVED,
        because=f"{batches:,} × {mib_text(batch)}: one in the JVM for each task" + (", one in its worker" if count else ""),
        source=Source(
            "Spark", tag, "sql/catalyst/src/main/scala/org/apache/spark/sql/internal/SQLConf.scala",
            "ARROW_EXECUTION_MAX_RECORDS_PER_BATCH",
        ),
    )  # fmt: skip
    libraries, how = needs.size("native-libraries", 0)
    yield Line("native-libraries", "Native libraries", libraries, because="given", see=PAGE + "#unseen", provenance=how)
    files, how = needs.size("mapped-files", 0)
    mapped = Source("Spark", tag, "core/src/main/scala/org/apache/spark/storage/DiskStore.scala", "minMemoryMapBytes")
    yield Line("mapped-files", "Mapped files", files, because="given", source=mapped, see=PAGE + "#unseen", provenance=how)
    yield Line(
        "counted-off-heap", "Off-heap memory", counted_off_heap(needs), see=PAGE + "#off-heap", provenance=SET,
        because="this container has no term for it, so the overhead has to hold it",
        source=MEMORY_OFFHEAP_SIZE.source(given.release),
    )  # fmt: skip
