"""Storage levels of the model against real ones, and what is claimed of storage and tasks, shown by recorded scenes.

A scene is a few operations on the block manager and the memory manager of a running SparkContext, in 1000 bytes,
half of them the storage region (tools/oracle/scenes.py).
"""

import json
from functools import cache
from pathlib import Path

import pytest

from macros.content import questions
from sparkmem.facts import FACTS
from sparkmem.release import RELEASES, since
from sparkmem.spark.managers.storage_levels import DEFAULTS, PYTHON_DEFAULTS, levels_at
from tools.oracle import scenes

RECORDED = json.loads((Path(__file__).parent / "storage.json").read_text())
ALL = [release.witness for release in RELEASES.values()]


@cache
def answers(release):
    return next(row for row in RECORDED["releases"] if row["release"] == release)


def minor(release):
    return release.rpartition(".")[0]


def last(release, scene):
    return answers(release)["scenes"][scene][-1]


def results(release, scene):
    return [step.get("result") for step in answers(release)["scenes"][scene]]


def in_memory(step):
    return {name for name, places in step["blocks"].items() if "memory" in places}


def test_every_release_and_every_scene_is_recorded():
    assert [row["release"] for row in RECORDED["releases"]] == ALL
    assert RECORDED["memory"] == scenes.MEMORY
    for row in RECORDED["releases"]:
        assert {name: len(steps) for name, steps in row["scenes"].items()} == {
            name: len(operations) for name, operations in scenes.SCENES.items()
        }


@pytest.mark.parametrize("release", ALL)
class TestLevels:
    def test_scala_has_these_levels(self, release):
        real = {name: tuple(properties) for name, properties in answers(release)["levels"].items()}
        assert {name: level.properties() for name, level in levels_at(minor(release)).items()} == real

    def test_python_has_these_levels(self, release):
        real = {name: tuple(properties) for name, properties in answers(release)["python"]["levels"].items()}
        assert {name: level.properties() for name, level in levels_at(minor(release), python=True).items()} == real

    def test_calls_take_these_levels(self, release):
        assert {call: default.at(minor(release)).name for call, default in DEFAULTS.items()} == answers(release)["defaults"]

    def test_python_calls_take_these_levels(self, release):
        real = answers(release)["python"]["defaults"]
        assert {call: default.at(minor(release)).name for call, default in PYTHON_DEFAULTS.items()} == real

    def test_python_keeps_bytes_except_at_one_level(self, release):
        objects = {name for name, properties in answers(release)["python"]["levels"].items() if properties[3]}
        assert objects == ({"MEMORY_AND_DISK_DESER"} if since(minor(release), "3.1") else set())


@pytest.mark.parametrize("release", ALL)
class TestStorage:
    def test_least_recently_used_block_goes_first(self, release):
        """Reading a block makes it the newest: by age, rdd_1_0 would go first."""
        assert in_memory(last(release, "least recently used goes first")) == {"rdd_1_0", "rdd_3_0", "rdd_4_0"}

    def test_blocks_of_the_same_rdd_are_not_evicted_for_each_other(self, release):
        scene = "blocks of the same RDD stay"
        assert results(release, scene) == [True, True, True, False, True]
        own, other = answers(release)["scenes"][scene][-2:]
        assert in_memory(own) == {"rdd_1_0", "rdd_1_1", "rdd_1_2"}
        assert "rdd_1_0" not in in_memory(other)

    def test_a_block_that_is_read_is_not_evicted(self, release):
        assert in_memory(last(release, "a block that is read stays")) == {"rdd_1_0", "rdd_3_0", "rdd_4_0"}

    def test_eviction_is_all_or_nothing(self, release):
        step = last(release, "nothing is evicted for a block that would still not fit")
        assert step["result"] is False
        assert in_memory(step) == {"rdd_1_0", "rdd_2_0"}

    def test_evicted_block_goes_to_disk_if_its_level_says_so(self, release):
        step = last(release, "an evicted block goes to disk if its level says so")
        assert step["blocks"] == {"rdd_1_0": ["disk"], "rdd_3_0": ["memory"]}

    def test_pieces_of_a_broadcast_are_evicted_like_other_blocks(self, release):
        step = last(release, "pieces of a broadcast are evicted like other blocks")
        assert step["blocks"]["broadcast_1_piece0"] == ["disk"]

    def test_unroll_memory_is_storage_memory(self, release):
        step = last(release, "unroll memory is storage memory")
        assert step["storage"] == 1000
        assert in_memory(step) == {"rdd_2_0"}, "unrolling evicts as storing does"

    def test_storage_may_take_more_than_its_region(self, release):
        assert last(release, "storage takes free execution memory")["storage"] == 900


