"""JVMs for the experiments: started with options, watched from outside through /proc and jcmd."""

import os
import re
import resource
import shutil
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType

from tools.oracle import jvm

from . import probes

KIB = 1 << 10


@dataclass(frozen=True)
class Java:
    """One Java runtime, by the path of its `java`."""

    executable: Path

    @cached_property
    def properties(self) -> dict[str, str]:
        """The system properties of a JVM that does nothing."""
        said = self.run(["-XshowSettings:properties"], "-version").stderr
        return dict(re.findall(r"^ +([\w.]+) = (.*)$", said, re.MULTILINE))

    @property
    def version(self) -> str:
        """Such as `17.0.9`."""
        return self.properties["java.version"]

    @property
    def major(self) -> int:
        """Such as 17."""
        return int(re.match(r"\d+", self.version)[0])

    @property
    def name(self) -> str:
        """The build, such as `Temurin-17.0.9+9`."""
        return self.properties.get("java.vendor.version") or self.properties["java.runtime.version"]

    def command(self, options: list[str], main: str, *arguments: str) -> list[str]:
        """The command line that runs a probe, or `-version`."""
        main_class = [main] if main.startswith("-") else ["-cp", str(probes.compiled()), main]
        return [str(self.executable), *options, *main_class, *arguments]

    def run(self, options: list[str], main: str, *arguments: str,
            most_processes: int | None = None, as_user: int | None = None,
            timeout: float = 120) -> subprocess.CompletedProcess[str]:
        """A JVM that ran to its end, with what it printed."""
        def limit() -> None:
            if most_processes is not None:
                resource.setrlimit(resource.RLIMIT_NPROC, (most_processes, most_processes))
        return subprocess.run(self.command(options, main, *arguments), text=True, capture_output=True,
                              env=jvm.clean_environment(), timeout=timeout, preexec_fn=limit, user=as_user, check=False)

    def running(self, options: list[str], main: str, *arguments: str) -> "Running":
        """A JVM that runs a probe in steps."""
        return Running(self, options, main, *arguments)

    def flags(self, *options: str) -> dict[str, str]:
        """The flags that a JVM with these options settles on, by name."""
        said = self.run([*options, "-XX:+PrintFlagsFinal"], "-version")
        assert said.returncode == 0, said.stderr + said.stdout
        return dict(re.findall(r"^ *\w+ (\w+) +:?= (\S*)", said.stdout, re.MULTILINE))


def of(version: int) -> Java:
    """The runtime that the locks name for a version of Java."""
    return Java(jvm.executable(version))


def installed() -> Java:
    """The runtime of this machine: JAVA_HOME, then the one on the path, then Java 17 of the locks."""
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")
    return Java(Path(found)) if found else of(17)


class Running:
    """A JVM that runs a probe: it prints a line at the end of each step and waits for one before the next."""

    def __init__(self, java: Java, options: list[str], main: str, *arguments: str) -> None:
        self._java = java
        self._command = java.command(options, main, *arguments)

    def __enter__(self) -> "Running":
        self._process = subprocess.Popen(self._command, env=jvm.clean_environment(), text=True,
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.pid = self._process.pid
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        if error is not None:
            self._process.kill()
        self._process.communicate()

    def step(self, go: bool = True) -> dict[str, int]:
        """Lets the probe go on, and returns the numbers that it prints at the end of the step: `heap=1 other=2`."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        if go:
            self._process.stdin.write("\n")
            self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"{self._command} ended early"
        return {name: int(value) for name, value in re.findall(r"(\w+)=(-?\d+)", line)}

    def resident_bytes(self) -> int:
        """What of the process is in memory."""
        return status(self.pid)["VmRSS"] * KIB

    def native(self) -> "Native":
        """Its native memory tracking; the JVM needs -XX:NativeMemoryTracking=summary."""
        return native(self._java, self.pid)


@dataclass(frozen=True)
class Native:
    """A summary of native memory tracking: bytes by category."""

    reserved: Mapping[str, int]
    committed: Mapping[str, int]


def native(java: Java, pid: int) -> Native:
    """The summary that a running JVM gives to jcmd."""
    jcmd = java.executable.with_name("jcmd")
    said = subprocess.run([jcmd, str(pid), "VM.native_memory", "summary"], text=True, capture_output=True,
                          env=jvm.clean_environment(), check=True)
    return native_summary(said.stdout)


def native_summary(printed: str) -> Native:
    """The summary in a text of `VM.native_memory summary` or of -XX:+PrintNMTStatistics.

    >>> native_summary("-  Java Heap (reserved=1048576KB, committed=65536KB)").committed
    {'Java Heap': 67108864}
    """
    rows = re.findall(r"^-? *([A-Z][\w ]*?):? *\(?reserved=(\d+)(?:KB)?, committed=(\d+)", printed, re.MULTILINE)
    unit = KIB if "KB" in printed else 1
    return Native({name: int(reserved) * unit for name, reserved, _ in rows},
                  {name: int(committed) * unit for name, _, committed in rows})


def status(pid: int) -> dict[str, int]:
    """The numbers of /proc/PID/status, sizes in KiB as Linux gives them."""
    found = re.findall(r"^(\w+):\s+(\d+)", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    return {name: int(value) for name, value in found}


def children(pid: int) -> list[int]:
    """The processes that a process, or a thread of it, started."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return sorted(int(child) for task in tasks for child in task.read_text().split())


def settled(seconds: float = 1.0) -> None:
    """Time for what goes on in the background."""
    time.sleep(seconds)


def shared_out(pid: int) -> int:
    """What a process has in memory where a page that is mapped several times counts once (Pss) [bytes]."""
    (kib,) = re.findall(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    return int(kib) * KIB
