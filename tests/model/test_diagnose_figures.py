"""Figures that follow from what stands in a text besides its failure, in notations that differ; and what they advise."""

import pytest

from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.diagnosis.prose import trial
from sparkmem.render.diagnosis import diagnosis_text
from sparkmem.requests.diagnosis import diagnosis_dict

THREADS = "java.lang.OutOfMemoryError: unable to create native thread\n"
COMET = "org.apache.comet.CometNativeException: Additional allocation failed with top memory consumers\n"
FAIR = "Failed to acquire 4194304 bytes where 130023424 bytes already reserved and the fair limit is 134217728 bytes,"
FAIR += " 4 registered\n"
GPU = "com.nvidia.spark.rapids.jni.GpuRetryOOM: GPU OutOfMemory\nspark.rapids.sql.concurrentGpuTasks      3\n"
NETTY = "26/01/01 10:00:00 ERROR Executor: Exception in task 1.0 in stage 2.0 (TID 3)\n"
NETTY += "OutOfDirectMemoryError: failed to allocate 16777216 byte(s) of direct memory (used: 1073741000, max: 1073741824)"
NETTY += "\n"
YARN = "Container killed by YARN for exceeding physical memory limits. 9.2 GB of 9 GB physical memory used.\n"
FULL_DISK = "java.io.IOException: No space left on device\n"


def told(text):
    """All sentences about the first finding, with its advice and with those of moments."""
    found = diagnosis_dict(diagnosed(text))
    first = found["findings"][0]
    rows = [row["says"] for row in first.get("shown", ())] + list(first.get("figures", ()))
    rows += [f"{one['key']} {one['value']} {one['why']}" for one in first["changes"]]
    return "\n".join([*rows, *(says for one in found["moments"] for says in one["says"])])


@pytest.mark.parametrize(("text", "words"), [
    (f"{COMET}{FAIR}", "128 MiB in all; the pool of its task gives each of 4 registered ones 128 MiB"),
    (f"{GPU}spark.rapids.sql.batchSizeBytes=1g", "1,024 MiB each, 3,072 MiB together"),
    (f"{GPU}spark.sql.shuffle.partitions 300", "spark.sql.shuffle.partitions 600"),
    (f"{NETTY}--executor-cores 8 --executor-memory 8g --conf spark.reducer.maxSizeInFlight=128m", "lets 384 MiB"),
    (f"{YARN}--executor-memory 8g", "Spark adds 819 MiB to such a heap, 9,011 MiB in all; YARN rounds up to 9,216 MiB"),
    (f"{FULL_DISK}41G /mnt/tmp/blockmgr-0a1b", "41,984 MiB of it are files of Spark's own blocks"),
    (f"{THREADS}pids.max: 2048\npids.current: 2047\n", "2,047 of the 2,048 processes and threads"),
    (f"{THREADS}$ jcmd 9 Thread.print | grep -c http-pool\n640\nExecutors.newCachedThreadPool()", "640 threads of one name"),
    (f"{THREADS}pool = Executors.newFixedThreadPool(8)", "shutdown()"),
    (f"{THREADS}$ cat memory.max memory.current\n4294967296\n1073741824\n", "1,024 MiB of 4,096 MiB, 25 %"),
])  # fmt: skip
def test_a_figure_follows_from_what_stands_beside(text, words):
    assert words in told(text)


@pytest.mark.parametrize(("text", "words"), [
    (f"{YARN}--executor-memory 5g", "YARN rounds up"),
    (f"{YARN}--executor-memory 8g --conf spark.executor.memoryOverhead=1g", "Where no overhead is set"),
    (f"{THREADS}$ cat memory.max memory.current\n4294967296\n4094967296\n", "none ran out"),
    (THREADS, "shutdown()"),
])  # fmt: skip
def test_no_figure_is_told_that_does_not_follow(text, words):
    assert words not in told(text)


