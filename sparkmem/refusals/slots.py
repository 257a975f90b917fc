"""Whether a task finds its cores in an executor: what an application refuses at its start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparkmem.errors import Refused
from sparkmem.refusals.job import KUBERNETES, LOCAL, STANDALONE, YARN, Job
from sparkmem.release import since
from sparkmem.spark.managers.task_shares import too_few_cores
from sparkmem.spark.settings.plain_values import digits, plain_int

if TYPE_CHECKING:
    from decimal import Decimal

SEE = "calculators/task-memory/#task-memory"
CORES, CPUS = "spark.executor.cores", "spark.task.cpus"


def check(job: Job) -> None:
    """The checks that every application's start makes of the two, whatever the release."""
    if since(job.release, "3.1"):
        check_profile(job)
    if job.manager != LOCAL or job.local_cores:
        check_scheduler(job, _MASTERS.get(job.manager, ""))


_MASTERS = {YARN: "yarn", KUBERNETES: "k8s://HOST", STANDALONE: "spark://HOST:7077"}


def check_profile(job: Job) -> None:
    """Refuse a task that asks for more cores than an executor has (``calculateTasksAndLimitingResource``, 3.1+).

    >>> check_profile(Job({CORES: "1", CPUS: "4"}, "4.3", "yarn"))
    Traceback (most recent call last):
    sparkmem.errors.Refused: The number of cores per executor (=1) has to be >= the number of cpus per task = 4.
    """
    standalone = job.manager == STANDALONE and job.given(CORES) and since(job.release, "3.4")  # by hand, not as an entry
    cores = digits(CORES, job.settings[CORES]) if standalone else job.value(CORES, 1)
    cpus = job.value(CPUS, 1)
    if cpus <= 0:
        raise Refused(CPUS, "assertion failed: CPUs per task configuration has to be > 0", SEE, change=_POSITIVE)
    if (job.given(CORES) or job.manager in (YARN, KUBERNETES)) and cores < cpus:
        raise _too_few(cores, cpus, job)


def check_scheduler(job: Job, master: str) -> None:
    """The same as ``SparkContext.createTaskScheduler`` sees it: in local mode since 3.0, on all masters in 3.0 alone."""
    if not since(job.release, "3.0"):
        plain_int(CPUS, job.settings.get(CPUS, "1"))
        return
    cpus = job.value(CPUS, 1)
    local = job.manager == LOCAL
    if since(job.release, "3.1") and not local:
        return
    cores = job.local_cores if local else job.value(CORES, 1)
    if (local or job.given(CORES)) and cores < cpus:
        raise _too_few(cores, cpus, job, master)
    if cpus == 0 and not since(job.release, "3.1"):
        raise Refused(CPUS, "/ by zero", SEE, change=_POSITIVE)


def check_dynamic(job: Job) -> None:
    """What 2.4's ``ExecutorAllocationManager`` adds under dynamic allocation, in which unset cores count as one."""
    if not since(job.release, "3.0") and job.value(CORES, 1) // job.value(CPUS, 1) == 0:
        raise Refused(CORES, f"{CORES} must not be < {CPUS}.", SEE, change=_CHANGE)


_POSITIVE = "write a number from 1 on"
_CHANGE = f"raise {CORES}, or lower {CPUS}"


def _too_few(cores: int, cpus: Decimal | int, job: Job, master: str = "") -> Refused:
    if since(job.release, "3.1"):
        text = too_few_cores(cores, cpus, job.release)
    else:
        text = f"The number of cores per executor (={cores}) has to be >= the task config: {CPUS} = {cpus}"
        text += f" when run on {master}."
    key = CPUS if job.manager == LOCAL or not job.given(CORES) else CORES
    return Refused(key, text, SEE, change=_CHANGE)

