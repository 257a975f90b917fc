"""Shares of the execution pool; the numbers of TestRealPools are what a real UnifiedMemoryManager granted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sparkmem
from sparkmem.calculators.task_memory import TASK_MEMORY


def answer(**inputs: str) -> dict:
    return sparkmem.evaluate({"calculator": "task-memory", "inputs": {k.replace("_", "-"): v for k, v in inputs.items()}})


def rows(**inputs: str) -> dict[str, dict]:
    found = answer(**inputs)
    assert "errors" not in found, found
    return {row["id"]: row for row in found["rows"]}


NO_PAGE = "no-page-for-a-task"


@pytest.mark.parametrize(("calculator", "inputs"), [
    ("task-memory", {"spark.executor.memory": "450m", "spark.executor.cores": "1000"}),
    ("executor-memory", {"spark.executor.memory": "1g", "spark.memory.fraction": "0.0000001"}),
    ("explain", {"text": "spark.executor.cores=100000"}),
])  # fmt: skip
def test_tasks_that_can_hold_next_to_nothing_are_remarked_on(calculator, inputs):
    found = sparkmem.evaluate({"calculator": calculator, "inputs": inputs})
    assert [note["text"].count("UNABLE_TO_ACQUIRE_MEMORY") for note in found["notes"] if note["id"] == NO_PAGE] == [1]


@pytest.mark.parametrize("calculator", ["task-memory", "executor-memory", "explain"])
def test_nothing_is_said_of_pages_where_tasks_have_some(calculator):
    named = {"text": "spark.executor.memory=1g\nspark.executor.cores=8"} if calculator == "explain" else {}
    found = sparkmem.evaluate({"calculator": calculator, "inputs": named or {"spark.executor.cores": "8"}})
    assert NO_PAGE not in {note["id"] for note in found["notes"]}


class TestEveryAnswer:
    @given(st.integers(1, 64), st.integers(700, 100_000), st.integers(0, 200 << 20), st.integers(0, 1 << 34))
    def test_shares_fit_into_the_pool(self, tasks, mib, used, off_heap):
        found = rows(**{
            "spark.executor.memory": f"{mib}m", "spark.executor.cores": str(tasks), "storage-used": str(used),
            "spark.memory.offHeap.size": str(off_heap),
        })  # fmt: skip
        for where, whole in (("", "spark-memory"), ("off-heap-", "off-heap-memory")):
            pool = found[f"{where}execution-pool-at-most"]["bytes"]
            assert pool + found[f"{where}storage-kept"]["bytes"] == found[whole]["bytes"]
            most, least = found[f"{where}task-memory-at-most"]["bytes"], found[f"{where}task-memory-at-least"]["bytes"]
            assert pool - tasks < most * tasks <= pool
            assert 0 <= most - 2 * least <= 1 if tasks > 1 else least == 0
            assert found[f"{where}execution-pool"]["bytes"] <= pool

    @given(st.integers(0, 400 << 20), st.integers(0, 50 << 20))
    def test_more_storage_never_leaves_a_task_more(self, used, more):
        one, other = (
            rows(storage_used=str(size))["task-memory-at-most"]["bytes"] for size in (used, min(used + more, 455501414))
        )
        assert other <= one

    @given(st.dictionaries(st.sampled_from(["spark.task.cpus", "active-tasks", "storage-used"]), st.text(max_size=12)))
    def test_any_text_gets_an_answer_or_its_errors(self, inputs):
        found = answer(**inputs)
        assert ("rows" in found) != ("errors" in found)


class TestRealPools:
    @pytest.mark.parametrize(
        ("tasks", "used", "granted"),
        [("1", "0", 455501414), ("4", "0", 113875353), ("4", "104857600", 87660953), ("3", "300m", 75916902)],
    )
    def test_one_nth_of_what_storage_leaves(self, tasks, used, granted):
        assert rows(active_tasks=tasks, storage_used=used)["task-memory-at-most"]["bytes"] == granted


class TestOneAlone:
    def test_it_never_waits(self):
        found = answer(active_tasks="1")
        (row,) = [row for row in found["rows"] if row["id"] == "task-memory-at-least"]
        assert row["bytes"] == 0
        assert row["because"] == "nothing: a task that is alone never waits"
        headline = TASK_MEMORY.run({"active-tasks": "1"})[0].headline
        assert headline == "One task alone may hold 434.4 MiB, and never waits."

    def test_it_goes_on_with_less_than_a_page_only_where_the_pool_is_less(self):
        def told(page):
            notes = answer(active_tasks="1", **{"spark.buffer.pageSize": page})["notes"]
            return "less-than-a-page" in {note["id"] for note in notes}

        assert (told("455501414"), told("455501415")) == (False, True)


class TestTasks:
    def test_the_form_says_that_cores_decide_more_than_the_page(self):
        (cores,) = [item for item in TASK_MEMORY.inputs if item.name == "spark.executor.cores"]
        assert "tasks that run at a time" in cores.help
        assert rows(**{"spark.executor.cores": "4"})["active-tasks"]["value"] == "4"

    @pytest.mark.parametrize(
        ("release", "cores", "cpus", "at_once"),
        [("3.5", "5", "2", "2"), ("4.3", "4", "0.5", "8"), ("4.3", "4", "0.3", "13")],
    )
    def test_tasks_at_a_time(self, release, cores, cpus, at_once):
        found = rows(release=release, **{"spark.executor.cores": cores, "spark.task.cpus": cpus})
        assert found["concurrent-tasks"]["value"] == found["active-tasks"]["value"] == at_once

    def test_a_share_of_a_cpu_is_refused_before_4_3(self):
        (error,) = answer(release="4.2", **{"spark.task.cpus": "0.5"})["errors"]
        assert error["message"].startswith("[INVALID_CONF_VALUE.TYPE_MISMATCH]")

    @pytest.mark.parametrize(
        ("release", "by"), [("2.4", "sparkmem"), ("3.0", "sparkmem"), ("3.1", "Spark"), ("4.3", "Spark")]
    )
    def test_an_executor_into_which_no_task_fits(self, release, by):
        (error,) = answer(release=release, **{"spark.task.cpus": "2"})["errors"]
        assert error["by"] == by
        if by == "Spark":
            text = "The number of cores per executor (=1) has to be >= the number of cpus per task = 2."
            assert error["message"] == text

    def test_storage_cannot_hold_more_than_there_is(self):
        assert "rows" in answer(storage_used="455501414")
        (error,) = answer(storage_used="455501415")["errors"]
        assert error["input"] == "storage-used"

    def test_faults_of_executor_and_tasks_come_together(self):
        found = answer(storage_used="x", **{"spark.memory.fraction": "x", "spark.task.cpus": "x"})
        assert {error["input"] for error in found["errors"]} == {"spark.memory.fraction", "spark.task.cpus", "storage-used"}