@pytest.mark.parametrize("release", ALL)
class TestExecution:
    def test_execution_evicts_down_to_the_storage_region(self, release):
        step = last(release, "execution evicts above the storage region only")
        assert (step["result"], step["storage"]) == (600, 400), "whole blocks go"
        step = last(release, "storage within its region is left alone")
        assert (step["result"], step["storage"]) == (500, 500)

    def test_storage_evicts_nothing_of_execution(self, release):
        scene = "storage does not evict execution"
        assert results(release, scene) == [800, False, True, True]
        step = last(release, scene)
        assert step["execution"] == 800
        assert step["blocks"] == {"rdd_2_0": ["disk"], "rdd_3_0": ["memory"]}

    def test_consumers_of_one_task_spill_for_each_other(self, release):
        step = last(release, "consumers of one task spill for each other")
        assert step["result"] == {"got": 800, "spilled": {"a": 800, "b": 0}}

    def test_no_task_makes_another_spill(self, release):
        step = last(release, "consumers of other tasks do not")
        assert step["result"]["spilled"] == {"a": 0, "b": 0}
        assert step["result"]["got"] == {"waits": True, "then": 800}

    def test_what_cannot_spill_is_not_taken(self, release):
        step = last(release, "what cannot spill is not taken")
        assert step["result"] == {"got": 200, "spilled": {"unwilling": 0, "b": 0}}

    def test_memory_stays_until_it_is_released(self, release):
        steps = answers(release)["scenes"]["a task waits while it has less than half its share"]
        assert [step["execution"] for step in steps] == [800, 800, 1000, 300]


@pytest.mark.parametrize("release", ALL)
class TestTasks:
    def test_a_task_alone_may_hold_the_whole_pool(self, release):
        assert results(release, "a task alone may take all") == [1000]

    def test_two_tasks_may_hold_half_each_whatever_the_cores(self, release):
        assert results(release, "of two tasks each may take half") == [100, 500, 400]

    def test_a_task_below_half_its_share_waits(self, release):
        steps = answers(release)["scenes"]["a task waits while it has less than half its share"]
        assert [step.get("result") for step in steps] == [800, "waits", None, None]
        assert steps[2]["unblocked"] == {"task": 2, "got": 300}

    def test_a_task_above_half_its_share_gets_less_and_goes_on(self, release):
        assert results(release, "a task with half its share does not wait") == [600, 400]

    def test_a_task_that_gave_all_back_does_not_count(self, release):
        assert results(release, "a task that gave all back does not count") == [100, None, 1000]

    def test_a_page_may_be_smaller_than_asked(self, release):
        assert results(release, "a page may be smaller than asked") == [1000]

    def test_unable_to_acquire_is_not_about_the_heap(self, release):
        """The heap has 512 MiB; what is short is the pool of 1000 bytes."""
        error = last(release, "an array that does not fit is refused")["error"]
        assert error["class"] == "org.apache.spark.memory.SparkOutOfMemoryError"
        assert "Unable to acquire 2000 bytes of memory, got 1000" in error["message"]
        assert "Java heap space" not in error["message"]


def test_first_pointer_array_is_what_readers_report():
    """`Unable to acquire 65536 bytes` is the text that readers meet: a `long` has 8 bytes."""
    asked = next(q.question for q in questions() if q.id == "unable-to-acquire")
    assert f"acquire {8 * int(FACTS['FIRST_POINTER_ARRAY_LONGS'].at('4.3'))} bytes" in asked
