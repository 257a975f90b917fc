"""The calculators, one file each, and the list of them."""

from sparkmem.calculator import Calculator
from sparkmem.calculators.executor_memory import EXECUTOR_MEMORY

CALCULATORS: dict[str, Calculator] = {calculator.id: calculator for calculator in (EXECUTOR_MEMORY,)}
