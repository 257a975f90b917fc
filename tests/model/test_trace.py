"""Traces: replayed in order, on the command line too, and refused with the operation and the rule that it breaks."""

import io
import json

import pytest

from sparkmem.__main__ import main
from sparkmem.spark.managers.trace import replay
from sparkmem.spark.managers.trace_ops import OPERATIONS

SMALL = {"spark.testing.memory": "1000", "spark.testing.reservedMemory": "0", "spark.memory.fraction": "1.0"}


def steps(*ops, release="4.3", conf=SMALL, **more):
    answer = replay({"release": release, "conf": conf, "ops": [list(op) for op in ops], **more})
    assert "errors" not in answer, answer
    return answer["steps"]


def test_storage_borrows_and_execution_takes_it_back():
    borrow, back = steps(("put", "rdd_0_0", 800, "on"), ("acqExec", 400, 1, "on"))
    assert borrow["state"][:4] == [800, 800, 0, 200]
    # Only 300 are above the storage region, but the block goes whole.
    assert back["result"] == 400
    assert back["evicted"] == ["rdd_0_0"]
    assert back["state"][:4] == [0, 0, 400, 1000]


def test_a_used_storage_region_is_safe():
    _, ask = steps(("put", "rdd_0_0", 500, "on"), ("acqExec", 900, 1, "on"))
    assert ask["result"] == 500
    assert "evicted" not in ask


def test_storage_cannot_evict_execution():
    _, cache = steps(("acqExec", 900, 1, "on"), ("put", "rdd_0_0", 200, "on"))
    assert cache["result"] is False
    assert cache["state"][:4] == [0, 100, 900, 900]


def test_a_call_waits_for_its_half_share_and_is_woken():
    _, wait, enough = steps(("acqExec", 1000, 1, "on"), ("acqExec", 300, 2, "on"), ("relExec", 300, 1, "on"))
    assert wait["blocks"] is True
    assert wait["tasks"] == {"1": 1000}
    assert enough["unblocked"] == {"task": 2, "got": 300}


def test_a_call_goes_on_waiting_below_its_half_share():
    *_, little = steps(("acqExec", 1000, 1, "on"), ("acqExec", 300, 2, "on"), ("relExec", 200, 1, "on"))
    assert "unblocked" not in little
    assert little["tasks"] == {"1": 800}


def test_a_waiting_call_whose_task_ends_throws():
    *_, end = steps(("acqExec", 1000, 1, "on"), ("acqExec", 300, 2, "on"), ("relTask", 2))
    assert end["error"] == {"class": "java.util.NoSuchElementException", "message": "key not found: 2"}
    assert end["result"] == 0


def test_a_second_waiting_call_is_cancelled_and_its_task_stays_active():
    ops = [("acqExec", 1000, 1, "on"), ("acqExec", 300, 2, "on"), ("acqExec", 300, 3, "on"), ("relTask", 1)]
    *_, second, after = steps(*ops)
    assert second["cancelled"] is True
    assert after["unblocked"] == {"task": 2, "got": 300}
    assert steps(*ops, ("acqExec", 600, 2, "on"))[-1]["result"] == 200  # 1/2 of 1000, task 3 being active with nothing


def test_blocks_of_the_same_rdd_do_not_push_each_other_out():
    same = steps(("put", "rdd_0_0", 600, "on"), ("put", "rdd_0_1", 600, "on"))[-1]
    other = steps(("put", "rdd_0_0", 600, "on"), ("put", "rdd_1_1", 600, "on"))[-1]
    assert same["result"] is False
    assert other["evicted"] == ["rdd_0_0"]


def test_a_block_that_is_read_stays():
    ops = [("put", "rdd_0_0", 600, "on"), ("pin", "rdd_0_0"), ("put", "rdd_1_1", 600, "on")]
    assert steps(*ops)[-1]["result"] is False
    assert steps(*ops[:2], ("unpin", "rdd_0_0"), ops[2])[-1]["evicted"] == ["rdd_0_0"]


def test_unmanaged_memory_counts_only_where_it_is_polled():
    ops = [("unmanaged", "on", 400), ("put", "rdd_0_0", 700, "on")]
    polled = {**SMALL, "spark.memory.unmanagedMemoryPollingInterval": "1s"}
    assert steps(*ops, conf=polled)[-1]["result"] is False
    assert steps(*ops)[-1]["result"] is True


def test_the_static_manager_lends_nothing():
    conf = {"spark.testing.memory": "1000000000"}
    ops = [("put", "rdd_0_0", 540_000_001, "on"), ("put", "rdd_0_0", 540_000_000, "on"), ("acqExec", 200_000_000, 1, "on")]
    too_large, fits, ask = steps(*ops, release="2.4", conf=conf, manager="static")
    assert (too_large["result"], fits["result"], ask["result"]) == (False, True, 160_000_000)


