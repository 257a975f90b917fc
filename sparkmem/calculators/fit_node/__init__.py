"""How many executors fit on a node, and the largest heap with which so many fit."""

from __future__ import annotations

from sparkmem.answer.result import Result
from sparkmem.calculator import Calculator
from sparkmem.calculators.fit_node.answer import result_of
from sparkmem.calculators.fit_node.inputs import INPUTS
from sparkmem.calculators.fit_node.node import PAGE
from sparkmem.calculators.fit_node.reading import read_fit
from sparkmem.given import Given


def _answer(given: Given) -> Result:
    return result_of(given, read_fit(given))


FIT_NODE = Calculator(
    id="fit-node",
    title="Executors on a node",
    question="How many executors fit on a node, and how large may their heap be?",
    inputs=INPUTS,
    compute=_answer,
    see=PAGE + "#fit-node",
    first=("cluster-manager", "node-memory", "node-cores", "spark.executor.memory", "spark.executor.cores"),
    decisive=("executors-per-node", "container-limit", "wasted-memory"),
)
