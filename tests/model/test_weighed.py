"""What else a text says is held against a finding: it settles it, makes another of it, or names what brought it about."""

import pytest

from sparkmem.diagnosis.clues_known import CLUES
from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.diagnosis.tried import Tried
from sparkmem.render.diagnosis import diagnosis_text
from sparkmem.requests.diagnosis import diagnosis_dict

POD = "    Last State:  Terminated\n      Reason:       OOMKilled\n      Exit Code:    137\n"
POD += "    Limits:\n      memory:  8Gi\n    Requests:\n      memory:  4Gi\n"
GLOBAL = "[Tue] oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),global_oom,task=java,pid=7\n"
GLOBAL += "[Tue] Out of memory: Killed process 7 (java) total-vm:9000000kB, anon-rss:5242880kB, file-rss:0kB\n"
OF_A_CGROUP = "[Tue] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),oom_memcg=/kubepods,task=java,pid=7\n"
BROADCAST = "org.apache.spark.SparkException: Could not execute broadcast in 300 secs. You can increase the timeout\n"
CRASHED = "ERROR Executor: Exception in task 0.0 in stage 0.0 (TID 0)\norg.apache.spark.SparkException: Python worker exited"
CRASHED += " unexpectedly (crashed)\n"
SMALL = "java.lang.IllegalArgumentException: System memory {} must be at least 471859200. Please increase heap size\n"
LIVY = "Invalid status code '404' from http://h:8998/sessions/3/statements/1 with error payload: "
LIVY += "\"Session '3' not found.\"\n"
TERMINATED = "Run failed with error: Cluster terminated. Reason: Spark error (driver unresponsive)\n"
HEAP = "java.lang.OutOfMemoryError: Java heap space\n"
ARRAY = "java.lang.OutOfMemoryError: Requested array size exceeds VM limit\n"


def first(text):
    return diagnosed(text).first


@pytest.mark.parametrize(("text", "id", "certainty"), [
    (POD, "oom-killed", "said"),
    (POD + GLOBAL, "system-oom", "said"),
    (f"exited with code 137 on executor 3 of Spark\n{GLOBAL}", "system-oom", "said"),
    (BROADCAST, "broadcast-timeout", "possible"),
    (f"{BROADCAST}\nJob 17 (the broadcast side)  Succeeded  7.4 min", "broadcast-timeout", "said"),
    (f"{BROADCAST}\nJob 17 (the broadcast side)  Succeeded  12 s", "broadcast-timeout", "possible"),
    (f"{BROADCAST}\nJob 18 (count at a.py)  Succeeded  7.4 min", "broadcast-timeout", "possible"),
    (f"{BROADCAST}\nGC time 1.2 s", "broadcast-timeout", "said"),
    (f"{BROADCAST}\nGC time 4.8 min", "broadcast-timeout", "possible"),
    (f"Python 3.12.1, spark-3.3.2\n{CRASHED}", "python-too-new", "possible"),
    (f"Python 3.10.1, spark-3.3.2\n{CRASHED}", "python-worker-crashed", "possible"),
    (LIVY, "livy-session-gone", "possible"),
    (f"{LIVY}\tFinal-State : SUCCEEDED", "livy-session-gone", "said"),
    (f"{TERMINATED}Deny TCP 10.0.0.1:40112 -> metastore.example.com:3306", "connection-denied", "possible"),
    ("DRIVER_NOT_RESPONDING Driver is up but is not responsive, likely due to GC.", "databricks-driver-in-gc", "said"),
])  # fmt: skip
def test_what_else_a_text_says_settles_it_or_makes_another_of_it(text, id, certainty):
    found = first(text)
    assert (found.finding.id, found.certainty) == (id, certainty)


def test_a_kill_for_a_cgroup_stays_one_for_its_limit():
    assert "oom-killed" in {one.finding.id for one in diagnosed(POD + OF_A_CGROUP + GLOBAL).findings}
    assert first(f"exited with code 137 on executor 3 of Spark\n{OF_A_CGROUP}").finding.id == "cgroup-oom"


@pytest.mark.parametrize(("text", "shows", "words"), [
    (POD + GLOBAL, "confirms", "CONSTRAINT_NONE"),
    (f"{BROADCAST}\nJob 17 (broadcast)  Succeeded  7.4 min", "confirms", "ran for 7 min 24 s, and 5 min 0 s are allowed"),
    (f"{BROADCAST}\njdbc scan 1 partition", "names", "over JDBC in one partition"),
    (f"{LIVY}running since 11:52, error at 12:53", "confirms", "ran for 1 h 1 min"),
    (f"docker run --memory=1800m x\n{SMALL.format(456130560)}", "names", "takes a quarter of it, 450 MiB"),
    (f"rowTag='a'\n{ARRAY}", "names", "A record of XML"),
    ("local[24] --master local[24] --driver-memory 2g\nUnable to acquire 65536 bytes of memory, got 0\n", "names",
     "64 KiB were asked for, far below the 21.8 MiB"),
    ("es01 exited with code 137\nES_MEM_LIMIT=1073741824", "names", "a limit of 1,024 MiB"),
    (f"{HEAP}\nI gave it 16g, no change.", "tried", "the same came again"),
    (f"{HEAP}\ngave it 32g, still OOM", "tried", "the same came again"),
    (f"{HEAP}\nI gave 10 GB of overhead, still dead, it takes only longer:", "tried", "the same came again"),
    (f"{HEAP}\nRaised the overhead to 512 like the message says and it happens still.", "tried", "the same came again"),
    (f"{HEAP}\ndriver memory 8g, tried 16g - takes longer, then the same.", "tried", "the same came again"),
    (f"{HEAP}\nthey gave 32g instead of 8g, same numbers in the error to the byte:", "tried", "the same came again"),
])  # fmt: skip
def test_what_is_shown_has_its_words_and_its_line(text, shows, words):
    shown = [row for row in first(text).shown if row.shows == shows]
    assert any(words in row.says for row in shown), shown
    assert all(row.line for row in shown if row.quote)


