"""What spark-submit says of sizes and numbers before it starts anything (``validateSubmitArguments``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sparkmem.errors import Refused
from sparkmem.javalang import java_integer
from sparkmem.refusals.job import Job
from sparkmem.release import since
from sparkmem.size import SizeError, byte_string_as_bytes

SEE = "memory/executors/#local-mode"
BY = "spark-submit"


def check_arguments(job: Job, dynamic: bool) -> None:
    """Refuse the first that is no positive number; options and settings alike, whatever the master.

    >>> check_arguments(Job({"spark.executor.instances": "0"}, "4.3"), dynamic=False)
    Traceback (most recent call last):
    sparkmem.errors.Refused: Number of executors must be a positive number
    """
    for refusal in refused_arguments(job, dynamic):
        raise refusal


def refused_arguments(job: Job, dynamic: bool) -> Iterator[Refused]:
    """All that it would refuse, one after the other."""
    for key, what, positive, change in _CHECKED:
        skipped = (key == "spark.driver.cores" and not since(job.release, "3.2")) or (
            key == "spark.executor.instances" and dynamic
        )
        if job.given(key) and not skipped and not positive(job.settings[key], job.release):
            yield Refused(key, f"{what} must be a positive number", SEE, change=change, by=BY)


def _size(text: str, release: str) -> bool:
    try:
        return byte_string_as_bytes(text, release) > 0
    except SizeError:
        return False


def _number(text: str, release: str) -> bool:
    try:
        return java_integer(text, 32) > 0
    except ValueError:
        return False


_SIZE, _NUMBER = "write digits and a unit, as in 4g", "write digits alone, from 1 on"
_CHECKED: tuple[tuple[str, str, Callable[[str, str], bool], str], ...] = (
    ("spark.driver.memory", "Driver memory", _size, _SIZE),
    ("spark.driver.cores", "Driver cores", _number, _NUMBER),
    ("spark.executor.memory", "Executor memory", _size, _SIZE),
    ("spark.executor.cores", "Executor cores", _number, _NUMBER),
    ("spark.cores.max", "Total executor cores", _number, _NUMBER),
    ("spark.executor.instances", "Number of executors", _number, _NUMBER),
)
