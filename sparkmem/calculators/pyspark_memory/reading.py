"""What the inputs about Python's workers come to, with PySpark memory and without."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sparkmem.calculators.pyspark_memory.inputs import KEY, PAGE
from sparkmem.errors import InputError
from sparkmem.given import Given
from sparkmem.spark.containers.container import Application
from sparkmem.spark.containers.python_workers import LINUX, WorkerLimit, worker_limit
from sparkmem.spark.settings.config import EXECUTOR_CORES
from sparkmem.spark.settings.python import CPUS_PER_TASK, PYSPARK_EXECUTOR_MEMORY, cpus_per_task
from sparkmem.subjects.containers.asking import ask, part
from sparkmem.subjects.containers.processes import Asked
from sparkmem.subjects.containers.reading import application


@dataclass(frozen=True)
class Workers:
    """PySpark's memory [MiB] or None where it is not set, each worker's share of it, and the operating system."""

    memory_mib: int | None
    limit: WorkerLimit
    platform: str

    @property
    def limited(self) -> bool:
        """Whether a worker is held to anything: a limit of 0 is none."""
        return self.platform == LINUX and self.limit.mib > 0


def read_workers(given: Given) -> tuple[Asked, Asked, Workers]:
    """The containers with PySpark memory and without it, and its workers; ``BadInputs`` with every fault."""
    app = replace(application(given), language="python")
    asked = ask(given, app)
    without = {key: text for key, text in app.conf.settings.items() if key != KEY}
    unset = ask(given, replace(app, conf=replace(app.conf, settings=without)))
    memory: int | None = app.conf.get(PYSPARK_EXECUTOR_MEMORY)
    limit = _limit(given, app, memory or 0)
    given.stop_on_faults()
    return asked, unset, Workers(memory, limit or WorkerLimit(0, 1, 1), given.text("platform"))


def _limit(given: Given, app: Application, memory_mib: int) -> WorkerLimit | None:
    conf = app.conf
    cores, cpus = conf.get(EXECUTOR_CORES), conf.get(cpus_per_task(conf.release))
    for key, value in ((EXECUTOR_CORES.key, cores), (CPUS_PER_TASK.key, cpus)):
        if value <= 0 and not given.refused(key):
            message = f"{key} {given.text(key)!r} is not more than 0"
            given.errors.append(InputError(key, message, PAGE + "#limit", change="write it as 1"))
    if given.errors:
        return None
    return part(given, lambda: worker_limit(memory_mib, cores, cpus, conf.release))