@pytest.mark.parametrize(("text", "changes"), [
    (POD + GLOBAL, [("resources.requests.memory", "8192Mi"), ("spark.executor.memory", "")]),
    (f"docker run --memory=1800m x\n{SMALL.format(456130560)}", [("-Xmx", "1024m")]),
    (f"docker run --memory=8g x\n{SMALL.format(456130560)}", [("spark.driver.memory", "540m")]),
    (f"{BROADCAST}\nJob 17 (broadcast)  Succeeded  7.4 min",
     [("spark.sql.broadcastTimeout", "888"), ("spark.sql.autoBroadcastJoinThreshold", "-1")]),
    (f"rowTag='a'\n\tat com.databricks.spark.xml.XmlRecordReader.next(X.scala:1)\n{ARRAY}", [("rowTag", "")]),
])  # fmt: skip
def test_what_is_shown_decides_what_to_change(text, changes):
    assert [(one["key"], one["value"]) for one in first(text).changes] == changes


def test_a_guess_is_no_line_of_a_log():
    assert first(f"{LIVY}I assume the driver got OOM killed?").finding.id == "livy-session-gone"
    alone = first("The cell stops.\nI assume the driver got OOM killed?")
    assert (alone.finding.id, alone.certainty) == ("oom-killed", "possible")
    assert alone.says.startswith("Only a guess or a question")


def test_what_is_said_twice_in_one_line_is_said_once():
    line = "ERROR YarnScheduler: Lost executor {} on h{}: Container from a bad node: container_1646144741001_0001_01_00008{}"
    line += " on host: h. Exit status: 137. Diagnostics: Container killed on request. Exit code is 137\n"
    assert first("".join(line.format(one, one, one) for one in (1, 2, 3))).times == 3


def test_the_task_that_failed_is_named_and_not_one_that_was_cancelled():
    text = "WARN TaskSetManager: Lost task 7.0 in stage 4.0 (TID 9) (h executor driver): TaskKilled (Stage cancelled: Job"
    text += " aborted due to stage failure: Task 3 in stage 4.0 failed 1 times, most recent failure: Lost task 3.0 in stage"
    found = first(f"{text} 4.0 (TID 5) (h executor driver): java.io.IOException: No space left on device")
    assert (found.at.task, found.at.tid, found.process) == ("3.0", "5", "driver")


def test_a_secret_beside_a_clue_is_not_repeated():
    text = f"docker run --memory=1800m --env DB_PASSWORD=hunter2 x\n{SMALL.format(456130560)}"
    assert "hunter2" not in str(diagnosis_dict(diagnosed(text))["findings"][0]["shown"])


MASTER = "Diagnostics: Container [pid=1,containerID=container_1510221177001_0004_02_000001] is running beyond virtual"
MASTER += " memory limits. Current usage: 265.4 MB of 1 GB physical memory used; 2.3 GB of 2.1 GB virtual memory used.\n"
MASTER += "Dump of the process-tree for container_1510221177001_0004_02_000001 :\n"
MASTER += "|- 19027 1 1 1 (java) 5 1 2355744768 67584 java -Xmx512m org.apache.spark.deploy.yarn.ExecutorLauncher\n"
MASTER += "|- 19022 1 1 1 (bash) 0 0 115838976 347 /bin/bash -c java\n"
GUARD = 'earlyoom[4]: sending SIGTERM to process 8 uid 0 "java": badness 810, VmRSS 40871 MiB\n'
GUARD += "Driver received SIGTERM/SIGKILL signal and exited with 143 code, which potentially signifies a memory pressure."


def test_the_master_of_client_mode_has_its_own_keys_and_a_few_mebibytes_are_no_overhead():
    found = diagnosed(MASTER)
    assert (found.first.process, [one["key"] for one in found.first.changes]) == (
        "application master", ["yarn.nodemanager.vmem-check-enabled", "spark.yarn.am.memory"],
    )  # fmt: skip
    assert not any(one.settings for one in found.moments)


def test_a_guard_on_the_master_of_dataproc_ended_the_driver():
    found = first(f"spark.driver.memory=41g\nearlyoom[4]: mem avail:  1502 of 52223 MiB ( 2.88%)\n{GUARD}")
    assert (found.process, found.changes[0]["key"], found.changes[0]["value"]) == ("driver", "spark.driver.memory", "31488m")
    assert "9,850 MiB were others'" in found.figures[0]


