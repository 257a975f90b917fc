"""What is advised of runs that failed, were not measured, or had executors of several sizes, and in which words."""

import gzip
import json
from pathlib import Path

import pytest

from sparkmem.render.run import rows
from sparkmem.render.run.digested import digest_html
from sparkmem.render.run.text import run_text
from sparkmem.runs.digest import digest_of
from sparkmem.runs.report import report
from sparkmem.runs.summary import summary
from tests.model.test_eventlog import BEGINNING, read, task

LOGS = Path(__file__).parents[1] / "eventlogs"
MIB = 1 << 20
OOM = {"Reason": "ExceptionFailure", "Class Name": "java.lang.OutOfMemoryError", "Description": "Java heap space"}
USUAL = {"spark.master": "yarn", "spark.executor.memory": "1g", "spark.executor.cores": "2"}


def run_of(*events, release="3.5.3", maximum=455501414, **more):
    """A report on these events, with these settings besides the usual."""
    start = [dict(event) for event in BEGINNING]
    start[0] = {**start[0], "Spark Version": release}
    start[2] = {**start[2], "Spark Properties": {**USUAL, **{key.replace("_", "."): text for key, text in more.items()}}}
    start[3] = {**start[3], "Maximum Memory": maximum, "Maximum Onheap Memory": maximum}
    return report(read([*start, *events, {"Event": "SparkListenerApplicationEnd", "Timestamp": 3_600_500}]))


def executor(name, maximum, profile=0):
    """An executor that was added with a block manager of this size."""
    info = {"Host": "h", "Total Cores": 2, "Resource Profile Id": profile}
    manager = {"Executor ID": name, "Host": "h", "Port": 1}
    return [
        {"Event": "SparkListenerExecutorAdded", "Timestamp": 600, "Executor ID": name, "Executor Info": info},
        {"Event": "SparkListenerBlockManagerAdded", "Block Manager ID": manager, "Maximum Memory": maximum,
         "Timestamp": 601, "Maximum Onheap Memory": maximum, "Maximum Offheap Memory": 0},
    ]  # fmt: skip


def shuffled(event, size=5 * MIB):
    """The same task, which has read a shuffle."""
    read_bytes = {"Remote Blocks Fetched": 0, "Local Blocks Fetched": 1, "Remote Bytes Read": 0, "Local Bytes Read": size}
    return {**event, "Task Metrics": {**event["Task Metrics"], "Shuffle Read Metrics": read_bytes}}


def sampled(event, **peaks):
    """The same task, with metrics of its executor."""
    return {**event, "Task Executor Metrics": {**event["Task Executor Metrics"], **peaks}}


def test_a_size_that_failed_is_never_said_to_be_the_right_one():
    found = run_of(task(1, peak=80 * MIB), task(2, reason=OOM))
    words = summary(found.right_size)
    assert "right size" not in words.replace("no right size", "")
    assert words.startswith("This size failed: The heap was full.")
    assert [row[0] for row in rows.shape_rows(found)][:2] == ["as it ran", "at least"]


@pytest.mark.parametrize(("spilled", "words"), [(0, "size failed, and no right one"), (900, "size failed; at least")])
def test_an_address_says_too_that_a_size_failed(spilled, words):
    found = run_of(task(1, peak=80 * MIB, spilled=spilled * MIB), task(2, reason=OOM))
    assert words in digest_html(digest_of(found), "read-a-run/")


def test_a_smaller_request_that_is_granted_as_the_larger_one_is_said_to_save_nothing():
    words = summary(run_of(task(1, peak=80 * MIB)).right_size)
    assert words.endswith("What is granted stays the same, so that it saves nothing by itself.")
    assert "granted" not in summary(run_of(task(1, peak=80 * MIB), spark_master="spark://h:1").right_size)


def test_memory_was_not_idle_in_a_run_that_died():
    usual = [task(1, peak=80 * MIB)]
    assert "memory-unused" in [one.id for one in run_of(*usual).findings]
    assert "memory-unused" not in [one.id for one in run_of(*usual, task(2, reason=OOM)).findings]


