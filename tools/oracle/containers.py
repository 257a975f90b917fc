"""Settings that bear on the size of a container, for the kinds that ask for one.

The lists are borders, as in `vocabulary`; the functions draw ordinary configurations.
"""

from collections.abc import Iterator
from itertools import combinations
from random import Random

from . import vocabulary
from .vocabulary import GIB, KIB, MIB

MEMORY = "spark.executor.memory"
OVERHEAD = "spark.executor.memoryOverhead"
FACTOR = "spark.executor.memoryOverheadFactor"
MINIMUM = "spark.executor.minMemoryOverhead"
PYSPARK = "spark.executor.pyspark.memory"
OFF_HEAP = "spark.memory.offHeap.enabled"
OFF_HEAP_SIZE = "spark.memory.offHeap.size"
CORES = "spark.executor.cores"
DRIVER_MEMORY = "spark.driver.memory"
DRIVER_OVERHEAD = "spark.driver.memoryOverhead"
DRIVER_FACTOR = "spark.driver.memoryOverheadFactor"
DRIVER_MINIMUM = "spark.driver.minMemoryOverhead"
AM_MEMORY = "spark.yarn.am.memory"
AM_OVERHEAD = "spark.yarn.am.memoryOverhead"
K8S_FACTOR = "spark.kubernetes.memoryOverheadFactor"
OLD_OVERHEAD = "spark.yarn.executor.memoryOverhead"
OLD_DRIVER_OVERHEAD = "spark.yarn.driver.memoryOverhead"

Settings = dict[str, str]

HEAPS = ["1g", "3839m", "3840m", "3841m", "3850m", "4g", "1024", "1023k", "1025k", "0", "100g", "1.5g", "x", "", "-1g",
         "1gib", "2147483647m", "2147483648m", "8589934591g"]
"""About the size from which a tenth is more than 384 MiB, and about 32 bits of MiB."""

OVERHEADS = ["0", "1", "383", "1g", "1023k", "-1", "x", "1.5g", "2147483647m"]
SHARES = ["0", "0.1", "0.4", "0.09375", "1", "1.5", "1e-9", "-0.1", "NaN", "Infinity", "x", " 0.2 "]
MINIMUMS = ["0", "383", "385", "1g", "-1", "x"]
OFF_HEAP_SIZES = ["0", "1", "1048575", "1m", "1500k", "1g", "-1", "x"]

EXECUTOR_FAULTS: list[Settings] = [
    {MEMORY: "bad-memory"}, {OVERHEAD: "bad-overhead"}, {OVERHEAD: "-1"}, {FACTOR: "bad-factor"}, {FACTOR: "-0.1"},
    {MINIMUM: "bad-minimum"}, {OFF_HEAP: "bad-switch"}, {OFF_HEAP_SIZE: "bad-size"}, {OFF_HEAP: "true"},
    {PYSPARK: "bad-pyspark"}, {PYSPARK: "-2"}, {CORES: "bad-cores"},
]
DRIVER_FAULTS: list[Settings] = [
    {DRIVER_MEMORY: "bad-driver"}, {DRIVER_OVERHEAD: "bad-driver-overhead"}, {DRIVER_FACTOR: "bad-driver-factor"},
    {DRIVER_MINIMUM: "bad-driver-minimum"},
]
"""One fault each, told apart by their texts; pairs show the order in which a release finds them."""


def executor_borders() -> Iterator[Settings]:
    """Settings of an executor, one rule each."""
    yield {}
    yield from ({MEMORY: heap} for heap in HEAPS)
    yield from ({MEMORY: "4g", OVERHEAD: overhead} for overhead in OVERHEADS)
    yield from ({MEMORY: "4g", FACTOR: share} for share in SHARES)
    yield from ({MEMORY: "4g", MINIMUM: minimum} for minimum in MINIMUMS)
    yield {MEMORY: "4g", OVERHEAD: "100m", FACTOR: "0.5", MINIMUM: "1g"}
    yield {MEMORY: "4g", FACTOR: "0.5", MINIMUM: "3g"}
    yield {MEMORY: "100m", MINIMUM: "0"}
    yield {MEMORY: "100m", MINIMUM: "-1"}
    yield {MEMORY: "100m", MINIMUM: "-1", FACTOR: "1e-9"}
    for size in OFF_HEAP_SIZES:
        yield {MEMORY: "4g", OFF_HEAP: "true", OFF_HEAP_SIZE: size}
    yield {MEMORY: "4g", OFF_HEAP: "true"}
    yield {MEMORY: "4g", OFF_HEAP_SIZE: "1g"}
    yield {MEMORY: "4g", OFF_HEAP: "false", OFF_HEAP_SIZE: "0"}
    yield {MEMORY: "4g", OFF_HEAP: "yes", OFF_HEAP_SIZE: "1g"}
    yield {MEMORY: "2147483647m", OVERHEAD: "1m"}
    yield {MEMORY: "4g", OLD_OVERHEAD: "1g"}
    yield {MEMORY: "4g", OLD_OVERHEAD: "1g", OVERHEAD: "2g"}
    yield {MEMORY: "4g", OLD_OVERHEAD: "x"}
    yield {CORES: "0"}


