"""The first advice follows what the text itself says: limits, stores, batches, directories, whose pod was too large."""

import pytest

from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.render.diagnosis import diagnosis_text
from sparkmem.requests.diagnosis import diagnosis_dict

LOCAL = """.master("local[*]").config("spark.executor.memory", "24g")
24/11/30 16:10:07 INFO MemoryStore: MemoryStore started with capacity 434.4 MiB
24/11/30 16:13:31 ERROR Executor: Exception in task 9.0 in stage 4.0 (TID 81)
java.lang.OutOfMemoryError: Java heap space
"""
LIMITED = """File "/opt/pyspark/worker.py", line 1247, in main
MemoryError: Unable to allocate 381. MiB for an array with shape (50000000,) and data type float64
{}
spark.executor.cores=4
spark.executor.pyspark.memory=2g
"""
EVICTED = "Message: The node was low on resource: memory. Threshold quantity: 100Mi, available: 71204Ki. {}\n"
OVER = "Container spark-kubernetes-executor was using 7340032Ki, request is 6Gi, has larger consumption of memory."
STORES = """4 executors x 8 cores, spark.executor.memory=8g
spark.sql.streaming.stateStore.providerClass=org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider
"memoryUsedBytes" : 12884901888,
The executor with id 2 exited with exit code 137(SIGKILL, possible container OOM).
 termination reason: OOMKilled
"""
DISK = """org.apache.spark.memory.SparkOutOfMemoryError: error while calling spill() on x@1 : No space left on device
Filesystem      Size  Used Avail Use% Mounted on
/dev/nvme1n1    900G  211G  689G  24% /data1
/dev/vda2        40G   40G   20K 100% /
"""
GLUTEN = """Reason: Not enough spark off-heap execution memory. Acquired: 2000.0 MiB, granted: 1047.0 MiB. Try
 spark.gluten.memory.offHeap.size.in.bytes=2.0 GiB
 spark.gluten.memory.task.offHeap.size.in.bytes=2.0 GiB
 Task.2:           Current used bytes: 1001.0 MiB, peak bytes:        N/A
"""
BATCH = "  +- RowToColumnar.0:   Current used bytes: 1000.0 MiB, peak bytes: 1000.0 MiB\n"
BATCH += "spark.gluten.sql.columnar.maxBatchSize=4096\n"


GPU = """INFO GpuDeviceManager: Initializing RMM ASYNC pool size = 14192.5 MB on gpuId 0
WARN Device store exhausted, unable to allocate 2147483648 bytes. Total RMM allocated is 13287555072 bytes.
Lost task 33.3 in stage 13.0 (TID 7) (h executor 2): com.nvidia.spark.rapids.jni.GpuRetryOOM: GPU OutOfMemory
"""
MIXED = """Exception in thread "main" java.lang.NoSuchMethodError: org.apache.spark.sql.A.b()V
	at org.apache.spark.sql.A.c(A.scala:1)
I raised driver memory from 4g to 16g, no change.
"""


@pytest.mark.parametrize(("text", "key", "value"), [
    (LOCAL, "spark.driver.memory", "24576m"),
    (LIMITED.format("Setting mem limits to 536870912 of max 536870912"), "spark.executor.pyspark.memory", "5620m"),
    (LIMITED.format(""), "spark.sql.execution.arrow.maxRecordsPerBatch", ""),
    (EVICTED.format(""), "resources.requests.memory", ""),
    (EVICTED.format(OVER), "spark.executor.memoryOverhead", ""),
    (STORES, "spark.sql.streaming.stateStore.rocksdb.boundedMemoryUsage", "true"),
    (DISK, "spark.local.dir", "/data1/spark"),
    (f"{DISK}# SPARK_LOCAL_DIRS=/data1/spark\n", "SPARK_LOCAL_DIRS", "/data1/spark"),
    (GLUTEN, "spark.memory.offHeap.size", "4096m"),
    (GLUTEN + BATCH, "spark.gluten.sql.columnar.maxBatchSize", "512"),
])  # fmt: skip
def test_the_first_change_is_what_the_text_points_at(text, key, value):
    change = diagnosed(text).first.changes[0]
    assert (change["key"], change["value"]) == (key, value)


