"""Kubernetes: the memory of the pods that Spark asks for; request and limit are the same [MiB]."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sparkmem.errors import Refused
from sparkmem.facts import FACTS
from sparkmem.javalang import java_double_text, java_integer, wrap
from sparkmem.release import NEWEST, since
from sparkmem.spark.containers.overhead import DEFAULT_FACTOR, DEFAULT_MINIMUM_MIB, Overhead, overhead
from sparkmem.spark.containers.resource_profile import SEE, ExecutorResources, default_profile, executor_resources
from sparkmem.spark.settings import overhead as rules
from sparkmem.spark.settings.config import EXECUTOR_CORES, EXECUTOR_MEMORY
from sparkmem.spark.settings.driver import DRIVER_MEMORY
from sparkmem.spark.settings.entry import Entry
from sparkmem.spark.settings.kubernetes import APP_RESOURCE_TYPE, memory_overhead_factor
from sparkmem.spark.settings.python import PYSPARK_EXECUTOR_MEMORY
from sparkmem.spark.settings.spark_conf import SparkConf

NON_JVM_FACTOR = FACTS["NON_JVM_MEMORY_OVERHEAD_FACTOR"].at(NEWEST)


@dataclass(frozen=True)
class DriverPod:
    """The driver's pod [MiB], the settings that its making adds, and those that the driver in it starts with."""

    memory_mib: int
    overhead: Overhead
    adds: Mapping[str, str]
    conf: SparkConf

    @property
    def total_mib(self) -> int:
        """Request and limit."""
        return wrap(self.memory_mib + self.overhead.mib)


def quantity(mib: int) -> str:
    """The memory as the pod's manifest has it.

    >>> quantity(4505)
    '4505Mi'
    """
    return f"{mib}Mi"


def millicores(text: str) -> int | None:
    """Processors as a manifest has them, in thousandths; None where the text is no such quantity.

    >>> millicores("2"), millicores("0.5"), millicores("500m"), millicores("0.5m"), millicores("1.")
    (2000, 500, 500, None, None)
    """
    found = _CORES.fullmatch(text)
    if not found:
        return None
    return int(found[1]) if found[1] else int(found[2]) * 1000 + int((found[3] or "").ljust(3, "0"))


_CORES = re.compile(r"([0-9]{1,9})m|([0-9]{1,9})(?:\.([0-9]{1,3}))?")


def driver_pod(conf: SparkConf, language: str) -> DriverPod:
    """The pod of a driver in cluster mode (``BasicDriverFeatureStep``); ``language`` is java, python or r.

    It hands the factor on to the executors, and the language, without which they get no PySpark memory.

    >>> driver_pod(SparkConf({}, "4.3"), "python").total_mib
    1433
    """
    if not since(conf.release, "3.0"):
        return _driver_pod_2_4(conf, language)
    memory = conf.get(DRIVER_MEMORY)
    entry = memory_overhead_factor(conf.release)
    non_jvm = language != "java" and not conf.contains(entry)
    handed_on = factor = NON_JVM_FACTOR if non_jvm else conf.get(entry)
    minimum = conf.get(rules.DRIVER_MIN_MEMORY_OVERHEAD) if since(conf.release, "4.0") else DEFAULT_MINIMUM_MIB
    if since(conf.release, "3.3") and conf.contains(rules.DRIVER_MEMORY_OVERHEAD_FACTOR):
        factor = conf.get(rules.DRIVER_MEMORY_OVERHEAD_FACTOR)
    found = overhead(conf.get(rules.DRIVER_MEMORY_OVERHEAD), memory, factor, minimum)
    adds = {entry.key: java_double_text(handed_on), APP_RESOURCE_TYPE.key: language}
    return DriverPod(memory, found, adds, conf.plus(adds))


def _driver_pod_2_4(conf: SparkConf, language: str) -> DriverPod:
    """As ``KubernetesConf.createDriverConf`` of 2.4 does it: the factor is set before the step reads it."""
    entry = memory_overhead_factor(conf.release)
    if language != "java" and not conf.contains(entry):
        conf = conf.plus({entry.key: str(NON_JVM_FACTOR)})
    memory = conf.get(DRIVER_MEMORY)
    found = _overhead_before_3_1(conf, rules.DRIVER_MEMORY_OVERHEAD, memory)
    adds = {APP_RESOURCE_TYPE.key: language}
    return DriverPod(memory, found, adds, conf.plus(adds))


def executor_pod(conf: SparkConf, requests: Mapping[str, str] | None = None) -> ExecutorResources:
    """An executor's pod, from what its driver was started with (``BasicExecutorFeatureStep``).

    In client mode nobody has said that the application is in Python: it gets neither the larger
    factor nor PySpark memory.

    >>> executor_pod(SparkConf({"spark.executor.memory": "4g"}, "4.3")).total_mib
    4505
    """
    python = conf.settings.get(APP_RESOURCE_TYPE.key) == "python"
    if not since(conf.release, "3.1"):
        return _executor_pod_before_3_1(conf, python)
    default_profile(conf)  # made, and refused, when the application starts: before any pod
    minimum = conf.get(rules.EXECUTOR_MIN_MEMORY_OVERHEAD) if since(conf.release, "4.0") else DEFAULT_MINIMUM_MIB
    entry = memory_overhead_factor(conf.release)
    if since(conf.release, "3.3") and conf.contains(rules.EXECUTOR_MEMORY_OVERHEAD_FACTOR):
        entry = rules.EXECUTOR_MEMORY_OVERHEAD_FACTOR
    return executor_resources(conf, conf.get(entry), minimum, python, requests)


def _executor_pod_before_3_1(conf: SparkConf, python: bool) -> ExecutorResources:
    memory = conf.get(EXECUTOR_MEMORY)
    found = _overhead_before_3_1(conf, rules.EXECUTOR_MEMORY_OVERHEAD, memory)
    pyspark = wrap(conf.get(PYSPARK_EXECUTOR_MEMORY) or 0, 32) if python else 0
    cores = conf.get(EXECUTOR_CORES) if since(conf.release, "3.0") else _cores_2_4(conf)
    return ExecutorResources(cores, memory, found, 0, pyspark)


def _cores_2_4(conf: SparkConf) -> int:
    """What ``SparkConf.getInt`` returns."""
    text = conf.settings.get(EXECUTOR_CORES.key, "1")
    try:
        return java_integer(text, 32)
    except ValueError:
        key = EXECUTOR_CORES.key
        raise Refused(key, f'Illegal value for config key {key}: For input string: "{text}"', SEE) from None


def _overhead_before_3_1(conf: SparkConf, entry: Entry, memory_mib: int) -> Overhead:
    """The overhead of a release that reads the factor only where none is given."""
    given = conf.get(entry)
    factor = DEFAULT_FACTOR if given is not None else conf.get(memory_overhead_factor(conf.release))
    return overhead(given, memory_mib, factor, DEFAULT_MINIMUM_MIB)
