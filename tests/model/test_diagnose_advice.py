"""What is advised: the setting of the process and the side that failed, and no size below what the text says."""

import pytest

from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.diagnosis.families import findings
from sparkmem.requests.diagnosis import diagnosis_dict
from tests.model.failures import values


def test_no_advice_is_below_what_the_text_says_was_asked_for():
    direct = "OutOfMemoryError: Cannot reserve {} bytes of direct buffer memory (allocated: {}, limit: {})"
    assert values(direct.format(2**20, 2**30, 2**30))["spark.executor.extraJavaOptions"] == "-XX:MaxDirectMemorySize=2g"
    larger = direct.format(2**20, 4 * 2**30, 4 * 2**30)
    assert values(larger)["spark.executor.extraJavaOptions"] == "-XX:MaxDirectMemorySize=8192m"
    kryo = "Kryo serialization failed: Buffer overflow. Available: 0, required: {}"
    assert values(kryo.format(2**20))["spark.kryoserializer.buffer.max"] == "512m"
    assert values(kryo.format(2**30))["spark.kryoserializer.buffer.max"] == ""
    rpc = "Serialized task 1:0 was {} bytes, which exceeds max allowed: spark.rpc.message.maxSize (134217728 bytes)"
    assert values(rpc.format(200 * 2**20))["spark.rpc.message.maxSize"] == "512"
    assert values(rpc.format(700 * 2**20))["spark.rpc.message.maxSize"] == ""
    asked = "Required executor memory (12288 MB), offHeap memory (2048) MB, overhead (1228 MB), and PySpark memory (512 MB)"
    assert values(f"{asked} is above the max threshold (14336 MB) of this cluster")["spark.executor.memory"] == "10706m"
    given = asked.replace("1228 MB", "2048 MB")  # no share of the heap: it stays as it is
    assert values(f"{given} is above the max threshold (14336 MB) of this cluster")["spark.executor.memory"] == "9728m"


REFUSED = [
    "pyarrow.lib.ArrowMemoryError: realloc of size 536870912 failed",
    "numpy.core._exceptions._ArrayMemoryError: Unable to allocate 512. MiB for an array with shape (8192, 8192)",
    "RuntimeError: DefaultCPUAllocator: can't allocate memory: you tried to allocate 536870912 bytes.",
]


@pytest.mark.parametrize("refused", REFUSED)
@pytest.mark.parametrize(("set_", "limit", "overhead", "by"), [
    ("", "", "", ""),
    ("--executor-cores 4", "", "", "Raise it by 2048m."),
    ("--executor-cores 4 --conf spark.executor.memoryOverhead=1g", "", "3072m", "Raise it by 2048m."),
    ("--conf spark.executor.pyspark.memory=2g", "", None, None),
    ("--executor-cores 4 --conf spark.executor.pyspark.memory=2g", "6144m", None, None),
])  # fmt: skip
def test_no_limit_is_brought_to_workers_of_python_that_have_none(refused, set_, limit, overhead, by):
    first = diagnosed(f"{refused}\n\nspark-submit {set_} a.py").first
    told = {one["key"]: one for one in first.changes}
    assert told["spark.executor.pyspark.memory"]["value"] == limit
    assert "Only where it is set" in told["spark.executor.pyspark.memory"]["why"]
    other = told.get("spark.executor.memoryOverhead")
    assert (other and other["value"], other and by in other["why"]) == (overhead, None if by is None else True)


PIDS = "OutOfMemoryError: unable to create native thread\n$ cat /sys/fs/cgroup/pids.max"
PIDS += " /sys/fs/cgroup/pids.current\n{0}\n{0}\n"
COMMIT = "java.lang.OutOfMemoryError: Requested array size exceeds VM limit\n\tat org.apache.hudi.client.{}.commit(B.java:2)"
PLANNED = "java.lang.OutOfMemoryError: {}\n\tat org.apache.spark.sql.catalyst.plans.logical.A.getAllValidConstraints(L:1)"


