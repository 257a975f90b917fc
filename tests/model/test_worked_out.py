"""What follows by arithmetic from a failure's text, who wrote it, and what else writes the same."""

import pytest

from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.diagnosis.families import FindingError, check, findings, read
from sparkmem.diagnosis.finding import CAUSE
from sparkmem.requests.diagnosis import diagnosis_dict

RESULTS = "ERROR TaskSetManager: Total size of serialized results of {} tasks (1024.0 MB) is bigger than"
RESULTS += " spark.driver.maxResultSize (1024.0 MB)"
NETTY = "io.netty.util.internal.OutOfDirectMemoryError: failed to allocate 16777216 byte(s) of direct memory"
NETTY += " (used: 3204448263, max: 3221225472)"
GLUTEN = "Not enough spark off-heap execution memory. Acquired: 8388608, granted: 0.\nCurrent config settings: \n"
GLUTEN += "\tspark.gluten.memory.offHeap.size.in.bytes=4.0 GiB\n\tspark.gluten.memory.task.offHeap.size.in.bytes=512.0 MiB\n"
WORKERS = "WARN TaskSchedulerImpl: Initial job has not accepted any resources; check your cluster UI to ensure that"
WORKERS += " workers are registered and have sufficient resources\n\nspark-submit --master spark://m:7077"
WORKERS += " --executor-memory {}\n\nworker-1   ALIVE   4 (0 Used)   1024.0 MB (0.0 B Used)\n"
GLUE = "Run status: Failed\nError: Command failed with exit code 10\nMax capacity: 1 DPU\n"
GLUE += "    91  26110.7 MiB  13269.5 MiB           1       merged = pd.merge(trx, led)"
LOST = "WARN HeartbeatReceiver: Removing executor 6 with no recent heartbeats: {} ms exceeds timeout 120000 ms"
DISK = "The node was low on resource: ephemeral-storage. Container a was using 38112404Ki, which exceeds its request of 0."
POD = "ContainerStatus(name=executor, state=ContainerState(terminated=Terminated(exitCode=137, reason=OOMKilled"
POD += ")))\n\nexecutor:\n  memory: 4g\n  memoryOverhead: 512m\n"
YARN = "Container killed by YARN for exceeding memory limits. 11.9 GB of 8.4 GB virtual memory used."
THREAD = "java.lang.OutOfMemoryError: unable to create native thread: possibly\n$ cat /sys/fs/cgroup/pids/pids.max\n4096\n"
TASK = "Serialized task 28:1 was {} bytes, which exceeds max allowed: spark.rpc.message.maxSize (134217728 bytes)"


@pytest.mark.parametrize(("text", "figure"), [
    (f"{RESULTS.format(87322)}\nTasks: 87322/262144 (failed)", "12 KiB for each of 87,322 tasks."),
    (f"{RESULTS.format(87322)}\nTasks: 87322/262144 (failed)", "All 262,144 tasks of the stage would bring 3,074.1 MiB."),
    (f"{NETTY}\n\n--executor-memory 3g --executor-cores 6", "16,777,209 bytes were free, 7 fewer than what was asked for."),
    (GLUTEN, "The pool of 4,096 MiB is for 8 tasks at once, 512 MiB for each."),
    (GLUE, "memory_profiler measured 26,110.7 MiB elsewhere; a DPU has 16,384 MiB."),
    (LOST.format(241877), "4 min 1 s without a heartbeat, where 2 min 0 s are allowed."),
    (DISK, "It had written 37,219.1 MiB: a volume of its own has to hold more than that."),
    (THREAD, "The container may have 4,096 processes and threads."),
    (TASK.format(301885664), "It is 2.25 times the limit: where it is a slice of a local collection, as many times more"
     " slices, at least."),
])  # fmt: skip
def test_a_figure_follows_from_the_numbers_of_the_text(text, figure):
    assert figure in diagnosed(text).first.figures


def test_the_ratio_of_virtual_memory_that_would_do_is_told():
    (said,) = diagnosed(YARN).first.figures
    assert said.endswith("the container has 4,096 MiB of memory; what it reserved is 2.98 times that.")


def test_a_pod_s_limit_is_what_its_settings_come_to():
    assert diagnosed(POD).first.figures == ["Heap and overhead that are set come to 4,608 MiB, which is the pod's limit."]


@pytest.mark.parametrize(("silence", "id"), [(241877, "heartbeat-timeout"), (14_400_000, "machine-slept")])
def test_a_silence_of_hours_is_a_machine_that_slept(silence, id):
    first = diagnosed(LOST.format(silence)).first
    assert (first.finding.id, first.region) == (id, "none")
    assert len(first.figures) == 1


@pytest.mark.parametrize(("heap", "certainty", "change"), [("2g", "computed", "1024m"), ("512m", "possible", "")])
def test_an_executor_that_no_worker_can_hold_is_no_guess(heap, certainty, change):
    first = diagnosed(WORKERS.format(heap)).first
    assert (first.finding.id, first.certainty) == ("no-resources", certainty)
    assert bool(first.figures) is bool(change)
    assert not change or first.changes[0]["value"] == change


@pytest.mark.parametrize(("tasks", "first"), [(87322, "number of partitions"), (64, "spark.driver.maxResultSize")])
def test_many_small_results_want_fewer_tasks_and_few_large_ones_a_larger_limit(tasks, first):
    assert diagnosed(RESULTS.format(tasks)).first.changes[0]["key"] == first


def test_a_job_of_glue_with_its_one_dpu_is_not_told_to_take_one():
    assert [one["key"] for one in diagnosed(GLUE).first.changes] == ["job type"]
    assert [one["value"] for one in diagnosed("Command failed with exit code 10").first.changes] == ["1"]


def test_a_cause_of_an_end_says_who_writes_it_and_what_else_does():
    ends = ("exit-137", "exit-134", "exit-139", "exit-52", "oom-killed", "k8s-sigkill", "heap-space", "yarn-physical-limit")
    lacking = [id for id in ends if not (findings()[id].written_by and len(findings()[id].alike) > 1)]
    assert lacking == []
    told = diagnosis_dict(diagnosed("Exit status: 137."))["findings"][0]
    assert told["written-by"].startswith("Whoever started the process")
    assert len(told["alike"]) == 3
    assert all(one.written_by for one in findings().values() if one.alike and one.kind == CAUSE)


def test_a_figure_that_cannot_be_read_is_named():
    entry = {"id": "x-y", "title": "T", "says": "S.", "kind": "cause", "figure": [{"says": "{used ** 2:size}"}]}
    with pytest.raises(FindingError, match="x-y"):
        check(read({"a": [entry]}))
