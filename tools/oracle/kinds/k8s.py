"""Kubernetes: the memory of the pods that Spark's feature steps make, as `request/limit`.

The driver's pod is made from the configuration.  `executorMemoryClusterMode` is an executor of a driver
that runs in that pod, so the properties that the driver's steps add are there; `driverAddsProperties`
has those that bear on memory.  `executorMemoryClientMode` is an executor of a driver started by hand.
A part that Spark refuses has its name with `Error` after it; without a driver there is no cluster mode.
"""

from collections.abc import Iterator
from random import Random
from typing import Any

from .. import containers
from ..containers import DRIVER_MEMORY, K8S_FACTOR, MEMORY, OFF_HEAP, OFF_HEAP_SIZE, OVERHEAD, PYSPARK
from ..jvm import Jvm
from ..releases import at_least
from . import companion, forget_profile, profile, spark_conf, spark_release

KIND = "k8s"
RANDOM_CASES = 50

LANGUAGES = {"java": "Java", "python": "Python", "r": "R"}

FACTOR_BORDERS: list[containers.Settings] = [
    *({K8S_FACTOR: share, MEMORY: "4g", DRIVER_MEMORY: "4g"} for share in containers.SHARES),
    {K8S_FACTOR: "0.2", containers.FACTOR: "0.3", MEMORY: "4g"},
    {containers.FACTOR: "0.3", containers.DRIVER_FACTOR: "0.5", MEMORY: "4g", DRIVER_MEMORY: "4g"},
    {K8S_FACTOR: "x", containers.FACTOR: "0.3", containers.DRIVER_FACTOR: "0.3"},
    {K8S_FACTOR: "x", MEMORY: "x"}, {K8S_FACTOR: "x", DRIVER_MEMORY: "x"},
]

EARLY_FAULTS: list[containers.Settings] = [
    {MEMORY: "bad-memory"}, {OVERHEAD: "bad-overhead"}, {K8S_FACTOR: "bad-k8s-factor"}, {K8S_FACTOR: "1.5"},
    {PYSPARK: "bad-pyspark"}, {containers.CORES: "bad-cores"}, {DRIVER_MEMORY: "bad-driver"},
]
"""Faults in the few settings that 2.4 and 3.0 read here."""

WRITTEN_BY_HAND = [{"spark.kubernetes.resource.type": "python", PYSPARK: "1g", MEMORY: "4g"}]
"""In client mode the type of the application is not set; a user who sets it gets PySpark's memory."""

_NEEDED = {"spark.kubernetes.container.image": "spark", "spark.app.name": "app", "spark.driver.host": "driver",
           "spark.kubernetes.executor.podNamePrefix": "app", "spark.app.id": "app"}
"""What the steps refuse to do without; none of it bears on memory."""

_KEPT = ["spark.kubernetes.memoryOverheadFactor", "spark.kubernetes.resource.type"]


def cases(random: Random, release: str) -> Iterator[dict[str, Any]]:
    for settings in containers.executor_borders():
        yield {"conf": settings, "mainResource": "java"}
    for settings in containers.python_borders():
        yield {"conf": settings, "mainResource": "python"}
    for language in LANGUAGES:
        for settings in ({}, {MEMORY: "4g", DRIVER_MEMORY: "4g"}, {MEMORY: "959m", DRIVER_MEMORY: "961m"},
                         {MEMORY: "4g", PYSPARK: "1g", OFF_HEAP: "true", OFF_HEAP_SIZE: "1g"}, *WRITTEN_BY_HAND):
            yield {"conf": settings, "mainResource": language}
    for settings in containers.driver_borders():
        yield {"conf": settings, "mainResource": random.choice(list(LANGUAGES))}
    for settings in FACTOR_BORDERS:
        yield {"conf": settings, "mainResource": random.choice(["java", "python"])}
    faults = [*containers.EXECUTOR_FAULTS, {K8S_FACTOR: "bad-k8s-factor"}, *containers.DRIVER_FAULTS]
    for settings in containers.pairs(random, faults, 32):
        yield {"conf": settings, "mainResource": "python"}
    if at_least(release, "3.1"):
        for requests in profile.REQUESTS[1::2]:
            conf = {MEMORY: "4g", OVERHEAD: "700m", OFF_HEAP: "true", OFF_HEAP_SIZE: "512m", PYSPARK: "256m"}
            yield {"conf": conf, "mainResource": "python", "requests": requests}
    for _ in range(RANDOM_CASES):
        yield {"conf": {**containers.executor(random), **containers.driver(random)},
               "mainResource": random.choice(list(LANGUAGES))}
    if not at_least(release, "3.1"):
        for settings in containers.pairs(random, EARLY_FAULTS, 16):
            yield {"conf": settings, "mainResource": "python"}


