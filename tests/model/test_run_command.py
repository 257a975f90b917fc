"""``sparkmem run``: a log as text, JSON and Markdown, several compared, and what cannot be read."""

import json

import pytest

from sparkmem.__main__ import main
from tests.model.test_eventlog import BEGINNING, line, task

OOM = {"Reason": "ExceptionFailure", "Class Name": "java.lang.OutOfMemoryError", "Description": "Java heap space"}
MASTER = {"spark.master": "yarn", "spark.executor.memory": "1g", "spark.executor.cores": "2", "spark.secret": "hunter2"}


def log(path, *events, ended=True):
    """A log with these events, of an application on YARN."""
    start = [dict(event) for event in BEGINNING]
    start[2] = {**start[2], "Spark Properties": MASTER}
    end = [{"Event": "SparkListenerApplicationEnd", "Timestamp": 3_600_500}] if ended else []
    path.write_bytes(b"\n".join(map(line, [*start, *events, *end])) + b"\n")
    return str(path)


def said(capsys, *words, status=0):
    assert main(list(words)) == status
    out = capsys.readouterr()
    return out.out if status == 0 else out.err


def answer(capsys, *words):
    return json.loads(said(capsys, "run", *words, "--json"))


def test_a_spill_is_the_first_finding_and_the_advice_holds_what_was_needed(tmp_path, capsys):
    spilling = [task(n, peak=300 << 20, spilled=200 << 20, launch=1000, finish=9000) for n in range(2)]
    found = answer(capsys, log(tmp_path / "app", *spilling))
    assert (found["findings"][0]["id"], found["findings"][0]["kind"]) == ("execution-short", "cause")
    assert found["findings"][0]["numbers"]["needed-together"] == 1000 << 20
    assert found["right-size"]["needs"]["execution"] == {
        "bytes": 1000 << 20, "figure": "computed", "because": "stage 0: peak and memory spilled of 2 tasks together",
        "at-least": True, "stages": [0],
    }  # fmt: skip
    advised = found["right-size"]["advised"]
    wanted = (1000 << 20) * 4 / 3 * 1.1  # arrays of pointers double, and a tenth of head room
    assert wanted <= advised["spark-memory"] < wanted + (33 << 20)
    assert advised["container"] == (2752 << 20) + (384 << 20)
    assert found["right-size"]["changes"] == {"spark.executor.memory": "2752m"}


def test_tasks_that_did_not_run_together_need_no_room_together(tmp_path, capsys):
    one_by_one = [task(n, peak=100 << 20, launch=1000 * n, finish=1000 * n + 900) for n in range(4)]
    found = answer(capsys, log(tmp_path / "app", *one_by_one))
    assert found["right-size"]["needs"]["execution"]["bytes"] == 100 << 20


def test_block_managers_are_equal_to_the_byte_or_say_why(tmp_path, capsys):
    (executor,) = answer(capsys, log(tmp_path / "app"))["executors"]
    assert (executor["on-heap-maximum"], executor["computed"], executor["explained"]) == (455501414, 455501414, True)
    other = {**BEGINNING[3], "Maximum Memory": 384093388, "Maximum Onheap Memory": 384093388}
    other["Block Manager ID"] = {"Executor ID": "2", "Host": "h", "Port": 1}
    executors = answer(capsys, log(tmp_path / "app", other))["executors"]
    assert "Parallel" in executors[1]["explained"]
    other |= {"Maximum Memory": 12345, "Maximum Onheap Memory": 12345}
    executors = answer(capsys, log(tmp_path / "app", other))["executors"]
    assert executors[1]["how"] == "unexplained"


def test_a_size_is_advised_where_a_block_manager_cannot_be_explained(tmp_path, capsys):
    other = {**BEGINNING[3], "Maximum Memory": 12345, "Maximum Onheap Memory": 12345, "Timestamp": 1}
    found = answer(capsys, log(tmp_path / "app", other, task(1, peak=100 << 20, finish=9000)))
    assert found["executors"][0]["how"] == "unexplained"
    assert found["right-size"]["now"]["container"] == (1024 + 384) << 20


def test_a_full_heap_stands_before_a_spill_and_is_never_shrunk(tmp_path, capsys):
    events = [task(1, peak=20 << 20, spilled=5 << 20), task(2, reason=OOM), task(3, peak=20 << 20)]
    found = answer(capsys, log(tmp_path / "app", *events))
    assert [one["id"] for one in found["findings"][:2]] == ["heap-full", "execution-short"]
    assert found["right-size"]["changes"] == {}
    assert any("cut off" in one for one in found["right-size"]["bounds"])


@pytest.mark.parametrize("words", [
    "Cannot grow BufferHolder by size 2097152 because the size after growing exceeds size limitation 2147483632",
    "No space left on device",
])
def test_a_run_that_died_of_what_only_its_words_say_is_never_shrunk(tmp_path, capsys, words):
    died = {"Reason": "ExceptionFailure", "Class Name": "java.lang.RuntimeException", "Description": words}
    found = answer(capsys, log(tmp_path / "app", task(1, peak=80 << 20), task(2, reason=died), task(3, peak=80 << 20)))
    assert found["findings"][0]["kind"] == "cause"
    assert found["right-size"]["changes"] == {}
    assert "not smaller than it was" in found["right-size"]["why"]