@pytest.mark.parametrize(("text", "changes"), [
    ("Lost task 1.3 in stage 2.0 (TID 27, h, executor 1): java.lang.OutOfMemoryError: GC overhead limit exceeded\n"
     'env { spark.executor.cores = 4  spark.executor.memory = "1g" }\nI gave the driver 16g, no change.',
     [("spark.executor.memory", "2048m"), ("spark.executor.cores", "2")]),
    ("Lost task 1.3 in stage 2.0 (TID 27, h, executor 1): java.lang.OutOfMemoryError: GC overhead limit exceeded\n"
     "tried --executor-memory 32g and 48g, same line.", [("spark.executor.cores", ""), ("spark.executor.memory", "")]),
])  # fmt: skip
def test_what_was_tried_comes_last_and_settings_in_words_are_read(text, changes):
    assert [(one["key"], one["value"]) for one in first(text).changes] == changes


def test_a_column_that_is_not_there_has_the_name_that_spark_suggests():
    text = "pyspark.errors.exceptions.captured.AnalysisException: [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column, variable, or"
    text += " function parameter with name `cust` cannot be resolved. Did you mean one of the following? [`customer`,"
    found = first(f"Traceback (most recent call last):\n{text} `memory_tag`].")
    assert found.finding.look[0].what.startswith("customer in the place of cust")


UNGRANTED = "WARN TaskSchedulerImpl: Initial job has not accepted any resources; check your cluster UI to ensure that"
UNGRANTED += " workers are registered and have sufficient resources\n"
FRAMES = "kernel: java invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0\nkernel:  [<ffffffff811d3bb5>]"
FRAMES += " mem_cgroup_oom_synchronize+0x575/0x5a0\n"
GRANTED = "INFO StandaloneSchedulerBackend: Granted executor ID app-1/2 on hostPort 172.18.0.4:40187 with 4 core(s)\n"
NO_WAY = "\tat org.apache.spark.executor.CoarseGrainedExecutorBackend$.run(C.scala:424)\nCaused by:"
NO_WAY += " java.net.UnknownHostException: laptop\n"
POD_ENDED = "The executor with id 1 exited with exit code 1(unexpected).\n"
LAUNCHED = "INFO YarnAllocator: Launching container container_17_0007_01_000002 on host w7 for executor with ID 1\n"
EVICTED = "The API gave the following brief reason: Evicted\nThe API gave the following message: The node was low on"
EVICTED += " resource: ephemeral-storage. Threshold quantity: 2139512454, available: 1812684Ki."
EVICTED += " Container x was using 61234Ki, request"
NETTY = "io.netty.util.internal.OutOfDirectMemoryError: failed to allocate 16777216 byte(s) of direct memory"
NETTY += " (used: 4278190087, max: 4294967296)\n"
COMMIT = "# Native memory allocation (mmap) failed to map 218103808 bytes for committing reserved memory.\n"
TREE = "Container killed by YARN for exceeding physical memory limits. 9.2 GB of 8.8 GB physical memory used.\nDump of the"
TREE += " process-tree for container_1700000000001_0043_01_000007 :\n|- 18233 1 1 1 (java) 4 2 11038793728 1318912 java"
TREE += " -Xmx8192m\n|- 18640 1 1 1 (python3) 2 1 1567305728 1095168 python3 -m pyspark.daemon\n\n--executor-memory 8g\n"


@pytest.mark.parametrize(("text", "id", "key"), [
    (UNGRANTED, "no-resources", "spark.executor.memory"),
    (UNGRANTED + GRANTED + NO_WAY, "driver-not-reached", "spark.driver.host"),
    ("Lost executor 4: pod OOMKilled\nReason:  OOMKilled\nspark.kubernetes.local.dirs.tmpfs: true\n", "oom-killed",
     "spark.kubernetes.local.dirs.tmpfs"),
    (f"{NETTY}\nspark.executor.memory=4g\nspark.executor.cores=8\nspark.reducer.maxSizeInFlight=512m",
     "netty-direct-memory", "spark.reducer.maxSizeInFlight"),
    (f"{COMMIT}CommitLimit:     4076396 kB\nCommitted_AS:    3902144 kB", "jvm-no-native-memory", "vm.overcommit_memory"),
    ("Your Spark job requested 24 vcores. However, the workspace only has 8 vcores available out of quota of 50 vcores",
     "vcores-quota", "number of executors"),
])  # fmt: skip
def test_the_first_lever_is_that_of_what_the_text_shows(text, id, key):
    found = first(text)
    assert (found.finding.id, found.changes[0]["key"]) == (id, key)


