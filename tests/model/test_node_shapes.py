"""The table of shapes: each row is what fit-node says of that very shape, and no sensible shape is missing."""

import random
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sparkmem
from sparkmem.answer.table import ordered, orders
from sparkmem.calculators.fit_node import FIT_NODE
from sparkmem.calculators.fit_node.columns import COLUMNS, SORT
from sparkmem.calculators.fit_node.shapes import MOST_SHAPES
from sparkmem.jvm.references import NOT_COMPRESSED_FROM
from sparkmem.machines.platforms import PLATFORMS
from tests.model.nodes import random_case, rows

MIB = 1 << 20


def table(inputs: dict[str, str]) -> dict:
    found = sparkmem.evaluate({"calculator": "fit-node", "inputs": inputs})
    assert "errors" not in found, found
    return found["table"]


def shapes(inputs: dict[str, str]) -> list[dict]:
    return table(inputs)["rows"]


def pairs(inputs: dict[str, str]) -> list[tuple[int, int]]:
    return [(row["executors"], row["cores"]) for row in shapes(inputs)]


def any_case(rng: random.Random) -> dict[str, str]:
    """A node of any kind, without a shape."""
    case = random_case(rng) | {"node-cores": str(rng.randint(1, 130))}
    del case["executors-per-node"]
    if rng.random() < 0.3:
        case["spark.kubernetes.executor.request.cores"] = "1500m"
    if rng.random() < 0.2:
        case["set-aside-cores"] = "0.5"
    if rng.random() < 0.3:
        for name in ("cluster-manager", "node-memory", "node-cores"):
            del case[name]
        platform = rng.choice([p for p in PLATFORMS.values() if p.machines()])
        case |= {"platform": platform.id, "machine-type": rng.choice(list(platform.machines()))}
    return case


