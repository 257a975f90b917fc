"""How many executors of a shape a node holds, and the largest heap with which it holds so many.

Everything is counted in whole MiB, as Spark and YARN count.  A container never gets smaller with a
larger heap, so the largest heap is found by trying whole numbers, from a guess on and by halving: what
an equation gives is where to begin, never the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from sparkmem.calculators.node_inputs import Node
from sparkmem.facts import fact
from sparkmem.machines.platforms import smallest_machine
from sparkmem.machines.shapes import Machine
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


@dataclass(frozen=True)
class Fit:
    """All that was worked out for one node; sizes in MiB, cores in thousandths where the name says so."""

    node: Node
    shape: Shape
    manager: str
    wanted: int
    solved: bool
    counts_cores: bool
    least_mib: int
    largest_mib: int | None
    vendor_factor: str
    refusal: str

    @cached_property
    def free_mib(self) -> int:
        """Whole MiB for executors."""
        return self.node.free_bytes // MIB

    @cached_property
    def by_memory(self) -> int:
        """Executors that the memory holds."""
        return executors_by_memory(self.shape, self.free_mib)

    @property
    def by_cores(self) -> int:
        """Executors that the cores hold."""
        return self.node.free_millicores // self.shape.millicores

    @cached_property
    def count(self) -> int:
        """Executors that fit, of those that were asked for if a number was."""
        most = self.node.platform.executors_per_node if self.node.platform else None
        found = min(self.by_memory, self.by_cores) if self.counts_cores else self.by_memory
        return min(found, most) if most else found

    @property
    def one_each(self) -> bool:
        """Whether the platform runs one executor on a node, whatever would fit."""
        return self.node.platform is not None and self.node.platform.executors_per_node == 1

    @property
    def fitting(self) -> Shape:
        """The shape that a larger node is asked to hold: the reader's, or the least where no heap was found."""
        return self.shape.with_heap(self.least_mib) if self.solved and self.largest_mib is None else self.shape

    @property
    def running(self) -> int:
        """Executors that the picture shows."""
        return min(self.count, self.wanted) if self.solved else self.count


def smallest_node(fit: Fit) -> tuple[int, int]:
    """Memory [MiB] and cores of the smallest node that holds as many executors as are wanted."""
    node = fit.node
    memory_bytes = fit.wanted * fit.fitting.granted_mib * MIB + node.set_aside_bytes
    millicores = fit.wanted * fit.shape.millicores + node.set_aside_millicores
    if node.platform is None:
        return -(-memory_bytes // MIB), -(-millicores // 1000)
    return smallest_machine(node.platform, node.max_pods, memory_bytes, millicores)


def smallest_type(fit: Fit) -> tuple[Machine, bool] | None:
    """The smallest machine type that holds as many as are wanted, and whether it is of the same family as this one."""
    node = fit.node
    if node.platform is None or not fit.fitting.allowed:
        return None
    memory_bytes = fit.wanted * fit.fitting.granted_mib * MIB + node.set_aside_bytes
    millicores = fit.wanted * fit.shape.millicores + node.set_aside_millicores
    family = node.name.partition(".")[0] if "." in node.name else node.name.rpartition("-")[0]
    machines = [m for m in node.platform.machines().values() if m.memory_mib * MIB >= memory_bytes]
    machines.sort(key=lambda m: (m.memory_mib, m.cores, m.name))
    same = [m for m in machines if family and m.name.startswith((f"{family}.", f"{family}-"))]
    for machine in (*same, *machines):
        pods = node.platform.max_pods(machine) if node.platform.max_pods else 0
        found = node.platform.usable(machine, pods)
        if found.memory_bytes >= memory_bytes and found.millicores >= millicores:
            return machine, machine in same
    return None