@pytest.mark.parametrize(("text", "figure"), [
    (EVICTED, "The node's disk had 1,770.2 MiB left, below the 2,040.4 MiB at which pods are evicted."),
    (f"{NETTY}\nLost task 1.0 in stage 1.0 (TID 1) (h executor 3)\n\nspark.executor.memory=4g\nspark.executor.cores=8\n"
     "spark.reducer.maxSizeInFlight=512m",
     "With 8 tasks at once, spark.reducer.maxSizeInFlight lets 4,096 MiB be on their way; the limit is 4,096 MiB."
     " At its default of 48 MiB it lets 384 MiB."),
    (TREE, "A heap of 6,182.4 MiB would hold what the JVM held, and leave 2,828.8 MiB of the same container to Python."),
])  # fmt: skip
def test_figures_follow_from_all_of_the_text(text, figure):
    assert figure in first(text).figures


def test_where_executors_were_granted_no_size_is_advised():
    found = first(UNGRANTED + GRANTED)
    assert (found.certainty, found.changes) == ("possible", [])
    assert any(row.shows == "against" for row in found.shown)


@pytest.mark.parametrize(("frame", "key"), [
    ("org.apache.spark.sql.execution.streaming.state.HDFSBackedStateStoreProvider.getLatest(H.scala:1)",
     "spark.sql.streaming.stateStore.providerClass"),
    ("org.apache.spark.sql.catalyst.trees.TreeNode.generateTreeString(TreeNode.scala:1)", "spark.sql.maxPlanStringLength"),
    ("org.apache.spark.status.AppStatusListener.onTaskEnd(AppStatusListener.scala:1)", "spark.ui.retainedTasks"),
    ("org.apache.parquet.hadoop.InternalParquetRecordWriter.write(I.java:1)", "repartition"),
    ("org.apache.hadoop.util.LineReader.readDefaultLine(LineReader.java:1)", "the input"),
    ("org.apache.spark.sql.execution.ExternalAppendOnlyUnsafeRowArray.add(E.scala:1)", "the key"),
])  # fmt: skip
def test_what_the_stack_shows_comes_before_a_larger_heap(frame, key):
    found = first(f"{HEAP}\tat {frame}")
    assert found.changes[0]["key"] == key
    assert any(row.shows == "names" for row in found.shown)


@pytest.mark.parametrize(("thrown", "id"), [
    ("java.net.SocketTimeoutException: Read timed out", "connection-failed"),
    ("org.apache.kafka.common.errors.TimeoutException: Timeout of 60000ms expired", "connection-failed"),
    ("java.lang.NullPointerException", "program-exception"),
])  # fmt: skip
def test_a_connection_that_failed_is_named_where_nothing_else_is(thrown, id):
    lost = "WARN TaskSetManager: Lost task 0.0 in stage 0.0 (TID 0) (h executor 1):"
    assert first(f"{lost} {thrown}\n").finding.id == id


def test_a_thread_that_only_a_driver_has_tells_the_driver_beside_a_task_of_another():
    text = "INFO TaskSetManager: Finished task 399.0 in stage 3.0 (TID 12) in 3122 ms on dn4 (executor 7) (400/400)\n"
    found = first(f'{text}Exception in thread "task-result-getter-2" {HEAP}\tat java.nio.ByteBuffer.allocate(B.java:1)')
    assert (found.process, found.executors, found.at.host, found.changes[0]["key"]) == ("driver", (), "", "collect")


def test_the_stack_of_another_program_tells_whose_it_is_though_spark_is_spoken_of():
    found = first(f"Is it our Spark job with 4g executors?\n{HEAP}\tat kafka.log.Log.append(Log.scala:1)")
    assert (found.elsewhere, found.process, found.changes) == ("Kafka", "none", [])


def test_where_to_look_is_of_the_cluster_manager_that_the_text_speaks_of():
    text = "{}\nexited with code 137 on executor 3 of Spark\n"
    looks = [str(diagnosis_dict(diagnosed(text.format(where)))["findings"][0]["look"]) for where in ("on EMR 6.9", "k8s")]
    assert ["yarn logs" in told for told in looks] == [True, False]


@pytest.mark.parametrize(("settings", "process"), [
    ("spark.driver.memory=5g", "driver"), ("spark.driver.memory=1g", "not told"), ("", "not told"),
    ("spark.driver.memory=5g\nspark.executor.memory=5g", "not told"),
])  # fmt: skip
def test_a_jvm_that_was_killed_is_the_one_whose_heap_alone_is_set_and_fits(settings, process):
    assert first(f"{settings}\n\n{GLOBAL.splitlines()[1]}\n").process == process


def test_what_is_gathered_comes_before_a_larger_heap():
    text = f"rows = df.collect()\n: {HEAP}\tat org.apache.spark.sql.execution.SparkPlan.executeCollect(SparkPlan.scala:424)"
    assert [one["key"] for one in first(text).changes][:2] == ["collect", "spark.driver.memory"]


def test_a_smaller_request_is_smaller():
    worker = "worker-1   ALIVE   4 (0 Used)   {} (0.0 B Used)\n\n--executor-memory 2g"
    for there, value in (("1024.0 MB", "1024m"), ("30.4 GiB", "")):
        (change,) = [one for one in first(UNGRANTED + worker.format(there)).changes if one["key"] == "spark.executor.memory"]
        assert change["value"] == value


