"""What JVMs say about their heap: Runtime.maxMemory and the flags and pools behind it.

Each row is one JVM, started with the options of the row and asked through the gateway.
A large -Xmx only reserves addresses.  What the JVM derives from the machine (the initial
heap, its choice of a collector) depends on the memory and processors in the file's header.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

from . import jvm
from .record import RECORDED, split, write

JAVAS = (11, 17, 21, 25)
RANDOM_ROWS = 1060

MIB, GIB = 1 << 20, 1 << 30

SIZES = ["300m", "384m", "450m", "512m", "600m", "1g", "2g", "3g", "4g", "8g", "16g", "32g", "64g"]
BORDERS = ["471859199", "471859200", "471859201", "1073741823", "1073741824", "1073741825", "1100000000", "2047m",
           "2049m", "4095m", "4097m", "8191m", "8193m", "31g", "32767m", "32769m", "33g", "63g", "65535m"]
"""Odd bytes, and sizes on both sides of the steps of regions and of compressed pointers."""

FLAGS = {
    "g1": ["-Xmn300m", "-XX:NewRatio=1", "-XX:G1HeapRegionSize=1m", "-XX:G1HeapRegionSize=32m", "-XX:G1HeapRegionSize=3m",
           "-Xms256m", "-XX:MaxNewSize=200m", "-XX:MaxRAM=8g"],
    "parallel": ["-Xmn300m", "-XX:NewRatio=1", "-XX:NewRatio=4", "-XX:SurvivorRatio=4", "-XX:SurvivorRatio=16",
                 "-XX:InitialSurvivorRatio=3", "-XX:InitialSurvivorRatio=16", "-XX:MinSurvivorRatio=8", "-Xms256m",
                 "-XX:MaxNewSize=200m", "-XX:-UseAdaptiveSizePolicy", "-XX:-UseAdaptiveSizePolicy -XX:SurvivorRatio=4",
                 "-XX:NewRatio=4 -XX:SurvivorRatio=4", "-XX:MaxRAM=8g"],
    "serial": ["-Xmn300m", "-XX:NewRatio=1", "-XX:NewRatio=4", "-XX:SurvivorRatio=4", "-XX:SurvivorRatio=16", "-Xms256m",
               "-XX:MaxNewSize=200m", "-XX:NewRatio=4 -XX:SurvivorRatio=4", "-XX:MaxRAM=8g"],
    "z": ["-Xms256m", "-Xmn300m"],
    "shenandoah": ["-Xms256m", "-XX:ShenandoahRegionSize=4m", "-Xmn300m"],
}
"""Flags that bear on the reported heap; several in one text are given together."""

SHARES_OF_A_MACHINE = ["-XX:MaxRAM=1g", "-XX:MaxRAM=4g", "-XX:MaxRAM=64g", "-XX:MaxRAM=256g"]
"""Machines whose 64th part, the initial heap, is far below a heap of 1 GiB, or equal to it, or above."""

NEAR_THE_END = ["-Xms960m", "-Xms1000m", "-Xms1022m", "-Xms1023m", "-Xms1073741823", "-Xms1073676288"]
"""Initial heaps just below a heap of 1 GiB: by a 16th, by alignments, by a byte."""

RANDOM_NEAR_ROWS = 60

MACHINES = ["-XX:ActiveProcessorCount=1", "-XX:ActiveProcessorCount=2", "-XX:ActiveProcessorCount=16"]

ASKED = frozenset(("java", "gc", "xmx", "flags"))
"""The fields of a row that are its question."""

_HEAP_FLAGS = ["MaxHeapSize", "InitialHeapSize", "NewSize", "MaxNewSize"]


def record(seed: int, new: bool = False) -> Path:
    """The file with a row for each combination; where a JVM refuses to start, its words.

    Where only `new` rows are asked, the others are kept, provided that JVMs and machine are the same.
    """
    path = RECORDED / "heap.json"
    recorded = json.loads(path.read_text()) if new else {"rows": []}
    answers = dict(split(row, ASKED.__contains__) for row in recorded["rows"])
    with ExitStack() as stack:
        first = {str(java): stack.enter_context(jvm.Jvm(java, ["-Xmx64m"])) for java in JAVAS}
        header: dict[str, Any] = {"jvms": {java: jvm.version(real) for java, real in first.items()},
                                  "machine": _machine(first["11"])}
    if new and any(header[name] != recorded[name] for name in header):
        raise SystemExit(f"oracle: {path.name} is of other JVMs or of another machine; record all of it again")
    questions = list(combinations(seed))
    asked = [question for question in questions if json.dumps(question) not in answers]
    for number, question in enumerate(asked):
        if number % 100 == 0:
            print(f"oracle: heap, {number} of {len(asked)} JVMs", file=sys.stderr)
        answers[json.dumps(question)] = outcome(question)
    header |= {"seed": seed, "command": f"python -m tools.oracle heap --seed {seed}"}
    write(path, header, "rows", [{**question, **answers[json.dumps(question)]} for question in questions])
    return path


def outcome(question: dict[str, Any]) -> dict[str, Any]:
    """What a JVM started with the question's options says, or `refused` with its words."""
    try:
        with jvm.Jvm(question["java"], options(question)) as real:
            return answer(real, question)
    except jvm.Died as death:
        return {"refused": _first_error(str(death))}


