"""Event logs: lines to a run, in any pieces and any packing; hostile lines counted; nothing that grows with tasks."""

import json
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sparkmem.eventlog import task_end
from sparkmem.eventlog.errors import UnreadableLog
from sparkmem.eventlog.fold import MOST_PARSED_BYTES, empty, feed, feed_all, merge, verdict
from sparkmem.eventlog.lines import Lines
from sparkmem.eventlog.paths import parts
from sparkmem.eventlog.reading import Reading
from sparkmem.eventlog.release import version_of
from sparkmem.eventlog.state import MOST_EXECUTORS, MOST_SETTINGS
from sparkmem.eventlog.tally import KEPT_TASKS, quantile, size_of, step_of

ZERO = {"JVMHeapMemory": 0, "OnHeapExecutionMemory": 0, "OnHeapStorageMemory": 0}


def task(number, stage=0, executor="1", peak=0, spilled=0, heap=0, reason=None, launch=1000, finish=2000, **info):
    """A TaskEnd as Spark 3 and 4 write it."""
    return {
        "Event": "SparkListenerTaskEnd", "Stage ID": stage, "Stage Attempt ID": 0, "Task Type": "ResultTask",
        "Task End Reason": reason or {"Reason": "Success"},
        "Task Info": {"Task ID": number, "Index": number, "Attempt": 0, "Launch Time": launch, "Executor ID": executor,
                      "Host": "h", "Locality": "ANY", "Speculative": False, "Getting Result Time": 0, "Finish Time": finish,
                      "Failed": reason is not None, "Killed": False, **info,
                      "Accumulables": [{"ID": 1, "Name": 'a "Task Metrics":{ in a name', "Update": 5}]},
        "Task Executor Metrics": {**ZERO, "JVMHeapMemory": heap},
        "Task Metrics": {"Executor Run Time": 10, "Peak Execution Memory": peak, "JVM GC Time": 1, "Result Size": 100,
                         "Memory Bytes Spilled": spilled, "Disk Bytes Spilled": spilled // 4,
                         "Input Metrics": {"Bytes Read": 7}, "Updated Blocks": []},
    }  # fmt: skip


def line(event) -> bytes:
    return json.dumps(event, separators=(",", ":")).encode()


def read(events):
    state = empty()
    for at, event in enumerate(events, 1):
        feed(state, event if isinstance(event, bytes) else line(event), (1, at))
    return verdict(state)


BEGINNING = [
    {"Event": "SparkListenerLogStart", "Spark Version": "3.5.3-amzn-0"},
    {"Event": "SparkListenerApplicationStart", "App Name": "a job", "App ID": "app-1", "Timestamp": 500, "User": "u"},
    {"Event": "SparkListenerEnvironmentUpdate", "JVM Information": {"Java Version": "17.0.9 (Vendor)"},
     "Spark Properties": {"spark.executor.memory": "1g"}, "Hadoop Properties": {}, "System Properties": {}},
    {"Event": "SparkListenerBlockManagerAdded", "Block Manager ID": {"Executor ID": "1", "Host": "h", "Port": 1},
     "Maximum Memory": 455501414, "Timestamp": 600, "Maximum Onheap Memory": 455501414, "Maximum Offheap Memory": 0},
    {"Event": "SparkListenerExecutorAdded", "Timestamp": 590, "Executor ID": "1",
     "Executor Info": {"Host": "h", "Total Cores": 2, "Resource Profile Id": 0}},
]  # fmt: skip

