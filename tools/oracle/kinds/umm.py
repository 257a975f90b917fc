"""UnifiedMemoryManager: the pools that a JVM gets for a configuration, or the refusal.

`spark.testing.memory` stands for Runtime.maxMemory, as in Spark's own tests.  `gc` is the
collector of the JVM that is asked, `driver` the argument of that name that 4.3 added.
"""

from collections.abc import Iterator
from itertools import combinations
from random import Random
from typing import Any

from .. import vocabulary
from ..jvm import COLLECTORS, Jvm
from ..releases import at_least
from . import spark_conf

KIND = "umm"
RANDOM_CASES = 300

HEAP = "spark.testing.memory"
RESERVED = "spark.testing.reservedMemory"
EXECUTOR_MEMORY = "spark.executor.memory"
FRACTION = "spark.memory.fraction"
STORAGE_FRACTION = "spark.memory.storageFraction"
OFF_HEAP = "spark.memory.offHeap.enabled"
OFF_HEAP_SIZE = "spark.memory.offHeap.size"
PAGE_SIZE = "spark.buffer.pageSize"
POLLING = "spark.memory.unmanagedMemoryPollingInterval"

FAULTS = [
    {HEAP: "x"}, {RESERVED: "x"}, {HEAP: "471859199"}, {EXECUTOR_MEMORY: "x"}, {EXECUTOR_MEMORY: "449m"},
    {FRACTION: "x"}, {STORAGE_FRACTION: "x"}, {STORAGE_FRACTION: "1"}, {FRACTION: "0"}, {OFF_HEAP_SIZE: "x"},
    {OFF_HEAP_SIZE: "-1"}, {OFF_HEAP: "x"}, {OFF_HEAP: "true", OFF_HEAP_SIZE: "0"}, {PAGE_SIZE: "x"}, {POLLING: "x"},
]
"""One fault each, in the order in which 4.3 finds them; pairs show the order of a release."""


def cases(random: Random, release: str) -> Iterator[dict[str, Any]]:
    for settings in _borders(random):
        yield {"conf": {HEAP: "1073741824", **settings}, "cores": 4, "gc": "g1"}
    if at_least(release, "4.3"):
        for settings in ({HEAP: "471859199"}, {EXECUTOR_MEMORY: "449m"}, {OFF_HEAP: "true"}, {FRACTION: "x"}):
            for driver in (True, False):
                yield {"conf": {HEAP: "1073741824", **settings}, "cores": 4, "gc": "g1", "driver": driver}
    yield from _page_sizes()
    for _ in range(RANDOM_CASES):
        case: dict[str, Any] = {
            "conf": _configuration(random),
            "cores": random.choice(vocabulary.CORES),
            "gc": random.choice(list(COLLECTORS)),
        }
        if at_least(release, "4.3"):
            case["driver"] = random.random() < 0.5
        yield case


def _borders(random: Random) -> Iterator[dict[str, str]]:
    """Settings beside a heap of 1 GiB, one rule each."""
    yield {}
    for heap in (-1, 0, 314572799, 314572800, 471859199, 471859200, 471859201, 1 << 53, (1 << 63) - 1):
        yield {HEAP: str(heap)}
    for text in ("1g", "", "471859200 ", "+471859200", "9223372036854775808"):
        yield {HEAP: text}
    for text, reserved in (("1001", "667"), ("1001", "668"), ("0", "0"), ("10", "1"), ("1073741824", "-1"),
                           ("1073741824", "1m"), ("1073741824", " 5"), ("100", "")):
        yield {HEAP: text, RESERVED: reserved}
    yield {HEAP: "100", "spark.testing": "true"}
    yield {"spark.testing": "false"}
    for text in vocabulary.SIZES:
        yield {EXECUTOR_MEMORY: text}
        yield {OFF_HEAP_SIZE: text, **random.choice(({}, {OFF_HEAP: "true"}, {OFF_HEAP: "false"}))}
    for text in vocabulary.FRACTIONS:
        yield {FRACTION: text}
        yield {STORAGE_FRACTION: text}
    for text in vocabulary.SWITCHES:
        yield {OFF_HEAP: text, **random.choice(({}, {OFF_HEAP_SIZE: "1g"}))}
    for text in ("1m", "0", "-1", "-5k", " 2m ", "x", "", "1.5m", "1mib", "8191p", "8192p"):
        yield {PAGE_SIZE: text}
    for text in ("0", "1s", "-1", "x", ""):
        yield {POLLING: text}
    for one, other in combinations(FAULTS, 2):
        if not one.keys() & other.keys():
            yield {**one, **other}