@pytest.mark.parametrize(("asked", "heap"), [
    ("Required executor memory (20480 MB), offHeap memory (0) MB, overhead (2048 MB), and PySpark memory (0 MB)", "14895m"),
    ("Required AM memory (16384+1638 MB)", "14895m"),
    ("Required AM memory (16384+4096 MB)", "12288m"),
])
def test_the_largest_heap_counts_with_an_overhead_that_shrinks(asked, heap):
    (first,) = diagnosis_dict(diagnosed(f"{asked} is above the max threshold (16384 MB) of this cluster!"))["findings"]
    assert next(one["value"] for one in first["changes"] if one["key"].endswith(".memory")) == heap


@pytest.mark.parametrize("line", [
    "12.4: [Full GC (Metadata GC Threshold) [PSYoungGen: 2K->0K(9K)] [ParOldGen: 3K->4K(90K)] 5K->4K(99K), 0.05 secs]",
    "[2.1s][info][gc] GC(4) Pause Full (Metadata GC Threshold) 40M->21M(500M) 31.2ms",
])
def test_a_full_collection_for_metaspace_is_harmless_and_one_for_room_is_told(line):
    assert [one.finding.id for one in diagnosed(line).findings] == []
    both = f"{line}\n{line.replace('Metadata GC Threshold', 'Allocation Failure')}"
    assert [one.finding.id for one in diagnosed(both).findings] == ["full-collection"]


@pytest.mark.parametrize(("line", "quoted"), [
    ("Still OOM!! Raised executor memory 8g -> 16g and it fails at the same place. Ideas?",
     "Raised executor memory 8g -> 16g and it fails at the same place."),
    ("Still dies. I gave the driver 12g and 20 partitions.", "Still dies. I gave the driver 12g and 20 partitions."),
])  # fmt: skip
def test_what_was_tried_is_quoted_with_what_was_done(line, quoted):
    assert trial(line) == quoted


HEAP = "# java.lang.OutOfMemoryError: Java heap space\n"
NO_ROOM = "0/3 nodes are available: 3 Insufficient memory.\n"
NODE = "Allocatable:\n  cpu: 3920m\n  memory: 14Gi\n"
CLUSTER = "TaskSchedulerImpl: Initial job has not accepted any resources; check your cluster UI to ensure that workers are"
CLUSTER += " registered and have sufficient resources\nspark.executor.memory=12g\n"
WORKER = "worker-1-10.0.0.2-4000\t10.0.0.2:4000\tALIVE\t8 (0 Used)\t{} (0.0 B Used)\n"
RESULTS = "Total size of serialized results of 50 tasks (1024.4 MiB) is bigger than spark.driver.maxResultSize (1024.0 MiB)"
RESULTS += "\n"
GLUTEN = "Not enough spark off-heap execution memory. Acquired: 8.0 MiB, granted: 1.0 MiB.\n"
GLUTEN += "\tspark.gluten.memory.offHeap.size.in.bytes=2.0 GiB\n\tspark.gluten.memory.task.offHeap.size.in.bytes=512.0 MiB\n"
GLUTEN += "\tTask.3:       Current used bytes:  511.0 MiB, peak\n"
GLUTEN += "\t \\- op.7.0.0.HashBuild:  Current used bytes:  400.0 MiB, peak\n"
ACQUIRE = "SparkOutOfMemoryError: Unable to acquire 1048576 bytes of memory, got 0\n"
CONSUMER = "INFO TaskMemoryManager: Acquired by org.apache.spark.unsafe.map.BytesToBytesMap@1f: {} MiB\n"
CRASHED = "Fatal Python error: {}\n\nCurrent thread 0x00007f (most recent call first):\n  File \"/a/b.py\", line 7 in fit\n"
SHUFFLE = "java.lang.OutOfMemoryError: Java heap space\n"
SHUFFLE += "\tat org.apache.spark.network.shuffle.ExternalShuffleBlockResolver.a(E.java:1)\n"
STAGE = "Summary Metrics for 99 Completed Tasks\n"
STAGE += "Shuffle Read Size / Records\t1 MiB / 1\t2 MiB / 2\t2 MiB / 2\t3 MiB / 3\t4 MiB / 4\n"