sizes = st.integers(0, 1 << 40)
tasks = st.builds(
    task, st.integers(0, 500), st.integers(0, 3), st.sampled_from(["1", "2", "driver"]), sizes, sizes, sizes,
    st.sampled_from([None, None, {"Reason": "ExecutorLostFailure", "Loss Reason": "Command exited with code 52"}]),
    st.integers(1, 3000), st.integers(1, 3000),
)  # fmt: skip
others = st.sampled_from([
    *BEGINNING, b"{", b"", b"\xff\xfe", b"[1]", {"Event": "SparkListenerJobStart"}, {"Event": "x.y.Z"},
    {"Event": "SparkListenerExecutorRemoved", "Timestamp": 900, "Executor ID": "2",
     "Removed Reason": "Command exited with code 137"},
    {"Event": "SparkListenerStageCompleted", "Stage Info": {"Stage ID": 1, "Stage Attempt ID": 0, "Stage Name": "s",
     "Number of Tasks": 9, "Submission Time": 5, "Completion Time": 99, "RDD Info": [
        {"RDD ID": 3, "Number of Partitions": 9, "Storage Level": {"Use Memory": True, "Use Disk": False}}]}},
    {"Event": "SparkListenerBlockUpdated", "Block Updated Info": {"Block ID": "rdd_3_1", "Memory Size": 5, "Disk Size": 0}},
])  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(tasks, others), max_size=40), st.lists(st.integers(0, 40), max_size=4), st.randoms())
def test_any_split_in_any_order_gives_the_same_run(events, cuts, shuffled):
    lines = [(event if isinstance(event, bytes) else line(event), (1, at)) for at, event in enumerate(events, 1)]
    edges = sorted({0, len(lines), *(cut for cut in cuts if cut < len(lines))})
    pieces = [lines[start:end] for start, end in pairwise(edges)]
    shuffled.shuffle(pieces)
    whole = empty()
    for text, place in lines:
        feed(whole, text, place)
    together = empty()
    for piece in pieces:
        part = empty()
        for text, place in piece:
            feed(part, text, place)
        together = merge(together, part)
    assert verdict(together) == verdict(whole)


@settings(max_examples=60, deadline=None)
@given(tasks, st.randoms())
def test_a_task_in_another_order_of_keys_says_the_same(event, shuffled):
    keys = list(event)
    shuffled.shuffle(keys)
    assert read([event]).executors == read([{key: event[key] for key in keys}]).executors
    spaced = json.dumps(event).encode()
    assert read([spaced]).executors == read([event]).executors


# A task that succeeded, to the letter as 3.5 and 4.3 write it, with a number for each N.
AS_SPARK_WRITES = (
    '{"Event":"SparkListenerTaskEnd","Stage ID":N,"Stage Attempt ID":N,"Task Type":"ResultTask","Task End Reason":'
    '{"Reason":"Success"},"Task Info":{"Task ID":N,"Index":N,"Attempt":N,"Partition ID":N,"Launch Time":N,'
    '"Executor ID":"N","Host":"h","Locality":"ANY","Speculative":%s,"Getting Result Time":N,"Finish Time":N,'
    '"Failed":false,"Killed":false,"Accumulables":[{"ID":1,"Name":%s,"Update":5}]},"Task Executor Metrics":'
    '{SAMPLES},"Task Metrics":{"Executor Deserialize Time":N,'
    '"Executor Deserialize CPU Time":N,"Executor Run Time":N,"Executor CPU Time":N,"Peak Execution Memory":N,%s'
    '"Result Size":N,"JVM GC Time":N,"Result Serialization Time":N,"Memory Bytes Spilled":N,"Disk Bytes Spilled":N,'
    '"Shuffle Read Metrics":{"Remote Blocks Fetched":N,"Local Blocks Fetched":N,"Fetch Wait Time":N,'
    '"Remote Bytes Read":N,"Remote Bytes Read To Disk":N,"Local Bytes Read":N,"Total Records Read":N,'
    '"Remote Requests Duration":N,"Push Based Shuffle":{"Corrupt Merged Block Chunks":N,'
    '"Merged Remote Bytes Read":N}},"Shuffle Write Metrics":{"Shuffle Bytes Written":N,"Shuffle Write Time":N,'
    '"Shuffle Records Written":N},"Input Metrics":{"Bytes Read":N,"Records Read":N},"Output Metrics":'
    '{"Bytes Written":N,"Records Written":N},"Updated Blocks":[]}}'
)
MODES = '"Peak On Heap Execution Memory":N,"Peak Off Heap Execution Memory":N,'


@st.composite
def as_spark_writes(draw):
    name = json.dumps(draw(st.sampled_from(["peak memory", '},"Task Metrics":{', 'a "Task Executor Metrics":{ b', "]},"])))
    samples = ",".join(f'"{metric}":N' for metric in task_end.SAMPLES[: draw(st.integers(20, len(task_end.SAMPLES)))])
    speculative, modes = draw(st.sampled_from(["true", "false"])), draw(st.sampled_from(["", MODES]))
    text = AS_SPARK_WRITES.replace("SAMPLES", samples) % (speculative, name, modes)
    few = st.one_of(st.just(0), st.integers(0, 3), st.integers(0, 1 << 40))
    return re.sub(r"\bN\b", lambda _: str(draw(few)), text).encode()


