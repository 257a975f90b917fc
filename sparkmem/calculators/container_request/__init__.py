"""What Spark asks of a cluster manager for executor and driver, and what the cluster manager grants."""

from __future__ import annotations

from sparkmem.answer.result import Result
from sparkmem.calculator import Calculator
from sparkmem.calculators.container_request.answer import result_of
from sparkmem.given import Given
from sparkmem.subjects.containers.asking import ask
from sparkmem.subjects.containers.inputs import INPUTS
from sparkmem.subjects.containers.reading import application
from sparkmem.subjects.containers.settings import PAGE


def _answer(given: Given) -> Result:
    asked = ask(given, application(given))
    given.stop_on_faults()
    return result_of(given, asked)


CONTAINER_REQUEST = Calculator(
    id="container-request",
    title="Container request",
    question="How much memory does Spark ask of the cluster manager, and how much is granted?",
    inputs=INPUTS,
    compute=_answer,
    see=PAGE + "#how-big",
    first=("release", "cluster-manager", "deploy-mode", "spark.executor.memory", "spark.executor.memoryOverhead"),
)