@pytest.mark.parametrize(("text", "process"), [
    (f"{HEAP}glue.driver.jvm.heap.usage 0.96\nglue.ALL.jvm.heap.usage 0.11", "driver"),
    (f"{HEAP}glue.ALL.jvm.heap.usage: max 97 %\nglue.driver.jvm.heap.usage: max 21 %", "executor"),
    (f"{HEAP}glue.driver.jvm.heap.usage 0.96", "not told"),
    (f"{HEAP}glue.driver.jvm.heap.usage 0.96\nglue.3.jvm.heap.usage 0.95", "not told"),
])  # fmt: skip
def test_metrics_of_both_tell_whose_heap_was_full(text, process):
    assert diagnosed(text).first.process == process


@pytest.mark.parametrize(("text", "words"), [
    (f"{HEAP}glue.driver.jvm.heap.usage = 0.93\nglue.2.jvm.heap.usage = 0.2", "used to 93 % at most, an executor's to 20 %"),
    (f"{NO_ROOM}{NODE}spark.executor.memory=16g", "18,022 MiB is asked for, and the largest node that is told"),
    (f"{NO_ROOM}{NODE}spark.executor.memory=16g", "spark.executor.memory 13033m"),
    (f"{NO_ROOM}NAME ALLOCATABLE\na 14Gi\nb 12Gi\nspark.executor.memory=16g", "largest node that is told here has 14,336"),
    (f'{NO_ROOM}"allocatable": {{"cpu": "4", "memory": "14Gi"}}\nspark.executor.memory=16g', "spark.executor.memory 13033m"),
    (f"{CLUSTER}{WORKER.format('6.7 GiB')}", "spark.executor.memory 6656m"),
    (f"{CLUSTER}{WORKER.format('10.0 GiB')}", "spark.executor.memory 9984m"),
    (f"{CLUSTER}{WORKER.format('1024.0 MiB')}", "spark.executor.memory 1024m"),
    (f"{RESULTS}Stage 4: 50/200   (3 killed)", "All 200 tasks of the stage would bring 4,097"),
    (f"{RESULTS}[CANNOT_MODIFY_CONFIG] Cannot modify the value", "A session that runs cannot change it"),
    (GLUTEN, "One operator holds 400 MiB of the 511 MiB of its task, 78 %"),
    (GLUTEN, "are 519 MiB, and its share is 512 MiB"),
    (f"{ACQUIRE}{CONSUMER.format('96.0')}{CONSUMER.format('12.5')}", "consumers holds 96 MiB"),
    (CRASHED.format("Illegal instruction"), "The first frame is the call in which it fell"),
    (f"{CRASHED.format('Segmentation fault')}traps: py[9] general protection fault ip:7f1 sp:7f2 error:0 in a.so[7f0+1]",
     "The kernel names the file of native code"),
    (f"{SHUFFLE}YARN_NODEMANAGER_HEAPSIZE=2000\n<name>spark.shuffle.service.index.cache.size</name>\n  <value>1500m</value>",
     "may become 1,500 MiB, and the whole heap of the NodeManager is 2,000 MiB"),
    ("Stage 1 contains a task of very large size (2048 KiB). The maximum recommended task size is 1000 KiB.",
     "2 MiB of the 128 MiB that a task may have"),
    ("ERROR TaskSchedulerImpl: Lost executor 9 on a: Command exited with code 52\n"
     "df.agg(F.collect_set('x'))", "collect_list"),
])  # fmt: skip
def test_what_a_text_says_beside_decides_the_advice(text, words):
    assert words in told(text)


@pytest.mark.parametrize(("below", "words"), [
    ("", "tasks are alike, there is no skew"),
    ("task 7 (RUNNING): Shuffle Read 3.0 GiB", "A task that has not completed reads 3,072 MiB, 1,536 times the median"),
    ("(100 total)", "one that did not is not among them"),
])  # fmt: skip
def test_tasks_are_alike_only_where_all_are_in_the_table(below, words):
    head, _, rest = STAGE.partition("\n")
    found = diagnosis_dict(diagnosed(f"{head} {below if 'total' in below else ''}\n{rest}{below}"))
    assert words in " ".join(found["moments"][0]["says"])