@pytest.mark.parametrize(("text", "words"), [
    (LOCAL, "A memory store of 434.4 MiB is that of a heap of 1,024 MiB"),
    (LOCAL, "spark.executor.memory, 24,576 MiB here, does nothing in local mode"),
    (LIMITED.format("Setting mem limits to 536870912 of max 536870912"), "its own limit, 512 MiB of address space"),
    (EVICTED.format(""), "this pod kept to its request"),
    (EVICTED.format(""), "69.5 MiB were left on the node; below 100 MiB"),
    (STORES, "3,072 MiB for each of 4 executors where they are spread evenly; beside the heap there are 819 MiB"),
    (DISK, "no memory was short"),
    (f"{DISK}# SPARK_LOCAL_DIRS=/data1/spark\n", "SPARK_LOCAL_DIRS is commented out"),
    (GLUTEN, "are 3,001 MiB, and the pool has 2,048 MiB"),
    ("System OOM encountered, victim process: opensearch, pid: 8\nexecutor 3 of Spark", "no process of Spark's"),
    ("Container is running beyond virtual memory limits. Current usage: 843.6 MB of 2 GB physical memory used; 7.2 GB of"
     " 4.2 GB virtual memory used. Killing container.", "used 843.6 MiB of 2,048 MiB, 41 %: none ran out"),
    (GPU, "The device's pool has 14,192.5 MiB: 527.5 MiB fewer than that."),
    (MIXED, "the same came again. More memory, for a driver or for executors"),
])  # fmt: skip
def test_what_decides_is_said_with_its_figures(text, words):
    assert words in diagnosis_text(diagnosis_dict(diagnosed(text)))


def test_a_pod_that_was_above_its_request_is_not_said_to_have_kept_to_it():
    assert "kept to its request" not in diagnosis_text(diagnosis_dict(diagnosed(EVICTED.format(OVER))))


def test_a_heap_that_was_raised_in_vain_may_still_be_lowered():
    full = "System OOM encountered, victim process: java, pid: 8\n--executor-memory 12g\n"
    change = diagnosed(f"{full}We raised executor memory, same error.").first.changes[0]
    assert (change["key"], change["value"], change["why"][:38]) == (
        "spark.executor.memory", "9216m", "It is 12,288 MiB here. A smaller heap,",
    )  # fmt: skip


COMPOSE = """services:
  spark-worker:
    deploy:
      resources:
        limits:
          memory: 4g
spark.executor.memory=6g
worker_1 | 24/02/02 10:03:20 INFO Worker: Executor app-20240202100144-0000/0 finished with state EXITED
Memory cgroup out of memory: Killed process 20113 (java) total-vm:10240112kB, anon-rss:4102332kB, file-rss:1024kB
"""
UDF = """Lost task 11.0 in stage 2.0 (TID 61) (10.0.44.7 executor 3): Python worker exited unexpectedly (crashed)
memory: usage 15728640kB, limit 15728640kB, failcnt 2211
Memory cgroup out of memory: Killed process 31877 (python3) total-vm:6210044kB, anon-rss:3911220kB, file-rss:10244kB
spark.executor.memory=10g, cores=4, spark.executor.memoryOverhead=5g
I tried spark.executor.memory=14g, no change
"""
MAPS = """# There is insufficient memory for the Java Runtime Environment to continue.
# Native memory allocation (mmap) failed to map 12288 bytes for committing reserved memory.
{} /proc/40123/maps
"""


