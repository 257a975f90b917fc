"""How many executors of a shape a node holds, and the largest heap with which it holds so many.

Everything is counted in whole MiB, as Spark and YARN count.  A container never gets smaller with a
larger heap, so the largest heap is found by trying whole numbers, from a guess on and by halving: what
an equation gives is where to begin, never the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sparkmem.calculators.fit_node.node import Node
from sparkmem.calculators.fit_node.shape import Shape, executors_by_memory
from sparkmem.machines.platforms import smallest_machine
from sparkmem.machines.shapes import Machine
from sparkmem.size import MIB


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
    tasks: int = 0  # where they share the executor's cores

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
    def tasks_per_core(self) -> int:
        """How many tasks may share a core: 1, but for a platform that lets an executor's tasks do so."""
        return self.node.platform.tasks_per_core if self.tasks and self.node.platform else 1

    @property
    def cores_needed(self) -> int:
        """What an executor has to have of another node's cores, in thousandths: less where its tasks may share them."""
        return self.shape.millicores if self.by_cores else -(-self.shape.millicores // self.tasks_per_core)

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
    millicores = fit.wanted * fit.cores_needed + node.set_aside_millicores
    if node.platform is None:
        return -(-memory_bytes // MIB), -(-millicores // 1000)
    return smallest_machine(node.platform, node.max_pods, memory_bytes, millicores)


def smallest_type(fit: Fit) -> tuple[Machine, bool] | None:
    """The smallest machine type that holds as many as are wanted, and whether it is of the same family as this one."""
    node = fit.node
    if node.platform is None or not fit.fitting.allowed:
        return None
    memory_bytes = fit.wanted * fit.fitting.granted_mib * MIB + node.set_aside_bytes
    millicores = fit.wanted * fit.cores_needed + node.set_aside_millicores
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