@pytest.mark.parametrize(("text", "answer"), [
    ('Exception in thread "main" java.lang.OutOfMemoryError: Java heap space\n'
     'Should executor-memory go to 24g?', "the driver's"),
    ("ERROR Executor: Exception in task 1.0 in stage 2.0 (TID 3)\njava.lang.OutOfMemoryError: Java heap space\n"
     "Will driver memory 16g help?", "an executor's"),
])  # fmt: skip
def test_a_question_about_the_other_process_is_answered(text, answer):
    shown = diagnosis_dict(diagnosed(text))["findings"][0]["shown"]
    assert shown[-1]["says"].endswith(f"what failed here is {answer}.")


KILLED = "INFO Executor: Running task 7.0 in stage 3.0 (TID 31)\n"
KILLED += "Pod failed: container base: terminated, reason OOMKilled, exit_code 137\n"


def test_a_pod_of_local_mode_is_the_drivers_in_any_notation():
    for limits in ('limits={"memory": "4Gi"}', "limits = {'memory': '4Gi'}", 'limits: {"memory": "4Gi"}'):
        words = f'{KILLED}arguments: ["spark-submit", "--master", "local[*]", "--driver-memory", "4g"]\nresources: {limits}'
        found = diagnosis_dict(diagnosed(words))["findings"][0]
        assert (found["process"], found["changes"][0]["value"]) == ("driver", "4505Mi")


def test_direct_memory_is_advised_above_the_heap_that_it_is_by_default():
    found = diagnosis_dict(diagnosed("java.lang.OutOfMemoryError: Direct buffer memory\nexecutor-memory 3g"))["findings"][0]
    assert found["changes"][0]["value"] == "-XX:MaxDirectMemorySize=6144m"


def test_an_evicted_pods_overhead_is_what_it_used_beside_its_heap():
    words = "Warning Evicted pod/a-exec-1 The node was low on resource: memory. Threshold quantity: 100Mi, available: 60Mi. "
    words += "Container spark-kubernetes-executor was using 6Gi, request is 4505Mi, has larger consumption of memory.\n"
    found = diagnosis_dict(diagnosed(f"{words}spark.executor.memory=4g"))["findings"][0]
    assert (found["changes"][0]["key"], found["changes"][0]["value"]) == ("spark.executor.memoryOverhead", "2663m")


BROADCAST = "SparkException: Could not execute broadcast in 300 secs.\n"
SPACE = "java.lang.OutOfMemoryError: Java heap space\n"


@pytest.mark.parametrize(("text", "words"), [
    (f"{BROADCAST}BroadcastExchange: data size: 2.5 GiB, time to collect: 7 min", "Collecting the table took 7 min"),
    (f"{BROADCAST}BroadcastExchange: data size: 2.5 GiB, time to collect: 7 min", "The table is 2,560 MiB"),
    (f"{SPACE}\tat org.apache.spark.api.r.RBackendHandler.a(R.scala:1)\nrows <- collect(df)", "collect() brings every row"),
    ("java.lang.OutOfMemoryError: Metaspace\n[error] (run-main-3) failed", "run / fork true"),
    ("System OOM encountered, victim process: node_exporter, pid: 9\nspark.executor.memory=4g", "resources.limits.memory"),
    ("oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),oom_memcg=/system.slice/hadoop-yarn-nodemanager.service\n"
     "Memory cgroup out of memory: Killed process 20 (python3) total-vm:9kB, anon-rss:7kB", "all containers of the machine"),
    ('details = "Sent message larger than max (300000000 vs. 100000000)"', "are 3.00 times the limit"),
])  # fmt: skip
def test_what_else_a_text_tells_is_said(text, words):
    assert words in told(text)


@pytest.mark.parametrize("frame", [
    "org.apache.parquet.hadoop.codec.SnappyDecompressor.setInput",
    "org.apache.parquet.hadoop.InternalParquetRecordWriter.write",
    "org.apache.spark.sql.execution.datasources.FileScanRDD$$anon$1.next",
])
def test_what_only_tasks_do_is_an_executors(frame):
    assert diagnosed(f"{SPACE}\tat {frame}(A.java:1)\n").first.process == "executor"


OPERATOR = "Error Message: driver container failed with ExitCode: 137, Reason: OOMKilled\nPod Name: a-driver\nspec:\n"
OPERATOR += "  type: {}\n  mode: cluster\n  driver:\n    memory: 4g\n"
WAITING = "Application is Activated, waiting for resources to be assigned for AM. Details : Partition Resource ="
WAITING += " <memory:102400, vCores:40> ; Queue's Absolute used capacity = {} % ; Queue's Absolute max capacity = 50.0 % ; "
WAITING += "\ndriver-memory 10g"