def test_a_spill_of_a_run_that_failed_too_is_told_as_a_least():
    found = run_of(*[task(n, peak=300 * MIB, spilled=200 * MIB, finish=9000) for n in range(2)], task(3, reason=OOM))
    assert "At least spark.executor.memory" in summary(found.right_size)
    (short,) = [one for one in found.findings if one.id == "execution-short"]
    assert "at least" in next(one.why for one in short.changes if one.key == "spark.executor.memory")


def test_spark_memory_is_not_lowered_where_a_shuffle_was_read_and_no_task_says_what_it_held():
    held = {"OnHeapStorageMemory": 40 * MIB}
    unknown = run_of(sampled(shuffled(task(1)), **held))
    assert unknown.right_size.changed == {}
    assert "no less than it had" in unknown.right_size.why
    assert summary(unknown.right_size).startswith("No other size is advised")
    assert all(one.cores <= 2 for one in unknown.right_size.others)
    none = run_of(sampled(task(1), **held))
    assert none.right_size.needs.execution.how == "assumed"
    assert none.right_size.changed["spark.executor.memory"] == "672m"


@pytest.mark.parametrize(("mode", "spilled", "least", "how"), [
    ("On", 0, 80, "measured"), ("Off", 0, 80, "measured"), ("On", 20, 100, "computed"),
])  # fmt: skip
def test_what_a_task_held_at_once_counts_where_its_operators_report_no_peak(mode, spilled, least, how):
    """As ObjectHashAggregate, the one of collect_list, does not."""
    ran = shuffled(task(1, spilled=spilled * MIB))
    held = {**ran, "Task Metrics": {**ran["Task Metrics"], f"Peak {mode} Heap Execution Memory": 80 * MIB}}
    found = run_of(held, task(2), release="4.3.0")
    need = found.right_size.needs.execution
    assert (need.bytes, need.how) == (least * MIB, how)
    assert need.because.startswith("stage 0: the most held at once" if not spilled else "stage 0: ")
    assert found.right_size.changed


def test_a_need_is_no_less_than_an_executor_was_seen_to_hold():
    """Of a map that no operator counts, as before 4.0; what is there between two samples is not seen."""
    seen = {"OnHeapExecutionMemory": 300 * MIB}
    more = run_of(sampled(shuffled(task(1, peak=80 * MIB)), **seen)).right_size
    assert (more.needs.execution.bytes, more.needs.execution.how) == (300 * MIB, "bound")
    assert more.advised is not None
    assert more.advised.spark_memory_bytes >= 330 * MIB
    untold = run_of(sampled(shuffled(task(1)), **seen, OnHeapStorageMemory=MIB)).right_size
    assert (untold.needs.execution.bytes, untold.needs.execution.at_least) == (300 * MIB, True)
    assert untold.changed == {}, "a least is no reason for less"
    assert not any("off the heap" in one.name for one in untold.others)
    less = run_of(sampled(task(1, peak=80 * MIB), OnHeapExecutionMemory=70 * MIB)).right_size.needs.execution
    assert (less.bytes, less.how) == (80 * MIB, "measured")


@pytest.mark.parametrize(("master", "why"), [
    ("yarn", "no executor is in the log"), ("", "no executor is in the log"), ("local[4]", "in local mode"),
])  # fmt: skip
def test_only_a_run_in_local_mode_is_said_to_be_one(master, why):
    start = [dict(event) for event in BEGINNING[:3]]
    start[2] = {**start[2], "Spark Properties": {"spark.master": master} if master else {}}
    assert report(read(start)).right_size.why.startswith(why)


def test_in_local_mode_the_driver_and_its_master_are_to_be_changed():
    found = run_of(task(1, executor="driver", peak=80 * MIB, spilled=80 * MIB), spark_master="local[2]",
                   spark_executor_cores="16")  # fmt: skip
    (short,) = [one for one in found.findings if one.id == "execution-short"]
    changed = {one.key: one.value for one in short.changes}
    assert changed["spark.master"] == "local[1]"
    assert "spark.driver.memory" in changed
    assert not any(key.startswith("spark.executor.") for key in changed)


def test_where_a_heap_was_full_one_size_is_named_for_it():
    """Storage memory was short too: what is known of Spark memory is a least, in both findings."""
    with gzip.open(LOGS / "cache-of-large-records-3.5.9.gz") as log:
        found = report(read(map(json.loads, log)))
    sizes = {one.value for each in found.findings for one in each.changes if one.key == "spark.executor.memory"}
    assert sizes == {"1088m"}
    assert found.right_size.changed["spark.executor.memory"] == "1088m"


