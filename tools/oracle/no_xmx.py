"""JVMs that nobody gives an -Xmx: tests/oracle/no-xmx.json.

The memory that a JVM sees is told by -XX:MaxRAM, which for a small machine has the same effect as a container of that size;
some rows leave it to the machine, whose memory is in the file's header.
"""

import json
from collections.abc import Iterator
from itertools import product
from typing import Any

from . import heap, jvm
from .record import RECORDED, write

FILE = "no-xmx.json"
COMMAND = "python -m tools.oracle no-xmx"
SIZES = ("64m", "200m", "240m", "249m", "250m", "256m", "400m", "499m", "500m", "512m", "600m", "1g", "4g", "256g")
SHARES = (
    "-XX:MaxRAMPercentage=75", "-XX:MaxRAM=240m -XX:MaxRAMPercentage=75", "-XX:MaxRAM=300m -XX:MaxRAMPercentage=75",
    "-XX:MaxRAM=2g -XX:MaxRAMPercentage=75", "-XX:MaxRAM=2g -XX:MaxRAMPercentage=33.3",
    "-XX:MaxRAM=200m -XX:MinRAMPercentage=80", "-XX:MaxRAM=2g -XX:MinRAMPercentage=80",
    "-XX:MaxRAM=2g -XX:InitialRAMPercentage=50", "-XX:MaxRAM=2g -Xms1g", "-XX:MaxRAM=300m -Xms200m",
    "-XX:MaxRAM=2g -XX:InitialRAMPercentage=80 -XX:MaxRAMPercentage=50",
)
OTHERS = ("200m", "400m", "1g", "4g", "256g")
"""Sizes for the collectors beside G1."""


def record() -> Any:
    """Writes tests/oracle/no-xmx.json."""
    rows = [{**asked, **answer(asked)} for asked in questions()]
    with jvm.Jvm(11, ["-Xmx64m"]) as real:
        header = {"command": COMMAND, "machine": heap._machine(real)}
    path = RECORDED / FILE
    write(path, header, "rows", rows)
    return path


def questions() -> Iterator[dict[str, Any]]:
    """Every row's question: java, gc and flags."""
    for java, size in product(heap.JAVAS, SIZES):
        yield {"java": java, "gc": "g1", "flags": f"-XX:MaxRAM={size}"}
    for java, flags in product(heap.JAVAS, ("", *SHARES)):
        yield {"java": java, "gc": "g1", "flags": flags}
    for java, gc, size in product(heap.JAVAS, ("serial", "parallel", "z", "shenandoah"), OTHERS):
        yield {"java": java, "gc": gc, "flags": f"-XX:MaxRAM={size}"}


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """What the JVM reports of its heap [bytes]; where it refuses to start, its words."""
    options = [*jvm.BRIEF, *jvm.COLLECTORS[asked["gc"]], *asked["flags"].split()]
    try:
        with jvm.Jvm(asked["java"], options) as real:
            found = heap.answer(real, asked)
            return {name: found[name] for name in ("maxMemory", "MaxHeapSize", "InitialHeapSize")}
    except jvm.Died as death:
        return {"refused": heap._first_error(str(death))}


def machine() -> int:
    """Memory of the machine that was asked [bytes]."""
    return int(json.loads((RECORDED / FILE).read_text())["machine"]["memoryBytes"])