def test_a_jvm_that_a_flag_ended_did_not_crash():
    text = "Aborting due to java.lang.OutOfMemoryError: Java heap space\n# A fatal error has been detected by the Java"
    found = diagnosed(f"{text} Runtime Environment:\n#  fatal error: OutOfMemory encountered: Java heap space\n")
    assert [one.finding.id for one in found.causes] == ["heap-space"]


def test_what_followed_from_a_kill_is_told_of_those_that_were_killed():
    line = "ERROR YarnScheduler: Lost executor {} on h{}: Container from a bad node: container_1646144741001_0001_01_0000{}"
    line += " on host: h{}. Exit status: {}. Diagnostics: x\n"
    text = "".join(line.format(one, one, one, one, code) for one, code in ((44, 137), (61, 137), (31, 1)))
    assert "; of executors 44, 61 only, and not of 31" in diagnosis_text(diagnosis_dict(diagnosed(text)))


def test_a_server_whose_log_only_drivers_write_is_a_driver_with_its_flags():
    text = "server JVM opts:  -Xmx24g -XX:MaxDirectMemorySize=4096\n18/10/22 16:02:37 INFO BlockManagerInfo: Added"
    text += " broadcast_9_piece0 in memory on h:2 (size: 36.5 KB, free: 5.6 GB)\n18/10/22 16:02:37 WARN"
    text += " TransportChannelHandler: Exception in connection from /h:51022\n"
    text += "java.lang.OutOfMemoryError: Direct buffer memory"
    assert {one.process for one in diagnosed(text).causes} == {"driver"}


@pytest.mark.parametrize("clue", CLUES, ids=lambda clue: clue.name)
def test_what_a_clue_needs_for_its_pattern_is_among_its_letters(clue):
    """Of each line that holds a clue, the letters say that it may."""
    for line in CLUES_OF_A_TEXT.encode().split(b"\n"):
        if clue.pattern.search(line):
            assert any(letters in line for letters in clue.letters), line
    assert any(clue.pattern.search(line) for line in CLUES_OF_A_TEXT.encode().split(b"\n")), clue.name


def test_the_head_of_a_kernels_report_tells_by_its_frames_whose_memory_was_full():
    assert first(FRAMES).finding.id == "cgroup-oom"
    assert first(FRAMES.split("\n", 1)[0]).finding.id == "oom-killer-invoked"


@pytest.mark.parametrize("granted", [GRANTED, POD_ENDED, LAUNCHED])
def test_a_driver_that_waits_beside_executors_that_were_granted_is_not_told_to_ask_for_less(granted):
    found = first(UNGRANTED + granted)
    assert (found.finding.id, [row.shows for row in found.shown]) == ("no-resources", ["against"])
    assert "spark.executor.memory" not in [change["key"] for change in found.changes]


