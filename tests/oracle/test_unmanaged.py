"""A task that is alone beside unmanaged memory: real managers, the model of them, and what `task-memory` says of it."""

import json
from pathlib import Path

import pytest

import sparkmem
from sparkmem.spark.managers import trace
from tools.oracle import unmanaged

RECORDED = json.loads((Path(__file__).parent / unmanaged.FILE).read_text())
CASES = [pytest.param(case, id=f"{case['release']} {case['id']}") for case in RECORDED["cases"]]
ENDS = ("result", "blocks", "unblocked", "cancelled", "error")


def minor(release: str) -> str:
    return release.rpartition(".")[0]


def steps(scene: str) -> list[dict]:
    """What came of each operation of a scene, the same in every release that was asked."""
    found = [case["answer"]["steps"] for case in RECORDED["cases"] if case["id"] == scene]
    assert len(found) == len(unmanaged.RELEASES)
    assert all(answer == found[0] for answer in found)
    return [{name: step[name] for name in ENDS if name in step} for step in found[0]]


def test_every_scene_was_asked_of_every_release():
    asked = [{name: case[name] for name in case if name != "answer"} for case in RECORDED["cases"]]
    assert asked == [case for release in unmanaged.RELEASES for case in unmanaged.questions(release)]
    assert RECORDED["command"] == unmanaged.COMMAND


@pytest.mark.parametrize("case", CASES)
def test_no_step_of_the_model_differs_from_the_real_manager(case):
    assert trace.replay({**case, "release": minor(case["release"])}) == case["answer"]


def test_a_task_that_is_alone_waits_and_nothing_ends_it():
    """80 of 100 MiB are held; neither the poll that finds them free wakes the call, nor a task that comes while they are."""
    assert steps("80 of 100 are held, and 30 are asked for")[-1] == {"blocks": True}
    assert steps("what is held has gone, and nobody wakes the call")[1:] == [{"blocks": True}, {}]
    assert "unblocked" in steps("another task comes when it has gone")[-1]
    assert all("unblocked" not in step for step in steps("another task comes while it is held"))
    assert steps("the same with the polling off")[-1] == {"result": 30 << 20}


@pytest.mark.parametrize(
    ("scene", "held", "can", "surely"),
    [
        ("three quarters of the pool", 75 << 20, True, False),
        ("a byte more than three quarters", (75 << 20) + 1, True, True),
        ("half, and all is asked for at once", 50 << 20, False, False),
        ("a byte more than half, and all is asked for at once", (50 << 20) + 1, True, False),
    ],
)
def test_the_calculator_knows_from_where_on_it_can_wait(scene, held, can, surely):
    """Half of the pool where much is asked for at once, three quarters of it in any case, to the byte."""
    waits = "blocks" in steps(scene)[-1]
    assert waits == (surely if "three quarters" in scene else can)
    found = sparkmem.evaluate({"calculator": "task-memory", "inputs": {
        "active-tasks": "1", "spark.memory.offHeap.enabled": "true", "spark.memory.offHeap.size": "100m",
        "spark.memory.unmanagedMemoryPollingInterval": "1s", "off-heap-unmanaged-used": f"{held}b"}})  # fmt: skip
    notes = {note["id"]: note["text"] for note in found["notes"]}
    rows = {row["id"]: row["bytes"] for row in found["rows"] if "bytes" in row}
    assert ("waits-for-ever" in notes) == can == (rows["off-heap-task-memory-at-least"] > 0)
    assert ("where it asks for much at once" not in notes.get("waits-for-ever", "at once")) == surely or not can
    if not waits:
        assert steps(scene)[-1]["result"] == rows["off-heap-task-memory-at-most"]
