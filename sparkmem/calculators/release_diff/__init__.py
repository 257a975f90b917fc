"""One configuration on two releases: the figures and refusals that differ, since when, and why."""

from __future__ import annotations

from sparkmem.calculator import Calculator
from sparkmem.calculators.release_diff.answer import result_of
from sparkmem.calculators.release_diff.inputs import INPUTS, PAGE

RELEASE_DIFF = Calculator(
    id="release-diff",
    title="Two releases compared",
    question="What does another release of Spark make of the same configuration?",
    inputs=INPUTS,
    compute=result_of,
    see=PAGE + "#release-diff",
    first=("release", "other-release", "cluster-manager", "spark.executor.memory"),
    asks_register=False,
)
