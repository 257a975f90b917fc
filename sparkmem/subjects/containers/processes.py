"""The processes of an application, and what a cluster manager grants to each."""

from __future__ import annotations

from sparkmem.record import record
from sparkmem.spark.containers.container import Application, Container
from sparkmem.spark.containers.yarn import granted_mib


@record
class Granting:
    """How a cluster manager rounds, and its limits [MiB]; None where it has none."""

    minimum_mib: int | None = None
    step_mib: int | None = None
    maximum_mib: int | None = None
    node_mib: int | None = None

    def limit_mib(self, asked_mib: int) -> int:
        """The container granted for a request."""
        if self.minimum_mib is None or self.step_mib is None:
            return asked_mib
        return granted_mib(asked_mib, self.minimum_mib, self.step_mib, self.maximum_mib)


@record
class Asked:
    """The containers of an application; None for a process that runs in none."""

    app: Application
    executor: Container | None
    driver: Container | None
    master: Container | None
    granting: Granting


@record
class Process:
    """One process of an application: how its rows are called, the container that it runs in, the key of its heap."""

    prefix: str
    name: str
    container: Container | None
    heap_key: str
    overhead_key: str
    section: str = ""

    @property
    def terms(self) -> Container:
        """The terms of its container, all 0 where it runs in none."""
        return self.container or Container(0, None)


def executor_of(asked: Asked) -> Process:
    """The executor."""
    return Process("", "Executor", asked.executor, "spark.executor.memory", "spark.executor.memoryOverhead")


def driver_of(asked: Asked) -> Process:
    """The driver."""
    return Process("driver-", "Driver", asked.driver, "spark.driver.memory", "spark.driver.memoryOverhead", "#driver")


def master_of(asked: Asked) -> Process:
    """YARN's application master, where it is not the driver."""
    key = "spark.yarn.am.memory"
    return Process("am-", "Application master", asked.master, key, f"{key}Overhead", "#application-master")