def answer(jvm: Jvm, case: dict[str, Any]) -> dict[str, Any]:
    """Quantities as Kubernetes is told them, in Mi."""
    requests = case.get("requests")
    found: dict[str, Any] = {}
    try:
        pod, added, cluster = _driver(jvm, {**case["conf"], **_NEEDED}, case["mainResource"])
        found["driverMemory"] = _memory(pod)
        found["driverAddsProperties"] = {key: added[key] for key in _KEPT if key in added}
        modes = {"executorMemoryClusterMode": cluster}
    except jvm.java_error as refusal:
        found["driverMemoryError"] = jvm.refusal(refusal)
        modes = {}
    modes["executorMemoryClientMode"] = spark_conf(jvm, {**case["conf"], **_NEEDED})
    for name, conf in modes.items():
        try:
            found[name] = _memory(_executor(jvm, conf, requests))
        except jvm.java_error as refusal:
            found[f"{name}Error"] = jvm.refusal(refusal)
    return found


def _driver(jvm: Jvm, settings: dict[str, str], language: str) -> tuple[Any, dict[str, str], Any]:
    """The driver's pod, the properties that its steps add, and the configuration that the driver gets."""
    k8s, scala = jvm.view.org.apache.spark.deploy.k8s, jvm.view.scala
    conf = spark_conf(jvm, settings)
    resource = getattr(k8s.submit, f"{LANGUAGES[language]}MainAppResource")
    factory, arguments = companion(jvm, "org.apache.spark.deploy.k8s.KubernetesConf"), jvm.array("java.lang.String")
    if at_least(spark_release(jvm), "3.0"):
        main = resource(scala.Option.apply("local:///app") if language == "java" else "local:///app")
        proxy = [scala.Option.empty()] if at_least(spark_release(jvm), "3.1") else []
        driver = factory.createDriverConf(conf, "app", main, "Main", arguments, *proxy)
        steps = [k8s.features.BasicDriverFeatureStep(driver), k8s.features.DriverCommandFeatureStep(driver)]
    else:
        nothing = scala.Option.empty()
        main = scala.Option.apply(resource("local:///app"))
        driver = factory.createDriverConf(conf, "app", "app", "app", main, "Main", arguments, nothing)
        binding = getattr(k8s.features.bindings, f"{LANGUAGES[language]}DriverFeatureStep")
        steps = [k8s.features.BasicDriverFeatureStep(driver), binding(driver)]
    pod = companion(jvm, "org.apache.spark.deploy.k8s.SparkPod").initialPod()
    added: dict[str, str] = {}
    for step in steps:
        pod = step.configurePod(pod)
        added |= _entries(step.getAdditionalPodSystemProperties())
    given = driver.sparkConf().clone()
    for key, value in added.items():
        given.set(key, value)
    return pod, added, given


def _entries(properties: Any) -> dict[str, str]:
    """A Scala map as a dictionary."""
    found, entries = {}, properties.iterator()
    while entries.hasNext():
        entry = entries.next()
        found[entry._1()] = entry._2()
    return found


def _executor(jvm: Jvm, conf: Any, requests: dict[str, str | int] | None) -> Any:
    """The pod of an executor of the default profile, or of one with these requests."""
    k8s, none = jvm.view.org.apache.spark.deploy.k8s, jvm.view.scala.Option.empty()
    factory = companion(jvm, "org.apache.spark.deploy.k8s.KubernetesConf")
    release = spark_release(jvm)
    forget_profile(jvm)
    if at_least(release, "3.1"):
        resource_profile = _profile(jvm, conf, requests)
        executor = factory.createExecutorConf(conf, "1", "app", none, resource_profile.id())
        step = k8s.features.BasicExecutorFeatureStep(executor, _security(jvm, conf), resource_profile)
    elif at_least(release, "3.0"):
        executor = factory.createExecutorConf(conf, "1", "app", none)
        step = k8s.features.BasicExecutorFeatureStep(executor, _security(jvm, conf))
    else:
        pod = jvm.view.io.fabric8.kubernetes.api.model.PodBuilder().withNewMetadata().withName("app").endMetadata().build()
        executor = factory.createExecutorConf(conf, "1", "app", jvm.view.scala.Option.apply(pod))
        step = k8s.features.BasicExecutorFeatureStep(executor)
    return step.configurePod(companion(jvm, "org.apache.spark.deploy.k8s.SparkPod").initialPod())


def _profile(jvm: Jvm, conf: Any, requests: dict[str, str | int] | None) -> Any:
    if requests is None:
        return companion(jvm, "org.apache.spark.resource.ResourceProfile").getOrCreateDefaultProfile(conf)
    nothing = companion(jvm, "scala.collection.immutable.Map").empty()
    return jvm.view.org.apache.spark.resource.ResourceProfile(profile.requested(jvm, requests), nothing)


def _security(jvm: Jvm, conf: Any) -> Any:
    secret = companion(jvm, "org.apache.spark.internal.config.package").AUTH_SECRET_FILE()
    return jvm.view.org.apache.spark.SecurityManager(conf, jvm.view.scala.Option.empty(), secret)


def _memory(pod: Any) -> str:
    resources = pod.container().getResources()
    return "/".join(_quantity(part.get("memory")) for part in (resources.getRequests(), resources.getLimits()))


def _quantity(quantity: Any) -> str:
    """The number and its unit; older clients keep both in the amount."""
    return f"{quantity.getAmount()}{quantity.getFormat() or ''}"