def combinations(seed: int) -> Iterator[dict[str, Any]]:
    """Every row's question once: java, gc, xmx and flags."""
    seen = set()
    for question in (*_borders(), *_drawn(Random(f"{seed} heap")), *_initial_heaps(Random(f"{seed} initial heap"))):
        key = tuple(question.items())
        if key not in seen:
            seen.add(key)
            yield question


def _borders() -> Iterator[dict[str, Any]]:
    for java, gc, xmx in product(JAVAS, jvm.COLLECTORS, SIZES):
        yield {"java": java, "gc": gc, "xmx": xmx}
    for java, gc in product(JAVAS, jvm.COLLECTORS):
        for flags in FLAGS[gc]:
            yield {"java": java, "gc": gc, "xmx": "1g", "flags": flags}
        yield {"java": java, "gc": gc, "xmx": "1g", "flags": "-Xms1g"}
        yield {"java": java, "gc": gc, "xmx": "1g", "flags": "-Xms2g"}
    for java, flags, xmx in product(JAVAS, ("", *MACHINES), ("1g", "4g")):
        yield _question(java, "default", xmx, flags)
    for java, gc, xmx in product((11, 17), jvm.COLLECTORS, BORDERS):
        yield {"java": java, "gc": gc, "xmx": xmx}


def _drawn(random: Random) -> Iterator[dict[str, Any]]:
    for _ in range(RANDOM_ROWS):
        gc = random.choice(["g1", "parallel", "parallel", "parallel", "serial", "serial", "z", "shenandoah"])
        bytes_ = int(300 * MIB * 2 ** random.uniform(0, 7.7))
        xmx = random.choice([str(bytes_), f"{bytes_ // 1024}k", f"{bytes_ // MIB}m", f"{bytes_ // MIB}m",
                             random.choice(SIZES), random.choice(BORDERS), f"{bytes_ // GIB + 1}g"])
        yield _question(random.choice(JAVAS), gc, xmx, _flags(random, gc, bytes_))


