"""What an expert would add to a container's sum: what has no room in it, what is passed over, what will not start."""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.answer.note import Note
from sparkmem.calculators.container_request.unread import driver_notes, key_notes, note, profile_notes
from sparkmem.errors import Refused
from sparkmem.facts import fact
from sparkmem.given import Given
from sparkmem.size import SizeError, byte_string_as_bytes, mib_text
from sparkmem.spark.containers.container import KUBERNETES, LOCAL, STANDALONE, YARN, Application, Container
from sparkmem.spark.containers.overhead import DEFAULT_FACTOR, GIVEN
from sparkmem.spark.managers import unified_regions
from sparkmem.spark.settings.config import EXECUTOR_MEMORY, MEMORY_OFFHEAP_ENABLED, MEMORY_OFFHEAP_SIZE
from sparkmem.spark.settings.python import PYSPARK_EXECUTOR_MEMORY


def notes(
    given: Given, app: Application, executor: Container | None, driver: Container | None, node_mib: int | None
) -> Iterator[Note]:
    """The notes on these containers, warnings first."""
    found = [
        *_overhead(app, executor), *_off_heap(app, executor), *_pyspark(app, executor), *_standalone(app),
        *_starts(app, executor), *driver_notes(app, driver), *_node(app, executor, driver, node_mib), *profile_notes(app),
        *key_notes(given, app),
    ]  # fmt: skip
    yield from (each for each in found if each.level == "warning")
    yield from (each for each in found if each.level != "warning")


def _overhead(app: Application, executor: Container | None) -> Iterator[Note]:
    overhead = executor.overhead if executor else None
    if overhead and overhead.rule == GIVEN and overhead.mib < overhead.default_mib:
        yield note(
            "overhead-below-default",
            f"The overhead given, {overhead.mib:,} MiB, is less than the {overhead.default_mib:,} MiB that Spark would take"
            " by itself: a value given does not add to the default, it takes its place.",
            "#memory-overhead", "warning",
        )  # fmt: skip
    client_mode = app.manager == KUBERNETES and not app.cluster_mode and app.language != "jvm"
    if client_mode and overhead and overhead.rule != GIVEN and overhead.factor == DEFAULT_FACTOR:
        yield note(
            "client-mode-factor",
            "In client mode the driver makes no pod that could hand on the larger factor for Python and R: executors get"
            f" {DEFAULT_FACTOR}. spark.kubernetes.memoryOverheadFactor sets it.",
            "#kubernetes",
        )


def _off_heap(app: Application, executor: Container | None) -> Iterator[Note]:
    size = app.conf.get(MEMORY_OFFHEAP_SIZE)
    if size <= 0 or app.manager == LOCAL or (executor and executor.off_heap_mib):
        return
    alone = app.manager == STANDALONE
    if not app.conf.get(MEMORY_OFFHEAP_ENABLED):
        yield note(
            "off-heap-not-enabled",
            f"spark.memory.offHeap.size is {mib_text(size)} and spark.memory.offHeap.enabled is not true: blocks cached"
            f" OFF_HEAP may use it, and {'nothing is set aside' if alone else 'the container has no room'} for it. Write"
            " spark.memory.offHeap.enabled=true, or leave the size out.",
            "#off-heap-memory", "warning",
        )  # fmt: skip
    else:
        yield note(
            "off-heap-not-added",
            f"Executors may use {mib_text(size)} outside the heap, which is not part of this sum: add it to the overhead."
            if not alone
            else f"Executors may use {mib_text(size)} outside the heap, for which a standalone worker sets nothing aside.",
            "#off-heap-memory", "warning",
        )  # fmt: skip


def _pyspark(app: Application, executor: Container | None) -> Iterator[Note]:
    given_mib = app.conf.get(PYSPARK_EXECUTOR_MEMORY)
    key = PYSPARK_EXECUTOR_MEMORY.key
    if not given_mib:
        if app.python and app.manager in (YARN, KUBERNETES):
            text = f"{key} is not set: the Python workers share the overhead with the JVM, and nothing limits them."
            yield note("python-in-overhead", text, "#pyspark-memory")
        return
    if not app.python:
        yield note(
            "pyspark-other-language",
            f"{key} adds nothing here: the application is not in Python. It still limits the workers of Python functions"
            " that its queries call, or its clients where it is a Spark Connect server: give them room in the overhead.",
            "#pyspark-memory",
        )  # fmt: skip
    elif executor and not executor.pyspark_mib:
        where = "in client mode on Kubernetes" if app.manager == KUBERNETES else "by a standalone worker"
        yield note(
            "pyspark-not-added",
            f"The Python workers are limited to {given_mib:,} MiB together, but no room is made for them {where}:"
            + (" add it to the overhead." if app.manager == KUBERNETES else " leave it free on the machine."),
            "#pyspark-memory", "warning",
        )  # fmt: skip


def _standalone(app: Application) -> Iterator[Note]:
    if app.manager == STANDALONE:
        yield note(
            "standalone-reserves-nothing",
            "A standalone worker counts the heap alone. Overhead, off-heap memory and Python come on top of it, uncounted:"
            " leave room for them when you set SPARK_WORKER_MEMORY.",
            "#standalone",
        )


def _starts(app: Application, executor: Container | None) -> Iterator[Note]:
    """Whether an executor would start with its setting, which its memory manager reads in another way."""
    text = app.conf.text(EXECUTOR_MEMORY.key)
    if text is None or executor is None:
        return
    try:
        size_bytes = byte_string_as_bytes(text, app.conf.release)
        reserved = int(fact("RESERVED_SYSTEM_MEMORY_BYTES", app.conf.release))
        least = unified_regions.min_system_memory(reserved, app.conf.release)
        unified_regions.check_executor_memory(size_bytes, least, app.conf.release)
    except Refused as refusal:
        bare = f" A bare number is MiB here and bytes there: write {text.strip()}m." if text.strip().isdigit() else ""
        said = refusal.message.replace("\n", " ")
        yield note(
            "executor-does-not-start", f"No application starts with this heap: {said}{bare}", "#executor-memory", "warning"
        )
    except SizeError:
        return  # a minus, which a container of 2.4 and 3.0 takes


def _node(app: Application, executor: Container | None, driver: Container | None, node_mib: int | None) -> Iterator[Note]:
    """The containers that are larger than the largest node; YARN refuses them when the application is submitted."""
    for name, container in (("An executor", executor), ("The driver", driver)):
        if node_mib is None or container is None or container.total_mib <= node_mib or app.manager == YARN:
            continue
        waits = "its pod stays Pending" if app.manager == KUBERNETES else "no worker ever starts it"
        yield note(
            "no-node-holds-it",
            f"{name} needs {container.total_mib:,} MiB and the largest node has {node_mib:,}: {waits}.",
            "#above-the-threshold", "warning",
        )  # fmt: skip
