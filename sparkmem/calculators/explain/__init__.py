"""A whole job from one text: what was read, whether it fits, and every region of its executors and its driver."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sparkmem.calculators.explain.calculator import EXPLAIN

__all__ = ["EXPLAIN"]


def __getattr__(name: str) -> Any:
    """The calculator, which needs all of its modules: to import one of these does not wait for the others."""
    if name != "EXPLAIN":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from sparkmem.calculators.explain import calculator

    return calculator.EXPLAIN