CLUES_OF_A_TEXT = """Exception in thread "task-result-getter-2"
constraint=CONSTRAINT_NONE CONSTRAINT_MEMCG 8126464 pages RAM GC time 1 s Final-State : SUCCEEDED
global_oom Memory cgroup out of memory broadcast Duration: 3 min Succeeded 4 h final status: SUCCEEDED
Sent message larger than max (188743901 vs. 134217728)
INFO Client: Will allocate AM container, with 1408 MB memory including 384 MB overhead
Failed to allocate additional 32.0 MB memoryPoolType=fair_unified
python[7]: segfault at 18 ip 00007f6a2c41d0c2 sp 00007f6a1d7fa8e0 error 4 in libgeos.so.3.11.1[7f6a2c380000+1f0000]
  File "/opt/a/b.py", line 526 in contains
Driver received SIGTERM/SIGKILL signal, spot interruption, BlockManagerId(20, h, 7337, None)
Persisting block rdd_31_71 to disk instead
mem avail:  1502 of 52223 MiB, not responsive, likely due to GC; Could not execute broadcast in 300 secs.
TaskKilled (Stage cancelled) LineRecordReader.next LineReader.readLine -XX:OnOutOfMemoryError='kill -9 %p'
UFW BLOCK DPT=443 Deny -> a.example.com:3306 Python 3.12 Spark 3.3 spark-3.3.2-bin docker run -m 2g --memory=1g
ES_MEM_LIMIT=1073741824 - 12 bytes remain available for the total pool Failed to allocate additional 65536 bytes
rowTag XmlInputFormat wholeTextFiles multiLine=True (96  times so far) UnsafeSorterSpillReader.<init> single partition
jdbc com.crealytics.spark.excel .toPandas() .collect() since 11:52, error at 12:53 local.dirs.tmpfs: true
tmpfs   8.8G  3.0G  5.9G  34% /var/data/spark-1
 14 6087148 /opt/java -Xmx8g
 15 6087148 python3 a.py
ShuffleMapStage 118 (save at x) failed in 642 s, Granted executor ID a/2, removed: Command exited with code 1
mem_cgroup_oom_synchronize+0x575/0x5a0 Container from a bad node: x image: apache/spark:3.5.1-python3
pyspark.daemon getAllValidConstraints hudi.client.BaseHoodieWriteClient.commit
User application exited with 137 Killed process 7 (python)
UnknownHostException CoarseGrainedExecutorBackend$.run fetch failed after 10 retries due to Netty OOM
CommitLimit:     4076396 kB Committed_AS:    3902144 kB Threshold quantity: 2139512454, available: 1812684Ki.
Failed to acquire 786432 bytes, only got 0. Reserved: 1091485696. fatal error: OutOfMemory encountered
HDFSBackedStateStore generateTreeString AppStatusListener.onTaskEnd InternalParquetRecordWriter.write
application_1700000000001_0031 kubectl get pods
LineReader.readDefaultLine WindowExec ExternalAppendOnlyUnsafeRowArray.add CartesianProductExec
 Setting mem limits to 536870912 of max 536870912
 MemoryStore started with capacity 434.4 MiB spark.memory.fraction=0.8
 "memoryUsedBytes" : 12884901888, RocksDBStateStoreProvider boundedMemoryUsage=true victim process: opensearch, pid: 8
 The node was low on resource: memory. Threshold quantity: 100Mi, available: 71204Ki.
SparkOutOfMemoryError: No space left
spark://h:7077 app-20240202100144-0000/0
65528 /proc/40123/maps
a 2.5 GB model in each worker, spark_connect(master = "local")
 at org.apache.spark.sql.catalyst.expressions.Or.eval(p.scala:8)
Killed process 31877 (python3) total-vm:6210044kB, anon-rss:3911220kB, file-rss:10244kB
Current usage: 843.6 MB of 2 GB physical memory used; 7.2 GB of 4.2 GB virtual memory used.
Device store exhausted, unable to allocate 2147483648 bytes. Total RMM allocated is 13287555072 bytes.
Initializing RMM ARENA pool size = 14192.5 MB on gpuId 0
#  SIGBUS (0x7) at pc=0x00007f3a
activeDeadlineSeconds: 14400 physical 16265412k(6044212k free) -Xms14g -Xmx14g vm.overcommit_memory = 2
Broadcasting large task binary with size 92.4 MiB
# SPARK_LOCAL_DIRS=/data1/spark
   RowToColumnar.0:      Current used bytes: 1000.0 MiB, peak bytes: 1000.0 MiB
 Task.2:        Current used bytes: 1001.0 MiB, peak bytes:        N/A
 status: SUCCEEDED exit status: 143 RECEIVED SIGNAL TERM
INFO TaskSetManager: Finished task 3.0 in stage 1.0 (TID 7) in 20 ms on h (executor 6) (400/400)
glue.driver.jvm.heap.usage 0.96 glue.3.jvm.heap.usage 0.95 create_dynamic_frame.from_options("s3", {}) Worker type: G.1X
41G /mnt/tmp/blockmgr-0a1b $ jcmd 9 Thread.print | grep -c http-pool
Executors.newCachedThreadPool() Executors.newFixedThreadPool(8) [CANNOT_MODIFY_CONFIG] Cannot modify the value
Acquired by org.apache.spark.unsafe.map.BytesToBytesMap@3fe1a07c: 264.0 MiB
op.7.0.0.HashBuild:  Current used bytes:  400.0 MiB, peak
df.agg(F.collect_set('x')) BroadcastExchange: data size: 2.5 GiB, time to collect: 7 min
oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),oom_memcg=/system.slice/hadoop-yarn-nodemanager.service
[error] (run-main-3) failed
Exit code: 13
Partition : [], Partition Resource = <memory:204800, vCores:80>, Queue's Absolute used capacity = 61.4 %
Queue's Absolute max capacity = 50.0 %
in thread "broadcast-exchange-0" WARN WindowExec: No Partition Defined for Window operation! Moving all data
  type: Python
  type: Scala
WARN Executor: Managed memory leak detected; size = 4456448 bytes, TID = 1034 shmem-rss:0kB
livy.server.session.timeout = 2h
Stage 1 contains a task of very large size (2048 KiB). The maximum recommended task size is 1000 KiB.
raise spark.rpc.message.maxSize to 256? XX:MaxMetaspaceSize=512m ADD JAR /a.jar SPARK_WORKER_MEMORY=60g pid 7 = datanode
preferSortMergeJoin=false 9 bytes of memory are used for execution and 91233 bytes of memory are used for storage
INFO HistoryServerMemoryManager: Leasing 1644.0 MiB memory usage for app a / Some(1)
java -Xmx1g org.apache.spark.deploy.history.HistoryServer
shuffle.FetchFailedException: failed to allocate
job is a pandas_udf sdf = spark.createDataFrame(pdf) YARN_NODEMANAGER_HEAPSIZE=2000
Failed to acquire 8650752 bytes where 265912320 bytes already reserved and the fair limit is 268435456 bytes, 2 registered
"""


@pytest.mark.parametrize("code", [52, 134, 137, 139, 143])
def test_a_bad_node_is_told_to_be_fixed_words(code):
    said = f"executor 3 lost: Container {{}}: container_1 on host: n1. Exit status: {code}. Diagnostics: x"
    words = "for every exit status that it has no others for"
    assert words in diagnosis_text(diagnosis_dict(diagnosed(said.format("from a bad node"))))
    assert words not in diagnosis_text(diagnosis_dict(diagnosed(said.format("marked as failed"))))