def test_memory_that_was_never_needed_is_given_back_and_user_objects_keep_theirs(tmp_path, capsys):
    found = answer(capsys, log(tmp_path / "app", task(1, peak=80 << 20)))
    changes = found["right-size"]["changes"]
    assert changes == {"spark.executor.memory": "704m", "spark.memory.fraction": "0.218"}
    assert "memory-unused" in [one["id"] for one in found["findings"]]
    size = found["right-size"]
    assert size["advised"]["container"] == size["now"]["container"] - (320 << 20)
    assert size["saves-gib-hours"] == 0  # YARN rounds both up to the same


def test_zero_is_not_measured_and_says_what_would_have_recorded_it(tmp_path, capsys):
    found = answer(capsys, log(tmp_path / "app", task(1)))
    (finding,) = [one for one in found["findings"] if one["id"] == "not-measured"]
    assert "spark.executor.processTreeMetrics.enabled" in finding["changes"]
    assert all(one["kind"] == "context" for one in found["findings"])
    assert "not measured" in said(capsys, "run", log(tmp_path / "app", task(1)))


def test_one_large_task_is_skew_and_not_memory(tmp_path, capsys):
    usual = [task(n, peak=20 << 20, launch=1000, finish=2000) for n in range(7)]
    large = task(7, peak=300 << 20, spilled=900 << 20, launch=1000, finish=9000)
    found = answer(capsys, log(tmp_path / "app", *usual, large))
    ids = [(one["id"], one["kind"]) for one in found["findings"][:2]]
    assert ids == [("skew", "cause"), ("execution-short", "consequence")]


def test_a_killed_executor_is_possible_and_its_fetch_failures_follow(tmp_path, capsys):
    gone = {"Event": "SparkListenerExecutorRemoved", "Timestamp": 5000, "Executor ID": "1",
            "Removed Reason": "Command exited with code 137"}  # fmt: skip
    gone_too = {"Reason": "FetchFailed", "Message": "org.apache.spark.shuffle.FetchFailedException: gone"}
    fetch = task(5, reason=gone_too, finish=6000)
    found = answer(capsys, log(tmp_path / "app", fetch, gone))
    assert [(one["id"], one["kind"], one["certainty"]) for one in found["findings"][:3]] == [
        ("killed", "cause", "possible"), ("executor-lost", "consequence", "said"), ("fetch-failed", "consequence", "said"),
    ]  # fmt: skip


def test_markdown_holds_no_markup_and_json_no_secret_of_the_log(tmp_path, capsys):
    path = log(tmp_path / "app", task(1, reason={**OOM, "Description": "Java heap space <script>|*x*"}))
    text = said(capsys, "run", path, "--markdown")
    assert "<script>" not in text
    assert "\\<script\\>\\|\\*x\\*" in text
    assert "hunter2" not in text + said(capsys, "run", path) + said(capsys, "run", path, "--json")


def test_several_logs_are_compared_and_a_folder_is_looked_through(tmp_path, capsys):
    log(tmp_path / "one", task(1))
    log(tmp_path / "two", task(1, reason=OOM))
    text = said(capsys, "run", str(tmp_path))
    assert [row.split()[0] for row in text.splitlines()] == ["Log", "one", "two"]
    assert "The heap was full" in text
    assert len(json.loads(said(capsys, "run", str(tmp_path), "--json"))) == 2
    assert said(capsys, "run", str(tmp_path), "--markdown").startswith("| Log |")


def test_a_rolling_folder_is_one_log(tmp_path, capsys):
    whole = (tmp_path / "whole", tmp_path / "eventlog_v2_app")
    path = log(whole[0], task(1, peak=9), task(2, peak=5))
    lines = whole[0].read_bytes().splitlines(keepends=True)
    whole[1].mkdir()
    for number, part in enumerate((lines[:4], lines[4:6], lines[6:]), 1):
        (whole[1] / f"events_{number}_app").write_bytes(b"".join(part))
    (whole[1] / "appstatus_app").write_bytes(b"")
    assert answer(capsys, str(whole[1])) | {"read": 0} == answer(capsys, path) | {"read": 0}


@pytest.mark.parametrize("format", ["spark-defaults", "spark-submit", "json", "markdown"])
def test_the_advice_can_be_taken_away(tmp_path, capsys, format):
    path = log(tmp_path / "app", *[task(n, peak=300 << 20, spilled=200 << 20, finish=9000) for n in range(2)])
    text = said(capsys, "run", path, "--as", format)
    assert "2752m" in text
    assert "hunter2" not in text


def test_what_is_no_log_is_refused_with_a_word(tmp_path, capsys):
    (tmp_path / "text").write_text("hello\n")
    assert "no event of Spark" in said(capsys, "run", str(tmp_path / "text"), status=2)
    assert "No such file" in said(capsys, "run", str(tmp_path / "none"), status=2)
    (tmp_path / "empty").mkdir()
    assert "no log" in said(capsys, "run", str(tmp_path / "empty"), status=2)
    assert "from 0 to 10" in said(capsys, "run", "x", "--head-room", "much", status=2)
    for many in ("0", "65", "two", "1234567"):
        assert "from 1 to 64" in said(capsys, "run", "x", "--processes", many, status=2)


def test_a_log_without_an_end_says_so(tmp_path, capsys):
    text = said(capsys, "run", log(tmp_path / "app.inprogress", task(1), ended=False))
    assert "the log has no end" in text