@pytest.mark.parametrize(
    "words", ["Requested array size exceeds VM limit", "Required array length 2147483639 + 18 is too large"]
)
def test_no_larger_heap_is_advised_for_an_array_that_no_jvm_has(words):
    said = {**OOM, "Description": words, "Full Stack Trace": f"java.lang.OutOfMemoryError: {words}"}
    found = run_of(task(1), task(2, reason=said))
    assert found.findings[0].id == "array-too-long"
    assert not any(one.key == "spark.executor.memory" for each in found.findings for one in each.changes)


@pytest.mark.parametrize(("maximum", "words"), [
    (2_223_023_063, "under "), (1_111_794_647, "with spark.storage.memoryFraction 0.6"),
])  # fmt: skip
def test_before_3_a_heap_is_held_against_collectors_of_its_time(maximum, words):
    """As a log of 1.5.1 that names no Java has it: Shenandoah came with Java 12."""
    start = [dict(event) for event in BEGINNING]
    start[0] = {**start[0], "Spark Version": "1.5.1"}
    start[2] = {key: value for key, value in start[2].items() if key != "JVM Information"}
    start[3] = {**start[3], "Maximum Memory": maximum, "Maximum Onheap Memory": maximum}
    reasons = [one.reason for one in report(read(start)).reconciled.values()]
    assert any(words in one for one in reasons)
    assert not any(name in one for one in reasons for name in ("Shenandoah", "Z,", "spark.memory.fraction"))


def test_a_log_of_1_6_is_held_against_the_fraction_of_its_time():
    """542,539,776 is three quarters of what Serial leaves of 1 GiB, less 300 MiB: executors of a run on 1.6.1."""
    start = [dict(event) for event in BEGINNING]
    start[0] = {**start[0], "Spark Version": "1.6.1"}
    java = {"spark.executor.memory": "1g", "spark.executor.extraJavaOptions": "-XX:+UseConcMarkSweepGC"}
    start[2] = {**start[2], "JVM Information": {"Java Version": "1.8.0_66"}, "Spark Properties": java}
    start[3] = {**start[3], "Maximum Memory": 542_539_776}
    del start[3]["Maximum Onheap Memory"], start[3]["Maximum Offheap Memory"]
    found = report(read(start))
    (one,) = found.reconciled.values()
    assert one.how == "otherwise"
    assert rows.reconciled(found)[0][3].startswith("the log's is that of spark.executor.memory 1,024 MiB under Serial")
    assert "Runtime.maxMemory 1,037,959,168" in one.reason


def removed(reason, at=3000):
    """Executor 1 goes, and why."""
    return {"Event": "SparkListenerExecutorRemoved", "Timestamp": at, "Executor ID": "1", "Removed Reason": reason}


KILLED = "exited with exit code 137(SIGKILL, possible container OOM)."
"""What Spark writes on Kubernetes for every end of an executor with 137, whoever wanted it."""


@pytest.mark.parametrize(("reason", "found_first", "failed"), [
    ("worker lost: 10.0.0.1:4711 got disassociated", "node-lost", ()),
    ("Command exited with code 52", "heap-full", ("The heap was full", "Executors were lost")),
    ("Remote RPC client disassociated", "executor-lost", ("An executor was lost",)),
    ("Container container_1 on host: h was preempted.", "yarn-preempted", ()),
    ("Executor decommission: Executor 1 is decommissioned.", "executor-decommissioned", ()),
    (f"The executor with id 1 {KILLED} The API gave the following message: The node was low on resource: memory.",
     "evicted-memory", ("A pod was evicted: the node ran short of memory", "Executors were lost")),
    (f"The executor with id 1 {KILLED}", "killed", ("The system ended an executor with SIGKILL", "Executors were lost")),
    ("Container killed by YARN for exceeding virtual memory limits. 21.1 GB of 21 GB virtual memory used.",
     "yarn-virtual-limit", ("YARN killed a container for its virtual memory", "Executors were lost")),
    ("Command exited with code 134", "exit-134", ("A process aborted itself", "Executors were lost")),
    ("Command exited with code 143", "terminated", ("An executor was ended with SIGTERM", "Executors were lost")),
])  # fmt: skip
def test_a_size_did_not_fail_where_its_node_was_taken_away(reason, found_first, failed):
    found = run_of(task(1, peak=80 * MIB), removed(reason))
    assert found.findings[0].id == found_first
    assert found.right_size.failed == failed