@pytest.mark.parametrize(("around", "region"), [
    ("", "heap"),
    ("spark.memory.offHeap.enabled=true\n", "off-heap"),
    ("spark.memory.offHeap.enabled=false\n", "heap"),
    ("INFO CometExecIterator: memoryPoolType=fair_unified, offHeapSize=4096 MB\n", "off-heap"),
])  # fmt: skip
def test_a_page_lies_where_the_text_has_pages(around, region):
    (page,) = diagnosed(f"{around}WARN TaskMemoryManager: Failed to allocate a page (67108864 bytes), try again.").findings
    assert (page.finding.id, page.region) == ("page-not-allocated", region)


def test_a_pool_of_comet_is_told_in_any_unit():
    refused = "CometNativeException: Additional allocation failed with top memory consumers (across reservations) as:\n"
    refused += "Error: Failed to allocate additional 32.0 MB for A[1] with 16.0 MB already allocated - 9.1 MB remain"
    figures = " ".join(first(f"{refused} available for the total pool").figures)
    assert "32 MiB were asked for, and 9.1 MiB were left" in figures


def test_a_consequence_whose_cause_is_told_has_no_other_causes():
    lost = "ERROR YarnScheduler: Lost executor 20 on h: Container marked as failed: container_1_0092_01_000021 on host: h."
    lost += " Exit status: -100. Diagnostics: Container released on a {} node.\n"
    told = {one["id"]: one["alike"] for one in diagnosis_dict(diagnosed(lost.format("*lost*")))["findings"]}
    alone = {one["id"]: one["alike"] for one in diagnosis_dict(diagnosed(lost.format("x")))["findings"]}
    assert (told["yarn-bad-node"], bool(alone["yarn-bad-node"])) == ([], True)


def test_what_helped_is_not_among_what_was_tried_in_vain():
    planned = f"{HEAP}\tat org.apache.spark.sql.catalyst.plans.logical.A.getAllValidConstraints(L:1)\n"
    said = "With a localCheckpoint() before it, it runs. driver memory 8g, tried 16g - takes longer, then the same."
    changes = first(f"{said}\n\n{planned}").changes
    assert (changes[0]["key"], "It was tried here" in changes[0]["why"]) == ("localCheckpoint", False)
    assert "It was tried here" in changes[-1]["why"]


SEGFAULT = """SparkException: Python worker exited unexpectedly (crashed): Fatal Python error: Segmentation fault

Current thread 0x00007f6a1d7fe640 (most recent call first):
  File "/opt/venv/lib/python3.12/site-packages/shapely/predicates.py", line 526 in contains
python[77]: segfault at 18 ip 00007f6a2c41d0c2 sp 00007f6a1d7fa8e0 error 4 in libgeos.so.3.11.1[7f6a2c380000+1f0000]
"""


def test_a_fault_of_a_worker_is_its_library_and_not_perhaps_a_kill():
    (crash,) = diagnosed(SEGFAULT).findings
    assert (crash.finding.id, crash.process, crash.region) == ("python-crashed", "python worker", "none")
    assert [("libgeos" in row.quote, "predicates.py" in row.quote) for row in crash.shown] == [(False, True), (True, False)]


@pytest.mark.parametrize("guard", [
    'sending SIGTERM to process 21807 uid 0 "java": oom_score 1190, VmRSS 4388 MiB',
    'sending SIGTERM to process 21807 uid 0 "java": oom_score 1190, oom_score_adj 0, VmRSS 4388 MiB, cmdline "java"',
    '"A process is killed due to memory pressure: java"',
])  # fmt: skip
def test_a_guard_that_took_a_driver_asks_for_fewer_of_them(guard):
    left = "mem avail:  438 of 15001 MiB ( 2.92%)\nspark.driver.memory=3840m\n"
    found = first(f"Driver received SIGTERM/SIGKILL signal and exited with 143 code.\n{guard}\n{left}")
    assert (found.finding.id, found.process, found.certainty) == ("oom-daemon", "driver", "said")
    assert [one["key"] for one in found.changes] == ["dataproc:dataproc.scheduler.max-concurrent-jobs"]
    assert "max-concurrent-jobs" not in str(first(guard).changes)


def test_a_spot_machine_is_why_a_node_was_lost():
    lost = "Container marked as failed: container_1_0092_01_000021 on host: h. Exit status: -100. Diagnostics: Container"
    lost += " released on a *lost* node\n"
    served = "FetchFailed(BlockManagerId(20, h, 7337, None), shuffleId=6)\n"
    found = first(f"{lost}{served}Instance was terminated due to spot interruption")
    assert (found.finding.id, [row.shows for row in found.shown]) == ("yarn-node-lost", ["names"])
    keys = [[one["key"] for one in told.changes] for told in (found, first(lost))]
    assert keys == [["spark.files.fetchFailure.unRegisterOutputOnHost"], ["spark.decommission.enabled"]]