@pytest.mark.parametrize("before", ["", "driver | ERROR TaskSchedulerImpl: Command exited with code 137\n"])
def test_a_heap_that_is_no_smaller_than_its_container_is_told_by_whose_limit(before):
    change = diagnosed(before + COMPOSE).first.changes[0]
    assert (change["key"], change["value"]) == ("resources.limits.memory", "6758Mi")
    text = diagnosis_text(diagnosis_dict(diagnosed(COMPOSE)))
    assert "The heap that is set, 6,144 MiB, is not smaller than the limit of the container, 4,096 MiB" in text
    assert "memoryOverhead" not in text  # of a standalone cluster


def test_a_python_that_was_killed_is_counted_for_all_tasks_at_once():
    first = diagnosed(UDF).first
    assert (first.finding.id, first.process) == ("cgroup-oom", "python worker")
    assert first.asked["spark.executor.memory"] == 10 << 30, "what was tried is not what is set"
    assert "that is 15,278.2 MiB, beside a heap of 10,240 MiB." in diagnosis_text(diagnosis_dict(diagnosed(UDF)))
    assert first.changes[0]["value"] == "15279m"


@pytest.mark.parametrize(("many", "id"), [(65528, "mappings-full"), (2100, "jvm-no-native-memory")])
def test_as_many_mappings_as_there_may_be_are_no_lack_of_memory(many, id):
    assert diagnosed(MAPS.format(many)).first.finding.id == id


def test_an_expression_is_what_fills_a_stack_and_each_process_has_its_own_key():
    text = "ERROR Executor: Exception in task 1.0 in stage 3.0 (TID 9)\njava.lang.StackOverflowError\n"
    text += "\tat org.apache.spark.sql.catalyst.expressions.Or.eval(predicates.scala:800)\n"
    assert [one["key"] for one in diagnosed(text).first.changes] == ["the expression", "spark.executor.extraJavaOptions"]


def test_a_mapped_file_on_a_full_tmpfs_is_what_a_bus_error_is_about():
    crashed = "# A fatal error has been detected by the Java Runtime Environment:\n#  SIGBUS (0x7) at pc=0x00007f, pid=44\n"
    changes = diagnosed(f"{crashed}spark.kubernetes.local.dirs.tmpfs=true\n").first.changes
    assert [one["key"] for one in changes[:1]] == ["spark.kubernetes.local.dirs.tmpfs"]
    assert "spark.kubernetes.local.dirs.tmpfs" not in [one["key"] for one in diagnosed(crashed).first.changes]


@pytest.mark.parametrize(("level", "id"), [("ERROR", "connection-failed"), ("WARN", "")])
def test_a_service_that_did_not_answer_is_told_where_nothing_else_is(level, id):
    first = diagnosed(f"{level} Hive: java.net.SocketTimeoutException: Read timed out\nspark.driver.memory 8g\n").first
    assert (first.finding.id if first else "") == id


PANDAS = "pdf = df.toPandas()\nException in thread \"main\" java.lang.OutOfMemoryError: Java heap space\n"
LARGE = "SparkException: Total size of serialized results of 1834 tasks (2.0 GiB) is bigger than spark.driver.maxResultSize"
LARGE += " (2.0 GiB)\n"
NO_ROOM = """# There is insufficient memory for the Java Runtime Environment to continue.
# Native memory allocation (mmap) failed to map 15032385536 bytes for committing reserved memory.
Command Line: -Xms14g -Xmx14g org.apache.spark.deploy.SparkSubmit --conf spark.driver.memory=14g pyspark-shell
Memory: 4k page, physical 16265412k(6044212k free), swap 0k(0k free)
"""
WAITS = """Initial job has not accepted any resources; check your cluster UI to ensure that workers are registered and have
sufficient resources
Worker Id\tAddress\tState\tCores\tMemory\tResources
worker-20240829081033-10.5.1.11-7078\t10.5.1.11:7078\tALIVE\t8 (0 Used)\t14.5 GiB (0.0 B Used)\t
app-20240829115958-0015\t(kill) risk\t0\t16.0 GiB\t\t2024/08/29 11:59:58\tsvc\tWAITING\t4.2 min
"""
DEADLINE = "activeDeadlineSeconds: 14400\nmessage: Pod was active on the node longer than the specified deadline\n"


