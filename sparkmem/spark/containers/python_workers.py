"""Python workers of an executor: how ``spark.executor.pyspark.memory`` is shared out among them, and where it is a limit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sparkmem.errors import Refused
from sparkmem.release import since
from sparkmem.spark.settings.python import SEE

LINUX, MACOS, WINDOWS = "linux", "macos", "windows"
BARE_WORKER_MIB, WITH_NUMPY_MIB, WITH_PANDAS_MIB = 27, 147, 370
"""The address space of a Python process that has imported ``pyspark.worker``, then NumPy, then pandas and PyArrow [MiB].

Measured as ``VmSize``, Linux, two processors: CPython 3.11.7, PySpark 4.0.1, NumPy 2.4.6, pandas 3.1.1, PyArrow 26.0.1.
A forked process that was held to 128 MiB could not import NumPy, at 192 it could; nor pandas and PyArrow at 256, at 384
it could. Thread pools of such libraries map more where there are more processors.
"""


@dataclass(frozen=True)
class WorkerLimit:
    """What each worker may take [MiB], among how many PySpark's memory was divided, and how many run at a time."""

    mib: int
    divisor: int
    at_a_time: int


def worker_limit(memory_mib: int, cores: int, cpus: Decimal | int, release: str) -> WorkerLimit:
    """The limit of each worker (``BasePythonRunner.getWorkerMemoryMb``).

    Until 4.2 the memory is divided by the executor's cores, whatever a task takes of them; since 4.3
    by the tasks that run at a time, and refused where a worker would get nothing.

    >>> worker_limit(4096, 4, 2, "4.2").mib, worker_limit(4096, 4, 2, "4.3").mib
    (1024, 2048)
    """
    at_a_time = int(cores // cpus)
    if not since(release, "4.3"):
        return WorkerLimit(memory_mib // cores, cores, at_a_time)
    slots = max(1, at_a_time)
    if memory_mib > 0 and memory_mib // slots <= 0:
        text = (
            f"Cannot honor spark.executor.pyspark.memory={memory_mib}m split across {slots} concurrent task slots:"
            " each worker would get less than 1 MiB. Increase spark.executor.pyspark.memory,"
            " or reduce the executor's concurrent task capacity."
        )
        raise Refused("spark.executor.pyspark.memory", text, SEE)
    return WorkerLimit(memory_mib // slots, slots, at_a_time)
