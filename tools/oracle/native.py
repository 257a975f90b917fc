"""What native memory tracking prints, and what collectors keep outside the heap: tests/oracle/native-memory.json.

Each row of `printed` is the whole answer of one JVM to one command, as a reader would paste it.  Each row of
`collectors` is what one collector has committed for itself beside a heap of a size that is committed at once.
Each row of `flags` is what a JVM settles on when an option sets a size outside the heap, or what it says.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import jvm
from .heap import JAVAS
from .record import RECORDED

FILE = "native-memory.json"
COMMAND = "python -m tools.oracle native"

TRACKED = "-XX:NativeMemoryTracking=summary"
AT_EXIT = ["-XX:+UnlockDiagnosticVMOptions", "-XX:+PrintNMTStatistics"]
SCALES = ("b", "KB", "MB", "GB")
DIRECT_BYTES, TIMERS = 32 << 20, 20
"""What is taken between a baseline and the difference from it: direct memory, and threads, one for each timer."""

HEAPS_MIB = (512, 1024, 2048, 4096, 8192, 16384)
PROCESSORS = (2, 4, 16)

OPTIONS = (
    "", "-Xss512k", "-Xss2m", "-Xss1500k", "-Xss1048577", "-Xss100k", "-Xss2g", "-Xssbig", "-XX:ThreadStackSize=2048",
    "-XX:ThreadStackSize=0", "-Xss2m -XX:ThreadStackSize=512", "-XX:-TieredCompilation", "-XX:TieredStopAtLevel=1",
    "-XX:TieredStopAtLevel=3", "-Xint", "-XX:ReservedCodeCacheSize=512m", "-XX:ReservedCodeCacheSize=1m",
    "-XX:ReservedCodeCacheSize=3g", "-XX:MaxMetaspaceSize=256m", "-XX:MaxMetaspaceSize=4g", "-XX:MaxMetaspaceSize=big",
    "-XX:CompressedClassSpaceSize=64m", "-XX:CompressedClassSpaceSize=4g", "-XX:MaxDirectMemorySize=1g",
    "-XX:MaxDirectMemorySize=big",
)  # fmt: skip
SETTLED = ("ThreadStackSize", "ReservedCodeCacheSize", "MaxMetaspaceSize", "CompressedClassSpaceSize", "MaxDirectMemorySize")
SECONDS = 120


def record() -> Path:
    """Writes tests/oracle/native-memory.json."""
    jvms = {}
    for java in JAVAS:
        with jvm.Jvm(java, ["-Xmx64m"]) as real:
            jvms[str(java)] = jvm.version(real)
    tables = {
        "printed": [row for java in JAVAS for row in printed(java)],
        "collectors": [row for java in JAVAS for row in collectors(java)],
        "flags": [flag_row(java, options) for java in JAVAS for options in OPTIONS],
    }
    header = {"jvms": jvms, "command": COMMAND, "directBytes": DIRECT_BYTES, "timers": TIMERS}
    parts = [f'"{name}": {json.dumps(value)}' for name, value in header.items()]
    parts += [f'"{name}": [\n{_lines(rows)}\n]' for name, rows in tables.items()]
    path = RECORDED / FILE
    path.write_text("{\n" + ",\n".join(parts) + "\n}\n")
    return path


def printed(java: int) -> Iterator[dict[str, Any]]:
    """The answers of running JVMs of a version, and what one prints at its end."""
    print(f"oracle: native memory of Java {java}", file=sys.stderr, flush=True)
    with jvm.Jvm(java, ["-Xmx256m", "-XX:+UseG1GC"]) as real:
        yield _row(java, "not-enabled", "g1", _jcmd(java, real, "summary"))
    for gc, options in jvm.COLLECTORS.items():
        with jvm.Jvm(java, ["-Xmx256m", *options, TRACKED]) as real:
            if gc != "g1":
                yield _row(java, "summary", gc, _jcmd(java, real, "summary"))
                continue
            kept = [real.view.java.nio.ByteBuffer.allocateDirect(1 << 20)]
            yield _row(java, "no-baseline", gc, _jcmd(java, real, "summary.diff"))
            for scale in SCALES:
                yield _row(java, f"summary scale={scale}", gc, _jcmd(java, real, "summary", f"scale={scale}"))
            yield _row(java, "summary", gc, _jcmd(java, real, "summary"))
            yield _row(java, "baseline", gc, _jcmd(java, real, "baseline"))
            kept.append(real.view.java.nio.ByteBuffer.allocateDirect(DIRECT_BYTES))
            timers = [real.view.java.util.Timer(True) for _ in range(TIMERS)]
            for scale in ("KB", "MB"):
                yield _row(java, f"summary.diff scale={scale}", gc, _jcmd(java, real, "summary.diff", f"scale={scale}"))
            for timer in timers:
                timer.cancel()
    yield _row(java, "at-exit", "g1", _ended(java, ["-Xmx256m", "-XX:+UseG1GC"]))


def collectors(java: int) -> Iterator[dict[str, Any]]:
    """The categories of each collector's own, with heaps that are committed at once and hold nothing."""
    for gc, options in jvm.COLLECTORS.items():
        for mib in HEAPS_MIB:
            for processors in PROCESSORS:
                heap = [f"-Xms{mib}m", f"-Xmx{mib}m", f"-XX:ActiveProcessorCount={processors}"]
                committed = own_bytes(java, [*heap, *options])
                yield {"java": java, "gc": gc, "heapMiB": mib, "processors": processors, "bytes": committed}


