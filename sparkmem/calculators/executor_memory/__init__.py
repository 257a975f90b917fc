"""How an executor's heap is divided: what the JVM reports, and the regions that Spark makes of it."""

from __future__ import annotations

from sparkmem.answer.result import Result
from sparkmem.calculator import Calculator
from sparkmem.calculators.executor_memory.answer import result_of
from sparkmem.given import Given
from sparkmem.subjects.executor.inputs import INPUTS, PAGE
from sparkmem.subjects.executor.reading import read_executor


def _answer(given: Given) -> Result:
    return result_of(given, read_executor(given))


EXECUTOR_MEMORY = Calculator(
    id="executor-memory",
    title="Executor heap",
    question="How is the heap of an executor divided?",
    inputs=INPUTS,
    compute=_answer,
    see=PAGE + "#how-big",
    first=("release", "spark.executor.memory", "gc", "spark.memory.fraction"),
)
