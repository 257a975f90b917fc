"""A node with executors on it, as it is drawn: what each takes of memory and of cores, and what nobody gets."""

from __future__ import annotations

from dataclasses import dataclass

from sparkmem.answer.line import Line


@dataclass(frozen=True)
class Resource:
    """What a node has of one thing, in bytes or in thousandths of a core; ``taken`` is what one executor takes."""

    total: int
    kept: int
    aside: int
    taken: int

    @property
    def start(self) -> int:
        """Where the first executor begins."""
        return min(self.kept + self.aside, self.total)

    def left(self, executors: int) -> int:
        """What so many executors leave; below zero where they take more than there is."""
        return self.total - self.start - executors * self.taken


@dataclass(frozen=True)
class Packed:
    """So many executors on a node, each with these parts, and how many more were asked for than fit."""

    executors: int
    missing: int
    memory: Resource
    cores: Resource
    parts: tuple[Line, ...]