@pytest.mark.parametrize(("type_", "value", "now"), [
    ("Python", "3276m", "Not set, it is 1,638 MiB here."), ("Scala", "818m", "Not set, it is 409 MiB here."), ("R", "", ""),
])  # fmt: skip
def test_an_overhead_that_an_operators_manifest_does_not_set_is_sparks_default(type_, value, now):
    first = diagnosis_dict(diagnosed(OPERATOR.format(type_)))["findings"][0]
    (change,) = (one for one in first["changes"] if one["key"] == "spark.driver.memoryOverhead")
    assert (change["value"], now in change["why"]) == (value, True)


@pytest.mark.parametrize(("text", "words"), [
    (WAITING.format("49.5"), "The queue may have 50.00 % of 102,400 MiB and has 49.50 %: 512 MiB are left to it"),
    (WAITING.format("49.5"), "The master's container is 11,264 MiB in cluster mode"),
    ("util.concurrent.TimeoutException: Futures timed out after [100000 milliseconds]\nExit code: 13", "13 is the code"),
    (f"{SPACE}WARN WindowExec: No Partition Defined for Window operation! Moving all data", "A window without partitionBy"),
])  # fmt: skip
def test_why_something_waits_is_said(text, words):
    assert words in told(text)


def test_a_queue_with_room_is_not_what_a_master_waits_for():
    assert "left to it" not in told(WAITING.format("11.5"))


ROWS = "Executor ID\tAddress\tStatus\tRDD Blocks\tStorage Memory\tDisk Used\tCores\tActive Tasks\tFailed Tasks"
ROWS += "\tComplete Tasks\tTotal Tasks\tTask Time (GC Time)\n"
ROWS += "driver\th:1\tActive\t0\t0.0 B / 1 GiB\t0.0 B\t0\t0\t0\t0\t0\t10 min ({} min)\n"
ROWS += "1\th:2\tActive\t2\t0.1 GiB / 4 GiB\t0.0 B\t4\t4\t0\t20\t24\t1 h (1 min)\n"


def test_a_driver_that_collects_much_is_told_before_its_executors():
    says = diagnosis_dict(diagnosed(ROWS.format("6.0")))["moments"][0]["says"]
    assert says[0].startswith("The driver's collections are 60 % of the time in its row")
    assert diagnosis_dict(diagnosed(ROWS.format("0.1")))["moments"][0]["says"][0].startswith("Nothing failed here")


@pytest.mark.parametrize(("text", "words"), [
    ("Memory cgroup out of memory: Killed process 4 (java) total-vm:9kB, anon-rss:7kB, file-rss:0kB, shmem-rss:524288kB",
     "512 MiB of what was killed are shared memory"),
    ("INFO x: y\njava.lang.OutOfMemoryError: Map failed\nwc -l /proc/7/maps -> 65531 /proc/7/maps", "65,531 mappings"),
    ("Container exited with a non-zero exit code 143.\nlivy.server.session.timeout = 2h", "idle for 2 h 0 min"),
])  # fmt: skip
def test_numbers_of_the_system_beside_a_failure_are_used(text, words):
    assert words in told(text)


@pytest.mark.parametrize(("text", "process"), [
    ("local[6], driver-memory 2g", "driver"), ("--master yarn, local[6], x", "executor"),
    ("fine in local[6] here", "executor"),
])  # fmt: skip
def test_a_master_that_stands_alone_is_local_mode(text, process):
    log = "ERROR Executor: Exception in task 9.0 in stage 7.0 (TID 4)\n"
    assert diagnosed(f"{log}{SPACE}{text}\n").first.process == process


def test_a_heap_that_a_message_names_without_its_class_is_possible():
    first = diagnosed("24/01/01 10:00:00 ERROR A: Exception encountered for HTTP request: Java heap space.").first
    assert (first.finding.id, first.certainty) == ("heap-space", "possible")


