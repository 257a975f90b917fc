"""The inputs about an executor and the tasks in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sparkmem.input import Input
from sparkmem.spark.settings import config
from sparkmem.spark.settings.python import CPUS_PER_TASK
from sparkmem.subjects.executor.inputs import INPUTS as EXECUTOR_INPUTS

PAGE = "calculators/task-memory/"
UNMANAGED = "off-heap-unmanaged-used"

_TASKS = (
    Input(
        CPUS_PER_TASK.key, "CPUs per task", "The cores that one task takes. It may be less than one since 4.3.",
        default=CPUS_PER_TASK.default or "", group="executor", unit="number", example="1", see=PAGE + "#concurrent-tasks",
    ),
    Input(
        "active-tasks", "Active tasks", "Tasks that have asked for memory; leave it empty for as many as run at a time.",
        group="executor", unit="count", example="4", see=PAGE + "#active-tasks",
    ),
    Input(
        "storage-used", "Storage in use", "What cached blocks and broadcasts hold on the heap.",
        default="0", group="executor", unit="size", example="512m", see=PAGE + "#storage-used",
    ),
    Input(
        "off-heap-storage-used", "Off-heap storage in use", "What cached blocks hold off the heap.",
        default="0", group="machine", unit="size", example="512m", see=PAGE + "#storage-used",
    ),
    Input(
        UNMANAGED, "Held unmanaged off the heap", "What RocksDB reports; counted since 4.1, and only where polling is on.",
        default="0", group="machine", unit="size", example="512m", see=PAGE + "#unmanaged-memory",
    ),
)  # fmt: skip

_CORES = "Divided by the CPUs per task, the tasks that run at a time. It decides the page size too."
_HERE: dict[str, dict[str, Any]] = {
    config.EXECUTOR_CORES.key: {"help": _CORES},
    config.UNMANAGED_MEMORY_POLLING_INTERVAL.key: {"in_form": True, "group": "machine", "see": PAGE + "#unmanaged-memory"},
}
_EXECUTOR = tuple(replace(item, **_HERE.get(item.name, {})) for item in EXECUTOR_INPUTS)
_AFTER = 1 + [item.name for item in _EXECUTOR].index(config.EXECUTOR_CORES.key)
INPUTS = (*_EXECUTOR[:_AFTER], *_TASKS, *_EXECUTOR[_AFTER:])