@pytest.mark.parametrize(("text", "first", "value"), [
    (PIDS.format(1024), "podPidsLimit", "4096"),
    (PIDS.format(4096), "podPidsLimit", ""),
    (f"{PIDS.format(4096)}$ ps -eLf | grep -c pyspark.daemon\n3702", "spark.executorEnv.OMP_NUM_THREADS", "1"),
    (COMMIT.format("BaseHoodieWriteClient"), "files of one commit", ""),
    (COMMIT.format("Other"), "spark.sql.shuffle.partitions", ""),
    (PLANNED.format("Java heap space"), "localCheckpoint", ""),
    (PLANNED.format("GC overhead limit exceeded"), "localCheckpoint", ""),
])  # fmt: skip
def test_the_first_lever_is_one_that_changes_something(text, first, value):
    change = diagnosed(text).first.changes[0]
    assert (change["key"], change["value"]) == (first, value)


def test_a_cause_that_only_may_be_one_advises_nothing_beside_the_cause_that_it_follows_from():
    text = f"{PIDS.format(4096)}\nThe executor with id 5 exited with exit code 52(JVM OOM)."
    found = {one.finding.id: one for one in diagnosed(text).findings}
    assert found["thread-limit"].changes
    assert not found["exit-52"].changes


RECLAIMED = "systemevent-1696342921011-606d  compute.instances.preempted  europe-west4-b/instances/w-7x2k  200  DONE\n"


@pytest.mark.parametrize(("beside", "first"), [
    ("INFO A: application_1696337401120_0006 container_1696337401120_0006_01_000015\n", "machines that are not taken back"),
    ("INFO KubernetesClusterSchedulerBackend: kubectl get pods\n", "spark.decommission.enabled"),
])  # fmt: skip
def test_a_machine_that_is_taken_back_is_answered_by_its_cluster_manager(beside, first):
    told = diagnosed(f"{beside}{RECLAIMED}Spark executors\n").first
    assert (told.finding.id, told.changes[0]["key"]) == ("machine-reclaimed", first)


LOWER = {"spark.reducer.maxSizeInFlight", "spark.network.maxRemoteBlockSizeFetchToMem", "spark.rapids.sql.batchSizeBytes"}


def test_a_size_that_is_advised_as_it_stands_says_what_it_has_to_exceed():
    sizes = ("bytes", "size", "mib", "quantity")
    for one in findings().values():
        told = {name for text in one.text for name, kind in text.template.places if kind in sizes}
        for change in one.change:
            if told and change.value.startswith('"') and change.value[-2].lower() in "kmg" and change.key not in LOWER:
                assert set(change.above) & told, f"{one.id}: {change.key}"


def test_what_is_advised_for_a_full_heap_of_a_driver_is_the_drivers():
    line = "(TID 42) (worker-1 executor {}): java.lang.OutOfMemoryError: Java heap space"
    assert set(values(line.format("5"))) == {"spark.executor.memory", "spark.executor.cores"}
    assert set(values(line.format("driver"))) == {"spark.driver.memory"}


@pytest.mark.parametrize(("text", "key"), [
    ('details = "CLIENT: Received message larger than max (181403776 vs. 134217728)"', "grpc.max_receive_message_length"),
    ('details = "Received message larger than max (140226811 vs. 134217728)"', "spark.connect.grpc.maxInboundMessageSize"),
])  # fmt: skip
def test_a_message_that_is_too_large_has_the_option_of_the_side_that_refused_it(text, key):
    assert [one["key"] for one in diagnosis_dict(diagnosed(text))["findings"][0]["changes"]] == [key]


def test_an_overhead_is_never_advised_below_what_it_is():
    text = (
        "--conf spark.executor.memoryOverhead=2g --executor-memory 4g\n"
        "io.netty.util.internal.OutOfDirectMemoryError: failed to allocate 16777216 byte(s) of direct memory"
        " (used: 1073741824, max: 1073741824)\n"
    )
    changes = [change for one in diagnosis_dict(diagnosed(text))["findings"] for change in one["changes"]]
    values = {change["value"] for change in changes if change["key"] == "spark.executor.memoryOverhead"}
    assert values == {"3072m"}  # what it is, and as much more as the limit is raised by
