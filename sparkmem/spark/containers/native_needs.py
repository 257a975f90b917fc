"""What an executor and the driver were seen to take outside the heap where no flag says, and what Spark fetches at once.

Measured in real executors (``executor-native-memory``, ``idle-threads`` and ``python-workers`` of tests/oracle/lab.json)
and rounded up to whole sizes: tests hold each figure against what was recorded.
"""

from __future__ import annotations

from dataclasses import dataclass

from sparkmem.size import KIB, MIB


@dataclass(frozen=True)
class Seen:
    """What one kind of process was seen to take [bytes], and its threads beside those that run tasks."""

    metaspace_bytes: int
    code_cache_bytes: int
    symbols_bytes: int
    direct_bytes: int
    threads: int


EXECUTOR = Seen(100 * MIB, 40 * MIB, 60 * MIB, 16 * MIB, 142)
DRIVER = Seen(148 * MIB, 64 * MIB, 76 * MIB, 20 * MIB, 420)

THREAD_BYTES = 128 * KIB  # resident of a thread's stack and its books; a thread that only waits takes less
PYTHON_BYTES = 48 * MIB  # of a worker, or of the daemon that it is forked from, without any library


def direct_memory(tasks: int, in_flight_mib: int, seen: Seen) -> int:
    """Direct memory of shuffles [bytes]: what each task may have in flight, and what Netty's pools keep beside it.

    >>> direct_memory(2, 48, EXECUTOR) // MIB
    112
    """
    return tasks * in_flight_mib * MIB + seen.direct_bytes
