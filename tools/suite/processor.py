"""Processor time of a process and of everything below it."""

import os
import resource
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")
_strangers: set[str] = set()
"""Processes that were none of this one's: with two hundred of them on a machine, to read them all takes 4 ms."""
_HOLDS_SECONDS = 1 / _TICKS
"""How long what was read of those that run is not read again: to read takes 0.2 ms, and ten thousand tests ask often."""
_read: tuple[float, float, float] = (0.0, -1.0, 0.0)
"""Until when it holds, for which time of those that have ended, and what it was [s]."""


def seconds(afresh: bool = False) -> float:
    """Of this process, of those that it started and that have ended, and of those that still run [s].

    Those that still run are seen on Linux only, as they were at most a tick ago; elsewhere they count when they have
    ended.  Who was none of them is not looked at again until somebody asks `afresh`, as has to be done now and then:
    numbers of processes are given again.
    """
    global _read
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    ended = usage.ru_utime + usage.ru_stime
    until, ended_then, running = _read
    if afresh:
        _strangers.clear()
    if afresh or ended != ended_then or time.monotonic() >= until:
        running = sum(_below(os.getpid(), _strangers)) / _TICKS if _PROC.is_dir() and _has_children() else 0.0
        _read = (time.monotonic() + _HOLDS_SECONDS, ended, running)
    return time.process_time() + ended + running


def _has_children() -> bool:
    """Asked of the system, which tells without ending any of them."""
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


def seconds_of(pid: int) -> float:
    """Of a process that runs, and of those that it started [s]; 0 where nothing can be seen of them."""
    with suppress(OSError):
        return (sum(map(int, _stat(str(pid))[11:15])) + sum(_below(pid, set()))) / _TICKS
    return 0.0


def _below(pid: int, strangers: set[str]) -> Iterator[int]:
    """For each process that a process has started, and that these have: its own ticks, and those of its ended children.

    All processes are read once: each of a browser's has a dozen threads, and any of these may have started others.
    Strangers are left out, and whoever turns out to be one joins them.
    """
    children: dict[int, list[tuple[int, int]]] = defaultdict(list)
    read = {name for name in os.listdir(_PROC) if name.isdigit()} - strangers
    for name in read:
        with suppress(OSError):  # it is gone by now
            fields = _stat(name)
            children[int(fields[1])].append((int(name), sum(map(int, fields[11:15]))))
    left = [pid]
    while left:
        for child, ticks in children.get(left.pop(), ()):
            yield ticks
            left.append(child)
            read.discard(str(child))
    strangers.update(read - {str(pid)})


def _stat(name: str) -> list[bytes]:
    """What the system says of a process, from its state on: behind its name, which may hold anything."""
    opened = os.open(f"{_PROC}/{name}/stat", os.O_RDONLY)
    try:
        return os.read(opened, 4096).rpartition(b")")[2].split(None, 15)
    finally:
        os.close(opened)
