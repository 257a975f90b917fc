"""What the memory overhead has to hold, part by part, and whether what Spark reserves is enough for it."""

from __future__ import annotations

from sparkmem.answer.result import Result
from sparkmem.calculator import Calculator
from sparkmem.calculators.overhead_budget.answer import result_of
from sparkmem.calculators.overhead_budget.inputs import INPUTS, PAGE
from sparkmem.calculators.overhead_budget.reading import read_needs
from sparkmem.given import Given


def _answer(given: Given) -> Result:
    return result_of(given, read_needs(given))


OVERHEAD_BUDGET = Calculator(
    id="overhead-budget",
    title="Overhead budget",
    question="What must the memory overhead hold, and is what Spark reserves enough?",
    inputs=INPUTS,
    compute=_answer,
    see=PAGE + "#how-big",
    first=("process", "cluster-manager", "spark.executor.memory", "spark.executor.memoryOverhead", "spark.executor.cores"),
    decisive=("overhead-to-set", "memory-overhead"),
)
