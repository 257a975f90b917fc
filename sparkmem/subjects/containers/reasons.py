"""Why each term of a container is what it is: the formula with its numbers, or the branch that was taken."""

from __future__ import annotations

from sparkmem.given import Given
from sparkmem.javalang import java_double_text
from sparkmem.release import since
from sparkmem.size import mib_text
from sparkmem.spark.containers.container import KUBERNETES, LOCAL, STANDALONE, Application, Container
from sparkmem.spark.containers.overhead import FACTOR, GIVEN, Overhead
from sparkmem.spark.settings.config import MEMORY_OFFHEAP_SIZE
from sparkmem.spark.settings.python import PYSPARK_EXECUTOR_MEMORY
from sparkmem.spark.settings.spark_conf import OLD_NAMES

_NO_EXECUTOR = "in local mode tasks run in the driver's process; there is no executor apart"
_LOCAL = "in local mode nothing is asked of a cluster manager"
_CLIENT_MODE = "asked of nobody: in client mode the driver runs where spark-submit was called"


class Reasons:
    """The reasons for one process of an application; ``container`` is None where it runs in none."""

    def __init__(self, given: Given, app: Application, prefix: str, container: Container | None) -> None:
        self._given, self._app, self._prefix, self._container = given, app, prefix, container

    def memory(self, key: str) -> str:
        """Why the heap's term is so large."""
        if self._container is None:
            return self._none()
        if not self._prefix and self._requested("memory"):
            return f"the profile's memory; {key} is not read"
        note = "; a bare number is bytes here" if self._app.manager == STANDALONE else ""
        return f"{key}{'' if self._given.is_set(key) else ', its default'}{note}"

    def overhead(self, key: str) -> str:
        """Why the overhead is so large."""
        if self._container is None:
            return self._none()
        if self._container.overhead is None:
            return "a standalone worker sets nothing aside beside the heap"
        return self._rule(key, self._container.overhead)

    def _rule(self, key: str, overhead: Overhead) -> str:
        if overhead.rule == GIVEN:
            if not self._prefix and self._requested("memoryOverhead"):
                return "given by the profile"
            old = OLD_NAMES.get(key, "")
            return f"{old if self._given.is_set(old) and not self._given.is_set(key) else key}, taken as it is"
        heap = f"{java_double_text(overhead.factor)} × {overhead.memory_mib:,} MiB"
        if not self._prefix and self._requested("memory"):
            heap += " of spark.executor.memory, not of the profile's memory,"
        if overhead.rule == FACTOR:
            return f"{heap}, cut to whole MiB" if not heap.endswith(",") else f"{heap} cut to whole MiB"
        return f"the minimum of {overhead.minimum_mib:,} MiB, since {heap.rstrip(',')} is only {overhead.share_mib:,}"

    def off_heap(self) -> str:
        """Why off-heap memory has a term, or has none."""
        if self._container is None:
            return self._none()
        if self._prefix:
            return "no release adds off-heap memory to this container"
        release, manager = self._app.conf.release, self._app.manager
        if manager == STANDALONE:
            return "a standalone worker sets nothing aside beside the heap"
        first = "3.1" if manager == KUBERNETES else "3.0"
        if not since(release, first):
            return f"not part of the sum before {first}: it has to be counted in the overhead"
        if self._container.off_heap_mib:
            asked = "the profile's off-heap memory" if self._requested("offHeap") else MEMORY_OFFHEAP_SIZE.key
            return f"{asked}, cut to whole MiB"
        size = self._app.conf.get(MEMORY_OFFHEAP_SIZE)
        sized = f"of {mib_text(size)} is set but " if size else ""
        return f"spark.memory.offHeap.size {sized}not enabled" if size else "spark.memory.offHeap.enabled is not true"

    def pyspark(self) -> str:
        """Why PySpark's memory has a term, or has none."""
        if self._container is None:
            return self._none()
        if self._prefix:
            return "spark.executor.pyspark.memory is for executors"
        if self._app.manager == STANDALONE:
            return "a standalone worker sets nothing aside beside the heap"
        if not self._app.python:
            return "the application is not in Python"
        if self._requested("pysparkMemory"):
            return "the profile's PySpark memory"
        if self._app.conf.get(PYSPARK_EXECUTOR_MEMORY) is None:
            return "spark.executor.pyspark.memory is not set: Python has to live in the overhead"
        if self._app.manager == KUBERNETES and not self._app.cluster_mode and not self._container.pyspark_mib:
            return "in client mode nobody tells Kubernetes that the application is in Python"
        return "spark.executor.pyspark.memory"

    def total(self) -> str:
        """The sum with its numbers."""
        c = self._container
        if c is None:
            return _CLIENT_MODE if self._app.manager != LOCAL else _LOCAL if self._prefix else _NO_EXECUTOR
        terms = [term for term in (c.memory_mib, c.overhead_mib, c.off_heap_mib, c.pyspark_mib) if term]
        return " + ".join(f"{term:,}" for term in terms or [0]) + (f" = {c.total_mib:,} MiB" if len(terms) > 1 else " MiB")

    def _requested(self, name: str) -> bool:
        return name in (self._app.requests or {})

    def _none(self) -> str:
        return "not asked for"
