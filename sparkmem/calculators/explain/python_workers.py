"""What a job's Python workers are held to, against what one maps before it holds a row."""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.answer.note import Note
from sparkmem.errors import Refused
from sparkmem.refusals.job import Job
from sparkmem.spark.containers.python_workers import worker_limit
from sparkmem.spark.settings.config import EXECUTOR_CORES
from sparkmem.spark.settings.python import PYSPARK_EXECUTOR_MEMORY, cpus_per_task
from sparkmem.subjects.containers.worker_needs import worker_needs


def python_worker_notes(job: Job) -> Iterator[Note]:
    """A remark where each worker's part of ``spark.executor.pyspark.memory`` is too small; what is refused is told apart."""
    try:
        memory_mib = job.value(PYSPARK_EXECUTOR_MEMORY.key, 0)
        cores = job.value(EXECUTOR_CORES.key, 1)
        cpus = job.value(cpus_per_task(job.release).key, 1)
        limit = worker_limit(memory_mib, cores, cpus, job.release) if cores > 0 and cpus > 0 else None
    except Refused:
        return
    if limit:
        yield from worker_needs(limit.mib)
