"""Pools: what storage and execution hold of one memory mode at this moment (``MemoryPool``).

A pool is not a region: the storage *region* is a boundary that the configuration fixes, the storage
*pool* grows and shrinks while blocks come and go.  Checks and the order of steps are Spark's,
since a step that fails half-way leaves behind what it had already done.
"""

from __future__ import annotations

from sparkmem.errors import SparkmemError

SEE = "memory-manager/#rules"


class Thrown(SparkmemError):
    """An exception that Spark throws while it works: its Java class and its message, to the letter."""

    def __init__(self, java_class: str, message: str) -> None:
        super().__init__(message, SEE)
        self.java_class = java_class

    def as_dict(self) -> dict[str, str]:
        """The exception as a trace's answer carries it."""
        return {"class": self.java_class, "message": self.message}


def require(holds: bool, rule: str = "") -> None:
    """Scala's ``require``: an ``IllegalArgumentException`` where the rule does not hold."""
    if not holds:
        raise Thrown("java.lang.IllegalArgumentException", f"requirement failed: {rule}" if rule else "requirement failed")


class Monitor:
    """The lock that all pools of a manager share; ``notified`` says that waiting calls have been woken."""

    __slots__ = ("notified",)

    def __init__(self) -> None:
        self.notified = False


class MemoryPool:
    """A pool of an adjustable size [bytes], and what is used of it."""

    __slots__ = ("memory_used", "pool_size")

    def __init__(self, pool_size: int = 0) -> None:
        self.pool_size = 0
        self.memory_used = 0
        self.increment_pool_size(pool_size)

    @property
    def memory_free(self) -> int:
        """What of the pool is not used."""
        return self.pool_size - self.memory_used

    def increment_pool_size(self, delta: int) -> None:
        """Make the pool larger."""
        require(delta >= 0)
        self.pool_size += delta

    def decrement_pool_size(self, delta: int) -> None:
        """Make the pool smaller; what is used has to fit still."""
        if not (0 <= delta <= self.pool_size and self.pool_size - delta >= self.memory_used):
            require(False)
        self.pool_size -= delta
