"""A memory manager at work: operations one after another on a real manager, MemoryStore and BlockInfoManager.

Traces are random, but not evenly so: each has a mood, which says what it does most, and a world, which
says how large everything is.  What happens is Spark's: `Trace.java` does the operations inside the JVM,
calls that wait in threads of their own.  Blocks are put as bytes, and an evicted block is dropped.

The operations and the answer are described in sparkmem/spark/managers/trace.py.  Kept apart from `all_kinds`,
in files of their own (tools/oracle/traces.py).
"""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from ..jvm import Jvm
from ..releases import at_least
from . import spark_conf, umm

KIND = "trace"
TRACES = 42
STEPS = 60

POLLING = {umm.POLLING: "1000000s"}
"""Counts unmanaged memory, and leaves it to the trace when Spark looks at it."""

_SOURCE = Path(__file__).with_name("Trace.java")

MOODS = {
    "even": {"put": 8, "get": 3, "remove": 2, "pin": 2, "unpin": 2, "acqStorage": 1, "relStorage": 1, "acqUnroll": 2,
             "relUnroll": 2, "acqExec": 10, "relExec": 4, "relTask": 3},
    "tasks": {"put": 3, "get": 1, "acqExec": 12, "relExec": 4, "relTask": 3, "remove": 1},
    "waits": {"put": 2, "acqExec": 12, "relExec": 3, "relTask": 2, "relStorage": 1},
    "cache": {"put": 14, "get": 5, "remove": 2, "pin": 4, "unpin": 3, "acqUnroll": 3, "relUnroll": 2, "acqExec": 4,
              "relExec": 2, "relTask": 1, "acqStorage": 1},
    "unroll": {"put": 6, "acqUnroll": 8, "relUnroll": 4, "acqExec": 4, "relExec": 1, "relTask": 2, "get": 1, "pin": 1},
    "unbalanced": {"put": 9, "relStorage": 3, "acqExec": 8, "relTask": 3, "relExec": 1},
}
"""How often each operation is drawn."""

LARGE = {"waits": (0.2, 1.2), "tasks": (0.05, 0.7), "cache": (0.02, 0.5), "unroll": (0.02, 0.4), "even": (0.02, 0.6),
         "unbalanced": (0.05, 0.4)}
"""Sizes, in shares of the memory that there is."""


def cases(random: Random, release: str) -> Iterator[dict[str, Any]]:
    """Traces of the unified manager, and of the static one where there is one."""
    for manager in ("unified", "static") if not at_least(release, "3.0") else ("unified",):
        for number in range(TRACES):
            mood = list(MOODS)[number % len(MOODS)]
            yield trace(random, release, manager, mood)


def trace(random: Random, release: str, manager: str, mood: str) -> dict[str, Any]:
    conf, sizes = (_unified_world if manager == "unified" else _static_world)(random)
    weights = dict(MOODS[mood])
    if at_least(release, "4.1"):
        weights["unmanaged"] = random.choice([0, 2])
        # Now and then the release is told of unmanaged memory, and does not look.
        conf |= POLLING if weights["unmanaged"] and random.random() < 0.8 else {}
    off_heap_share = random.choice([0.2, 0.5]) if sizes["off"] else 0.02
    draw = _Draw(random, sizes, LARGE[mood], off_heap_share, random.randrange(2, 7))
    names = random.choices(list(weights), list(weights.values()), k=STEPS)
    return {"manager": manager, "conf": conf, "cores": random.choice([1, 2, 4, 8]),
            "ops": [draw.operation(name, number) for number, name in enumerate(names)]}


def _unified_world(random: Random) -> tuple[dict[str, str], dict[str, int]]:
    """Settings, and about how much memory they give in each mode."""
    heap, reserved = random.choice([(1000, 0), (1_000_000, 0), (random.randrange(471859200, 1 << 31), 314572800)])
    conf = {umm.HEAP: str(heap), umm.RESERVED: str(reserved)}
    fraction = random.choice(["0.6", "0.6", "0.75", "1.0"])
    if fraction != "0.6":
        conf[umm.FRACTION] = fraction
    if random.random() < 0.6:
        conf[umm.STORAGE_FRACTION] = random.choice(["0", "0.1", "0.3", "0.7", "0.9"])
    return _with_off_heap(random, conf, int((heap - reserved) * float(fraction)))


def _static_world(random: Random) -> tuple[dict[str, str], dict[str, int]]:
    heap = random.randrange(33554432, 1 << 30)
    conf = {umm.HEAP: str(heap)}
    for key, texts in (("spark.storage.memoryFraction", ["0.2", "0.4"]), ("spark.shuffle.memoryFraction", ["0.1", "0.5"]),
                       ("spark.storage.unrollFraction", ["0", "0.1", "0.5", "1.0"])):
        if random.random() < 0.5:
            conf[key] = random.choice(texts)
    return _with_off_heap(random, conf, int(heap * 0.4))


