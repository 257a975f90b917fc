"""Platforms that size workers in their own way, as far as they say how: what one of theirs holds at most."""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.answer.note import Note
from sparkmem.calculators.explain.reading import Reading
from sparkmem.given import Given
from sparkmem.machines import workers
from sparkmem.size import MIB, SizeError, byte_string_as_mb, mib_text
from sparkmem.spark.containers.overhead import default_overhead_mib
from sparkmem.subjects.job.example import PAGE

HOLDS, HOLDS_NONE = "platform-holds-it", "no-node-holds-it"
_SEE = PAGE + "#vendors"
_SERVERLESS_CORES = 4  # of a worker, where a job sets none: the same page of AWS as its sizes


def platform_notes(given: Given, reading: Reading) -> Iterator[Note]:
    """That a worker holds no such process, where the platform says how much one may have."""
    if reading.runs_on == "emr-serverless":
        for part in ("executor", "driver"):
            asked, cores, most = _of_serverless(given, part)
            if asked > most > 0:
                text = f"A worker of EMR Serverless with {_cores(cores)} has {mib_text(most * MIB)} at most, and the {part}"
                yield Note(HOLDS_NONE, f"{text} asks for {mib_text(asked * MIB)}.", _SEE, "warning")
                return


def held(given: Given, reading: Reading) -> str:
    """How workers hold driver and executors, where the job sizes both and the platform says so; else empty."""
    names = [f"spark.{part}.{name}" for part in ("executor", "driver") for name in ("memory", "cores")]
    if reading.runs_on != "emr-serverless" or reading.unknown or not all(given.is_set(name) for name in names):
        return ""
    told = []
    for part, whose in (("executor", "an executor"), ("driver", "the driver")):
        asked, cores, most = _of_serverless(given, part)
        if not 0 < asked <= most:
            return ""
        told.append(f"for {whose} {mib_text(asked * MIB)} of the {mib_text(most * MIB)} that {_cores(cores)} may have")
    return f"EMR Serverless is asked {', and '.join(told)}."


def _of_serverless(given: Given, part: str) -> tuple[int, int, int]:
    """What a process asks for [MiB], its cores, and the most that a worker with so many has; 0 where that is not known."""
    key, cores = f"spark.{part}", given.text(f"spark.{part}.cores").strip()
    count = int(cores) if given.is_set(f"{key}.cores") and cores.isdigit() else _SERVERLESS_CORES
    most = max((one.memory_mib for one in workers.serverless().values() if one.cores == count), default=0)
    try:
        heap = byte_string_as_mb(given.text(f"{key}.memory")) if given.is_set(f"{key}.memory") else 0
        own = f"{key}.memoryOverhead"
        overhead = byte_string_as_mb(given.text(own)) if given.is_set(own) else default_overhead_mib(heap)
    except SizeError:
        return 0, count, most
    return (heap + overhead if heap else 0), count, most


def _cores(count: int) -> str:
    return f"{count} vCPU" + ("s" if count > 1 else "")