def own_bytes(java: int, options: list[str]) -> int:
    """What a JVM that does nothing has committed for its collector [bytes]."""
    said = _ended(java, options)
    own = re.findall(r"^- +(?:GC|GCCardSet) \(reserved=\d+(?:KB)?, committed=(\d+)", said, re.MULTILINE)
    return (1024 if "KB" in said else 1) * sum(map(int, own))


def flag_row(java: int, options: str) -> dict[str, Any]:
    """The sizes that a JVM with these options settles on, or the first line with which it does not start."""
    said = _run(java, [*options.split(), "-Xmx64m", "-XX:ActiveProcessorCount=4", "-XX:+PrintFlagsFinal"])
    row: dict[str, Any] = {"java": java, "options": options, "starts": said.returncode == 0}
    if said.returncode:
        lines = (said.stdout + said.stderr).splitlines()
        return {**row, "said": next(line for line in lines if line and not line.startswith("["))}
    values = dict(re.findall(r"^ *\w+ (\w+) +:?= (\S*)", said.stdout, re.MULTILINE))
    return {**row, **{name: int(values[name]) for name in SETTLED}}


def _row(java: int, kind: str, gc: str, text: str) -> dict[str, Any]:
    return {"java": java, "kind": kind, "gc": gc, "text": text}


def _jcmd(java: int, real: jvm.Jvm, *words: str) -> str:
    """What jcmd prints, the number of the process in its first line made 4711."""
    command = [str(jvm.executable(java).with_name("jcmd")), str(real.pid), "VM.native_memory", *words]
    said = subprocess.run(command, env=jvm.clean_environment(), capture_output=True, text=True, timeout=SECONDS, check=True)
    return said.stdout.replace(f"{real.pid}:\n", "4711:\n", 1)


def _ended(java: int, options: list[str]) -> str:
    """What a JVM prints of its native memory at its end."""
    said = _run(java, [*options, TRACKED, *AT_EXIT])
    if said.returncode:
        raise SystemExit(f"oracle: Java {java} with {options}: {said.stdout}{said.stderr}")
    return said.stdout


def _run(java: int, options: list[str]) -> subprocess.CompletedProcess[str]:
    command = [str(jvm.executable(java)), *options, "-version"]
    return subprocess.run(command, env=jvm.clean_environment(), capture_output=True, text=True, timeout=SECONDS)


def _lines(rows: list[dict[str, Any]]) -> str:
    return ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