def _with_off_heap(random: Random, conf: dict[str, str], most: int) -> tuple[dict[str, str], dict[str, int]]:
    off_heap = random.choice([0, most // 2, most])
    if off_heap:
        conf[umm.OFF_HEAP_SIZE] = f"{off_heap}b"
        if random.random() < 0.5:
            conf[umm.OFF_HEAP] = "true"
    return conf, {"on": most, "off": off_heap}


class _Draw:
    """Draws operations that belong together: blocks that were put, storage that was acquired."""

    def __init__(self, random: Random, sizes: dict[str, int], large: tuple[float, float], off_heap: float,
                 tasks: int) -> None:
        self._random = random
        self._sizes = sizes
        self._large = large
        self._off_heap = off_heap
        self._tasks = tasks
        self._blocks: list[str] = []
        self._acquired: list[tuple[int, str]] = []

    def operation(self, name: str, number: int) -> list[Any]:
        random, mode = self._random, self._mode()
        if name == "put":
            return [name, self._put(number), self._size(mode), mode]
        if name in ("get", "remove", "pin", "unpin"):
            return [name, self._block(number)]
        if name in ("acqStorage", "acqUnroll"):
            self._acquired.append((self._size(mode), mode))
            return [name, f"rdd_{random.randrange(3)}_{number}", *self._acquired[-1]]
        if name in ("relStorage", "relUnroll"):
            # Mostly what was acquired; what was not unbalances Spark's books, which is a rule of its own.
            known = self._acquired and random.random() < 0.9
            return [name, *(random.choice(self._acquired) if known else (self._size(mode), mode))]
        if name == "relTask":
            return [name, self._task()]
        if name == "unmanaged":
            return [name, mode, 0 if random.random() < 0.2 else self._size(mode)]
        return [name, 0 if random.random() < 0.02 else self._size(mode), self._task(), mode]

    def _mode(self) -> str:
        return "off" if self._random.random() < self._off_heap else "on"

    def _task(self) -> int:
        return self._random.randrange(1, self._tasks + 1)

    def _size(self, mode: str) -> int:
        least, most = self._large
        return int((self._sizes[mode] or self._sizes["on"]) * least * (most / least) ** self._random.random())

    def _put(self, number: int) -> str:
        random = self._random
        if self._blocks and random.random() < 0.04:
            return random.choice(self._blocks)
        names = [f"rdd_{random.randrange(4)}_{number}"] * 4 + [
            f"broadcast_{number}", f"broadcast_{number}_piece0", f"taskresult_{number}"]
        self._blocks.append(random.choice(names))
        return self._blocks[-1]

    def _block(self, number: int) -> str:
        random = self._random
        if not self._blocks or random.random() < 0.05:
            return f"rdd_0_{number}"
        return random.choice(self._blocks[-8:] if random.random() < 0.7 else self._blocks)


def answer(jvm: Jvm, case: dict[str, Any]) -> dict[str, Any]:
    """The manager's sizes before the first operation, and what came of each."""
    manager = _manager(jvm, case)
    initial = umm.pools(manager)
    if case["manager"] == "unified":
        region = jvm.field(manager, "onHeapStorageRegionSize")
        initial = {"maxHeapMemory": manager.maxHeapMemory(), "onHeapStorageRegionSize": region, **initial}
    conf = spark_conf(jvm, case["conf"])
    trace = jvm.compiled("sparkmem.oracle.Trace", _SOURCE.read_text()).getConstructors()[0]
    runner = trace.newInstance(jvm.array("java.lang.Object", manager, conf, umm.POLLING in case["conf"]))
    lines = runner.run("\n".join("\t".join(map(str, operation)) for operation in case["ops"]))
    return {"initial": initial, "steps": [json.loads(line) for line in lines.splitlines()]}


def _manager(jvm: Jvm, case: dict[str, Any]) -> Any:
    conf = spark_conf(jvm, case["conf"])
    if case["manager"] == "static":
        return jvm.view.org.apache.spark.memory.StaticMemoryManager(conf, case["cores"])
    unified = jvm.view.org.apache.spark.memory.UnifiedMemoryManager
    try:
        return unified.apply(conf, case["cores"])
    except Exception as error:  # 4.3 wants to know whether it is the driver's
        if "does not exist" not in str(error):
            raise
        return unified.apply(conf, case["cores"], True)