@pytest.mark.parametrize(("text", "keys"), [
    (PANDAS, ["toPandas", "spark.driver.memory"]),
    (f"{LARGE}pdf = df.toPandas()\n", ["toPandas", "spark.driver.maxResultSize"]),
    (NO_ROOM, ["-Xms", "spark.driver.memory"]),
    (WAITS, ["spark.executor.memory", "SPARK_WORKER_MEMORY"]),
    (DEADLINE, ["activeDeadlineSeconds"]),
])  # fmt: skip
def test_what_brought_it_about_is_changed_before_sizes(text, keys):
    assert [one["key"] for one in diagnosed(text).first.changes[: len(keys)]] == keys


@pytest.mark.parametrize(("text", "words"), [
    (LARGE, "Both are written with one decimal"),
    (NO_ROOM, "14,336 MiB were asked for in one piece, and 5,902.6 MiB were free."),
    (NO_ROOM, "spark.driver.memory to 4723m"),
    (WAITS, "The largest worker has 14,848 MiB, and an executor's heap is to be 16,384 MiB"),
    (DEADLINE, "The pod may run for 4 h 0 min."),
])  # fmt: skip
def test_figures_of_a_limit_are_those_of_the_text(text, words):
    assert words in diagnosis_text(diagnosis_dict(diagnosed(text)))


def test_an_executor_that_loses_a_driver_that_is_done_has_failed_in_nothing():
    gone = "ERROR CoarseGrainedExecutorBackend: Executor self-exiting due to : Driver h:1 disassociated! Shutting down.\n"
    assert [one.finding.id for one in diagnosed(gone).findings] == ["driver-gone"]
    assert diagnosed(f"{gone}INFO ApplicationMaster: Final app status: SUCCEEDED, exitCode: 0\n").findings == ()


DOCKER = "docker run -m 3g my/spark:3.5 spark-submit --master local[4] --driver-memory 4g job.py ; echo $?\n137\n"
THREADS = 'Exception in thread "main" java.lang.OutOfMemoryError: unable to create native thread\n$ ulimit -u\n1024\n'
CLOSURE = """WARN DAGScheduler: Broadcasting large task binary with size 92.4 MiB
Exception in thread "main" java.lang.OutOfMemoryError: Java heap space
"""
DAEMON = """ERROR Worker: x
java.lang.OutOfMemoryError: Java heap space
	at org.apache.spark.deploy.worker.ExecutorRunner.fetchAndRunExecutor(ExecutorRunner.scala:150)
"""
MASTER = """AM Container for appattempt_1 exited with exitCode: -104
Container [pid=9120,containerID=container_1712_0021_02_000001] is running 55574528B beyond the 'PHYSICAL' memory limit.
Current usage: 2.4 GB of 2.4 GB physical memory used
--executor-memory 20g
"""
WORDS = """SparkOutOfMemoryError: Unable to acquire 65536 bytes of memory, got 0
executor 2g, 8 cores; the driver has 4 GB
"""


@pytest.mark.parametrize(("text", "id", "key"), [
    (DOCKER, "exit-137", "--memory"),
    (THREADS, "native-thread", "nproc"),
    (CLOSURE, "heap-space", "the closure"),
    (DAEMON, "heap-space", "SPARK_DAEMON_MEMORY"),
])  # fmt: skip
def test_whose_limit_it_was_is_what_to_change(text, id, key):
    first = diagnosed(text).first
    assert (first.finding.id, first.changes[0]["key"]) == (id, key)


def test_heaps_in_words_are_what_is_set():
    asked = diagnosed(WORDS).first.asked
    keys = ("spark.executor.memory", "spark.executor.cores", "spark.driver.memory")
    assert [asked.get(key) for key in keys] == [2 << 30, 8, 4 << 30]


def test_a_master_that_was_too_small_is_no_executor():
    assert "20,480 MiB here, is for executors" in diagnosis_text(diagnosis_dict(diagnosed(MASTER)))