def _page_sizes() -> Iterator[dict[str, Any]]:
    """Cores and heaps about the borders of the default page size, under each collector."""
    for gc in COLLECTORS:
        for settings in ({}, {OFF_HEAP: "true", OFF_HEAP_SIZE: "1g"}):
            yield {"conf": {HEAP: "8589934592", **settings}, "cores": 8, "gc": gc}
            yield {"conf": {HEAP: "8589934592", PAGE_SIZE: "4m", **settings}, "cores": 8, "gc": gc}
    for cores in (-1, 0, 1, 2, 3, 4, 8, 16, 64, 1024, (1 << 31) - 1):
        yield {"conf": {HEAP: "8589934592"}, "cores": cores, "gc": "g1"}
        yield {"conf": {HEAP: "8589934592", OFF_HEAP: "true", OFF_HEAP_SIZE: "100m"}, "cores": cores, "gc": "g1"}
    for size in (2 * 64 * (1 << 20) - 1, 2 * 64 * (1 << 20), 2 * 64 * (1 << 20) + 128, 1, 63, 2 << 30, (2 << 30) + 128):
        conf = {HEAP: "8589934592", OFF_HEAP: "true", OFF_HEAP_SIZE: str(size), STORAGE_FRACTION: "0.5"}
        yield {"conf": conf, "cores": 4, "gc": "g1"}


def _configuration(random: Random) -> dict[str, str]:
    """A configuration of which three in ten hold a value from the odd ones."""
    def often(share: float) -> bool:
        return random.random() < share

    conf = {HEAP: str(vocabulary.heap(random))}
    if often(0.5):
        conf[FRACTION] = vocabulary.fraction(random)
    if often(0.5):
        conf[STORAGE_FRACTION] = vocabulary.fraction(random)
    if often(0.4):
        conf[OFF_HEAP] = random.choice(["true", "false"])
    if often(0.4):
        conf[OFF_HEAP_SIZE] = vocabulary.size(random, 1 << 20, 1 << 36)
    if often(0.4):
        conf[EXECUTOR_MEMORY] = vocabulary.size(random, vocabulary.LEAST_SYSTEM, 1 << 36)
    if often(0.1):
        conf[RESERVED] = str(random.choice([0, 104857600, 314572800, 367001600]))
    if often(0.1):
        conf[PAGE_SIZE] = random.choice(["1m", "2m", "16m", "64m", "1048577"])
    if often(0.3):
        key, odd = random.choice([(FRACTION, vocabulary.FRACTIONS), (STORAGE_FRACTION, vocabulary.FRACTIONS),
                                  (OFF_HEAP, vocabulary.SWITCHES), (OFF_HEAP_SIZE, vocabulary.SIZES),
                                  (EXECUTOR_MEMORY, vocabulary.SIZES)])
        conf[key] = random.choice(odd)
    return conf


def answer(jvm: Jvm, case: dict[str, Any]) -> dict[str, Any]:
    """The pools of a manager that has just been made, in bytes."""
    arguments = [spark_conf(jvm, case["conf"]), case["cores"]]
    if "driver" in case:
        arguments.append(case["driver"])
    manager = jvm.view.org.apache.spark.memory.UnifiedMemoryManager.apply(*arguments)
    region = jvm.field(manager, "onHeapStorageRegionSize")
    return {"maxHeapMemory": manager.maxHeapMemory(), "onHeapStorageRegionSize": region, **pools(manager)}


def pools(manager: Any) -> dict[str, Any]:
    """What every manager has, in bytes."""
    return {
        "maxOnHeapStorageMemory": manager.maxOnHeapStorageMemory(),
        "maxOffHeapStorageMemory": manager.maxOffHeapStorageMemory(),
        "maxOffHeapMemory": manager.maxOffHeapMemory(),
        "offHeapStorageMemory": manager.offHeapStorageMemory(),
        "onHeapStoragePool": manager.onHeapStorageMemoryPool().poolSize(),
        "onHeapExecutionPool": manager.onHeapExecutionMemoryPool().poolSize(),
        "offHeapStoragePool": manager.offHeapStorageMemoryPool().poolSize(),
        "offHeapExecutionPool": manager.offHeapExecutionMemoryPool().poolSize(),
        "pageSize": manager.pageSizeBytes(),
        "tungstenMode": manager.tungstenMemoryMode().toString(),
    }