def test_a_block_that_went_to_disk_was_not_thrown_away():
    full = "WARN MemoryStore: Not enough space to cache rdd_31_71 in memory! (computed 187.4 MiB so far)\n"
    kept = "WARN BlockManager: Persisting block rdd_31_71 to disk instead."
    said = [diagnosed(full + more).findings[0].shown for more in ("", kept)]
    assert ([len(one) for one in said], said[1][0].shows) == ([0, 1], "means")


MASTER_KILLED = "AM Container for appattempt_1_1187_000002 exited with  exitCode: -104 Diagnostics: Container [pid=9032,"
MASTER_KILLED += "containerID=container_1_1187_02_000001] is running 118489088B beyond the 'PHYSICAL' memory limit. Current"
MASTER_KILLED += " usage: 1.5 GB of 1.4 GB physical memory used; 3.9 GB of 2.9 GB virtual memory used. Killing.\n"
MASTER_KILLED += "|- 9 8 9 9 (java) 51 31 28 308480 java org.apache.spark.deploy.yarn.ApplicationMaster --class A\n"


@pytest.mark.parametrize(("heap", "keys"), [
    ("8g", [("spark.driver.memory", "8192m"), ("spark.driver.memoryOverhead", "")]),
    ("1g", [("spark.driver.memoryOverhead", "820m")]),
])  # fmt: skip
def test_a_heap_that_comes_too_late_for_its_container_is_set_where_it_counts(heap, keys):
    found = first(f'{MASTER_KILLED}conf = SparkConf().set("spark.driver.memory", "{heap}")\n')
    assert (found.finding.id, [(one["key"], one["value"]) for one in found.changes]) == ("yarn-am-physical-limit", keys)
    why = found.changes[0]["why"]
    assert ("--driver-memory" in why, "MiB here" in why) == (heap == "8g", heap != "8g")


@pytest.mark.parametrize(("who", "keys"), [
    ("Sent", ["createDataFrame", "grpc.max_send_message_length", "spark.connect.grpc.maxInboundMessageSize"]),
    ("Received", ["spark.connect.grpc.maxInboundMessageSize"]),
])  # fmt: skip
def test_a_message_that_was_sent_met_the_limit_of_the_client(who, keys):
    found = first(f'details = "{who} message larger than max (188743901 vs. 134217728)"\n')
    assert (found.finding.id, [one["key"] for one in found.changes]) == ("grpc-message-too-large", keys)
    assert ["client's own limit" in row.says for row in found.shown] == ([True] if who == "Sent" else [])


@pytest.mark.parametrize(("told", "tried"), [
    ("spark.executor.memoryOverhead=4g, no change", "spark.executor.memoryOverhead"),
    ("spark.driver.memoryOverhead=4g, no change", "spark.driver.memoryOverhead"),
    ("executors have 8g off heap. memoryOverhead was raised to 4g, didn't matter", "spark.executor.memoryOverhead"),
    ("gave the executors 10 GB of overhead, still dead", "spark.executor.memoryOverhead"),
    ("gave the executors 32g, still dead", "spark.executor.memory"),
    ("driver memory 8g, tried 16g, same", "spark.driver.memory"),
])  # fmt: skip
def test_a_trial_is_one_of_the_setting_that_it_names(told, tried):
    keys = [f"spark.{process}.memory{over}" for process in ("executor", "driver") for over in ("", "Overhead")]
    assert [key for key in keys if Tried((told,)).names(key)] == [tried]


def test_a_heap_that_is_refused_is_the_one_of_the_run():
    refused = "IllegalArgumentException: Required executor memory (14336 MB), offHeap memory (0) MB, overhead (1433 MB), and"
    refused += " PySpark memory (0 MB) is above the max threshold (12288 MB) of this cluster!\n"
    (change, *_) = first(f"{refused}tried --executor-memory 12g too -> same but with 12288 and 1228.").changes
    assert "It is 14,336 MiB here." in change["why"]


def test_a_doubling_that_was_tried_is_no_first_try():
    killed = "executor 3: Container killed by YARN for exceeding memory limits. 11.2 GB of 11 GB physical memory used."
    changes = first(f"{killed}\nspark.executor.memoryOverhead=1g\n\nI doubled the overhead, no change.").changes
    (again,) = [one for one in changes if one["key"] == "spark.executor.memoryOverhead"]
    assert (again["value"], "first try" in again["why"], "It was tried here" in again["why"]) == ("", False, True)


@pytest.mark.parametrize(("ended", "killed", "process"), [
    ("SparkUserAppException: User application exited with 137", "python", "driver"),
    ("SparkUserAppException: User application exited with 137", "java", "not told"),
    ("SparkUserAppException: User application exited with 1", "python", "not told"),
])  # fmt: skip
def test_a_killed_python_is_the_programs_where_the_driver_says_that_its_program_was(ended, killed, process):
    text = f"org.apache.spark.{ended}\n" + "\n" * 12 + f"Memory cgroup out of memory: Kill process 2 ({killed}) score 9\n"
    told = first(text)
    assert (told.finding.id, told.process) == ("cgroup-oom", process)
    assert any(one["key"].startswith("spark.executor.") for one in told.changes) == (process != "driver")