def _initial_heaps(random: Random) -> Iterator[dict[str, Any]]:
    """Rows about the first size of a heap, which comes from the machine or from -Xms."""
    for java, gc, xmx, flags in product(JAVAS, jvm.COLLECTORS, ("1g", "4g"), SHARES_OF_A_MACHINE):
        yield _question(java, gc, xmx, flags)
    for java, gc, xmx in product(JAVAS, ("g1", "parallel", "serial"), ("1025m", "1100m", "2g")):
        yield _question(java, gc, xmx, "-XX:MaxRAM=64g")
    for java, gc, flags in product(JAVAS, jvm.COLLECTORS, NEAR_THE_END):
        yield _question(java, gc, "1g", flags)
    for java, gc, share in product(JAVAS, ("g1", "parallel"), ("0", "3", "4.26", "50")):
        yield _question(java, gc, "1g", f"-XX:InitialRAMPercentage={share}")
    for java in JAVAS:
        yield _question(java, "default", "1g", "-XX:MaxRAM=1g")
    for _ in range(RANDOM_NEAR_ROWS):
        heap = int(300 * MIB * 2 ** random.uniform(0, 7)) // MIB
        less = random.choice([0, 1, 2, 16, 63, heap // 64, heap // 16, heap // 8, heap // 3])
        ratio = f" -XX:SurvivorRatio={random.randrange(2, 20)}" if random.random() < 0.3 else ""
        gc = random.choice(["parallel", "parallel", "parallel", "g1", "serial"])
        yield _question(random.choice(JAVAS), gc, f"{heap}m", f"-Xms{heap - less}m{ratio}")


def _flags(random: Random, gc: str, heap: int) -> str:
    """None for three rows in five, else a flag of the list or one that is a share of the heap."""
    choice = random.random()
    if choice < 0.6:
        return ""
    if choice < 0.8:
        return random.choice(FLAGS[gc])
    return random.choice([f"-Xmn{heap // random.randrange(2, 12) // MIB}m", f"-Xms{heap // random.randrange(1, 9) // MIB}m",
                          f"-XX:NewRatio={random.randrange(1, 9)}", f"-XX:SurvivorRatio={random.randrange(1, 20)}"])


def _question(java: int, gc: str, xmx: str, flags: str) -> dict[str, Any]:
    return {"java": java, "gc": gc, "xmx": xmx, **({"flags": flags} if flags else {})}


def options(question: dict[str, Any]) -> list[str]:
    """The command line's options; `default` names no collector."""
    collector = jvm.COLLECTORS.get(question["gc"], [])
    return [*collector, f"-Xmx{question['xmx']}", *question.get("flags", "").split()]


def answer(real: jvm.Jvm, question: dict[str, Any]) -> dict[str, Any]:
    """What the JVM reports, in bytes: its maximum, the flags as it set them, the pools where they are fixed."""
    management = real.view.java.lang.management.ManagementFactory
    diagnostic = real.view.java.lang.Class.forName("com.sun.management.HotSpotDiagnosticMXBean")
    bean = management.getPlatformMXBean(diagnostic)

    def flag(name: str) -> str:
        return str(bean.getVMOption(name).getValue())

    found: dict[str, Any] = {"maxMemory": real.view.java.lang.Runtime.getRuntime().maxMemory()}
    gc = question["gc"]
    if gc == "default":
        gc = next(name for name, chosen in _CHOSEN.items() if flag(chosen) == "true")
        found["chosen"] = gc
    for name in _HEAP_FLAGS + (["G1HeapRegionSize"] if gc == "g1" else []):
        found[name] = _signed(int(flag(name)))
    if gc in ("serial", "parallel"):
        found["pools"] = {_pool_name(pool.getName()): pool.getUsage().getMax()
                          for pool in management.getMemoryPoolMXBeans() if pool.getType().toString() == "Heap memory"}
    return found


_CHOSEN = {name: options[-1].removeprefix("-XX:+") for name, options in jvm.COLLECTORS.items()}
"""The flag that is true when a collector is the one in use."""


def _pool_name(name: str) -> str:
    """`eden`, `survivor` or `old`, whatever the collector calls it."""
    if name.startswith("Tenured"):
        return "old"
    return name.removeprefix("PS ").split()[0].lower()


def _signed(value: int) -> int:
    """The largest unsigned number means "no limit" in HotSpot; it becomes -1."""
    return value - (1 << 64) if value >= 1 << 63 else value


def _machine(real: jvm.Jvm) -> dict[str, Any]:
    """Memory in bytes and processors, as this JVM sees them."""
    system = real.view.java.lang.management.ManagementFactory.getOperatingSystemMXBean()
    interface = "com.sun.management.OperatingSystemMXBean"
    return {"memoryBytes": real.through(interface, system, "getTotalPhysicalMemorySize"),
            "processors": real.through(interface, system, "getAvailableProcessors")}


def _first_error(printed: str) -> str:
    """The line that says why, without the warnings before it."""
    lines = [line for line in printed.splitlines() if line and "warning" not in line.lower()]
    return lines[1] if len(lines) > 1 and lines[0].startswith("Error occurred") else lines[0]
