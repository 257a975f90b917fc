"""How the static memory manager of Spark 2.4 divides a heap."""

from __future__ import annotations

from sparkmem.answer.result import Result
from sparkmem.calculator import Calculator
from sparkmem.calculators.legacy_memory.answer import result_of
from sparkmem.calculators.legacy_memory.inputs import INPUTS, PAGE
from sparkmem.calculators.legacy_memory.reading import read_legacy
from sparkmem.given import Given


def _answer(given: Given) -> Result:
    return result_of(given, read_legacy(given))


LEGACY_MEMORY = Calculator(
    id="legacy-memory",
    title="Static memory manager",
    question="How did Spark divide a heap before storage and execution shared it?",
    inputs=INPUTS,
    compute=_answer,
    see=PAGE + "#how-big",
    first=("spark.executor.memory", "gc", "spark.storage.memoryFraction", "spark.shuffle.memoryFraction"),
)
