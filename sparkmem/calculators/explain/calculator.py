"""Explain as a calculator: its inputs are worked out from the text first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sparkmem.answer.result import Result
from sparkmem.calculator import Calculator
from sparkmem.calculators.explain.answer import explained
from sparkmem.calculators.explain.inputs import INPUTS, READ
from sparkmem.calculators.explain.reading import read_job
from sparkmem.errors import BadInputs
from sparkmem.given import Given
from sparkmem.subjects.job.example import PAGE


@dataclass(frozen=True)
class _Explain(Calculator):
    """Its inputs are worked out first: from the text, and over it what the form says."""

    def run(self, texts: Mapping[str, str]) -> tuple[Result, Given]:
        """The result for these texts; ``BadInputs`` with every fault of theirs."""
        said = {name: text for name, text in texts.items() if text or name == "text" or name.startswith("spark.")}
        faults = [error for name in said if (error := self._fault(name, said[name]))]
        if faults:
            raise BadInputs(faults)
        reading = read_job(said)
        given = Given(READ, reading.texts)
        return explained(given, reading), given


def _nothing(given: Given) -> Result:
    return Result(())


EXPLAIN = _Explain(
    id="explain",
    title="Explain my job",
    question="What does this configuration come to, does it fit, and what would an expert say of it?",
    inputs=INPUTS,
    compute=_nothing,
    see=PAGE + "#explain",
    first=("text", "release", "cluster-manager", "node-memory"),
)
