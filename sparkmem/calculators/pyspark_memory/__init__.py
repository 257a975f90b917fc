"""What each Python worker may take, where that is enforced, and what the container holds with and without it."""

from __future__ import annotations

from sparkmem.answer.result import Result
from sparkmem.calculator import Calculator
from sparkmem.calculators.pyspark_memory.answer import result_of
from sparkmem.calculators.pyspark_memory.inputs import INPUTS, PAGE
from sparkmem.calculators.pyspark_memory.reading import read_workers
from sparkmem.given import Given


def _answer(given: Given) -> Result:
    return result_of(given, *read_workers(given))


PYSPARK_MEMORY = Calculator(
    id="pyspark-memory",
    title="Limit the workers of Python",
    question="How much may each Python worker take, and what does the container hold?",
    inputs=INPUTS,
    compute=_answer,
    see=PAGE + "#how-big",
    first=("release", "cluster-manager", "spark.executor.pyspark.memory", "spark.executor.cores"),
)