@settings(max_examples=30, deadline=None)
@given(st.lists(as_spark_writes(), min_size=1, max_size=8))
def test_tasks_added_up_together_say_what_each_says_read_whole(lines):
    together, one_by_one = empty(), empty()
    feed_all(together, b"\n".join(lines) + b"\n", (1, 1))
    for at, text in enumerate(lines, 1):
        event = json.loads(text)
        feed(one_by_one, line({key: event[key] for key in reversed(event)}), (1, at))
    assert all(task_end.success_of(text, 0, len(text)) for text in lines)
    assert verdict(together) == replace(verdict(one_by_one), read=verdict(together).read)


@settings(max_examples=80, deadline=None)
@given(as_spark_writes(), st.integers(0, 3000), st.binary(max_size=3))
def test_a_line_with_other_bytes_somewhere_is_never_read_otherwise(text, at, put):
    """Neither way reads what the other refuses, or reads it as something else."""
    at = at % len(text)
    text = text[:at] + put.replace(b"\n", b"") + text[at + len(put) :]
    found, whole = empty(), empty()
    feed(found, text, (1, 1))
    try:
        event = json.loads(text)
    except ValueError:
        assert not task_end.success_of(text, 0, len(text)) or _damaged_accumulables(text)
        return
    if isinstance(event, dict) and event.get("Event") == "SparkListenerTaskEnd":
        feed(whole, json.dumps(event).encode(), (1, 1))
        assert verdict(found).executors == verdict(whole).executors


def _damaged_accumulables(text):
    """Accumulables are not looked into: what is wrong there goes unseen."""
    start, end = text.index(b'"Accumulables":['), text.rindex(b'"Task Executor Metrics"')
    try:
        json.loads(text[:start] + b'"Accumulables":[]},' + text[end:])
    except ValueError:
        return False
    return True


def test_the_short_way_is_taken_for_what_spark_writes(monkeypatch):
    monkeypatch.setattr(task_end, "_whole", lambda line: pytest.fail("read whole"))
    assert read([task(1, peak=5, heap=9)]).executors[0].peak("JVMHeapMemory") == 9
    before_3 = task(1, peak=77)
    del before_3["Task Executor Metrics"]
    assert read([before_3]).executors[0].peak("execution-of-a-task") == 77


def test_before_3_the_peak_is_an_accumulable():
    event = task(1)
    del event["Task Executor Metrics"], event["Task Metrics"]["Peak Execution Memory"]
    peak = {"ID": 2, "Name": "internal.metrics.peakExecutionMemory", "Update": 4096, "Value": 9000}
    event["Task Info"]["Accumulables"].append(peak)
    expected = read([event]).executors
    assert expected[0].peak("execution-of-a-task") == 4096
    assert read([json.dumps(event).encode()]).executors == expected


def test_a_run_has_what_its_events_say():
    end = {"Event": "SparkListenerApplicationEnd", "Timestamp": 9000}
    run = read([*BEGINNING, task(1, peak=100, spilled=50, heap=7), task(2, peak=30), end])
    assert (run.release.said, run.release.vendor, run.release.name) == ("3.5.3-amzn-0", "-amzn-0", "3.5")
    assert (run.name, run.started, run.ended, run.read.complete, run.read.bad) == ("a job", 500, 9000, True, 0)
    (executor,) = run.executors
    assert (executor.on_heap_maximum, executor.off_heap_maximum, executor.cores, executor.added) == (455501414, 0, 2, 590)
    assert executor.tally.sums == {
        "succeeded": 2, "run-ms": 20, "gc-ms": 2, "result-bytes": 200, "memory-spilled": 50, "disk-spilled": 12,
        "input-bytes": 14, "spilling-tasks": 1,
    }  # fmt: skip
    assert executor.peak("JVMHeapMemory") == 7
    assert executor.peak("OnHeapStorageMemory") == 0
    assert run.stages[0].peak("need-of-a-task") == 150


