"""The statements of the experiments, as assertions on their figures: a module for each group of content/experiments.toml."""

from statements import advice, executors, heap, native, off_heap, python, storage
from statements.run import RUNS, Check, Run

__all__ = ["CHECKS", "GROUPS", "RUNS", "Run"]

GROUPS = {
    "heap": heap.CHECKS,
    "native": native.CHECKS,
    "executors": executors.CHECKS,
    "storage": storage.CHECKS,
    "off_heap": off_heap.CHECKS,
    "python": python.CHECKS,
    "advice": advice.CHECKS,
}
CHECKS: dict[str, Check] = {id: check for checks in GROUPS.values() for id, check in checks.items()}
