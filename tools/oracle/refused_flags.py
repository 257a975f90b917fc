"""What JVMs do with flags about memory that are out of range, malformed, locked or at odds: one JVM for each answer.

Each row is a text of options on one Java: its exit status and the first line that it says.  `ignoring` is the same with
-XX:+IgnoreUnrecognizedVMOptions, "same" where that changes nothing: asked of all that is not recognized, and of a third
of what is malformed or out of range, which it never lets pass.  Where a text names no -Xmx, 256 MiB are given before it.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

from . import jvm
from .heap import JAVAS
from .record import RECORDED

PATH = RECORDED / "refused-flags.json"
IGNORE = "-XX:+IgnoreUnrecognizedVMOptions"
HEAP = "-Xmx256m"
SECONDS = 120

SIZES = ["abc", "", "-1", "0", "1.5g", "8gb", "64m", "20000000000g"]
SIZED = ["MaxDirectMemorySize", "MaxMetaspaceSize", "ReservedCodeCacheSize", "CompressedClassSpaceSize", "MetaspaceSize",
         "MaxHeapSize", "InitialHeapSize", "NewSize", "MaxNewSize", "MaxRAM"]
BORDERS = {
    "MaxRAMPercentage": ["500", "100.1", "-1", "abc", "75", "75%"],
    "ConcGCThreads": ["1000", "-1", "4294967296"],
    "ThreadStackSize": ["0", "16", "135", "136", "1048576", "1048577", "abc"],
    "ReservedCodeCacheSize": ["2495k", "2496k", "2g", "2049m"],
    "CompressedClassSpaceSize": ["1048575", "1m", "3073m", "4g"],
    "MaxMetaspaceSize": ["1m", "12m"],
    "NewRatio": ["0", "-1", "18446744073709551615"],
    "SurvivorRatio": ["0", "1", "abc"],
    "MinSurvivorRatio": ["2"],
    "InitialSurvivorRatio": ["2"],
    "G1HeapRegionSize": ["33m", "513m", "3m"],
    "G1ReservePercent": ["51"],
    "InitiatingHeapOccupancyPercent": ["101"],
    "MinHeapFreeRatio": ["101"],
    "MaxHeapFreeRatio": ["30"],
    "MaxTenuringThreshold": ["17"],
    "MaxGCPauseMillis": ["0"],
    "InitialRAMPercentage": ["500"],
    "ParallelGCThreads": ["1000", "4294967296"],
    "TieredStopAtLevel": ["5"],
}
"""Beside the sizes: texts on both sides of a bound."""

SHORT = ["-Xmx", "-Xms", "-Xmn", "-Xss"]
SHORT_SIZES = ["", "0", "8", "1.5g", "1m"]

COLLECTORS = ["UseG1GC", "UseParallelGC", "UseSerialGC", "UseZGC", "UseShenandoahGC", "UseConcMarkSweepGC", "UseParNewGC",
              "UseParallelOldGC", "UseEpsilonGC"]
SWITCHES = ["-XX:+MaxRAMPercentage", "-XX:UseG1GC", "-XX:MaxDirectMemorySize",
            "-XX:MaxPermSize=256m"]
LOCKED = ["-XX:G1NewSizePercent=10", "-XX:+UseEpsilonGC", "-XX:+PrintNMTStatistics", "-XX:+ZGenerational"]
TOGETHER = [
    "-Xms512m -Xmx256m", "-Xmx256m -XX:InitialHeapSize=512m", "-Xmx1g -Xmn2g", "-XX:NewSize=300m -XX:MaxNewSize=200m",
    "-Xmn300m -Xmx256m", "-XX:MinHeapFreeRatio=80 -XX:MaxHeapFreeRatio=70", "-XX:G1NewSizePercent=70",
    "-XX:CompressedClassSpaceSize=1g -XX:MaxMetaspaceSize=64m", "-XX:InitialCodeCacheSize=64m -XX:ReservedCodeCacheSize=32m",
    "-XX:ParallelGCThreads=2 -XX:ConcGCThreads=4", "-XX:+UseSerialGC -XX:NewRatio=0", "-XX:+UseParallelGC -XX:NewRatio=0",
    "-XX:+UseParallelGC -XX:SurvivorRatio=1", "-Xmx100t", "-Xmx128t", "-Xmx200t", "-Xmx8388607t", "-Xmx16777215t",
    "-Xss1g", "-Xss1025m", "-Xss2g", "-XX:+UseG1GC -XX:ParallelGCThreads=0", "-XX:MaxRAM=100m",
    "-XX:+UseG1GC -XX:ParallelGCThreads=2 -XX:ConcGCThreads=1000", "-XX:+UseParallelGC -XX:+UseCompressedOops -Xmx40g",
    "-XX:+UseParallelGC -XX:ParallelGCThreads=0", "-XX:+UseZGC -XX:+UseCompressedOops",
    "-XX:InitialRAMPercentage=80 -XX:MaxRAMPercentage=20", "-Xmx1g -XX:MaxDirectMemorySize=-1",
    "-XX:ObjectAlignmentInBytes=9",
]


_KNOWN = re.compile("Improperly specified|Invalid |outside the allowed range|too small|must be|Conflicting|larger")


def record(new: bool = False) -> Path:
    """The file with a row for each question; where only `new` is asked, the others are kept."""
    held = json.loads(PATH.read_text()) if new and PATH.exists() else {"rows": []}
    answers = {}
    for row in held["rows"]:
        for said in row["said"]:
            for java in said["java"]:
                answers[java, row["flags"]] = {name: said[name] for name in said if name != "java"}
    asked = [(java, flags) for flags in questions() for java in JAVAS if (java, flags) not in answers]
    for number, (java, flags) in enumerate(asked):
        if number % 50 == 0:
            print(f"oracle: refused flags, {number} of {len(asked)}", file=sys.stderr, flush=True)
        answers[java, flags] = answer(java, flags)
        if number % 50 == 49:
            _write(answers)
    _write(answers)
    return PATH


def questions() -> list[str]:
    """Every text of options, once."""
    return list(dict.fromkeys(_questions()))


def _questions() -> Iterator[str]:
    yield from TOGETHER
    for name, texts in BORDERS.items():
        yield from (f"-XX:{name}={text}" for text in texts)
    yield from SWITCHES
    yield from LOCKED
    yield from (f"-XX:+{name}" for name in COLLECTORS)
    yield from (f"-XX:+UseG1GC -XX:+{name}" for name in COLLECTORS[1:5])
    yield "-XX:+UseParallelGC -XX:+UseSerialGC"
    for short in SHORT:
        yield from (f"{short}{text}" for text in SHORT_SIZES)
    for name in SIZED:
        yield from (f"-XX:{name}={text}" for text in SIZES)


def answer(java: int, flags: str) -> dict[str, Any]:
    """What one JVM does, and another that passes over what it does not know."""
    alone = started(java, flags)
    if alone["status"] == 0:
        return alone
    if _KNOWN.search(alone.get("says", "")) and crc32(flags.encode()) % 3:
        return alone
    ignoring = started(java, f"{IGNORE} {flags}")
    return {**alone, "ignoring": "same" if alone == ignoring else ignoring}


def started(java: int, options: str) -> dict[str, Any]:
    """The exit status of `java … -version`, and the first line that says why, or that warns."""
    heap = [] if "-Xmx" in options or "MaxHeapSize" in options else [HEAP]
    command = [str(jvm.executable(java)), "-Xshare:auto", *heap, *options.split(), "-version"]
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            command, env=jvm.clean_environment(), cwd=folder, capture_output=True, text=True, timeout=SECONDS)
    lines = [re.sub(r"^\[[0-9.]+s\]", "", line) for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    lines = [line for line in lines if not _BANNER.match(line)]
    reasons = [line for line in lines if not line.startswith("Error occurred during")]
    said = (reasons if done.returncode == 0 else [line for line in reasons if "warning" not in line.lower()] or reasons)[:1]
    return {"status": done.returncode, **({"says": said[0]} if said else {})}


_BANNER = re.compile(r"openjdk version|OpenJDK Runtime|OpenJDK 64-Bit Server VM (Temurin|\()")


def _write(answers: dict[tuple[int, str], dict[str, Any]]) -> None:
    rows = []
    for flags in questions():
        said: dict[str, list[int]] = {}
        for java in JAVAS:
            if (java, flags) in answers:
                said.setdefault(json.dumps(answers[java, flags]), []).append(java)
        rows.append({"flags": flags, "said": [{"java": javas, **json.loads(found)} for found, javas in said.items()]})
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    header = {"javas": JAVAS, "command": "python -m tools.oracle refused-flags"}
    PATH.write_text(f'{json.dumps(header, indent=0)[:-2]},\n"rows": [\n{lines}\n]}}\n')
