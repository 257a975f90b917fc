"""The language of scripts, what is told of each step, and the stories that readers start from."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sparkmem.browser import complete, watch
from sparkmem.errors import BadInputs
from sparkmem.render.story import marks
from sparkmem.spark.managers.trace_ops import OPERATIONS
from sparkmem.watch.completing import completions
from sparkmem.watch.presets import DEFAULT, PRESETS
from sparkmem.watch.scenes import play
from sparkmem.watch.script import FORMS, MOST_LINES, read_script
from sparkmem.watch.sentences import sentence
from sparkmem.watch.sides import FIRST_INPUTS, SECOND_INPUTS, sides

MIB = 1 << 20
DOCS = Path(__file__).parents[2] / "docs"


def operations(text):
    statements, faults = read_script(text)
    assert not faults, faults
    return [statement.operation for statement in statements]


def told(script, **inputs):
    """The sentence of each step under the first manager."""
    statements, faults = read_script(script)
    assert not faults, faults
    side = sides(inputs)[0]
    scenes = play(statements, side)
    return [sentence(before, after, side) for before, after in zip([None, *scenes], scenes, strict=False)]


class TestLanguage:
    def test_every_form(self):
        assert operations("""
            cache rdd_0_1 300m
            cache broadcast_1 1g off-heap
            use rdd_0_1        # a comment
            lock rdd_0_1
            UNLOCK rdd_0_1

            # nothing but a comment
            drop rdd_0_1
            unroll rdd_1_0 10
            unroll ends 10k off-heap
            task 1 asks 2m
            task 12 asks 2m off-heap
            task 1 releases 1m
            task 1 spills 1m
            task 1 ends
            unmanaged 5m off-heap
        """) == [
            ["put", "rdd_0_1", 300 * MIB, "on"], ["put", "broadcast_1", 1 << 30, "off"], ["get", "rdd_0_1"],
            ["pin", "rdd_0_1"], ["unpin", "rdd_0_1"], ["remove", "rdd_0_1"], ["acqUnroll", "rdd_1_0", 10, "on"],
            ["relUnroll", 10 << 10, "off"], ["acqExec", 2 * MIB, 1, "on"], ["acqExec", 2 * MIB, 12, "off"],
            ["relExec", MIB, 1, "on"], ["relExec", MIB, 1, "on"], ["relTask", 1], ["unmanaged", "off", 5 * MIB],
        ]  # fmt: skip

    def test_every_form_is_an_operation_of_a_trace(self):
        assert {name for name, _ in FORMS.values()} <= set(OPERATIONS)

    @pytest.mark.parametrize(
        ("line", "word", "message", "change"),
        [
            ("cahe rdd_0_1 1m", 1, "'cahe' is not what a line starts with", "did you mean cache?"),
            ("task 1 aks 1m", 3, "'aks' is not what a line goes on with after 'task 1'", "did you mean asks?"),
            ("task one asks 1m", 2, "'one' is not what a line goes on with after 'task'", "write a task's number"),
            ("cache block 1m", 2, "'block' is not the name of a block; names are Spark's", "write a block such as"),
            ("cache rdd_01_1 1m", 2, "'rdd_01_1' is not the name of a block", "write a block such as"),
            ("cache rdd_0_1", 2, "is not finished: a size such as 300m comes next", "write cache rdd_0_1 300m"),
            ("task 1", 2, "is not finished: asks, releases, spills or ends comes next", "write task 1 asks 300m"),
            ("cache rdd_0_1 1.5g", 3, "Fractional values are not supported. Input was: 1.5", "write it as 300m"),
            ("cache rdd_0_1 1x", 3, "'1x' is not a size: Invalid suffix: \"x\"", "write it as 300m"),
            ("cache rdd_0_1 9999999p", 3, "exceeds Long.MAX_VALUE", "write it as 300m"),
            ("use rdd_0_1 off-heap", 3, "'off-heap' is too much: 'use rdd_0_1' is whole", "leave it out"),
            ("cache rdd_0_1 1m offheap", 4, "'offheap' is not what a line goes on with", "did you mean off-heap?"),
            ("task 1 ends now", 4, "'now' is too much", "leave it out"),
        ],
    )
    def test_a_fault_names_line_and_word_and_says_what_to_write(self, line, word, message, change):
        statements, (fault,) = read_script(f"\ntask 7 ends\n{line}\ntask 8 ends")
        assert [s.line for s in statements] == [2, 4]
        assert (fault.line, fault.word) == (3, word)
        assert message in fault.message
        assert change in fault.change
        assert fault.as_dict()["message"].startswith("Line 3: ")

    def test_a_script_is_not_endless(self):
        statements, (fault,) = read_script("task 1 ends\n" * (MOST_LINES + 1))
        assert len(statements) == MOST_LINES
        assert fault.line == MOST_LINES + 1

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("", ["cache", "use", "lock", "unlock", "drop", "unroll", "task", "unmanaged"]),
            ("u", ["use", "unlock", "unroll", "unmanaged"]),
            ("unroll ", ["rdd_0_1", "ends"]),
            ("task ", ["1"]),
            ("task 1 s", ["spills"]),
            ("cache rdd_0_1 5m ", ["off-heap"]),
            ("task 1 ends ", []),
            ("nothing of this ", []),
            ("cache # ", []),
        ],
    )
    def test_completions(self, text, found):
        assert completions(text, 1, len(text)) == found

    def test_completions_know_the_script(self):
        script = "cache rdd_7_0 10m\ncache broadcast_2 20m\ntask 4 asks 30m\nuse "
        assert completions(script, 4, 4) == ["rdd_7_0", "broadcast_2"]
        assert completions(script + "\ntask ", 5, 5) == ["4"]
        assert completions(script, 99, 4) == completions("", 1, 0)


class TestStories:
    def test_each_step_of_each_preset_is_told(self):
        for preset in PRESETS.values():
            statements, faults = read_script(preset.script)
            assert not faults, preset.id
            for side in sides(preset.inputs):
                scenes = play(statements, side)
                for before, after in zip([None, *scenes], scenes, strict=False):
                    said = sentence(before, after, side)
                    assert re.fullmatch(r"[A-Za-z0-9].*[.]", said), (preset.id, said)
                    assert "error" not in after.answer, preset.id

    def test_presets_show_what_they_promise(self):
        def answers(name, side=0):
            preset = PRESETS[name]
            chosen = sides(preset.inputs)[side]
            return [scene.answer for scene in play(read_script(preset.script)[0], chosen)]

        assert any("evicted" in answer for answer in answers("execution-takes-back"))
        assert all("evicted" not in answer for answer in answers("storage-region-is-safe"))
        assert any(answer.get("result") is False for answer in answers("storage-cannot-evict"))
        assert [kind for a in answers("half-share-wait") for kind in ("blocks", "unblocked", "cancelled") if kind in a] == [
            "blocks", "unblocked", "blocks", "cancelled", "unblocked",
        ]  # fmt: skip
        assert any(answer.get("result") is False for answer in answers("unroll-fails"))
        assert any("evicted" in answer for answer in answers("static-manager"))
        assert all("evicted" not in answer for answer in answers("static-manager", 1))
        assert any("blocks" in answer for answer in answers("unmanaged-memory"))
        assert all("blocks" not in answer for answer in answers("unmanaged-memory", 1))

    def test_a_story_opens_at_a_step_in_which_something_happens(self):
        for preset in PRESETS.values():
            first, *_ = sides(preset.inputs)
            scenes = play(read_script(preset.script)[0], first)
            assert marks(scenes[preset.telling - 1], scenes[preset.telling]), preset.id

    def test_ten_stories_with_ids_that_stay(self):
        assert list(PRESETS) == [
            "storage-borrows", "execution-takes-back", "storage-region-is-safe", "storage-cannot-evict", "half-share-wait",
            "ramp-up", "unroll-fails", "off-heap", "static-manager", "unmanaged-memory",
        ]  # fmt: skip

    def test_execution_says_what_it_took_back(self):
        *_, last = told("cache rdd_0_0 400m\ntask 1 asks 100m")
        assert "takes back 400 MiB of the storage pool, which is 182.8 MiB above its region" in last
        assert "rdd_0_0 (400 MiB) is evicted" in last
        assert "Blocks go whole" in last

    def test_a_wait_names_its_half_share(self):
        *_, last = told("task 1 asks 434m\ntask 2 asks 50m")
        assert "1/2N of the execution pool, 108.6 MiB" in last

    def test_a_task_released_while_it_waits(self):
        *_, last = told("task 1 asks 434m\ntask 2 asks 50m\ntask 2 ends")
        assert "its call ends with 'key not found: 2'" in last

    def test_what_was_passed_over_is_named(self):
        lines = "cache rdd_0_0 200m\nlock rdd_0_0\ncache rdd_1_0 200m\ncache rdd_1_1 200m"
        *_, last = told(lines)
        assert "Being read, and so spared: rdd_0_0." in last
        assert "Of the same RDD, and so spared: rdd_1_0." in last

    def test_what_spark_throws_is_told(self):
        assert told("cache rdd_0_0 1m\ncache rdd_0_0 1m")[-1] == (
            "Spark throws IllegalArgumentException: requirement failed: Block rdd_0_0 is already present in the MemoryStore."
        )

    def test_small_blocks_fill_the_pools_whatever_is_unmanaged(self):
        polled = {"spark.memory.unmanagedMemoryPollingInterval": "1s"}
        small = "\n".join(f"cache rdd_0_{number} 100m" for number in range(4))
        *_, fourth, large = told(f"unmanaged 200m\n{small}\ncache rdd_1_0 300m", **polled)
        assert fourth.startswith("rdd_0_3 is stored")
        assert "a block can have 234.4 MiB at most: all but 200 MiB that is held unmanaged" in large

    def test_nothing_unmanaged_any_more(self):
        *_, last = told("unmanaged 200m\nunmanaged 0", **{"spark.memory.unmanagedMemoryPollingInterval": "1s"})
        assert last == "Nothing is held outside the pools any more."

    def test_releases_before_4_1_count_nothing_unmanaged(self):
        assert "Spark 4.0 does not count them" in told("unmanaged 10m", release="4.0")[-1]


class TestSides:
    def test_defaults_are_those_of_the_executor_calculator(self):
        (side,) = sides({})
        assert side.make().on_heap.max_memory == 455501414

    def test_a_second_manager_takes_what_it_does_not_say_from_the_first(self):
        first, second = sides({"spark.executor.memory": "2g", "second.release": "3.5"})
        assert first.make().on_heap.max_memory == second.make().on_heap.max_memory

    def test_two_settings_of_one_release_are_told_apart(self):
        labels = [s.label for s in sides({"second.release": "4.3", "second.spark.memory.storageFraction": "0.2"})]
        assert labels == ["Spark 4.3, storageFraction 0.5", "Spark 4.3, storageFraction 0.2"]

    @pytest.mark.parametrize(
        ("inputs", "name"),
        [
            ({"release": "1.6"}, "release"),
            ({"second.release": "1.6"}, "second.release"),
            ({"spark.memory.storageFraction": "1"}, "spark.memory.storageFraction"),
            ({"second.release": "4.3", "second.spark.executor.memory": "100m"}, "second.spark.executor.memory"),
            ({"spark.memory.unmanagedMemoryPollingInterval": "soon"}, "spark.memory.unmanagedMemoryPollingInterval"),
        ],
    )
    def test_what_is_refused_is_named(self, inputs, name):
        with pytest.raises(BadInputs) as caught:
            sides(inputs)
        assert caught.value.errors[0].name == name

    def test_every_input_is_explained_on_a_page(self):
        text = (DOCS / "memory-manager.md").read_text()
        for item in FIRST_INPUTS + SECOND_INPUTS:
            assert item.see.startswith("memory-manager/#")
            assert f"{{ #{item.see.partition('#')[2]} }}" in text

    def test_errors_of_traces_are_explained_on_a_page(self):
        from sparkmem.spark.managers import pools, trace_ops

        text = (DOCS / "memory-manager.md").read_text()
        for see in (pools.SEE, trace_ops.SEE):
            assert f"{{ #{see.partition('#')[2]} }}" in text


PIECES = [word for form in FORMS for word in form]
PIECES += ["rdd_0_1", "300m", "1", "off-heap", "\n", "#", "é", "<b>", "9" * 30, "0"]
SCRIPTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join))


@settings(max_examples=150)
@given(SCRIPTS, st.integers(0, 5), st.integers(0, 40))
def test_any_text_is_answered(text, line, column):
    reply = json.loads(watch(json.dumps({"inputs": {"script": text}})))
    assert reply["ok"]
    assert "<b>" not in re.sub(r"<b>(?=[\d,.]+ (?:MiB|KiB|B)<|\d+</b>)", "", reply["html"] + reply["faults"])
    json.loads(complete(json.dumps({"script": text, "line": line, "column": column})))


def test_the_first_preset_is_the_default():
    one = json.loads(watch(json.dumps({"inputs": {}})))
    assert one == json.loads(watch(json.dumps({"inputs": {"script": DEFAULT.script}})))
    assert one["html"].count("data-current") == 1


def test_a_log_in_place_of_a_script_gets_few_faults_and_its_place():
    _, faults = read_script("2026-11-28 12:00:00 WARN TaskMemoryManager: Failed to allocate a page\n" * 20_000)
    assert len(faults) == 21
    assert "nothing was read" in faults[-1].message
    _, (long,) = read_script("task 1 asks " + "9" * 100_000)
    assert len(str(long)) < 200