def test_reasons_that_differ_in_numbers_alone_are_one():
    words = "Container container_{} exited with code 52"
    lost = [{"Reason": "ExecutorLostFailure", "Loss Reason": words.format(number)} for number in range(9)]
    (reason,) = read([task(number, reason=one) for number, one in enumerate(lost)]).reasons
    assert (reason.count, reason.executors, reason.words[:19]) == (9, ("1",), "ExecutorLostFailure")


def test_lines_that_cannot_be_read_are_counted_and_named():
    cut = b'{"Event":"SparkListenerTaskEnd","Stage ID":0,"Sta'
    run = read([*BEGINNING, cut, b"no JSON", b"\xff\xfe{}", b"[]", b"[" * 100_000])
    assert run.read.bad == 5
    assert [place for place, _ in run.read.faults] == [(1, 6), (1, 7), (1, 8), (1, 9), (1, 10)]
    assert run.read.faults[0][1] == "ends too soon"


@settings(max_examples=60, deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5), lambda inner:
       st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3), max_leaves=8),
       st.sampled_from([*BEGINNING, task(1)]), st.data())  # fmt: skip
def test_any_value_in_any_place_is_survived(value, event, data):
    path = event = json.loads(json.dumps(event))
    for _ in range(3):
        key = data.draw(st.sampled_from(sorted(path)))
        if not isinstance(path[key], dict) or not path[key]:
            break
        path = path[key]
    path[key] = value
    try:
        text = line(event)
    except (ValueError, UnicodeEncodeError):
        return
    read([text, *BEGINNING])


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_bytes_of_any_kind_are_survived_or_said_to_be_no_log(noise):
    for start in (b"", b"LZ4Block", b"\x82SNAPPY\0" + b"\0" * 8, b"ZV\1", b"\x1f\x8b\x08\0", line(BEGINNING[0]) + b"\n"):
        reading = Reading()
        reading.begin()
        wrong = ""
        try:
            reading.feed(start + noise)
            reading.end()
            reading.run()
        except UnreadableLog as error:  # noise may begin as zstd does, which not every Python can undo
            wrong = error.message
        assert bool(reading.state.events) != bool(re.search("no event|compressed with zstd", wrong)), wrong


def test_numbers_that_are_none_are_not_measured():
    wild = task(1, peak=-5, spilled=1 << 80, heap=-1)
    wild["Task Metrics"]["JVM GC Time"] = True
    (executor,) = read([wild]).executors
    assert executor.peak("execution-of-a-task") == executor.peak("JVMHeapMemory") == 0
    assert "memory-spilled" not in executor.tally.sums


def test_what_is_kept_does_not_grow_with_tasks():
    state, sizes = empty(), []
    for number in range(3 * 4 * KEPT_TASKS + 1):
        feed(state, line(task(number, peak=1 << (number % 30))), (1, number))
        if number % (4 * KEPT_TASKS) == 0:
            sizes.append(len(repr(verdict(state))))
    assert max(sizes[1:]) < sizes[1] * 1.1


