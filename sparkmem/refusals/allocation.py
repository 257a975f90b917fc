"""How many executors an application may have: what dynamic allocation refuses, and what cluster managers do at the start."""

from __future__ import annotations

from sparkmem.errors import Refused
from sparkmem.refusals.job import Job
from sparkmem.release import since

SEE = "reference/configuration-keys/#configuration-keys"
ENABLED, INSTANCES = "spark.dynamicAllocation.enabled", "spark.executor.instances"
LEAST, FIRST, MOST = (f"spark.dynamicAllocation.{name}Executors" for name in ("min", "initial", "max"))
_ALL, _USUAL = (1 << 31) - 1, 2


def validate(job: Job) -> None:
    """Refuse the bounds as ``ExecutorAllocationManager.validateSettings`` does.

    >>> validate(Job({LEAST: "10", MOST: "2"}, "4.3"))
    Traceback (most recent call last):
    sparkmem.errors.Refused: spark.dynamicAllocation.minExecutors (10) must be less than or equal to \
spark.dynamicAllocation.maxExecutors (2)!
    """
    least, most = job.value(LEAST, 0), job.value(MOST, _ALL)
    _first(job, least)
    if least < 0 or most < 0:
        both = f"{LEAST} and {MOST}" if since(job.release, "3.0") else "spark.dynamicAllocation.{min/max}Executors"
        raise Refused(LEAST if least < 0 else MOST, f"{both} must be positive!", SEE, change="write a number from 0 on")
    if most == 0:
        raise Refused(MOST, f"{MOST} cannot be 0!", SEE, change="write a number from 1 on, or leave the key out")
    if least > most:
        text = f"{LEAST} ({least}) must be less than or equal to {MOST} ({most})!"
        raise Refused(LEAST, text, SEE, change=f"write {most} or less, or raise {MOST}")


def initial_target(job: Job, enabled: bool) -> int:
    """The number of executors that is asked for at the start (``SchedulerBackendUtils.getInitialTargetExecutorNumber``).

    >>> initial_target(Job({INSTANCES: "7"}, "4.3"), enabled=True)
    7
    """
    if not enabled:
        return int(job.value(INSTANCES, _USUAL))
    least = job.value(LEAST, 0)
    first, most = _first(job, least), job.value(MOST, _ALL)
    if not least <= first <= most:
        text = f"initial executor number {first} must between min executor number {least} and max executor number {most}"
        change = f"raise {MOST} to {first} or more, or ask for fewer at the start"
        raise Refused(FIRST if job.given(FIRST) else MOST, f"requirement failed: {text}", SEE, change=change)
    return first


def _first(job: Job, least: int) -> int:
    """``Utils.getDynamicAllocationInitialExecutors``: the most of three, the larger of which wins."""
    return int(max(least, job.value(FIRST, least), job.value(INSTANCES, 0)))