@pytest.mark.parametrize(("asked", "key"), [
    ("should we set memoryOverhead to 4g?", "spark.executor.memoryOverhead"), ("shall we lower memoryOverhead?", ""),
    ("should we set executor memory to 12g?", ""),
])  # fmt: skip
def test_a_question_about_what_helps_is_answered(asked, key):
    shown = diagnosis_dict(diagnosed(f"{YARN}{asked}"))["findings"][0]["shown"]
    rows = [row["says"] for row in shown if row["shows"] == "helps"]
    assert rows == ([f"{key} is among what changes something here."] if key else [])


def test_a_harmless_line_and_a_log_of_collections_tell_their_sizes():
    leak = "WARN Executor: Managed memory leak detected; size = {} bytes, TID = 7\n"
    (one,) = diagnosis_dict(diagnosed(leak.format(1048576) + leak.format(3145728)))["harmless"]
    assert [row["says"].split(" were")[0] for row in one["shown"]] == ["3 MiB"]
    young = "{}: [GC (Allocation Failure) [PSYoungGen: 2K->1K(9K)] {}K->{}K(102400K), 0.05 secs]\n"
    (moment,) = diagnosis_dict(diagnosed(young.format("1.0", 90000, 40960) + young.format("2.0", 90000, 10240)))["moments"]
    assert "The last one left 10 MiB, 10 %, of 100 MiB: the heap is far from full." in moment["says"]


IN_PROGRAM = "spark-submit --master yarn --deploy-mode client job.py\n\n{}\n\n{}\nERROR x: java.lang.OutOfMemoryError: "
IN_PROGRAM += "Java heap space\n\tat org.apache.spark.sql.execution.SparkPlan.executeTake(SparkPlan.scala:1)\n"
BUILDER = 'spark = SparkSession.builder.config("spark.driver.memory", "12g").getOrCreate()'


@pytest.mark.parametrize(("store", "now"), [
    ("26/11/20 09:14:02 INFO MemoryStore: MemoryStore started with capacity 434.4 MiB", "1,024"),
    ("INFO BlockManagerMasterEndpoint: Registering block manager h:1 with 366.3 MB RAM, BlockManagerId(driver, h, 1, None)",
     "910"),
    ("driver\th:40001\tActive\t0\t0.0 B / 2.2 GiB\t0.0 B", "4,055"),
])  # fmt: skip
def test_a_heap_that_came_too_late_is_the_one_that_its_store_shows(store, now):
    for text in (IN_PROGRAM.format(BUILDER, store), IN_PROGRAM.format(store, BUILDER)):
        (change,) = (one for one in diagnosed(text).first.changes if one["key"] == "spark.driver.memory")
        assert change["value"] == "12288m"
        assert change["why"].startswith(f"It is about {now} MiB here, as the memory store shows: the 12,288 MiB")


def test_a_store_of_the_heap_that_is_set_leaves_the_advice_as_it_is():
    text = IN_PROGRAM.format("--driver-memory 12g", "INFO MemoryStore: MemoryStore started with capacity 7.0 GiB")
    (change,) = (one for one in diagnosed(text).first.changes if one["key"] == "spark.driver.memory")
    assert (change["value"], change["why"][:20]) == ("24576m", "It is 12,288 MiB her")


LARGE = "26/11/30 18:21:40 WARN TaskSetManager: Stage 0 contains a task of very large size (11214 KiB). The maximum"


@pytest.mark.parametrize(("around", "words"), [
    ("sdf = spark.createDataFrame(pdf)", "and no closure"), ("rdd = sc.parallelize(rows, 4)", "and no closure"),
    ("do I have to raise spark.rpc.message.maxSize?", "changes nothing here"),
    ("--conf spark.rpc.message.maxSize=256", ""),
])  # fmt: skip
def test_a_task_that_is_large_ran_out_of_nothing(around, words):
    text = diagnosis_text(diagnosis_dict(diagnosed(f"{LARGE}\n{around}\n")))
    assert "What it is about: heap" in text
    assert "ran out" not in text
    assert words in text
    assert bool(words) == ("What its words mean" in text)


METASPACE = "26/01/01 10:00:00 ERROR SparkExecuteStatementOperation: x\njava.lang.OutOfMemoryError: Metaspace\n"


