"""Processor time of a process and of everything below it."""

import os
import resource
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")


def seconds() -> float:
    """Of this process, of those that it started and that have ended, and of those that still run [s].

    Those that still run are seen on Linux only; elsewhere they count when they have ended.
    """
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    running = sum(_of(pid) for pid in _below(os.getpid()))
    return time.process_time() + ended.ru_utime + ended.ru_stime + running


def _below(pid: int) -> Iterator[int]:
    """The processes that a process has started, and those that these have."""
    with suppress(OSError):
        for thread in (_PROC / str(pid) / "task").iterdir():
            with suppress(OSError):
                for child in map(int, (thread / "children").read_text().split()):
                    yield child
                    yield from _below(child)


def _of(pid: int) -> float:
    """Of one that runs: its own time, and that of its children that have ended; 0 where it is gone by now."""
    with suppress(OSError):
        fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / _TICKS
    return 0.0
