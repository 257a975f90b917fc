"""What was read of the need: the process, its JVM, and each size that was given."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sparkmem.answer.line import DEFAULT, SET
from sparkmem.errors import Refused
from sparkmem.jvm.heap import Heap
from sparkmem.jvm.native_flags import NativeFlags
from sparkmem.jvm.native_memory import NativeMemory
from sparkmem.spark.containers.container import Application
from sparkmem.spark.containers.native_needs import Seen
from sparkmem.subjects.containers.processes import Asked, Process


@dataclass(frozen=True)
class Needs:
    """What was read: sizes in bytes, None for what was not given and is measured."""

    asked: Asked
    process: Process
    heap: Heap
    processors: int
    flags: NativeFlags
    seen: Seen
    tasks: int
    threads: int | None
    in_flight_mib: int
    margin_percent: int
    sizes: dict[str, int | None]
    native: NativeMemory | None

    @property
    def is_driver(self) -> bool:
        """Whether it is the driver's overhead."""
        return bool(self.process.prefix)

    @property
    def app(self) -> Application:
        """The application."""
        return self.asked.app

    @property
    def python_in_overhead(self) -> bool:
        """Whether Python's workers live in the overhead: an executor's, where the container has no room of their own."""
        return self.app.python and not self.is_driver and not self.process.terms.pyspark_mib

    def size(self, name: str, measured_bytes: int) -> tuple[int, str]:
        """A size as given, or as measured, and which of the two."""
        given = self.sizes[name]
        return (measured_bytes, DEFAULT) if given is None else (given, SET)


def container_with(needs: Needs, overhead_mib: int) -> int | None:
    """What the cluster manager would grant with another overhead [MiB]; None without a container, or where Spark refuses."""
    conf = needs.app.conf.plus({needs.process.overhead_key: f"{overhead_mib}m"})
    app = replace(needs.app, conf=conf)
    try:
        container = app.driver() if needs.is_driver else app.executor()
    except Refused:
        return None
    return needs.asked.granting.limit_mib(container.total_mib) if container else None
