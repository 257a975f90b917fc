"""From a number in the web UI or a log to the executors that show it."""

from __future__ import annotations

from sparkmem.answer.result import Result
from sparkmem.calculator import Calculator
from sparkmem.calculators.ui_number.answer import result_of
from sparkmem.calculators.ui_number.inputs import INPUTS, PAGE
from sparkmem.calculators.ui_number.reading import read_number
from sparkmem.given import Given


def _answer(given: Given) -> Result:
    return result_of(given, read_number(given))


UI_NUMBER = Calculator(
    id="ui-number",
    title="A number in the web UI",
    question="Which executor shows this number?",
    inputs=INPUTS,
    compute=_answer,
    see=PAGE + "#number",
    first=("number", "release", "gc"),
)
