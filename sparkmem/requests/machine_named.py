"""The machine type that a few words name, with the platform that offers it and the inputs that divide it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sparkmem.machines.platforms import PLATFORMS, Platform
from sparkmem.machines.shapes import Machine

_AROUND = re.compile(
    r"(?i)(?:(?:[0-9]{1,5}|an?)\s{0,3}[x×*]?\s{1,3})?(?:(?:nodes?|instances?|machines?|workers?|vms?)\s(?:of\s|type\s)?)?"
    r"([A-Za-z][A-Za-z0-9]{0,20}(?:[._-][A-Za-z0-9]{1,20}){1,4})"
    r"(?:\s(?:nodes?|instances?|machines?|workers?|vms?|instance\stypes?|machine\stypes?))?\??"
)
_LONGEST = 80
_CORES_EACH = 4
"""Of an executor, where somebody names a machine: what the answer assumes, and says."""


@dataclass(frozen=True)
class NamedMachine:
    """A machine type, the first platform that offers it, and the inputs of ``fit-node`` that divide it there."""

    machine: Machine
    platform: Platform
    inputs: Mapping[str, str]

    @property
    def said(self) -> str:
        """What it is, and what the answer assumes."""
        machine, each = self.machine, int(self.inputs["spark.executor.cores"])
        return (
            f"This is a machine type, of {_cores(machine.cores)} and {machine.memory_mib:,} MiB."
            f" Assumed: {self.platform.label}; {_cores(each)} for each executor."
        )


def machine_named(text: str) -> NamedMachine | None:
    """The machine type that a text is, with a number before it or a word for machines beside it; None for another text.

    >>> found = machine_named("10 x r5.4xlarge")
    >>> found.machine.name, found.machine.memory_mib, found.platform.id, found.inputs["executors-per-node"]
    ('r5.4xlarge', 131072, 'emr', '4')
    >>> machine_named("standard_e8s_v3").platform.id, machine_named("r5.4huge"), machine_named("spark.executor.memory")
    ('aks', None, None)
    """
    short = text.strip()
    found = _AROUND.fullmatch(short) if len(short) <= _LONGEST else None
    if not found:
        return None
    wanted = found[1].lower()
    for platform in PLATFORMS.values():
        machine = next((one for one in platform.machines().values() if one.name.lower() == wanted), None)
        if machine:
            return NamedMachine(machine, platform, _inputs(machine, platform))
    return None


def _cores(count: int) -> str:
    return f"{count} core{'s' if count > 1 else ''}"


def _inputs(machine: Machine, platform: Platform) -> dict[str, str]:
    pods = platform.max_pods(machine) if platform.max_pods else 0
    free = platform.usable(machine, pods).millicores // 1000
    each = min(_CORES_EACH, max(free, 1))
    number = platform.executors_per_node or max(free // each, 1)
    return {
        "platform": platform.id, "machine-type": machine.name, "executors-per-node": str(number),
        "spark.executor.cores": str(each if number > 1 else max(free, 1)),
    }  # fmt: skip
