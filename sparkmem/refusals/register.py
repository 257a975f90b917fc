"""The one door to all refusals: what an application of these settings is refused for, each fault once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sparkmem.errors import InputError, Refused
from sparkmem.refusals import allocation, buffers, slots, start, submission, terms
from sparkmem.refusals.entries import read_any, renamed_to, type_of
from sparkmem.refusals.in_force import in_force
from sparkmem.refusals.java_options import refused_by_jvms
from sparkmem.refusals.job import Job
from sparkmem.size.meant import is_share, meant_number, meant_size, what_to_write
from sparkmem.spark.settings.register import entries
from sparkmem.spark.settings.spark_conf import SparkConf
from sparkmem.spark.settings.start_checks import refused_settings


def refusals(job: Job) -> list[InputError]:
    """Every refusal of Spark, spark-submit and the JVM, each key's first, in the order in which an application meets them.

    >>> [refusal.name for refusal in refusals(Job({"spark.task.cpus": "abc", "spark.memory.fraction": "1.5"}, "4.3"))]
    ['spark.task.cpus', 'spark.memory.fraction']
    """
    found: dict[str, InputError] = {}
    for key in job.settings:
        if in_force(key, job):
            _keep(found, job, lambda key=key: read_any(key, job.settings[key], job.release), key)  # type: ignore[misc]
    for refusal in refused_settings(SparkConf(job.settings, job.release)):
        _add(found, job, refusal, refusal.key)
    _ask(found, job, _AT_START)
    dynamic = _dynamic(job)
    for refusal in submission.refused_arguments(job, dynamic):
        _add(found, job, refusal, refusal.key)
    _ask(found, job, _CROSSWISE)
    if dynamic:
        _ask(found, job, _DYNAMIC)
    for refusal in refused_by_jvms(job):
        _add(found, job, refusal, refusal.key)
    return list(found.values())


def _ask(found: dict[str, InputError], job: Job, checks: Iterable[tuple[tuple[str, ...], Callable[[Job], object]]]) -> None:
    """The checks of which a setting is given, and all that are given can be read."""
    given, refused = job.settings.keys(), found.keys()
    for keys, check in checks:
        if not given.isdisjoint(keys) and refused.isdisjoint(keys):
            _keep(found, job, lambda check=check: check(job))  # type: ignore[misc]


def _dynamic(job: Job) -> bool:
    """Whether the application allocates executors dynamically, as far as it can be read."""
    try:
        return job.value(allocation.ENABLED, False) is True
    except Refused:
        return False


def _keep(found: dict[str, InputError], job: Job, check: Callable[[], object], key: str = "") -> None:
    try:
        check()
    except Refused as refusal:
        _add(found, job, refusal, key or refusal.key)


def _add(found: dict[str, InputError], job: Job, refusal: Refused, key: str) -> None:
    change = refusal.change or advice(key, job.release, job.settings.get(key, ""))
    found.setdefault(key, InputError(key, refusal.message, refusal.see, change=change, by=refusal.by))


def _requested(key: str) -> Callable[[Job], object]:
    return lambda job: terms.check_requested(job, key)


def _if_given(key: str, check: Callable[[Job], None]) -> Callable[[Job], object]:
    return lambda job: check(job) if job.given(key) else None


_BOUNDS = (allocation.LEAST, allocation.FIRST, allocation.MOST, allocation.INSTANCES)
_AT_START: tuple[tuple[tuple[str, ...], Callable[[Job], object]], ...] = (
    *(((key,), _requested(key)) for key in terms.REQUESTED),
    ((terms.MEMORY, terms.RESERVED), _if_given(terms.MEMORY, terms.check_executor)),
    ((terms.DRIVER, terms.RESERVED), _if_given(terms.DRIVER, terms.check_driver)),
    ((terms.MASTER,), terms.check_master),
    ((terms.MEMORY,), lambda job: terms.check_addresses(job, terms.MEMORY)),
    ((terms.DRIVER,), lambda job: terms.check_addresses(job, terms.DRIVER)),
    ((terms.ENABLED, terms.SIZE), terms.check_off_heap_size),
    (start.KEYS, lambda job: start.check(job.settings, job.release)),
)
_CROSSWISE: tuple[tuple[tuple[str, ...], Callable[[Job], object]], ...] = (
    ((slots.CORES, slots.CPUS), slots.check),
    ((buffers.KRYO, buffers.KRYO_MAX, *buffers.OLD_KRYO), buffers.check_kryo),
    ((buffers.MESSAGE, buffers.BROADCAST, buffers.OLD_MESSAGE), buffers.check_outputs),
)
_DYNAMIC: tuple[tuple[tuple[str, ...], Callable[[Job], object]], ...] = (
    ((slots.CORES, slots.CPUS), slots.check_dynamic),
    (_BOUNDS, allocation.validate),
    (_BOUNDS, lambda job: allocation.initial_target(job, True)),
)

_SIZES = ("bytes", "KiB", "MiB")
_SHAPES = {
    "int": "write digits alone, as in 4", "long": "write digits alone, as in 4096", "digits": "write digits alone, as in 4",
    "double": "write a number with a point, as in 0.6", "boolean": "write true or false",
    "decimal": "write a number, as in 1 or 0.5",
    "bytes": "write digits and a unit, as in 64m", "KiB": "write digits and a unit, as in 64k",
    "MiB": "write digits and a unit, as in 4g", "ms": "write digits and a unit, as in 10s",
}  # fmt: skip


def advice(key: str, release: str, text: str = "") -> str:
    """What to write instead of a text of the wrong shape; the same size in whole units, where it is one.

    >>> advice("spark.executor.memory", "4.3", "7.5g"), advice("spark.executor.memory", "4.3", "lots")
    ('write 7680m: a size is a whole number', 'write digits and a unit, as in 4g')
    >>> advice("spark.executor.memoryOverhead", "4.3", "10%")
    'write a size, as in 1g: a share is none; or set spark.executor.memoryOverheadFactor to 0.1 in place of it'
    >>> advice("spark.yarn.executor.memoryOverhead", "2.4", "0.1")  # which has no key for a share
    'write a size, as in 1g: a share is none'
    """
    kind = type_of(renamed_to(key, release) or key, release).removeprefix("=")
    if kind in _SIZES and is_share(text):
        return _no_share(key, release, text)
    slip = what_to_write("size", text, "") if kind in _SIZES and meant_size(text) and not text.strip().isdigit() else ""
    return slip or _SHAPES.get(kind, "leave it out")


def _no_share(key: str, release: str, text: str) -> str:
    """What to write in place of a share, which an overhead has under a key of its own."""
    size = "write a size, as in 1g: a share is none"
    process = "driver" if ".driver." in key else "executor"
    factor = f"spark.{process}.memoryOverheadFactor"
    if not key.endswith("verhead") or factor not in entries(release):
        return size
    return f"{size}; or set {factor} to {meant_number(text) or text.strip()} in place of it"
