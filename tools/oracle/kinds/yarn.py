"""YARN: what a Client asks for the application master, and a YarnAllocator for an executor.

`verify` is Client.verifyClusterResources on a cluster that allocates at most `maxAllocationMiB`.
Where the Client refuses to be made, nothing more is asked; what the allocator refuses is in
`executorContainerMiBError`.  `requests` is a custom profile (3.1+) for the executor.
"""

from collections.abc import Iterator
from random import Random
from typing import Any

from .. import containers
from ..containers import AM_MEMORY, AM_OVERHEAD, DRIVER_MEMORY, MEMORY, OFF_HEAP, OFF_HEAP_SIZE, OVERHEAD, PYSPARK
from ..jvm import Jvm
from ..releases import at_least
from . import companion, forget_profile, profile, spark_conf, spark_release

KIND = "yarn"
RANDOM_CASES = 50
ROOMY_MIB = (1 << 31) - 1
"""What the cluster allocates at most where a case does not say."""

AM_BORDERS = [
    {AM_MEMORY: "2g"}, {AM_MEMORY: "3841m"}, {AM_MEMORY: "1024"}, {AM_MEMORY: "x"}, {AM_MEMORY: "-1"}, {AM_OVERHEAD: "0"},
    {AM_OVERHEAD: "1g"}, {AM_OVERHEAD: "x"}, {DRIVER_MEMORY: "8g"}, {"spark.driver.memoryOverhead": "2g"},
    {"spark.driver.memoryOverheadFactor": "0.5", AM_MEMORY: "8g"}, {"spark.driver.minMemoryOverhead": "1g"},
    {"spark.yarn.driver.memoryOverhead": "1g"}, {DRIVER_MEMORY: "x"}, {AM_MEMORY: "bad-am", MEMORY: "bad-memory"},
    {AM_MEMORY: "bad-am", AM_OVERHEAD: "bad-am-overhead"}, {AM_OVERHEAD: "bad-am-overhead", MEMORY: "bad-memory"},
]

LIMITS: list[tuple[containers.Settings, bool, int]] = [
    ({MEMORY: "4g"}, False, 4505), ({MEMORY: "4g"}, False, 4504), ({MEMORY: "4g", PYSPARK: "1g"}, True, 5529),
    ({MEMORY: "4g", PYSPARK: "1g"}, True, 5528), ({MEMORY: "4g", OFF_HEAP: "true", OFF_HEAP_SIZE: "1g"}, False, 5529),
    ({MEMORY: "4g", OFF_HEAP: "true", OFF_HEAP_SIZE: "1g"}, False, 5528), ({DRIVER_MEMORY: "8g"}, False, 9011),
    ({DRIVER_MEMORY: "8g"}, False, 9010), ({DRIVER_MEMORY: "8g", MEMORY: "9g"}, False, 1024),
    ({MEMORY: "4g", OVERHEAD: "2g"}, False, 6143), ({MEMORY: "2147483647m", OVERHEAD: "2147483647m"}, False, 1024),
    ({DRIVER_MEMORY: "2147483647m"}, False, 1024),
]
"""Settings, whether Python, and a cluster's limit exactly at the sum or one MiB below it."""


def cases(random: Random, release: str) -> Iterator[dict[str, Any]]:
    for settings in (*containers.executor_borders(), *containers.driver_borders(),
                     *containers.pairs(random, containers.EXECUTOR_FAULTS + containers.DRIVER_FAULTS, 36)):
        yield {"conf": settings, "python": False, "clusterMode": True}
    for settings in containers.python_borders():
        yield {"conf": settings, "python": True, "clusterMode": True}
    yield {"conf": {MEMORY: "4g", PYSPARK: "1g"}, "python": False, "clusterMode": True}
    for settings in AM_BORDERS:
        yield {"conf": settings, "python": False, "clusterMode": False}
    for settings, python, limit in LIMITS:
        yield {"conf": settings, "python": python, "clusterMode": True, "maxAllocationMiB": limit}
    if at_least(release, "3.1"):
        for requests in profile.REQUESTS[::2]:
            conf = {MEMORY: "4g", OFF_HEAP: "true", OFF_HEAP_SIZE: "512m", PYSPARK: "256m"}
            yield {"conf": conf, "python": True, "clusterMode": True, "requests": requests}
    for _ in range(RANDOM_CASES):
        case = {"conf": {**containers.executor(random), **containers.driver(random), **_master(random)},
                "python": random.random() < 0.5, "clusterMode": random.random() < 0.5}
        yield {**case, "maxAllocationMiB": random.choice([1024, 2048, 8192, 65536])} if random.random() < 0.3 else case


def _master(random: Random) -> containers.Settings:
    """Settings of the application master in client mode."""
    drawn = {}
    if random.random() < 0.3:
        drawn[AM_MEMORY] = containers.size(random, 256 << 20, 1 << 33)
    if random.random() < 0.2:
        drawn[AM_OVERHEAD] = containers.size(random, 64 << 20, 1 << 31)
    return drawn


