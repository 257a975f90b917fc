"""What a JVM reports of its heap, what it cuts the heap into, and which ``-Xmx`` reports enough."""

from __future__ import annotations

from sparkmem.answer.result import Result
from sparkmem.calculator import Calculator
from sparkmem.calculators.jvm_heap.answer import result_of
from sparkmem.calculators.jvm_heap.inputs import INPUTS, PAGE
from sparkmem.calculators.jvm_heap.reading import read_jvm
from sparkmem.given import Given


def _answer(given: Given) -> Result:
    return result_of(given, read_jvm(given))


JVM_HEAP = Calculator(
    id="jvm-heap",
    title="What a JVM reports of -Xmx",
    question="How much of -Xmx does the JVM report?",
    inputs=INPUTS,
    compute=_answer,
    see=PAGE + "#jvm-max-memory",
    first=("heap", "gc", "java", "max-memory"),
    decisive=("jvm-max-memory",),
)
