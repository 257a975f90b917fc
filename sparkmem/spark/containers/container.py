"""Which containers an application asks of its cluster manager, and of what each is the sum [MiB]."""

from __future__ import annotations

from collections.abc import Mapping

from sparkmem.errors import Refused
from sparkmem.javalang import wrap
from sparkmem.record import record
from sparkmem.release import since
from sparkmem.spark.containers import kubernetes, standalone, yarn
from sparkmem.spark.containers.overhead import Overhead
from sparkmem.spark.containers.resource_profile import SEE, ExecutorResources, executor_resources
from sparkmem.spark.settings.spark_conf import SparkConf

YARN, KUBERNETES, STANDALONE, LOCAL = "yarn", "kubernetes", "standalone", "local"

_PROFILES_SINCE = "3.1"


@record
class Container:
    """The terms of one container [MiB]; ``overhead`` is None where the cluster manager knows none."""

    memory_mib: int
    overhead: Overhead | None
    off_heap_mib: int = 0
    pyspark_mib: int = 0

    @property
    def overhead_mib(self) -> int:
        """The overhead, 0 where there is none."""
        return self.overhead.mib if self.overhead else 0

    @property
    def total_mib(self) -> int:
        """The sum of the terms."""
        return self.memory_mib + self.overhead_mib + self.off_heap_mib + self.pyspark_mib


@record
class Application:
    """How an application runs: where, in which deploy mode, in which language, with which settings.

    ``language`` is ``jvm``, ``python`` or ``r``; ``requests`` is what a custom resource profile asks for.
    """

    conf: SparkConf
    manager: str = YARN
    cluster_mode: bool = False
    language: str = "jvm"
    requests: Mapping[str, str] | None = None

    @property
    def python(self) -> bool:
        """Whether it is in Python."""
        return self.language == "python"

    def executor(self) -> Container | None:
        """An executor's container; None in local mode, where there is no executor apart.

        >>> Application(SparkConf({"spark.executor.memory": "4g"}, "4.3")).executor().total_mib
        4505
        """
        self._check_profile()
        if self.manager == LOCAL:
            return None
        if self.manager == STANDALONE:
            return Container(self._standalone_memory_mib(), None)
        if self.manager == YARN:
            return _container(yarn.executor(self.conf, self.python, self.requests))
        conf = kubernetes.driver_pod(self.conf, self._main_resource).conf if self.cluster_mode else self.conf
        return _container(kubernetes.executor_pod(conf, self.requests))

    def driver(self) -> Container | None:
        """The driver's container; None where the driver runs in none, as in client mode."""
        if not self.cluster_mode or self.manager == LOCAL:
            return None
        if self.manager == STANDALONE:
            return Container(standalone.driver_memory_mib(self.conf), None)
        if self.manager == YARN:
            return self._master()
        pod = kubernetes.driver_pod(self.conf, self._main_resource)
        return Container(pod.memory_mib, pod.overhead)

    def master(self) -> Container | None:
        """YARN's application master where it is not the driver, in client mode; else None."""
        return self._master() if self.manager == YARN and not self.cluster_mode else None

    def verify(self, maximum_mib: int) -> None:
        """Refuse what is above YARN's largest container, in Spark's words; it checks the default profile alone."""
        if self.manager == YARN:
            yarn.submission(self.conf, self.cluster_mode, self.python).verify(maximum_mib)

    def _master(self) -> Container:
        submission = yarn.submission(self.conf, self.cluster_mode, self.python)
        return Container(submission.am_memory_mib, submission.am_overhead)

    @property
    def _main_resource(self) -> str:
        return "java" if self.language == "jvm" else self.language

    def _standalone_memory_mib(self) -> int:
        memory = standalone.executor_memory_mib(self.conf)
        if not self.requests:
            return memory
        return executor_resources(self.conf, 0.0, 0, False, self.requests).memory_mib

    def _check_profile(self) -> None:
        """Refuse a custom profile where ``ResourceProfileManager`` does."""
        if not self.requests or not since(self.conf.release, _PROFILES_SINCE):
            return
        standalone_too = since(self.conf.release, "3.4")
        if self.manager == LOCAL or (self.manager == STANDALONE and not standalone_too):
            raise Refused("cluster-manager", profiles_supported(self.conf.release), SEE)


def profiles_supported(release: str) -> str:
    """What Spark says of a custom profile where it cannot have one."""
    where = "YARN and Kubernetes and Standalone" if since(release, "3.4") else "YARN and Kubernetes"
    return f"ResourceProfiles are only supported on {where} with dynamic allocation enabled."


def overflows(container: Container, manager: str) -> int | None:
    """What the cluster manager would be asked for [MiB] where the sum does not fit its number; else None.

    YARN is told a Java ``int``, Kubernetes a ``long``.
    """
    kept = wrap(container.total_mib, 32 if manager == YARN else 64)
    return kept if kept != container.total_mib else None


def _container(found: ExecutorResources) -> Container:
    return Container(found.memory_mib, found.overhead, found.off_heap_mib, found.pyspark_mib)
