"""What the inputs about a driver come to: its container, its regions, and what may come to it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sparkmem.answer.result import Result
from sparkmem.calculators.driver_memory.inputs import OFF_HEAP, PAGE, SHARED
from sparkmem.calculators.executor_memory import EXECUTOR_MEMORY
from sparkmem.errors import BadInputs, InputError
from sparkmem.facts import fact
from sparkmem.given import Given
from sparkmem.record import record
from sparkmem.release import since
from sparkmem.size import MIB
from sparkmem.spark.containers.container import LOCAL, Application
from sparkmem.spark.managers.unified_regions import min_system_memory
from sparkmem.spark.settings.driver import DRIVER_MEMORY as HEAP
from sparkmem.spark.settings.driver import MAX_BROADCAST_TABLE_SIZE, MAX_RESULT_SIZE
from sparkmem.subjects.containers.asking import ask_driver
from sparkmem.subjects.containers.processes import Asked
from sparkmem.subjects.containers.reading import application
from sparkmem.subjects.java_heap.driver import FLAGS_KEY, driver_heap_mib, driver_options
from sparkmem.subjects.java_heap.inputs import FLAGS_KEY as EXECUTOR_FLAGS_KEY

_OF_DRIVER = {"spark.executor.memory": HEAP.key, "jvm-max-memory": HEAP.key, EXECUTOR_FLAGS_KEY: FLAGS_KEY}
"""What an executor's input is called where it is the driver's."""


@record
class Driver:
    """The driver's container, the regions of its heap [bytes], and its limits; a table limit of None is Spark's own."""

    asked: Asked
    regions: Result
    heap_bytes: int
    result_bytes: int
    table_bytes: int | None

    @property
    def system_bytes(self) -> int:
        """What the driver's JVM reports."""
        return next(line.size_bytes or 0 for line in self.regions.rows() if line.id == "jvm-max-memory")


def read_driver(given: Given) -> Driver:
    """The driver that the inputs come to; ``BadInputs`` with every fault of theirs."""
    app = application(given)
    asked = ask_driver(given, app)
    heap_mib = driver_heap_mib(given, app, asked.driver.memory_mib if asked.driver else None)
    regions = _regions(given, app, heap_mib) if heap_mib is not None else None
    result_bytes = app.conf.get(MAX_RESULT_SIZE)
    table_bytes = app.conf.get(MAX_BROADCAST_TABLE_SIZE) if since(given.release, MAX_BROADCAST_TABLE_SIZE.declared) else None
    given.stop_on_faults()
    if regions is None or heap_mib is None:  # cannot be: each is missing only with a fault
        raise BadInputs([InputError(HEAP.key, "no heap and no fault", PAGE + "#heap")])
    return Driver(asked, regions, heap_mib * MIB, result_bytes, table_bytes)


def _regions(given: Given, app: Application, heap_mib: int) -> Result | None:
    """The regions as executor-memory gives them for the process ``driver``; its faults are the driver's."""
    texts = given.among(SHARED)
    if app.manager == LOCAL or not since(given.release, "4.3"):
        texts |= given.among(OFF_HEAP)
    texts |= {EXECUTOR_FLAGS_KEY: options} if (options := driver_options(given)) else {}
    fixed: dict[str, Any] = {"release": given.release, "process": "driver", "cluster-manager": "yarn"}
    try:
        # The register is asked for the driver's own keys: under an executor's it would refuse what a driver may have.
        asked = texts | fixed | {"spark.executor.memory": f"{_as_setting(given, heap_mib)}m"}
        found = _divided(tuple(asked.items()))
    except BadInputs as bad:
        for error in bad.errors:
            name = _OF_DRIVER.get(error.name, error.name)
            if not given.refused(name):
                change = error.change.replace("spark.executor.memory", HEAP.key)
                message = error.message.replace(EXECUTOR_FLAGS_KEY, FLAGS_KEY)
                given.errors.append(InputError(name, message, error.see, change=change, by=error.by))
        return None
    return found


@lru_cache(maxsize=24)  # most of what is changed in a job leaves the driver's heap as it is
def _divided(asked: tuple[tuple[str, str], ...]) -> Result:
    return EXECUTOR_MEMORY.alone(dict(asked))


def _as_setting(given: Given, heap_mib: int) -> int:
    """The heap as ``spark.executor.memory``, which is checked by itself.

    The driver's setting is not: a heap just below the least that the JVM rounds up to it will do.
    """
    least = min_system_memory(int(fact("RESERVED_SYSTEM_MEMORY_BYTES", given.release)), given.release)
    step = int(fact("HEAP_ALIGNMENT", given.release))
    rounded = -(-heap_mib * MIB // step) * step
    return rounded // MIB if heap_mib * MIB < least <= rounded else heap_mib
