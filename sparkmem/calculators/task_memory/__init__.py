"""What one task of an executor may hold while others run beside it."""

from __future__ import annotations

from sparkmem.answer.result import Result
from sparkmem.calculator import Calculator
from sparkmem.calculators.task_memory.answer import result_of
from sparkmem.calculators.task_memory.inputs import INPUTS, PAGE
from sparkmem.calculators.task_memory.reading import read_tasks
from sparkmem.given import Given


def _answer(given: Given) -> Result:
    return result_of(given, read_tasks(given))


TASK_MEMORY = Calculator(
    id="task-memory",
    title="What one task may hold",
    question="How much execution memory may one task hold?",
    inputs=INPUTS,
    compute=_answer,
    see=PAGE + "#how-much",
    first=("spark.executor.memory", "spark.executor.cores", "active-tasks", "storage-used"),
    decisive=("task-memory-at-most",),
)
