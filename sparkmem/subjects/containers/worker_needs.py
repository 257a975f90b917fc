"""What a Python worker's limit leaves of the addresses that an interpreter with its libraries maps."""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.answer.note import Note
from sparkmem.spark.containers.python_workers import BARE_WORKER_MIB, WITH_NUMPY_MIB, WITH_PANDAS_MIB

_SEE = "calculators/pyspark-memory/#mapped-at-start"


def worker_needs(limit_mib: int) -> Iterator[Note]:
    """A remark where a limit [MiB] is less than what was measured of a worker before it holds a row; 0 is no limit.

    >>> [(note.id, note.level) for mib in (0, 64, 256, 1024) for note in worker_needs(mib)]
    [('python-worker-too-small', 'warning'), ('python-worker-without-pandas', 'info')]
    """
    if 0 < limit_mib < WITH_NUMPY_MIB:
        needs = f"with NumPy {WITH_NUMPY_MIB} MiB, with pandas and PyArrow {WITH_PANDAS_MIB} MiB"
        if limit_mib <= BARE_WORKER_MIB:
            ends = "It has no room for a row: MemoryError."
        else:
            ends = "Little is left for rows, and too little for those libraries: MemoryError."
        text = (
            f"Each Python worker may map {limit_mib:,} MiB (spark.executor.pyspark.memory, divided), and one that has loaded"
            f" PySpark alone maps {BARE_WORKER_MIB} MiB, {needs} (measured). {ends}"
        )
        yield Note("python-worker-too-small", text, _SEE, "warning")
    elif 0 < limit_mib < WITH_PANDAS_MIB:
        text = (
            f"Each Python worker may map {limit_mib:,} MiB, and one that has loaded pandas and PyArrow maps"
            f" {WITH_PANDAS_MIB} MiB (measured): functions that need them end in MemoryError."
        )
        yield Note("python-worker-without-pandas", text, _SEE)