def test_a_million_executors_are_survived():
    state = empty()
    for number in range(MOST_EXECUTORS + MOST_EXECUTORS // 4 + 10):
        feed(state, b'{"Event":"SparkListenerExecutorRemoved","Timestamp":5,"Executor ID":"%d"}' % number, (1, number))
    run = verdict(state)
    assert len(run.executors) == MOST_EXECUTORS
    assert run.read.left_out == ("executors",)
    assert run.executors[0].id == "0"


def test_a_line_without_end_is_not_kept():
    lines = Lines(most_bytes=1000)
    kept = b"".join(lines.feed(b"x" * 500) for _ in range(50))
    assert (kept, sum(map(len, lines._parts))) == (b"", 0)
    assert lines.feed(b"x\nshort\nrest") == b"\nshort\n"
    assert (lines.too_long, lines.end()) == (1, b"rest")


@pytest.mark.parametrize(("inside", "why"), [
    (b"[" * 10_000 + b"]" * 10_000, "nested too deep"),
    (b'{"a":' * 101 + b"1" + b"}" * 101, "nested too deep"),
    (b"[" + b"[]," * (MOST_PARSED_BYTES // 3) + b"0]", "an event that is read has 8,388,608 at most"),  # 25 times as much
])  # fmt: skip
@pytest.mark.parametrize("event", [b"SparkListenerStageCompleted", b"SparkListenerTaskEnd"])
def test_lines_that_would_take_more_than_they_are_long_are_counted_and_not_read(event, inside, why):
    run = read([*BEGINNING, b'{"Event":"%s","Stage Info":%s}' % (event, inside)])
    assert (run.read.bad, run.name) == (1, "a job")
    assert why in run.read.faults[0][1]


def test_brackets_in_a_text_are_not_nested_whatever_they_are():
    said = {**BEGINNING[1], "App Name": '[{"\\' * 500}
    assert (read([said]).read.bad, read([said]).name) == (0, '[{"\\' * 75)


def test_a_line_of_an_event_that_nobody_reads_may_be_as_long_as_a_line_may():
    name = b"org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart"
    plan = b'{"Event":"%s","x":"%s"}' % (name, b"x" * MOST_PARSED_BYTES)
    assert read([plan]).read.bad == 0


def test_reasons_settings_and_names_are_kept_no_longer_than_a_reader_looks():
    gone = {"Event": "SparkListenerExecutorRemoved", "Timestamp": 5, "Executor ID": "1"}
    long = [{**gone, "Removed Reason": f"{number} {'x' * 9000}"} for number in range(30)]
    wide = {**BEGINNING[2], "Spark Properties": {f"spark.k{n}": "v" * (9000 if n < 9 else 9) for n in range(9999)}}
    run = read([*long, wide])
    assert len(repr(run.executors)) < 8000
    assert (len(run.spark), max(map(len, run.spark.values()))) == (MOST_SETTINGS, 4000)


@given(st.lists(st.binary(max_size=40)), st.integers(1, 9))
def test_lines_do_not_depend_on_the_pieces(texts, step):
    whole = b"\n".join(texts)
    lines = Lines()
    assert b"".join(lines.feed(whole[at : at + step]) for at in range(0, len(whole), step)) + lines.end() == whole


# -- files -------------------------------------------------------------------------


def test_a_rolling_folder_is_read_in_order_from_the_last_compacted_file_on():
    names = ["events_10_app.zstd", "appstatus_app", "events_2_app.zstd", "events_3_app.zstd.compact", "events_3_app.zstd"]
    (log,) = parts([f"eventlog_v2_app/{name}" for name in names])
    assert [part.path.partition("/")[2] for part in log] == ["events_3_app.zstd.compact", "events_10_app.zstd"]
    assert log[1].note == "6 files before it missing"


def test_rotated_files_are_one_log_with_the_one_still_written_last():
    names = ["eventlog", "eventlog-2026-11-01--10-00.gz", "eventlog-2026-11-01--09-00.gz"]
    (log,) = parts([f"d/{name}" for name in names])
    assert [part.path for part in log] == [f"d/{name}" for name in reversed(names)]


def test_a_log_in_progress_is_said_to_be_one():
    (((part),),) = (parts(["app-1.inprogress"]),)
    assert "still running" in part[0].note


@pytest.mark.parametrize(("said", "name", "known"), [
    ("2.4.8", "2.4", True), ("3.3.1-databricks", "3.3", True), ("5.0.0", "4.3", False), ("3.3.0.3.3.7190.0-91", "3.3", True),
    ("nonsense", "4.3", False),
])  # fmt: skip
def test_releases_of_vendors(said, name, known):
    assert (version_of(said).name, version_of(said).known) == (name, known)


def test_a_log_without_a_first_line_is_of_the_release_in_the_runtime_of_its_platform():
    label = {"spark.databricks.clusterUsageTags.sparkVersion": "13.3.x-aarch64-photon-scala2.12"}
    run = read([{**BEGINNING[2], "Spark Properties": label}])
    assert (run.release.said, run.release.name, run.release.known) == (*label.values(), "3.4", True)


@given(st.integers(1, 1 << 62))
def test_steps_of_sizes_are_a_quarter_of_a_doubling_wide(size):
    least = size_of(step_of(size))
    assert least <= size < least * 1.26 or size < 8


def test_a_quantile_is_the_step_that_so_many_do_not_exceed():
    counts = {step_of(1 << 20): 3, step_of(1 << 30): 1}
    assert [quantile(counts, share) for share in (0.5, 0.75, 1.0)] == [1 << 20, 1 << 20, 1 << 30]
