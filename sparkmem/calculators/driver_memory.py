"""The driver: how its heap is divided, the container around it, and what may come to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sparkmem.answer.result import Result
from sparkmem.calculator import RELEASE, Calculator, Given, Input
from sparkmem.calculators.driver_memory_answer import PAGE, Driver, result_of
from sparkmem.calculators.executor_memory import EXECUTOR_MEMORY
from sparkmem.errors import BadInputs, InputError
from sparkmem.facts import fact
from sparkmem.release import since
from sparkmem.size import MIB
from sparkmem.spark.containers.container import LOCAL, Application
from sparkmem.spark.managers.unified_regions import min_system_memory
from sparkmem.spark.settings.driver import DRIVER_MEMORY as HEAP
from sparkmem.spark.settings.driver import MAX_BROADCAST_TABLE_SIZE, MAX_RESULT_SIZE
from sparkmem.subjects.containers.asking import ask_driver
from sparkmem.subjects.containers.inputs import CLUSTER
from sparkmem.subjects.containers.reading import application
from sparkmem.subjects.containers.settings import DEPLOY_MODE, DRIVER_SETTINGS, EXECUTOR_SETTINGS, LANGUAGE, MANAGER
from sparkmem.subjects.executor.inputs import INPUTS as EXECUTOR_INPUTS
from sparkmem.subjects.java_heap.driver import driver_heap_mib

_HEAP = {item.name: item for item in EXECUTOR_INPUTS}
_SHARED = ("gc", "java", "spark.memory.fraction", "spark.memory.storageFraction", "processors", "machine-memory")
_OFF_HEAP = ("spark.memory.offHeap.enabled", "spark.memory.offHeap.size")
_PLACE = {"processors": "machine", "machine-memory": "machine"}
_HELP = {"java": "The version of the JVM that runs the driver."}


def _limit(name: str, label: str, help: str, anchor: str, default: str, example: str) -> Input:
    return Input(name, label, help, default, (), "executor", "size", example, PAGE + anchor)


INPUTS = (
    RELEASE,
    DRIVER_SETTINGS[0],
    replace(MANAGER, help="Who starts the driver in cluster mode."),
    DEPLOY_MODE,
    replace(LANGUAGE, help="Decides the overhead on Kubernetes."),
    *(replace(_HEAP[name], group=_PLACE.get(name, "executor"), help=_HELP.get(name, _HEAP[name].help)) for name in _SHARED),
    *(item for item in EXECUTOR_SETTINGS if item.name in _OFF_HEAP),
    _limit(
        MAX_RESULT_SIZE.key, "Maximum result size", "Of the results of one stage, serialized; 0 is no limit.",
        "#max-result-size", "1g", "2g",
    ),
    _limit(
        MAX_BROADCAST_TABLE_SIZE.key, "Maximum broadcast table", "Read since 4.1; before, a constant.",
        "#broadcast", "", "8g",
    ),
    *DRIVER_SETTINGS[1:],
    Input(
        "spark.yarn.driver.memoryOverhead", "Old name", "Old name of spark.driver.memoryOverhead.", group="rare",
        see=PAGE + "#container", in_form=False,
    ),
    *CLUSTER,
)  # fmt: skip


def _answer(given: Given) -> Result:
    app = application(given)
    asked = ask_driver(given, app)
    heap_mib = driver_heap_mib(given, app, asked.driver.memory_mib if asked.driver else None)
    regions = _regions(given, app, heap_mib) if heap_mib is not None else None
    result_bytes = app.conf.get(MAX_RESULT_SIZE)
    table_bytes = app.conf.get(MAX_BROADCAST_TABLE_SIZE) if since(given.release, MAX_BROADCAST_TABLE_SIZE.declared) else None
    given.stop_on_faults()
    if regions is None or heap_mib is None:  # cannot be: each is missing only with a fault
        raise BadInputs([InputError(HEAP.key, "no heap and no fault", PAGE + "#heap")])
    return result_of(given, Driver(asked, regions, heap_mib * MIB, result_bytes, table_bytes))


def _regions(given: Given, app: Application, heap_mib: int) -> Result | None:
    """The regions as executor-memory gives them for the process ``driver``; its faults are the driver's."""
    texts: dict[str, str] = {name: given.text(name) for name in _SHARED if given.is_set(name)}
    if app.manager == LOCAL or not since(given.release, "4.3"):
        texts |= {name: given.text(name) for name in _OFF_HEAP if given.is_set(name)}
    fixed: dict[str, Any] = {"release": given.release, "process": "driver", "cluster-manager": "yarn"}
    try:
        found, _ = EXECUTOR_MEMORY.run(texts | fixed | {"spark.executor.memory": f"{_as_setting(given, heap_mib)}m"})
    except BadInputs as bad:
        for error in bad.errors:
            name = HEAP.key if error.name in ("spark.executor.memory", "jvm-max-memory") else error.name
            if not given.refused(name):
                change = error.change.replace("spark.executor.memory", HEAP.key)
                given.errors.append(InputError(name, error.message, error.see, change=change, by=error.by))
        return None
    return found


def _as_setting(given: Given, heap_mib: int) -> int:
    """The heap as ``spark.executor.memory``, which is checked by itself.

    The driver's setting is not: a heap just below the least that the JVM rounds up to it will do.
    """
    least = min_system_memory(int(fact("RESERVED_SYSTEM_MEMORY_BYTES", given.release)), given.release)
    step = int(fact("HEAP_ALIGNMENT", given.release))
    rounded = -(-heap_mib * MIB // step) * step
    return rounded // MIB if heap_mib * MIB < least <= rounded else heap_mib


DRIVER_MEMORY = Calculator(
    id="driver-memory",
    title="Driver memory",
    question="How is the driver's memory divided, and what may come to it?",
    inputs=INPUTS,
    compute=_answer,
    see=PAGE + "#how-big",
)
