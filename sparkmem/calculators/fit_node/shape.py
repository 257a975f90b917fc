"""One executor as a shape: what is granted for it, and the largest heap with which so many fit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sparkmem.facts import fact
from sparkmem.size import MIB
from sparkmem.spark.containers.container import Container
from sparkmem.spark.containers.overhead import GIVEN, overhead
from sparkmem.spark.managers.unified_regions import min_system_memory


def least_heap_mib(release: str) -> int:
    """The least ``spark.executor.memory`` with which an executor starts [MiB].

    >>> least_heap_mib("4.3")
    450
    """
    return -(-min_system_memory(int(fact("RESERVED_SYSTEM_MEMORY_BYTES", release)), release) // MIB)


@dataclass(frozen=True)
class Shape:
    """One executor: its container's terms [MiB], its cores in thousandths, and what is granted for a request.

    ``step_mib`` is that of ``grant``, for guesses only.
    """

    container: Container
    millicores: int
    grant: Callable[[int], int]
    maximum_mib: int | None = None
    step_mib: int = 1

    @property
    def heap_mib(self) -> int:
        """``spark.executor.memory``."""
        return self.container.memory_mib

    @property
    def asked_mib(self) -> int:
        """What Spark asks for."""
        return self.container.total_mib

    @property
    def granted_mib(self) -> int:
        """What the container takes of the node."""
        return self.grant(self.asked_mib)

    @property
    def allowed(self) -> bool:
        """Whether the cluster grants a container so large at all."""
        return self.maximum_mib is None or self.asked_mib <= self.maximum_mib

    def with_heap(self, heap_mib: int) -> Shape:
        """The same with another heap; an overhead that was not given follows the heap."""
        terms = self.container
        old = terms.overhead
        if old and old.rule != GIVEN:
            old = overhead(None, heap_mib, old.factor, old.minimum_mib)
        # Made anew rather than by replace, which takes longer than the rest: a search tries many.
        container = Container(heap_mib, old, terms.off_heap_mib, terms.pyspark_mib)
        return Shape(container, self.millicores, self.grant, self.maximum_mib, self.step_mib)

    def with_factor(self, factor: float) -> Shape:
        """The same with another factor of the overhead, unless the overhead was given."""
        old = self.container.overhead
        if old is None or old.rule == GIVEN:
            return self
        new = overhead(None, self.heap_mib, factor, old.minimum_mib)
        return replace(self, container=replace(self.container, overhead=new))

    def fits(self, budget_mib: int) -> bool:
        """Whether the container takes at most so much."""
        return self.allowed and self.granted_mib <= budget_mib


def executors_by_memory(shape: Shape, free_mib: int) -> int:
    """Containers of this shape that the node's memory holds."""
    return free_mib // shape.granted_mib if shape.allowed and shape.granted_mib > 0 else 0


def largest_heap(shape: Shape, executors: int, free_mib: int, least_mib: int) -> int | None:
    """The largest heap [MiB] with which so many containers fit; None where not even the least one does."""
    budget = free_mib // executors
    if not shape.with_heap(least_mib).fits(budget):
        return None
    low, high = _around(shape, budget, least_mib, max(budget, least_mib))
    while low < high:
        middle = (low + high + 1) // 2
        if shape.with_heap(middle).fits(budget):
            low = middle
        else:
            high = middle - 1
    return low


def _around(shape: Shape, budget: int, low: int, high: int) -> tuple[int, int]:
    """Closer bounds of the largest heap that fits, from a guess on in steps that double; ``low`` is one that fits."""
    guess, step = min(max(_guess(shape, budget), low), high), 1
    if guess == low or shape.with_heap(guess).fits(budget):
        low = guess
        while low < high:
            if not shape.with_heap(min(low + step, high)).fits(budget):
                return low, min(low + step, high) - 1
            low, step = min(low + step, high), step * 2
        return low, high
    high = guess - 1
    while low < high and not shape.with_heap(max(high - step, low)).fits(budget):
        high, step = max(high - step, low) - 1, step * 2
    return max(high - step, low), high


def _guess(shape: Shape, budget: int) -> int:
    """The heap by an equation, which knows of no product cut to whole numbers."""
    terms = shape.container
    most = min(budget, budget if shape.maximum_mib is None else shape.maximum_mib)
    rest = most // shape.step_mib * shape.step_mib - terms.off_heap_mib - terms.pyspark_mib
    if terms.overhead is None or terms.overhead.rule == GIVEN:
        return rest - terms.overhead_mib
    return min(int(rest / (1 + terms.overhead.factor)), rest - terms.overhead.minimum_mib)
