"""What JVMs say of their heap under the collectors that not every Java has: tests/oracle/rare-collectors.json.

CMS ended with Java 13, and of the JVMs of the locks only 11 has it; Epsilon came with 11.  A row of `heaps` is one JVM
with its -Xmx and flags; a row of `collectors` is what the collector keeps for itself beside a heap; a row of `refused`
is a JVM that has no such collector.
"""

import json
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

from . import jvm, native
from .record import RECORDED

FILE = "rare-collectors.json"
COMMAND = "python -m tools.oracle rare"
OPTIONS = {
    "cms": ["-XX:+UseConcMarkSweepGC"],
    "epsilon": ["-XX:+UnlockExperimentalVMOptions", "-XX:+UseEpsilonGC"],
}
JAVAS = {"cms": (11,), "epsilon": (11, 17, 21, 25)}
SIZES = ("300m", "450m", "512m", "1g", "2g", "3g", "4g", "8g", "1100000000", "1073741825")
PROCESSORS = (1, 2, 4, 8, 16)
FLAGS = ("-Xmn300m", "-XX:NewRatio=1", "-XX:NewRatio=4", "-XX:SurvivorRatio=4", "-XX:SurvivorRatio=16", "-Xms256m", "-Xms1g",
         "-Xms1023m", "-XX:MaxNewSize=200m", "-XX:NewSize=400m", "-XX:NewSize=10m", "-XX:ParallelGCThreads=3",
         "-XX:CMSYoungGenPerWorker=32m")


def record() -> Path:
    """Writes tests/oracle/rare-collectors.json."""
    tables = {"heaps": list(heaps()), "collectors": list(structures()), "refused": list(refused())}
    parts = [f'"command": {json.dumps(COMMAND)}']
    for name, rows in tables.items():
        lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
        parts.append(f'"{name}": [\n{lines}\n]')
    path = RECORDED / FILE
    path.write_text("{\n" + ",\n".join(parts) + "\n}\n")
    return path


def questions() -> Iterator[dict[str, Any]]:
    """Every row's question: java, gc, xmx, processors and flags."""
    for xmx, processors in product(SIZES, PROCESSORS):
        yield {"java": 11, "gc": "cms", "xmx": xmx, "processors": processors, "flags": ""}
    for flags, (xmx, processors) in product(FLAGS, (("1g", 2), ("1g", 8), ("4g", 4))):
        yield {"java": 11, "gc": "cms", "xmx": xmx, "processors": processors, "flags": flags}
    for java, xmx in product(JAVAS["epsilon"], ("300m", "1g", "4g", "1100000000", "1073741825")):
        yield {"java": java, "gc": "epsilon", "xmx": xmx, "processors": 2, "flags": ""}


def heaps() -> Iterator[dict[str, Any]]:
    """What each JVM reports as its largest heap."""
    for asked in questions():
        options = [*OPTIONS[asked["gc"]], f"-Xmx{asked['xmx']}", f"-XX:ActiveProcessorCount={asked['processors']}",
                   *asked["flags"].split()]
        with jvm.Jvm(asked["java"], options) as real:
            yield {**asked, "maxMemory": real.view.java.lang.Runtime.getRuntime().maxMemory()}


def structures() -> Iterator[dict[str, Any]]:
    """What each collector has committed for itself, beside heaps that are committed at once and hold nothing."""
    for gc, javas in JAVAS.items():
        for java, mib, processors in product(javas, (512, 1024, 4096, 16384), (4, 16)):
            heap = [f"-Xms{mib}m", f"-Xmx{mib}m", f"-XX:ActiveProcessorCount={processors}"]
            yield {"java": java, "gc": gc, "heapMiB": mib, "processors": processors,
                   "bytes": native.own_bytes(java, [*heap, *OPTIONS[gc]])}


def refused() -> Iterator[dict[str, Any]]:
    """What the JVMs say that have no CMS."""
    for java in (17, 21, 25):
        try:
            with jvm.Jvm(java, ["-Xmx1g", *OPTIONS["cms"]]):
                yield {"java": java, "gc": "cms", "said": ""}
        except jvm.Died as death:
            said = re.search(r"Unrecognized VM option '\w+'", str(death))
            yield {"java": java, "gc": "cms", "said": said[0] if said else str(death)}