def answer(jvm: Jvm, case: dict[str, Any]) -> dict[str, Any]:
    """Memory in MiB as asked of YARN, which may round it up after that."""
    forget_profile(jvm)
    conf = spark_conf(jvm, case["conf"])
    conf.set("spark.submit.deployMode", "cluster" if case["clusterMode"] else "client")
    conf.set("spark.yarn.isPython", str(case["python"]).lower())
    client = _client(jvm, conf)
    found = {
        "amMemoryMiB": jvm.field(client, "amMemory"),
        "amMemoryOverheadMiB": jvm.field(client, "amMemoryOverhead"),
        "amContainerMiB": _memory(jvm, _submission(jvm, client).getResource()),
    }
    try:
        jvm.call(client, "verifyClusterResources", _cluster(jvm, case.get("maxAllocationMiB", ROOMY_MIB)))
        found["verify"] = "ok"
    except jvm.java_error as refusal:
        found["verify"] = jvm.refusal(refusal)
    try:
        found["executorContainerMiB"] = _memory(jvm, _executor(jvm, conf, case.get("requests")))
    except jvm.java_error as refusal:
        found["executorContainerMiBError"] = jvm.refusal(refusal)
    return found


_DRIVER = """
package sparkmem.oracle;
public class Driver extends org.apache.spark.rpc.RpcEndpointRef {
  public Driver(org.apache.spark.SparkConf conf) { super(conf); }
  public org.apache.spark.rpc.RpcAddress address() { return null; }
  public String name() { return "driver"; }
  public void send(Object message) { }
  public scala.concurrent.Future ask(Object message, org.apache.spark.rpc.RpcTimeout timeout, scala.reflect.ClassTag tag) {
    return scala.concurrent.Future$.MODULE$.successful(Integer.valueOf(0));
  }
}
"""
"""The driver as an allocator sees it: asked for the last executor's number, it answers 0."""


def _client(jvm: Jvm, conf: Any) -> Any:
    arguments = jvm.view.org.apache.spark.deploy.yarn.ClientArguments(jvm.array("java.lang.String"))
    environment = [None] if at_least(spark_release(jvm), "3.0") else []
    return jvm.view.org.apache.spark.deploy.yarn.Client(arguments, conf, *environment)


def _submission(jvm: Jvm, client: Any) -> Any:
    """The submission that the Client fills in for an application without a launch context."""
    yarn = jvm.view.org.apache.hadoop.yarn
    kind = jvm.view.java.lang.Class.forName("org.apache.hadoop.yarn.api.records.ApplicationSubmissionContext")
    context = yarn.util.Records.newRecord(kind)
    application = yarn.client.api.YarnClientApplication(_cluster(jvm, ROOMY_MIB), context)
    return client.createApplicationSubmissionContext(application, None)


def _cluster(jvm: Jvm, most_mib: int) -> Any:
    """A resource manager's reply to a new application: containers have at most so much memory."""
    yarn = jvm.view.org.apache.hadoop.yarn.api
    least, most = yarn.records.Resource.newInstance(1, 1), yarn.records.Resource.newInstance(most_mib, 1 << 20)
    return yarn.protocolrecords.GetNewApplicationResponse.newInstance(_application(jvm), least, most)


def _application(jvm: Jvm) -> Any:
    return jvm.view.org.apache.hadoop.yarn.api.records.ApplicationId.newInstance(1, 1)


def _executor(jvm: Jvm, conf: Any, requests: dict[str, str | int] | None) -> Any:
    """The resource in an allocator's requests for containers of a profile."""
    allocator = _allocator(jvm, conf)
    if not at_least(spark_release(jvm), "3.1"):
        return allocator.resource()
    if requests is None:
        return allocator.rpIdToYarnResource().get(0)
    nothing = companion(jvm, "scala.collection.immutable.Map").empty()
    custom = jvm.view.org.apache.spark.resource.ResourceProfile(profile.requested(jvm, requests), nothing)
    jvm.call(allocator, "createYarnResourceForResourceProfile", custom)
    return allocator.rpIdToYarnResource().get(custom.id())


def _allocator(jvm: Jvm, conf: Any) -> Any:
    yarn = jvm.view.org.apache.hadoop.yarn
    driver = jvm.compiled("sparkmem.oracle.Driver", _DRIVER).getDeclaredConstructors()[0]
    return jvm.view.org.apache.spark.deploy.yarn.YarnAllocator(
        "driver", driver.newInstance(jvm.array("java.lang.Object", conf)), yarn.conf.YarnConfiguration(), conf,
        yarn.client.api.AMRMClient.createAMRMClient(),
        yarn.api.records.ApplicationAttemptId.newInstance(_application(jvm), 1),
        None, companion(jvm, "scala.collection.immutable.Map").empty(), None, jvm.view.org.apache.spark.util.SystemClock())


def _memory(jvm: Jvm, resource: Any) -> int:
    """MiB; the Hadoop of Spark 2.4 has no long for them yet."""
    return int(resource.getMemorySize() if at_least(spark_release(jvm), "3.0") else resource.getMemory())
