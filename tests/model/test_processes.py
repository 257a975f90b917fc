"""Whose a failure is, where the line that says it does not tell: stacks, pods, and what else stands in the text."""

import pytest

from sparkmem.diagnosis.advised import advised
from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.diagnosis.families import findings

HEAP = "java.lang.OutOfMemoryError: Java heap space\n\tat java.util.Arrays.copyOf(Arrays.java:3332)\n"
GONE = "\npy4j.protocol.Py4JNetworkError: Answer from Java side is empty"
FAILED = "24/09/02 05:00:51 ERROR Executor: Exception in task 3.0 in stage 2.0 (TID 31)\n"


def keys(one):
    return [change["key"] for change in one.changes]


@pytest.mark.parametrize("frame", [
    "sparklyr.StreamHandler.handleMethodCall(stream.scala:123)",
    "org.apache.spark.api.r.RBackendHandler.channelRead0(R.scala)",
    "py4j.GatewayConnection.run(GatewayConnection.java:238)", "py4j.commands.CallCommand.execute(CallCommand.java:79)",
])  # fmt: skip
def test_what_is_thrown_above_the_frames_that_serve_python_or_r_is_the_drivers(frame):
    first = diagnosed(f"{HEAP}\tat {frame}").first
    assert (first.process, keys(first)) == ("driver", ["spark.driver.memory"])


def test_what_is_thrown_in_a_task_is_none_of_the_drivers_though_its_frames_stand_above():
    text = "org.apache.spark.SparkException: x\n\tat py4j.GatewayConnection.run(GatewayConnection.java:238)\nCaused by: "
    first = diagnosed(f"{text}{HEAP}\tat org.apache.spark.scheduler.Task.run(Task.scala:141)").first
    assert (first.finding.id, first.process) == ("heap-space", "executor")
    assert diagnosed(f"{text}{HEAP}").first.process == "not told"


@pytest.mark.parametrize(("text", "process", "key"), [
    ("message: 'driver container failed with ExitCode: 137, Reason: OOMKilled'", "driver", "spark.driver.memoryOverhead"),
    ("rollup-51c-driver  0/1  OOMKilled  1 (2m ago)  9m", "driver", "spark.driver.memoryOverhead"),
    ("rollup-51c-exec-3  0/1  OOMKilled  1 (2m ago)  9m", "executor", "spark.executor.memoryOverhead"),
])  # fmt: skip
def test_a_pod_or_container_that_names_its_process_is_that_processs(text, process, key):
    first = diagnosed(text).first
    assert (first.finding.id, first.process, keys(first)) == ("oom-killed", process, [key])


def test_what_a_later_line_close_by_tells_of_the_same_failure_counts():
    text = "java.lang.OutOfMemoryError: GC overhead limit exceeded\nDumping heap to /dumps/java_pid9.hprof ...\nx\ny\nz\n"
    text += "Terminating due to java.lang.OutOfMemoryError: GC overhead limit exceeded\n"
    text += "24/09/02 05:00:51 ERROR TaskSchedulerImpl: Lost executor 4 on 10.0.0.9:"
    first = diagnosed(text).first
    assert (first.finding.id, first.process) == ("gc-overhead", "executor")
    assert "spark.driver.memory" not in keys(first)


def test_what_a_later_line_says_for_sure_is_not_possible_any_more():
    waits = "24/09/02 05:00:51 WARN TaskSchedulerImpl: Initial job has not accepted any resources; check your cluster UI to"
    waits += " ensure that workers are registered and have sufficient resources\n"
    event = "FailedScheduling  default-scheduler  0/9 nodes are available: 2 Insufficient cpu, 7 Insufficient memory"
    first = diagnosed(waits + event).first
    assert (first.finding.id, first.certainty) == ("no-resources", "said")
    assert "7 Insufficient memory" in first.quote
    assert diagnosed(waits).first.certainty == "possible"