class TestEachRow:
    @given(st.randoms(use_true_random=False))
    def test_is_what_fit_node_says_of_that_very_shape(self, rng):
        case = any_case(rng)
        for row in shapes(case):
            found = rows(case | row["inputs"])
            assert found["executors-per-node"]["value"] == str(row["executors"]), row
            assert found["largest-heap"]["bytes"] == row["heap"]
            assert found["container-limit"]["bytes"] == row["container"]
            assert found["executors-heap"]["bytes"] == row["heaps"] == row["executors"] * row["heap"]
            overheads = found.get("executors-memory-overhead", {"bytes": 0})["bytes"]
            assert overheads == row["executors"] * row["overhead"]
            assert found["wasted-memory"]["bytes"] // MIB == row["memory-left"] // MIB
            assert float(found["wasted-cores"]["value"].split()[0]) * 1000 == pytest.approx(row["cores-left"])
            assert row["heap-per-core"] == row["heap"] // row["cores"]

    @given(st.randoms(use_true_random=False))
    def test_is_the_chosen_one_where_the_form_says_the_same(self, rng):
        case = any_case(rng)
        for row in shapes(case)[:3]:
            assert [r["id"] for r in shapes(case | row["inputs"]) if r["current"]] == [row["id"]]

    @given(st.randoms(use_true_random=False))
    def test_has_the_spark_memory_that_its_heap_has(self, rng):
        case = any_case(rng)
        for row in shapes(case)[:4]:
            asked = {name: case[name] for name in ("release", "cluster-manager") if name in case}
            if "platform" in case:
                asked["cluster-manager"] = PLATFORMS[case["platform"]].cluster_manager
            heap = rows(asked | {"spark.executor.memory": f"{row['heap'] // MIB}m"}, "executor-memory")
            assert row["spark-memory-per-core"] == heap["spark-memory"]["bytes"] // row["cores"]

    @given(st.randoms(use_true_random=False))
    def test_is_marked_where_an_expert_would_say_something(self, rng):
        case = any_case(rng)
        found = table(case)
        for row in found["rows"]:
            assert ("one-core" in row["marks"]) == (row["cores"] == 1)
            assert ("uncompressed-references" in row["marks"]) == (row["heap"] >= NOT_COMPRESSED_FROM)
        assert {mark["id"] for mark in found["marks"]} == {mark for row in found["rows"] for mark in row["marks"]}

    def test_of_a_node_of_64_gib_and_16_cores(self):
        """The floor of 384 MiB is a tenth of 3,840 MiB of heap: only the smallest executors are below."""
        assert [(r["executors"], r["cores"], r["heap"] // MIB, r["marks"]) for r in shapes({})] == [
            (1, 16, 59579, ["uncompressed-references"]), (2, 8, 29789, []), (3, 5, 19549, []), (4, 4, 14895, []),
            (5, 3, 11171, []), (8, 2, 7448, []), (16, 1, 3712, ["one-core", "overhead-floor"]),
        ]  # fmt: skip


class TestSensible:
    @given(st.integers(450, 200_000), st.integers(1, 60), st.sampled_from([1, 256, 1024, 5000]))
    def test_no_executor_and_no_core_can_be_added_and_nothing_else_is_so(self, mib, cores, step):
        """Every number of executors and of cores of a node is tried."""
        node = {"node-memory": f"{mib}m", "node-cores": str(cores), "yarn-minimum-allocation": str(step)}

        def fits(executors: int, each: int) -> bool:
            return executors * each <= cores and executors <= most

        least = -(-(450 + 384) // step) * step  # the container of the least heap that Spark starts with
        most = mib // least
        every = [(n, c) for n in range(1, cores + 1) for c in range(1, cores + 1) if fits(n, c)]
        assert pairs(node) == [(n, c) for n, c in every if not fits(n + 1, c) and not fits(n, c + 1)]

    @given(st.integers(450, 300_000), st.integers(1, 40), st.sampled_from([1, 512, 3000, 7000]))
    def test_where_cores_do_not_count_no_more_would_start_than_are_meant(self, mib, cores, step):
        node = {"node-memory": f"{mib}m", "node-cores": str(cores), "yarn-minimum-allocation": str(step)}
        alone = {**node, "resource-calculator": "default"}
        for row in shapes(alone):
            assert rows(alone | row["inputs"])["executors-per-node"]["value"] == str(row["executors"])
        assert set(pairs(alone)) <= set(pairs(node))

    def test_a_worker_that_runs_one_executor_has_one_shape(self):
        assert pairs({"platform": "glue", "machine-type": "G.1X"}) == [(1, 4)]

    @pytest.mark.parametrize(("cores", "fits"), [("4", 1), ("8", 1), ("9", 0)])
    def test_glue_lets_two_tasks_share_a_core(self, cores, fits):
        case = {"platform": "glue", "machine-type": "G.1X", "spark.executor.memory": "10g", "spark.executor.cores": cores}
        found = sparkmem.evaluate({"calculator": "fit-node", "inputs": case})
        assert rows(case)["executors-per-node"]["value"] == str(fits)
        noted = [note["text"] for note in found["notes"] if note["id"] == "tasks-share-cores"]
        assert [text.split(":")[0] for text in noted] == (["8 tasks share 4 cores"] if cores == "8" else [])

    def test_more_tasks_than_may_share_the_cores_are_told_how_many_may_and_where_they_would(self):
        case = {"platform": "glue", "machine-type": "G.1X", "spark.executor.memory": "10g", "spark.executor.cores": "9"}
        notes = sparkmem.evaluate({"calculator": "fit-node", "inputs": case})["notes"]
        (said,) = (note["text"] for note in notes if note["id"] == "does-not-fit")
        assert "the most cores that do are 8 cores each" in said
        assert "the smallest machine of its family that does is G.2X, 32,768 MiB and 8 cores" in said

    def test_a_part_of_a_core_is_left_over(self):
        found = shapes({"platform": "gke", "machine-type": "e2-standard-4"})
        assert [(r["executors"], r["cores"], r["cores-left"]) for r in found] == [(1, 3, 920), (3, 1, 920)]

    def test_a_shape_says_so_where_it_has_to_ask_kubernetes_for_its_own_cores(self):
        case = {"cluster-manager": "kubernetes", "spark.kubernetes.executor.request.cores": "3500m"}
        assert all(r["inputs"]["spark.kubernetes.executor.request.cores"] == str(r["cores"]) for r in shapes(case))

    @pytest.mark.parametrize(
        ("inputs", "why"),
        [
            ({"node-memory": "800m"}, "None fits: there is no room for the least heap."),
            ({"node-cores": "1", "set-aside-cores": "0.5"}, "None fits: less than a core is free."),
        ],
    )
    def test_none_is_said_to_be_none(self, inputs, why):
        assert shapes(inputs) == []
        assert table(inputs)["text"].endswith(why)

    def test_a_huge_node_has_as_many_as_people_look_at(self):
        found = table({"node-memory": "900t", "node-cores": "999999"})
        assert len(found["rows"]) == MOST_SHAPES
        assert found["text"].endswith("Shapes of more than 64 executors are not shown.")


class TestOrders:
    @pytest.mark.parametrize("order", [order for order, _ in orders(COLUMNS)])
    def test_sorts_by_its_column_and_changes_nothing_else(self, order):
        node = {"node-memory": "300g", "node-cores": "30"}
        found = table(node | {"sort": order})
        column, down = order.removesuffix("-down"), order.endswith("-down")
        figures = [row[column] for row in found["rows"]]
        assert figures == sorted(figures, reverse=down)
        assert found["order"] == order
        by_id = {row["id"]: row for row in shapes(node)}
        assert {row["id"]: row for row in found["rows"]} == by_id
        assert rows(node | {"sort": order}) == rows(node)

    def test_equal_figures_stay_in_the_order_of_executors(self):
        found = table({"sort": "cores-left-down"})["rows"]
        assert [row["executors"] for row in found] == [3, 5, 1, 2, 4, 8, 16]

    def test_another_is_refused_with_those_that_there_are(self):
        [error] = sparkmem.evaluate({"calculator": "fit-node", "inputs": {"sort": "price"}})["errors"]
        assert error["input"] == "sort"
        assert "heap-per-core-down" in error["message"]

    def test_every_column_is_a_choice_both_ways(self):
        assert [value for value, _ in SORT.choices] == [c.id + d for c in COLUMNS for d in ("", "-down")]
        assert len({label for _, label in SORT.choices}) == len(SORT.choices)

    @given(st.lists(st.integers(0, 5)))
    def test_ordered_is_stable_both_ways(self, figures):
        result, _ = FIT_NODE.run({})
        row = result.table.rows[0]
        made = [type(row)(str(n), "", {"heap": figure}, {}) for n, figure in enumerate(figures)]
        for order, sign in (("heap", 1), ("heap-down", -1)):
            keys = [(sign * row.figures["heap"], int(row.id)) for row in ordered(made, order)]
            assert keys == sorted(keys)


class TestFaces:
    def test_the_command_line_shows_it(self):
        run = [sys.executable, "-m", "sparkmem", "fit-node", "--sort", "heap", "--executors-per-node", "3"]
        lines = subprocess.run(run, capture_output=True, text=True, check=True).stdout.splitlines()
        start = next(n for n, line in enumerate(lines) if line.startswith("Sensible shapes by largest heap, least first."))
        body = [line.split() for line in lines[start + 2 : start + 9]]
        assert [row[2] for row in body] == ["3,712", "7,448", "11,171", "14,895", "19,549", "29,789", "59,579"]
        assert body[4] == ["3", "5", "19,549", "1,954", "21,504", "1,024", "1", "58,647", "3,909.8", "2,310.2", "*"]
        assert body[6][-1] == "b"
        assert any(line.startswith("b: In a heap this large") for line in lines)

    def test_a_program_gets_what_each_column_is(self):
        found = table({})
        assert [column["id"] for column in found["columns"]] == [column.id for column in COLUMNS]
        assert {column["unit"] for column in found["columns"]} == {"count", "bytes", "millicores"}
        for row in found["rows"]:
            assert {column["id"] for column in found["columns"]} <= set(row)

    def test_other_calculators_have_none(self):
        assert "table" not in sparkmem.evaluate({"calculator": "executor-memory", "inputs": {}})
