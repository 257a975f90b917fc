"""Sizes that are lost on their way to the cluster manager: containers of nothing, and numbers cut to 32 bits."""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.answer.note import Note
from sparkmem.javalang import wrap
from sparkmem.release import since
from sparkmem.spark.containers.container import KUBERNETES, YARN, Container
from sparkmem.spark.settings.config import EXECUTOR_MEMORY
from sparkmem.spark.settings.driver import DRIVER_MEMORY
from sparkmem.spark.settings.overhead import DRIVER_MEMORY_OVERHEAD, EXECUTOR_MEMORY_OVERHEAD
from sparkmem.spark.settings.python import PYSPARK_EXECUTOR_MEMORY
from sparkmem.spark.settings.yarn import AM_MEMORY, AM_MEMORY_OVERHEAD
from sparkmem.subjects.containers.processes import Asked
from sparkmem.subjects.containers.settings import PAGE

_SEE = PAGE + "#refusals"
_CUT = {
    "the driver": (DRIVER_MEMORY, DRIVER_MEMORY_OVERHEAD),
    "the application master": (AM_MEMORY, AM_MEMORY_OVERHEAD),
    "an executor": (EXECUTOR_MEMORY, EXECUTOR_MEMORY_OVERHEAD, PYSPARK_EXECUTOR_MEMORY),
}
_AND_THEN = {YARN: "YARN grants its smallest container", KUBERNETES: "Kubernetes takes no such pod"}


def kept_notes(asked: Asked) -> Iterator[Note]:
    """What is said of each container that Spark asks for with another number than was given, and does not refuse."""
    for name, container in (
        ("an executor", asked.executor), ("the driver", asked.driver), ("the application master", asked.master),
    ):  # fmt: skip
        if container is not None:
            yield from _nothing(asked, name, container)
            yield from _cut(asked, name)


def _nothing(asked: Asked, name: str, container: Container) -> Iterator[Note]:
    if container.total_mib <= 0:
        then = _AND_THEN.get(asked.app.manager, "a worker keeps no room for it")
        text = f"Spark asks for {container.total_mib:,} MiB for {name}, and {then}: what the process holds has no room."
        yield Note("container-of-nothing", text, _SEE, "warning")


def _cut(asked: Asked, name: str) -> Iterator[Note]:
    """The ``toInt`` of YARN's client; executors are asked for otherwise since 3.1."""
    conf = asked.app.conf
    if asked.app.manager != YARN or (name == "an executor" and since(conf.release, "3.1")):
        return
    for entry in _CUT[name]:
        mib = conf.get(entry)
        if mib is not None and wrap(mib, 32) != mib:
            text = f"{entry.key} is {mib:,} MiB, and Spark keeps 32 bits of it for YARN: it asks with {wrap(mib, 32):,} MiB."
            yield Note("cut-to-32-bits", text, _SEE, "warning")
