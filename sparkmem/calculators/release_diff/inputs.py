"""The two releases, and every input of the calculators that are compared."""

from __future__ import annotations

from dataclasses import replace

from sparkmem.calculator import Calculator
from sparkmem.calculators.container_request import CONTAINER_REQUEST
from sparkmem.calculators.executor_memory import EXECUTOR_MEMORY
from sparkmem.input import RELEASE, Input
from sparkmem.release import NEWEST

PAGE = "calculators/release-diff/"

COMPARED: tuple[Calculator, ...] = (EXECUTOR_MEMORY, CONTAINER_REQUEST)

_ONE = Input(
    "release", RELEASE.label, "The release that you come from.", default="3.5", choices=RELEASE.choices,
    group="executor", see=PAGE + "#release-diff",
)  # fmt: skip
_OTHER = Input(
    "other-release", "Other release", "The release that you go to; older ones are compared as well.", default=NEWEST,
    choices=RELEASE.choices, group="executor", see=PAGE + "#release-diff",
)  # fmt: skip


def _inputs() -> tuple[Input, ...]:
    """The two releases, and every input of the calculators that are compared; the first that has a name declares it."""
    found = {item.name: item for item in (_ONE, _OTHER)}
    for calculator in COMPARED:
        for item in calculator.inputs:
            known = found.setdefault(item.name, item)
            more = tuple(choice for choice in item.choices if choice not in known.choices)
            if known is not item and item.name != "release" and known.choices and more:
                found[item.name] = replace(known, choices=known.choices + more)
    return tuple(found.values())


INPUTS = _inputs()