@pytest.mark.parametrize(
    ("op", "rule"),
    [
        (["put", "rdd_0_0", 1], "put takes block, bytes, mode, so 3 values, not 2"),
        (["put", "cached", 1, "on"], "it has to be a block named as Spark names it"),
        (["put", "rdd_00_1", 1, "on"], "it has to be a block named as Spark names it"),
        (["put", "rdd_0_1", 1.5, "on"], "it has to be a whole number of bytes"),
        (["put", "rdd_0_1", True, "on"], "it has to be a whole number of bytes"),
        (["put", "rdd_0_1", 1 << 63, "on"], "from 0 to 9223372036854775807"),
        (["acqExec", -1, 1, "on"], "it has to be a whole number of bytes"),
        (["acqExec", 1, "1", "on"], "it has to be a task attempt's number"),
        (["relStorage", 1, "heap"], "it has to be on or off"),
        (["relStorage", 1, ["on"]], "it has to be on or off"),
        (["evict", "rdd_0_1"], "'evict' is none of put, get"),
        ([["put"], 1], "is none of put, get"),
        ([], 'an operation is a list such as ["get", "rdd_0_1"], not an empty list'),
        ("get rdd_0_1", "not a text"),
        ({"op": "get"}, "not an object"),
        (None, "not null"),
        (7, "not a number"),
    ],
)
def test_a_malformed_operation_is_named_with_its_rule(op, rule):
    answer = replay({"conf": SMALL, "ops": [["get", "rdd_0_0"], op]})
    (error,) = answer["errors"]
    assert error["input"] == "ops[1]"
    assert error["message"].startswith("operation 2 (ops[1]): ")
    assert rule in error["message"]


@pytest.mark.parametrize(
    ("trace", "name"),
    [
        ({"release": "5.0"}, "release"), ({"release": ["4.3"]}, "release"), ({"manager": "static"}, "manager"),
        ({"manager": 1}, "manager"), ({"conf": []}, "conf"), ({"conf": {"spark.memory.fraction": 1}}, "conf"),
        ({"cores": 0}, "cores"), ({"cores": True}, "cores"), ({"gc": "cms"}, "gc"), ({"ops": None}, "ops"),
        ({"ops": {}}, "ops"), ({"conf": {}}, "spark.testing.memory"),
        ({"conf": {**SMALL, "spark.memory.storageFraction": "1"}}, "spark.memory.storageFraction"),
        ({"release": "4.0", "ops": [["unmanaged", "on", 1]]}, "ops[0]"),
    ],
)  # fmt: skip
def test_a_malformed_trace_names_what_is_wrong(trace, name):
    (error,) = replay({"conf": SMALL, "ops": [], **trace})["errors"]
    assert error["input"] == name
    assert error["message"]


def replay_command(monkeypatch, capsys, text, *words):
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    status = main(["replay", *words])
    captured = capsys.readouterr()
    return status, captured.out.splitlines(), captured.err


def test_command_line_answers_each_line_in_order(monkeypatch, capsys):
    good = json.dumps({"conf": SMALL, "ops": [["acqExec", 5, 1, "on"]]})
    lines = [good, "", "{", "[]", json.dumps({"conf": SMALL}), '"x"', good]
    status, answers, _ = replay_command(monkeypatch, capsys, "\n".join(lines))
    assert status == 0
    found = [json.loads(answer) for answer in answers]
    assert ["errors" in answer for answer in found] == [False, True, True, True, True, False]
    assert found[0] == found[-1] == replay(json.loads(good))


def test_command_line_takes_a_release_for_traces_that_name_none(monkeypatch, capsys):
    one = json.dumps({"conf": {"spark.testing.memory": "1000000000"}, "manager": "static", "ops": []})
    _, (refused,), _ = replay_command(monkeypatch, capsys, one)
    _, (answer,), _ = replay_command(monkeypatch, capsys, one, "--release", "2.4.8")
    _, (unknown,), _ = replay_command(monkeypatch, capsys, one, "--release", "1.6")
    assert json.loads(unknown)["errors"][0]["input"] == "release"
    assert "errors" in json.loads(refused)
    assert json.loads(answer)["initial"]["maxOnHeapStorageMemory"] == 540_000_000


@pytest.mark.parametrize("words", [("--releas", "4.3"), ("--release",), ("4.3",)])
def test_command_line_refuses_what_it_does_not_know(monkeypatch, capsys, words):
    status, answers, errors = replay_command(monkeypatch, capsys, "{}", *words)
    assert (status, answers) == (2, [])
    assert errors


def test_help_says_what_every_operation_takes(monkeypatch, capsys):
    _, lines, _ = replay_command(monkeypatch, capsys, "", "--help")
    assert all(any(line.strip().startswith(f'["{name}"') for line in lines) for name in OPERATIONS)


def test_a_trace_whose_answer_no_machine_holds_is_refused():
    tasks = [["acqExec", 1, task, "on"] for task in range(10_000)]
    (error,) = replay({"conf": SMALL, "ops": tasks})["errors"]
    assert "50,005,000 times" in error["message"]
    ended = [op for task in range(10_000) for op in (["acqExec", 1, task, "on"], ["relTask", task])]
    assert len(replay({"conf": SMALL, "ops": ended})["steps"]) == 20_000
    assert len(replay({"conf": SMALL, "ops": ["x"] * 10_000})["errors"]) == 101
