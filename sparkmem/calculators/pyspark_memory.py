"""What each Python worker may take, where that is enforced, and what the container holds with and without it."""

from __future__ import annotations

from dataclasses import replace

from sparkmem.answer.result import Result
from sparkmem.calculator import RELEASE, Calculator, Given, Input
from sparkmem.calculators.pyspark_memory_answer import PAGE, Workers, result_of
from sparkmem.errors import InputError
from sparkmem.spark.containers.container import Application
from sparkmem.spark.containers.python_workers import LINUX, MACOS, WINDOWS, WorkerLimit, worker_limit
from sparkmem.spark.settings.config import EXECUTOR_CORES
from sparkmem.spark.settings.python import CPUS_PER_TASK, PYSPARK_EXECUTOR_MEMORY, cpus_per_task
from sparkmem.subjects.containers.asking import ask, part
from sparkmem.subjects.containers.inputs import CLUSTER
from sparkmem.subjects.containers.inputs import INPUTS as CONTAINER_INPUTS
from sparkmem.subjects.containers.reading import application
from sparkmem.subjects.containers.settings import DEPLOY_MODE, EXECUTOR_SETTINGS, MANAGER

_KEY = PYSPARK_EXECUTOR_MEMORY.key


def _placed(item: Input) -> Input:
    """An input of container-request in this form: what is not about Python stands further down."""
    return replace(item, group="executor" if item.name == _KEY else "machine")


_MINIMUM = next(item for item in CONTAINER_INPUTS if item.name == "spark.executor.minMemoryOverhead")
_PYSPARK = next(item for item in EXECUTOR_SETTINGS if item.name == _KEY)
INPUTS = (
    RELEASE,
    _PYSPARK,
    Input(
        EXECUTOR_CORES.key, "Executor cores", "Until 4.2 the memory is divided by them.", default="1", group="executor",
        unit="count", example="4", see=PAGE + "#limit",
    ),
    Input(
        CPUS_PER_TASK.key, "CPUs per task", "With the cores, how many workers run at a time.", default="1", group="executor",
        unit="number", example="1", see=PAGE + "#limit",
    ),
    MANAGER,
    DEPLOY_MODE,
    Input(
        "platform", "Operating system", "Of the machines that run executors.", default=LINUX,
        choices=((LINUX, "Linux"), (MACOS, "macOS"), (WINDOWS, "Windows")), group="executor", see=PAGE + "#enforced",
    ),
    *(_placed(item) for item in EXECUTOR_SETTINGS if item.name != _KEY),
    replace(_MINIMUM, group="machine"),
    *CLUSTER,
)  # fmt: skip


def _answer(given: Given) -> Result:
    app = replace(application(given), language="python")
    asked = ask(given, app)
    without = {key: text for key, text in app.conf.settings.items() if key != _KEY}
    unset = ask(given, replace(app, conf=replace(app.conf, settings=without)))
    memory: int | None = app.conf.get(PYSPARK_EXECUTOR_MEMORY)
    limit = _limit(given, app, memory or 0)
    given.stop_on_faults()
    return result_of(given, asked, unset, Workers(memory, limit or WorkerLimit(0, 1, 1), given.text("platform")))


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


PYSPARK_MEMORY = Calculator(
    id="pyspark-memory",
    title="PySpark memory",
    question="How much may each Python worker take, and what does the container hold?",
    inputs=INPUTS,
    compute=_answer,
    see=PAGE + "#how-big",
)
