"""How far the JVM would let each part grow."""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.answer.line import Line
from sparkmem.calculators.overhead_budget.inputs import PAGE
from sparkmem.calculators.overhead_budget.needs import Needs
from sparkmem.calculators.overhead_budget.parts import direct_limit, jdk_source, stack_source, threads_of
from sparkmem.given import Given
from sparkmem.jvm.defaults import JVM_DEFAULTS
from sparkmem.jvm.native_flags import ARM
from sparkmem.release import since
from sparkmem.size import mib_text


def limits(given: Given, needs: Needs) -> Iterator[Line]:
    """Limits of the JVM, of which most is never touched."""
    flags, threads, release = needs.flags, threads_of(needs), given.release
    see = PAGE + "#limits"
    yield Line(
        "thread-stacks-reserved", "Reserved for stacks", threads * flags.stack_bytes, see=PAGE + "#threads",
        because=f"{threads:,} × {mib_text(flags.stack_bytes)} of addresses: virtual, and no RAM until a call touches it",
        source=stack_source(given.text("architecture") == ARM and "ThreadStackSize" not in flags.given, release),
    )  # fmt: skip
    most = flags.max_metaspace_bytes
    yield Line(
        "metaspace-limit", "Limit of metaspace", most, "none" if most is None else "", see=see,
        because="-XX:MaxMetaspaceSize" + (" is not set: classes may fill the container" if most is None else ""),
        source=jdk_source("src/hotspot/share/runtime/globals.hpp", "MaxMetaspaceSize"),
    )  # fmt: skip
    for id, label, name, size in (
        ("class-space-limit", "Limit of the class space", "CompressedClassSpaceSize", flags.class_space_bytes),
        ("code-cache-limit", "Limit of the code cache", "ReservedCodeCacheSize", flags.code_cache_bytes),
    ):
        because = f"-XX:{name}" + ("" if name in flags.given else ", its default")
        yield Line(id, label, size, because=because, source=JVM_DEFAULTS[name].source(release), see=see)
    given_limit = flags.max_direct_bytes is not None
    because = "-XX:MaxDirectMemorySize" if given_limit else "not set: as much as the heap reports"
    if since(release, "4.0"):
        because += "; Netty counts for itself and may take as much again"
    yield Line(
        "direct-memory-limit", "Limit of direct memory", direct_limit(needs), because=because, see=PAGE + "#direct-memory",
        source=jdk_source("src/java.base/share/classes/jdk/internal/misc/VM.java", "maxDirectMemory"),
    )  # fmt: skip