@pytest.mark.parametrize("text", [
    "Warning  FailedScheduling  default-scheduler  0/9 nodes are available: 9 Insufficient memory.",
    "kernel: Out of memory: Kill process 812 (java) score 611 or sacrifice child",
    'earlyoom[3127]: sending SIGTERM to process 819 uid 0 "java": badness 1702, VmRSS 38011 MiB',
])  # fmt: skip
def test_no_key_of_the_driver_is_advised_for_executors_that_do_not_fit(text):
    first = diagnosed(text).first
    assert (first.process, keys(first)) == ("not told", ["spark.executor.memory"])
    assert "Where it was" not in first.changes[0]["why"]


def test_in_local_mode_the_program_s_own_jvm_was_full():
    """A task's error and the program's lost JVM in one text, and no executor has a number: one process."""
    first, gone, *_ = diagnosed(FAILED + HEAP + GONE).findings
    assert (first.process, keys(first), gone.follows) == ("driver", ["spark.driver.memory"], "heap-space")


def test_an_executor_that_has_a_number_does_not_take_the_program_s_jvm_with_it():
    lost = "24/09/02 05:00:52 ERROR TaskSchedulerImpl: Lost executor 4 on node-9: it ended"
    found = {one.finding.id: one for one in diagnosed(FAILED + HEAP + lost + GONE).findings}
    assert (found["heap-space"].process, found["java-side-gone"].follows) == ("executor", "")


def test_the_master_of_client_mode_is_not_the_driver():
    text = "Container [pid=11,containerID=container_1700000000001_0007_02_000001] is running beyond virtual memory limits."
    text += " Current usage: 301.5 MB of 1 GB physical memory used; 2.9 GB of 2.1 GB virtual memory used. Killing container."
    text += "\nDump of the process-tree for container_1700000000001_0007_02_000001 :\n\t|- 12 11 11 11 (java) 1 1 30 9 java "
    assert diagnosed(f"{text}org.apache.spark.deploy.yarn.ExecutorLauncher --arg h:1").first.process == "application master"
    assert diagnosed(f"{text}org.apache.spark.deploy.yarn.ApplicationMaster --class A").first.process == "driver"


KILLED = "[7.1] Out of memory: Killed process 901 ({}) total-vm:31112004kB, anon-rss:29101244kB, file-rss:112kB"


def test_a_python_that_the_kernel_killed_beside_a_worker_that_died_is_that_worker():
    died = "\norg.apache.spark.SparkException: Python worker exited unexpectedly (crashed)"
    first, then = diagnosed(KILLED.format("python3.11") + died).findings
    assert (first.process, first.region, then.follows) == ("python worker", "python", "system-oom")
    assert diagnosed(KILLED.format("java") + died).first.process == "not told"
    assert diagnosed(KILLED.format("python3.11")).first.process == "not told"


def test_what_is_said_of_the_driver_s_key_names_no_fewer_executors_or_tasks_and_no_key_of_another():
    told = [one["why"] for finding in findings().values() for one in advised(finding, "not told", {})]
    said = [why for why in told if why.startswith("Where it was the driver")]
    assert [why for why in said if any(word in why for word in ("ewer executors", "An executor", " tasks", "spark."))] == []


@pytest.mark.parametrize("tail", ["", ", which potentially signifies a memory pressure.", "]. Additional details stand at:"])
def test_dataproc_ends_a_driver_whatever_is_said_behind_it(tail):
    first = diagnosed(f"Job failed: [Driver received SIGTERM/SIGKILL signal and exited with 137 code{tail}").first
    assert (first.finding.id, first.process, first.numbers) == ("dataproc-memory-pressure", "driver", {"code": 137})
    assert not any("executor" in key for key in keys(first))


@pytest.mark.parametrize(("said", "certainty"), [
    ("org.apache.spark.shuffle.FetchFailedException: Block shuffle_2_77_5 fetch failed after 12 retries due to Netty OOM",
     "said"),
    ("INFO ShuffleBlockFetcherIterator: Block shuffle_2_77_5 has failed 3 times due to Netty OOM, will retry", "possible"),
])  # fmt: skip
def test_a_fetch_without_room_for_netty_is_direct_memory_of_the_executor_that_reads(said, certainty):
    first = diagnosed(said).first
    assert (first.finding.id, first.process, first.region, first.certainty) == (
        "netty-direct-memory", "executor", "direct", certainty,
    )  # fmt: skip


