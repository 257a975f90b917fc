"""What an expert would say of the memory of Python's workers."""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.answer.note import Note
from sparkmem.calculators.pyspark_memory.inputs import PAGE
from sparkmem.calculators.pyspark_memory.reading import Workers
from sparkmem.spark.containers.container import KUBERNETES, STANDALONE
from sparkmem.subjects.containers.processes import Asked
from sparkmem.subjects.containers.worker_needs import worker_needs


def notes_of(asked: Asked, workers: Workers) -> Iterator[Note]:
    """The notes on this answer."""
    limit, memory = workers.limit, workers.memory_mib
    if memory is None:
        return
    room = bool(asked.executor and asked.executor.pyspark_mib)
    if asked.executor and not room and memory > 0:
        where = "Kubernetes in client mode is not told that the application is in Python"
        where = where if asked.app.manager == KUBERNETES else "a standalone worker counts the heap alone"
        limited = (
            "The workers are limited, but no room is made for them" if workers.limited else "No room is made for the workers"
        )
        yield Note("pyspark-not-added", f"{limited}: {where}.", PAGE + "#container", "warning")
    if not workers.limited and limit.mib:
        text = f"On this system no worker is stopped at its limit{', though the container has the room' if room else ''}."
        yield Note("limit-not-enforced", text, PAGE + "#enforced", "warning")
    if memory > 0 and limit.mib == 0:
        each = f"{memory:,} MiB for {limit.divisor} is less than 1 MiB each"
        yield Note("limit-cut-to-nothing", f"{each}, and a limit of 0 is none.", PAGE + "#limit", "warning")
    if workers.limited:
        yield from worker_needs(limit.mib)
    reach = limit.mib * limit.at_a_time
    if limit.mib and reach < memory - limit.divisor:
        text = f"{memory - reach:,} MiB can never be used: {limit.at_a_time} at a time with {limit.mib:,} MiB each."
        yield Note("pyspark-memory-idle", text, PAGE + "#limit", "warning")
    if asked.app.manager == STANDALONE and not asked.app.conf.settings.get("spark.executor.cores"):
        text = "spark.executor.cores is not set: the executor takes all cores of its worker, and the memory is divided by 1."
        yield Note("cores-not-set", text, PAGE + "#limit", "warning")
    if workers.limited:
        text = "The limit is on address space, which counts libraries and mapped files too, used or not."
        yield Note("address-space", text, PAGE + "#enforced")