@pytest.mark.parametrize(("flags", "value"), [
    ("XX:MaxMetaspaceSize=512m", "1024m"), ("$ jcmd 7 VM.flags\n7:\n-XX:MaxMetaspaceSize=536870912 -XX:+UseG1GC", "1024m"),
    ("   size_t MaxMetaspaceSize     = 1073741824      {product} {command line}", "2048m"),
    ("   size_t MaxMetaspaceSize     = 18446744073709547520   {product} {default}", "512m"), ("", "512m"),
])  # fmt: skip
def test_a_limit_is_not_proposed_where_it_is_what_ran_full(flags, value):
    (change,) = diagnosed(f"{METASPACE}{flags}\n").first.changes
    assert change["value"] == f"-XX:MaxMetaspaceSize={value}"


@pytest.mark.parametrize("said", ["each tool runs ADD JAR hdfs:///u/a.jar;", "add jar s3://b/c.jar", "ADD JARS /opt/x.jar"])
def test_add_jar_is_told_where_metaspace_is_full(said):
    assert "ADD JAR can be it" in told(f"{METASPACE}{said}\n")
    assert diagnosed(f"{METASPACE}{said}\n").first.changes[0]["key"] == "--jars"


@pytest.mark.parametrize(("options", "kept"), [
    ('--conf spark.executor.extraJavaOptions="-XX:+UseG1GC"', True), ("--executor-memory 4g", False),
])  # fmt: skip
def test_a_flag_is_added_to_the_options_that_are_there(options, kept):
    changes = diagnosed(f"{NETTY}\n{options}\n").first.changes
    (change,) = (one for one in changes if one["key"] == "spark.executor.extraJavaOptions")
    assert change["why"].endswith("takes the place of all of them.") == kept


FETCHED = f"{NETTY}26/01/01 10:00:01 WARN A: Lost task 1.0 in stage 2.1 (TID 4) (h executor 4): FetchFailed(x)\n"
FETCHED += "org.apache.spark.shuffle.FetchFailedException: x\n"


@pytest.mark.parametrize(("reason", "its_own"), [
    ("FetchFailedException: failed to allocate 16777216 byte(s) of direct memory", True),
    ("FetchFailedException: java.lang.OutOfMemoryError: Direct buffer memory", True),
    ("x\n26/01/01 10:00:02 INFO ShuffleBlockFetcherIterator: Block shuffle_4_1_8 has failed 1 times due to Netty OOM", True),
    ("FetchFailedException: Failure while fetching StreamChunkId[1]: java.lang.OutOfMemoryError", False),
])  # fmt: skip
def test_a_reader_without_memory_is_no_lost_server(reason, its_own):
    found = diagnosis_dict(diagnosed(f"{FETCHED}org.apache.spark.shuffle.{reason}\n"))["findings"]
    (fetch,) = (one for one in found if one["id"] == "fetch-failed")
    assert its_own == any("did not fail" in row["says"] for row in fetch["shown"])


MACHINE = "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom\n{}\n"


@pytest.mark.parametrize(("around", "value"), [
    ("SPARK_WORKER_MEMORY=60g", "55296m"), ('- SPARK_WORKER_MEMORY: "20g"', "18432m"),
    ("export SPARK_WORKER_MEMORY=40960m", "36864m"),
    ("spark.executor.memory=8g", ""),
])  # fmt: skip
def test_a_worker_that_offers_all_of_a_machine_is_told_to_offer_less(around, value):
    changes = {one["key"]: one["value"] for one in diagnosed(MACHINE.format(around)).first.changes}
    assert changes.get("SPARK_WORKER_MEMORY", "") == value
    assert ("holds heaps alone" in told(MACHINE.format(around))) == bool(value)


@pytest.mark.parametrize("said", ["pid 7 = the datanode", "there is also a NodeManager on it", "it runs Kafka brokers"])
def test_a_program_beside_sparks_is_told(said):
    assert "beside Spark's runs on the machine" in told(MACHINE.format(said))
    assert "beside Spark's runs on the machine" not in told(MACHINE.format("no datanode.log here"))


