"""The driver: how its heap is divided, the container around it, and what may come to it."""

from __future__ import annotations

from sparkmem.answer.result import Result
from sparkmem.calculator import Calculator
from sparkmem.calculators.driver_memory.answer import result_of
from sparkmem.calculators.driver_memory.inputs import INPUTS, PAGE
from sparkmem.calculators.driver_memory.reading import read_driver
from sparkmem.given import Given


def _answer(given: Given) -> Result:
    return result_of(given, read_driver(given))


DRIVER_MEMORY = Calculator(
    id="driver-memory",
    title="Size the driver memory",
    question="How is the driver's memory divided, and what may come to it?",
    inputs=INPUTS,
    compute=_answer,
    see=PAGE + "#how-big",
    first=("release", "cluster-manager", "deploy-mode", "spark.driver.memory"),
)