def test_fewer_cores_need_no_more_than_all_of_them_did():
    """One task of a stage held 200 MiB, and nothing ran beside it: with half of the cores it is still one."""
    added, manager = executor("2", 4 << 30)
    added["Executor Info"]["Total Cores"] = 8
    found = run_of(added, manager, task(1, executor="2", peak=200 * MIB), maximum=4 << 30)
    fewer = {one.name: one for one in found.right_size.others if one.cores < found.where.cores}
    assert fewer
    assert all(one.spark_memory_bytes <= found.right_size.advised.spark_memory_bytes for one in fewer.values())


def test_where_no_task_says_what_it_held_the_operators_that_say_nothing_are_named():
    need = run_of(shuffled(task(1))).right_size.needs.execution
    assert need.how == "not measured"
    assert "ObjectHashAggregate (collect_list)" in need.because


def test_a_heap_in_use_moves_no_advice():
    """It holds garbage: the same tasks in a heap that was nearly empty or nearly full need the same."""
    few, many = (run_of(sampled(task(1, peak=80 * MIB), JVMHeapMemory=size)) for size in (1, 1000 * MIB))
    assert few.right_size.changed == many.right_size.changed != {}


def test_an_overhead_is_raised_by_what_was_seen_and_never_lowered():
    seen = {"ProcessTreeJVMRSSMemory": 1600 * MIB, "JVMHeapMemory": 700 * MIB}
    events = [sampled(task(1, peak=80 * MIB), **seen)]
    assert run_of(*events).right_size.changed["spark.executor.memoryOverhead"] == "992m"
    given = {"spark_executor_memoryOverhead": "2g"}
    assert "spark.executor.memoryOverhead" not in run_of(*events, **given).right_size.changed
    factor = {"spark_executor_memoryOverheadFactor": "2.0"}
    assert "spark.executor.memoryOverhead" not in run_of(*events, **factor).right_size.changed


def test_a_low_fraction_is_raised_before_a_heap_and_a_usual_one_is_not():
    """User objects keep the bytes that they could take; Spark memory grows in the rest of the heap."""
    tasks = [task(n, peak=300 * MIB, finish=9000) for n in range(2)]
    low = run_of(*tasks, maximum=91_100_282, spark_memory_fraction="0.12").right_size
    assert low.advised.spark_memory_bytes >= 660 * MIB
    assert low.changed["spark.executor.memory"] < "2g"
    assert "spark.memory.fraction" not in run_of(*tasks).right_size.changed
    heap = float(low.changed["spark.executor.memory"].removesuffix("m"))
    fraction = float(low.changed["spark.memory.fraction"])
    assert fraction <= 0.6
    assert (heap - 300) * (1 - fraction) >= (1024 - 300) * 0.88 - 1


def test_more_tasks_have_more_user_objects():
    found = run_of(*[task(n, peak=20 * MIB, finish=9000) for n in range(4)])
    more = next(one for one in found.right_size.others if one.cores == 4)
    heap = int(more.settings["spark.executor.memory"].removesuffix("m"))
    fraction = float(more.settings.get("spark.memory.fraction", "0.6"))
    assert (heap - 300) * (1 - fraction) >= 2 * (1024 - 300) * 0.4 - 1
    assert "user objects" in more.note
    assert more.note in run_text(found)


def test_executors_of_several_sizes_are_held_against_the_smallest_that_ran_tasks():
    large = executor("2", 12_000 * MIB)
    found = run_of(*large, task(1, peak=80 * MIB), task(2, executor="2", peak=80 * MIB))
    assert found.right_size.now.settings["spark.executor.memory"] == "1024m"
    assert any("several sizes" in one for one in found.right_size.bounds)
    idle = run_of(*large, task(2, executor="2", peak=80 * MIB))
    assert idle.right_size.now.spark_memory_bytes > 10_000 * MIB


