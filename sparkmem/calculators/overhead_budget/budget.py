"""The budget: its parts and their sum, what Spark reserves for them, and what is rounded up on top."""

from __future__ import annotations

from dataclasses import dataclass

from sparkmem.answer.line import Line
from sparkmem.calculators.overhead_budget.needs import Needs
from sparkmem.size import MIB


@dataclass(frozen=True)
class Budget:
    """The parts and their sum, what Spark reserves for them, and what the cluster manager rounds up on top [bytes]."""

    needs: Needs
    parts: tuple[Line, ...]
    needed_bytes: int
    overhead_bytes: int | None
    rounding_bytes: int

    @property
    def to_set_mib(self) -> int:
        """The least overhead that holds the budget, in the whole MiB in which Spark counts."""
        return -(-self.needed_bytes // MIB)

    @property
    def missing_bytes(self) -> int:
        """How much more is budgeted than reserved; 0 where it is enough."""
        return max(self.needed_bytes - (self.overhead_bytes or 0), 0)

    def part(self, id: str) -> int:
        """The size of a part, 0 where it is none."""
        return next((line.size_bytes or 0 for line in self.parts if line.id == id), 0)