BROKEN = "24/09/02 05:00:51 WARN server.TransportChannelHandler: Exception in connection from w2/10.0.0.3:50701\n"


@pytest.mark.parametrize(("beside", "process"), [
    ("24/09/02 05:00:49 INFO cluster.YarnClientSchedulerBackend: Requesting to kill executor(s) 6", "driver"),
    ("24/09/02 05:00:49 WARN HeartbeatReceiver: Removing executor 6 with no recent heartbeats: 9 ms", "driver"),
    ("24/09/02 05:00:49 INFO executor.Executor: Running task 3.0 in stage 2.0 (TID 31)", "executor"),
    ("24/09/02 05:00:49 INFO memory.MemoryStore: Block broadcast_3 stored as values in memory", "not told"),
])  # fmt: skip
def test_an_error_of_a_connection_is_whose_log_it_stands_in(beside, process):
    found = diagnosed(f"{beside}\n{BROKEN}{HEAP}").findings
    (heap,) = [one for one in found if one.finding.id == "heap-space"]
    assert heap.process == process
    if process == "driver":
        assert (heap.at.executor, keys(heap)) == ("", ["spark.driver.memory"])


@pytest.mark.parametrize(("heading", "process"), [
    ("stdout of container_e07_1700_0031_01_000004:", "executor"),
    ("Container: container_e07_1700_0031_01_000004 on w2_8041", "executor"),
    ("Container: container_e07_1700_0031_01_000001 on w2_8041", "not told"),
    ("24/09/02 05:00:49 INFO YarnAllocator: Completed container container_e07_1700_0031_01_000004", "not told"),
])  # fmt: skip
def test_what_stands_under_the_heading_of_an_executors_container_is_the_executors(heading, process):
    first = diagnosed(f"{heading}\n#\n#\n#\n#\n# {HEAP.partition(chr(10))[0]}").first
    assert (first.finding.id, first.process) == ("heap-space", process)


@pytest.mark.parametrize(("container", "process"), [("executor", "executor"), ("istio-proxy", "not told")])
def test_a_container_that_kubernetes_calls_executor_is_one(container, process):
    status = f"ContainerStatus(containerID=docker://1, image=a/spark:1, name={container}, reason=OOMKilled, x=1)"
    first = diagnosed(f"The API gave the following container statuses:\n\n{status}").first
    assert (first.finding.id, first.process) == ("oom-killed", process)


def test_the_thread_of_the_progress_bar_is_a_drivers():
    assert diagnosed(f'Exception in thread "refresh progress" {HEAP}').first.process == "driver"


GUARD = "Nov 22 15:41:10 m earlyoom[9]: sending SIGTERM to process 82 uid 0 \"{name}\": badness 1238, VmRSS 42571 MiB"


@pytest.mark.parametrize(("cause", "process"), [
    ("java.lang.OutOfMemoryError: Java heap space", "driver"),
    (GUARD.format(name="java"), "driver"),
    (GUARD.format(name="python3"), "not told"),
    ("ERROR TaskSchedulerImpl: Lost executor 4 on w:\n\n\n\n\n\njava.lang.OutOfMemoryError: Java heap space",
     "not told"),
])  # fmt: skip
def test_what_explains_that_a_driver_is_gone_and_names_nobody_is_the_drivers(cause, process):
    first = diagnosed(f"{cause}{GONE}").first
    assert (first.finding.kind, first.process) == ("cause", process)
    assert any("executor" in key for key in keys(first)) == (process == "not told")


@pytest.mark.parametrize(("block", "process", "which"), [
    ("broadcast_7", "not told", ["spark.executor.memory", "spark.driver.memory"]),
    ("rdd_4_11", "executor", ["spark.executor.memory"]),
])  # fmt: skip
def test_a_broadcast_that_finds_no_room_is_not_only_an_executors(block, process, which):
    one = diagnosed(f"WARN MemoryStore: Not enough space to cache {block} in memory! (computed 3.9 GiB so far)").first
    assert (one.finding.id, one.process, keys(one)) == ("cache-no-room", process, which)
