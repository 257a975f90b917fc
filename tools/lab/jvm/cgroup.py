"""What the kernel does in a cgroup whose memory limit is reached, and what it writes; as root, with cgroup v1's memory."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.oracle import jvm

from ..experiment import Figures, count, experiment, size, text, yes
from ..java import Java

MEMORY = Path("/sys/fs/cgroup/memory")
LIMIT = 150 << 20
_KILLED = re.compile(r"^\[[^]]*\] ((?:Memory cgroup out|Out) of memory: Killed process) (\d+)", re.MULTILINE)
_GROWS = "held = [bytearray(1 << 20) for _ in range(1024)]"


@experiment(
    "memory-cgroup-kill",
    question="Whom does the kernel kill where the memory limit of a cgroup is reached, and what says so?",
    statement="One process, the one that holds most: a JVM that fills its heap ends with 137, and beside a Python process "
              "that grows the Python process does while the JVM lives. The kernel's log has a line that begins with Memory "
              "cgroup out of memory, and the cgroup counts an oom_kill; kill -9 from outside ends a JVM with 137 too, and "
              "leaves neither.",
    ran=f"a cgroup v1 with memory.limit_in_bytes of {LIMIT >> 20} MiB and no swap; in it -Xms400m -Xmx400m "
        "-XX:+AlwaysPreTouch; then -Xmx32m idle, beside a Python process that allocates 1 GiB; then -Xmx32m idle, ended by "
        "SIGKILL from outside",
    on=("java-17",),
)
def memory_cgroup_kill(java: Java) -> Figures:
    with _cgroup() as (group, join):
        full = subprocess.Popen(java.command(["-Xms400m", "-Xmx400m", "-XX:+AlwaysPreTouch"], "-version"), preexec_fn=join,
                                env=jvm.clean_environment(), stderr=subprocess.DEVNULL)
        full_code = _code(full)
        said, kills = _said_of(full.pid), _kills(group)
    with _cgroup() as (_, join), java.running(["-Xmx32m", "-XX:+UseSerialGC"], "Idle") as beside:
        beside.step(go=False)
        join(beside.pid)
        grows = subprocess.Popen([sys.executable, "-c", _GROWS], preexec_fn=join, stderr=subprocess.DEVNULL)
        grows_code = _code(grows)
        lives = Path(f"/proc/{beside.pid}/stat").exists() and bool(_said_of(grows.pid))
    with _cgroup() as (group, join):
        idle = subprocess.Popen(java.command(["-Xmx32m", "-XX:+UseSerialGC"], "Idle"), preexec_fn=join,
                                env=jvm.clean_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert idle.stdout is not None
        idle.stdout.readline()
        idle.kill()
        outside_code, outside_kills = _code(idle), _kills(group)
    return {
        "limit": size(LIMIT), "exit-code": count(full_code), "line": text(said), "oom-kills": count(kills),
        "python-exit-code": count(grows_code), "jvm-lives": yes(lives),
        "outside-exit-code": count(outside_code), "outside-oom-kills": count(outside_kills),
        "outside-line": yes(bool(_said_of(idle.pid))),
    }  # fmt: skip


@contextmanager
def _cgroup() -> Iterator[tuple[Path, Callable[..., None]]]:
    """A cgroup with the limit, and a function that puts the process that calls it, or another, into it."""
    group = MEMORY / "sparkmem-experiment"
    group.mkdir()
    (group / "memory.limit_in_bytes").write_text(str(LIMIT))
    try:
        yield group, lambda pid=0: (group / "cgroup.procs").write_text(str(pid))
    finally:
        group.rmdir()


def _code(process: subprocess.Popen[bytes]) -> int:
    """How a process ended, as a shell says it."""
    process.communicate(timeout=120)
    return 128 - process.returncode if process.returncode < 0 else process.returncode


def _kills(group: Path) -> int:
    return int(re.findall(r"^oom_kill (\d+)", (group / "memory.oom_control").read_text(), re.MULTILINE)[0])


def _said_of(pid: int) -> str:
    """How the kernel's log begins the line about the end of a process; nothing where it has none."""
    log = subprocess.run(["dmesg"], capture_output=True, text=True, check=True).stdout
    return next((words for words, killed in _KILLED.findall(log) if int(killed) == pid), "")