ASKED = "Your Spark job requested {} vcores. However, the workspace {}"
LIMITED, LEFT = "has a 50 core limit", "only has 24 vcores available out of quota of 200 vcores"
CONFIGURED = '%%configure -f\n{{"driverCores": {}, "executorCores": {}, "numExecutors": {}}}\n\n'


@pytest.mark.parametrize(("cores", "text", "fits"), [
    ((8, 8, 10), ASKED.format(88, LIMITED), "5"), ((4, 4, 20), ASKED.format(84, LIMITED), "11"),
    ((4, 4, 10), ASKED.format(44, LEFT), "5"), ((8, 8, 10), ASKED.format(80, LIMITED), ""),
    ((50, 8, 10), ASKED.format(130, LIMITED), ""),
])  # fmt: skip
def test_as_many_executors_as_a_quota_has_vcores_for(cores, text, fits):
    first = diagnosed(f"{CONFIGURED.format(*cores)}{text}\n").first
    assert first.changes[0]["key"] == "number of executors"
    assert first.changes[0]["value"] == fits
    assert bool(fits) == any("executors come to" in words for words in first.figures)


PENDING = "Warning  FailedScheduling  default-scheduler  0/6 nodes are available: 6 Insufficient memory.\n    Limits:\n"
PENDING += "      memory:  {0}Mi\n    Requests:\n      cpu:     7\n      memory:  {0}Mi\n"
PENDING += "\nspark-submit --executor-memory {1} a.py\n\n{2}"
COLUMNS = "kubectl get nodes -o custom-columns=N:.metadata.name,{}:.status.allocatable.memory\nN      {}\nip-10  {}Ki\n"


@pytest.mark.parametrize(("text", "heap", "overhead"), [
    (PENDING.format(64512, "45g", COLUMNS.format("ALLOC", "ALLOC", 63837660)), "44529m", "13145m"),
    (PENDING.format(14336, "10g", COLUMNS.format("MEM", "MEM", 12582912)), "8777m", "1434m"),
    (PENDING.format(14336, "10g", "Allocatable:\n  cpu:     8\n  memory:  12582912Ki\n"), "8777m", "1434m"),
    (PENDING.format(14336, "10g", COLUMNS.format("MEM", "MEM", 10485760)), "7314m", None),
    (PENDING.format(11264, "10g", COLUMNS.format("MEM", "MEM", 10485760)), "9309m", None),
])  # fmt: skip
def test_a_pod_of_python_that_fits_no_node_is_worked_out(text, heap, overhead):
    values = {one["key"]: one["value"] for one in diagnosed(text).first.changes}
    assert values["spark.executor.memory"] == heap
    assert values.get("spark.executor.memoryOverhead") == overhead
    assert ("0.4 of it" in told(text)) == ("11264" not in text)


ACQUIRE = "Acquired by a.B@1: {}\n0 bytes of memory are used for execution and {} bytes of memory are used for storage\n"
ACQUIRE += "SparkOutOfMemoryError: [UNABLE_TO_ACQUIRE_MEMORY] Unable to acquire 33554432 bytes of memory, got 734003.\n"
ACQUIRE += "spark.executor.memory=4g spark.executor.cores=8\n{}\n"


@pytest.mark.parametrize(("held", "stored", "join", "words"), [
    ("264.0 MiB", 91233, "spark.sql.join.preferSortMergeJoin=false", "the task held 284 MiB itself"),
    ("200.0 MB", 91233, '.config("spark.sql.join.preferSortMergeJoin", "false")', "has 200 MiB of them"),
    ("270336.0 KiB", 91233, "SET spark.sql.join.preferSortMergeJoin = false", "has 264 MiB of them"),
    ("40.0 MiB", 1500000000, "spark.sql.join.preferSortMergeJoin=true", ""),
])  # fmt: skip
def test_what_a_task_holds_of_its_share_is_told(held, stored, join, words):
    text = ACQUIRE.format(held, stored, join)
    keys = [one["key"] for one in diagnosed(text).first.changes]
    assert bool(words) == ("spark.sql.join.preferSortMergeJoin" in keys)
    assert bool(words) == ("cached blocks are not" in told(text))
    assert words in told(text)
    assert bool(words) == ("Where its share was the limit" in told(text))
