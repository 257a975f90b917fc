"""StaticMemoryManager: the pools under spark.memory.useLegacyMode, which only 2.4 still has.

`spark.testing.memory` stands for Runtime.maxMemory, as in `umm`.
"""

from collections.abc import Iterator
from random import Random
from typing import Any

from .. import containers, vocabulary
from ..jvm import Jvm
from ..releases import at_least
from . import spark_conf, umm
from .umm import HEAP, OFF_HEAP, OFF_HEAP_SIZE, PAGE_SIZE

KIND = "static"
RANDOM_CASES = 60

STORAGE = "spark.storage.memoryFraction"
STORAGE_SAFETY = "spark.storage.safetyFraction"
UNROLL = "spark.storage.unrollFraction"
SHUFFLE = "spark.shuffle.memoryFraction"
SHUFFLE_SAFETY = "spark.shuffle.safetyFraction"
SHARES = [STORAGE, STORAGE_SAFETY, UNROLL, SHUFFLE, SHUFFLE_SAFETY]

FAULTS: list[containers.Settings] = [
    {HEAP: "x"}, {HEAP: "33554431"}, {containers.MEMORY: "x"}, {containers.MEMORY: "31m"},
    *({share: "x"} for share in SHARES), {STORAGE: "-1"}, {SHUFFLE: "-1"},
    {OFF_HEAP_SIZE: "x"}, {OFF_HEAP_SIZE: "-1"}, {umm.STORAGE_FRACTION: "x"}, {OFF_HEAP: "x"}, {OFF_HEAP: "true"},
    {PAGE_SIZE: "x"},
]


def cases(random: Random, release: str) -> Iterator[dict[str, Any]]:
    if at_least(release, "3.0"):
        return
    for settings in _borders(random):
        yield _case({HEAP: "1073741824", **settings}, 4)
    for cores in (0, 1, 3, 16, 1024):
        yield _case({HEAP: "8589934592"}, cores)
        yield _case({HEAP: "8589934592", OFF_HEAP: "true", OFF_HEAP_SIZE: "100m"}, cores)
    for settings in containers.pairs(random, FAULTS, 40):
        yield _case({HEAP: "1073741824", **settings}, 4)
    for _ in range(RANDOM_CASES):
        yield _case(_configuration(random), random.choice(vocabulary.CORES))


def _case(settings: containers.Settings, cores: int) -> dict[str, Any]:
    return {"conf": {"spark.memory.useLegacyMode": "true", **settings}, "cores": cores}


def _borders(random: Random) -> Iterator[containers.Settings]:
    """Settings beside a heap of 1 GiB, one rule each."""
    yield {}
    for heap in ("-1", "0", "33554431", "33554432", "33554433", "471859199", "1g", "", str(1 << 53), str((1 << 63) - 1)):
        yield {HEAP: heap}
    for memory in ("31m", "32m", "33554431", "1024", "1g", "1.5g", "x", "", "-1"):
        yield {containers.MEMORY: memory}
    for share in SHARES:
        for text in ("0", "1", "2", "-0.5", "x", "NaN"):
            yield {share: text}
        yield {share: random.choice(vocabulary.FRACTIONS)}
    yield {STORAGE: "Infinity"}
    yield {STORAGE: "0.1", UNROLL: "0.3333333"}
    for size in ("1g", "1", "0", "-1", "x"):
        yield {OFF_HEAP_SIZE: size}
        yield {OFF_HEAP_SIZE: size, OFF_HEAP: "true"}
    yield {umm.FRACTION: "x"}
    yield {umm.STORAGE_FRACTION: "0.9", OFF_HEAP_SIZE: "1g"}
    yield {umm.RESERVED: "x"}
    yield {PAGE_SIZE: "4m"}


def _configuration(random: Random) -> containers.Settings:
    conf = {HEAP: str(int((33 << 20) * 2 ** random.uniform(0, 12)))}
    for share in SHARES:
        if random.random() < 0.4:
            conf[share] = vocabulary.fraction(random)
    if random.random() < 0.3:
        conf[containers.MEMORY] = vocabulary.size(random, 32 << 20, 1 << 36)
    if random.random() < 0.4:
        conf[OFF_HEAP_SIZE] = vocabulary.size(random, 1 << 20, 1 << 36)
        conf[OFF_HEAP] = random.choice(["true", "false"])
    if random.random() < 0.2:
        key = random.choice([*SHARES, containers.MEMORY])
        conf[key] = random.choice(vocabulary.FRACTIONS if key in SHARES else vocabulary.SIZES)
    return conf


def answer(jvm: Jvm, case: dict[str, Any]) -> dict[str, Any]:
    """The pools of a manager that has just been made, and what unrolling may take of storage, in bytes."""
    manager = jvm.view.org.apache.spark.memory.StaticMemoryManager(spark_conf(jvm, case["conf"]), case["cores"])
    pools = umm.pools(manager)
    return {**pools, "maxUnrollMemory": jvm.call(manager, "maxUnrollMemory")}