def test_executors_and_stages_of_a_profile_of_their_own_are_left_out_and_named():
    stage = {"Event": "SparkListenerStageCompleted", "Stage Info": {
        "Stage ID": 7, "Stage Attempt ID": 0, "Stage Name": "s", "Number of Tasks": 1, "Submission Time": 5,
        "Completion Time": 99, "Resource Profile Id": 1}}  # fmt: skip
    events = [*executor("2", 4000 * MIB, profile=1), stage, task(9, stage=7, executor="2", peak=3000 * MIB)]
    found = run_of(task(1, peak=80 * MIB), *events)
    assert found.right_size.needs.execution.bytes == 80 * MIB
    assert "resource profile 1" in found.right_size.bounds[0]
    alone = run_of(*executor("1", 4000 * MIB, profile=1), task(1, peak=80 * MIB))
    assert any("set in the program" in one for one in alone.right_size.bounds)


@pytest.mark.parametrize(("reads", "key"), [(True, "spark.sql.shuffle.partitions"), (False, "")])
def test_more_partitions_of_shuffles_are_advised_where_a_spilling_stage_read_one(reads, key):
    tasks = [task(n, peak=300 * MIB, spilled=200 * MIB, finish=9000) for n in range(2)]
    found = run_of(*(shuffled(one) if reads else one for one in tasks))
    (short,) = [one for one in found.findings if one.id == "execution-short"]
    assert [one.key for one in short.changes if "partitions" in one.why] == [key]


@pytest.mark.parametrize(("release", "settings", "keys"), [
    ("3.5.3", {}, []),
    ("3.5.3", {"spark_sql_adaptive_enabled": "false"}, ["spark.sql.adaptive.enabled"]),
    ("3.1.1", {}, ["spark.sql.adaptive.enabled"]),
    ("3.1.1", {"spark_sql_adaptive_enabled": "true"}, []),
    ("2.4.8", {}, []),
])  # fmt: skip
def test_what_is_on_already_is_not_advised_against_skew(release, settings, keys):
    usual = [task(n, peak=20 * MIB, launch=1000, finish=2000) for n in range(7)]
    found = run_of(*usual, task(7, peak=300 * MIB, spilled=900 * MIB, finish=9000), release=release, **settings)
    (skew,) = [one for one in found.findings if one.id == "skew"]
    assert [one.key for one in skew.changes if "adaptive" in one.key] == keys


@pytest.mark.parametrize(("name", "peak", "found_first", "changed"), [
    ("groupByKey at /folder/job.py:12", 0, "python-spilled", set()),
    ("groupByKey at /folder/job.py:12", 50 * MIB, "execution-short", {"spark.executor.memory"}),
    ("groupByKey at Job.scala:12", 0, "execution-short", {"spark.executor.memory"}),
])  # fmt: skip
def test_what_python_held_and_wrote_is_no_need_of_spark_memory(name, peak, found_first, changed):
    stage = {"Event": "SparkListenerStageCompleted", "Stage Info": {
        "Stage ID": 0, "Stage Attempt ID": 0, "Stage Name": name, "Number of Tasks": 2, "Submission Time": 5,
        "Completion Time": 99}}  # fmt: skip
    found = run_of(*[shuffled(task(n, peak=peak, spilled=900 * MIB, finish=9000)) for n in range(2)], stage)
    assert found.findings[0].id == found_first
    assert set(found.right_size.changed) == changed
    assert ("spark.executor.memory" in [one.key for one in found.findings[0].changes]) == bool(changed)


def test_off_heap_memory_counts_where_a_worker_does_not_count_it():
    found = run_of(*[task(n, peak=300 * MIB, spilled=200 * MIB, finish=9000) for n in range(2)], spark_master="spark://h:1")
    off = next(one for one in found.right_size.others if one.name == "execution off the heap")
    assert off.taken_bytes == off.granted_bytes + off.off_heap_bytes
    on_yarn = run_of(*[task(n, peak=300 * MIB, spilled=200 * MIB, finish=9000) for n in range(2)])
    off = next(one for one in on_yarn.right_size.others if one.name == "execution off the heap")
    assert off.taken_bytes == off.granted_bytes > off.off_heap_bytes + 1024 * MIB
