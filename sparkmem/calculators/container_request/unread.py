"""Settings that nothing reads here, or that something else than the container reads in another way."""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.answer.note import Note
from sparkmem.given import Given
from sparkmem.jvm.flags import FlagError, jvm_size
from sparkmem.release import since
from sparkmem.size import MIB
from sparkmem.spark.containers.container import (
    KUBERNETES,
    LOCAL,
    STANDALONE,
    YARN,
    Application,
    Container,
    profiles_supported,
)
from sparkmem.spark.settings.config import MEMORY_OFFHEAP_ENABLED
from sparkmem.spark.settings.driver import DRIVER_MEMORY
from sparkmem.spark.settings.keys import IGNORED, about
from sparkmem.spark.settings.spark_conf import OLD_NAMES
from sparkmem.subjects.containers.settings import PAGE


def note(id: str, text: str, see: str, level: str = "info") -> Note:
    """A note that leads to a section of our page."""
    return Note(id, text, PAGE + see, level)


def driver_notes(app: Application, driver: Container | None) -> Iterator[Note]:
    text = app.conf.text("spark.driver.memory")
    if driver is None and app.manager != LOCAL:
        yield note(
            "driver-not-in-cluster",
            f"In client mode the driver runs where spark-submit was called, with a heap of {text or DRIVER_MEMORY.default}"
            " (spark.driver.memory); no container limits it, and no overhead is set aside.",
            "#driver",
        )
    if text is None or (app.cluster_mode and app.manager in (YARN, STANDALONE)):
        return
    if app.cluster_mode:  # a pod's spark-submit has it from a file, without blanks
        text = text.strip()
    try:
        readable = jvm_size(text) >= 2 * MIB
    except FlagError:
        readable = False
    if not readable:
        yield note(
            "driver-heap-text",
            f"The driver's JVM is started with -Xmx{text} as it stands, which it does not take: write digits and one of"
            " k, m, g.",
            "#driver", "warning",
        )  # fmt: skip


def profile_notes(app: Application) -> Iterator[Note]:
    if not app.requests:
        return
    yield note("profile-needs-dynamic-allocation", profiles_supported(app.conf.release), "#profiles")
    if "memory" in app.requests and "memoryOverhead" not in app.requests and app.manager != STANDALONE:
        yield note(
            "profile-overhead",
            "A profile that raises memory and gives no memoryOverhead keeps the overhead of the application's own"
            " executors: give it one.",
            "#profiles", "warning",
        )  # fmt: skip
    if "offHeap" in app.requests and not app.conf.get(MEMORY_OFFHEAP_ENABLED):
        text = "The profile's off-heap memory has no effect: spark.memory.offHeap.enabled is not true."
        yield note("profile-off-heap", text, "#profiles", "warning")


def key_notes(given: Given, app: Application) -> Iterator[Note]:
    """Keys that are set and that nothing reads, and old names."""
    release, manager, cluster = app.conf.release, app.manager, app.cluster_mode
    containers = manager in (YARN, KUBERNETES)
    reads = {
        "spark.executor.memoryOverhead": containers,
        "spark.executor.memoryOverheadFactor": containers,
        "spark.executor.minMemoryOverhead": containers,
        "spark.driver.memoryOverhead": containers and cluster,
        "spark.driver.memoryOverheadFactor": containers and cluster,
        "spark.driver.minMemoryOverhead": containers and cluster,
        "spark.yarn.am.memory": manager == YARN and not cluster,
        "spark.yarn.am.memoryOverhead": manager == YARN and not cluster,
        "spark.kubernetes.memoryOverheadFactor": manager == KUBERNETES,
        "spark.executor.memory": manager != LOCAL,
    }
    for key, read in reads.items():
        if app.conf.text(key) is None:
            continue
        known = about(key, release)
        if known.status == IGNORED:
            yield note("key-ignored", f"{known.text}.", "#ignored-keys")
        elif not read:
            mode = f" in {'cluster' if cluster else 'client'} mode" if containers and not key.startswith("spark.kub") else ""
            yield note("key-ignored", f"Nothing reads {key} on {manager}{mode}.", "#ignored-keys")
    for new, old in OLD_NAMES.items():
        if given.is_set(old):
            wins = f", and {new} is set too and wins" if given.is_set(new) else ""
            yield note("old-key", f"{old} is the old name of {new}: it still works{wins}.", "#old-keys")
    both = ("spark.kubernetes.memoryOverheadFactor", "spark.executor.memoryOverheadFactor")
    if since(release, "3.3") and manager == KUBERNETES and all(given.is_set(key) for key in both):
        yield note("factor-set-twice", f"{both[1]} takes the place of {both[0]} for executors.", "#kubernetes")