def python_borders() -> Iterator[Settings]:
    """Settings for an executor of a Python application."""
    yield from ({MEMORY: "4g", PYSPARK: memory} for memory in ("0", "1", "1g", "1023k", "-1", "x", "2147483647m"))


def driver_borders() -> Iterator[Settings]:
    """Settings of a driver, one rule each."""
    heaps = ("8g", "3839m", "3841m", "1024", "1023k", "0", "1.5g", "-1g", "2147483647m")
    yield from ({DRIVER_MEMORY: heap} for heap in heaps)
    yield from ({DRIVER_MEMORY: "4g", DRIVER_OVERHEAD: overhead} for overhead in ("0", "1", "2g", "-1", "1.5g"))
    yield from ({DRIVER_MEMORY: "4g", DRIVER_FACTOR: share} for share in ("0", "0.3", "2", "-0.1", "NaN", "x"))
    yield from ({DRIVER_MEMORY: "4g", DRIVER_MINIMUM: minimum} for minimum in ("0", "1g", "-1"))
    yield {DRIVER_MEMORY: "4g", DRIVER_OVERHEAD: "100m", DRIVER_FACTOR: "0.5", DRIVER_MINIMUM: "1g"}
    yield {DRIVER_MEMORY: "100m", DRIVER_MINIMUM: "-1", DRIVER_FACTOR: "1e-9"}
    yield {DRIVER_MEMORY: "4g", OFF_HEAP: "true", OFF_HEAP_SIZE: "1g"}
    yield {DRIVER_MEMORY: "4g", OLD_DRIVER_OVERHEAD: "1g"}
    yield {DRIVER_MEMORY: "8g", DRIVER_FACTOR: "0.3", K8S_FACTOR: "0.2"}


def pairs(random: Random, faults: list[Settings], count: int) -> Iterator[Settings]:
    """Neighbours in the list, then other pairs drawn from it, until there are `count`."""
    every = [(one, other) for one, other in combinations(faults, 2) if not one.keys() & other.keys()]
    near = [pair for pair in every if faults.index(pair[1]) - faults.index(pair[0]) == 1]
    far = [pair for pair in every if pair not in near]
    for one, other in (near + random.sample(far, len(far)))[:count]:
        yield {**one, **other}


def size(random: Random, least: int, most: int) -> str:
    """A size of `least` to `most` bytes as people write it for a container: in KiB, MiB or GiB."""
    bytes_ = int(least * (most / least) ** random.random())
    unit, names = random.choice([(KIB, ("k", "kb")), (MIB, ("m", "mb", "M")), (MIB, ("m",)), (GIB, ("g", "GB"))])
    return f"{-(-bytes_ // unit)}{random.choice(names)}"


def executor(random: Random) -> Settings:
    """An executor's settings, of which one configuration in five holds a value from the odd ones."""
    def often(share: float) -> bool:
        return random.random() < share

    conf = {}
    if often(0.9):
        conf[MEMORY] = size(random, 400 * MIB, 1 << 37)
    if often(0.2):
        conf[OVERHEAD] = size(random, 64 * MIB, 1 << 34)
    if often(0.2):
        conf[PYSPARK] = size(random, 64 * MIB, 1 << 34)
    if often(0.2):
        conf[CORES] = str(random.randrange(1, 17))
    if often(0.4):
        conf[OFF_HEAP_SIZE] = size(random, MIB, 1 << 35)
        conf[OFF_HEAP] = random.choice(["true", "true", "false"])
    if often(0.3):
        conf[FACTOR] = _share(random)
    if often(0.2):
        conf[MINIMUM] = random.choice(["0m", "100m", "512", "1g"])
    if often(0.2):
        key, odd = random.choice([(MEMORY, vocabulary.SIZES), (OVERHEAD, vocabulary.SIZES), (FACTOR, vocabulary.FRACTIONS),
                                  (PYSPARK, vocabulary.SIZES), (OFF_HEAP_SIZE, vocabulary.SIZES)])
        conf[key] = random.choice(odd)
    return conf


def driver(random: Random) -> Settings:
    """A driver's settings; one configuration in ten holds a value from the odd ones."""
    def often(share: float) -> bool:
        return random.random() < share

    conf = {}
    if often(0.7):
        conf[DRIVER_MEMORY] = size(random, 256 * MIB, 1 << 36)
    if often(0.2):
        conf[DRIVER_OVERHEAD] = size(random, 64 * MIB, 1 << 33)
    if often(0.3):
        conf[DRIVER_FACTOR] = _share(random)
    if often(0.2):
        conf[DRIVER_MINIMUM] = random.choice(["0m", "100m", "512", "1g"])
    if often(0.2):
        conf[K8S_FACTOR] = _share(random)
    if often(0.1):
        conf[random.choice([DRIVER_MEMORY, DRIVER_OVERHEAD])] = random.choice(vocabulary.SIZES)
    return conf


def _share(random: Random) -> str:
    return random.choice(["0.07", "0.1", "0.2", "0.25", "0.4", "0.5", f"{random.random():.4f}", vocabulary.fraction(random)])
