"""The release-diff calculator: it finds what differs, nothing else, and names the change that did it."""

import json
import re
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sparkmem
from sparkmem.browser import answer
from sparkmem.calculators.release_diff import RELEASE_DIFF
from sparkmem.calculators.release_diff.inputs import COMPARED
from sparkmem.release import RELEASES
from sparkmem.render.copied import copied
from sparkmem.render.origin import Origin
from sparkmem.requests.evaluate import run
from sparkmem.spark.changes.between import changes_between

OFF_HEAP = {"spark.memory.offHeap.enabled": "true", "spark.memory.offHeap.size": "2g"}


def diff(one: str, other: str, inputs: dict[str, str] | None = None) -> dict[str, dict]:
    texts = {"release": one, "other-release": other, **(inputs or {})}
    found = sparkmem.evaluate({"calculator": "release-diff", "inputs": texts})
    assert "errors" not in found, found
    return {row["id"]: row for row in found["rows"]}


def moved(one: str, other: str, inputs: dict[str, str] | None = None) -> set[str]:
    return {name for name in diff(one, other, inputs) if "--" in name}


def seen(found: dict[str, dict]) -> set[str]:
    return {name.removeprefix("change-") for name, row in found.items() if row["value"] == "seen here"}


def test_what_it_is_for_names_both_releases():
    request = {"calculator": "release-diff", "page": "calculators/release-diff/", "inputs": {"release": "2.4", "java": "11"}}
    assert "For Spark 2.4 and 4.3, Java 11." in json.loads(answer(json.dumps(request)))["html"]
    refused = {**request, "inputs": {"release": "2.4", "java": "12"}}
    for one in (request, refused):
        assert "Spark 2.4 and 4.3" in copied(one, "markdown", Origin()).text


class TestWhatMoved:
    @pytest.mark.parametrize("release", RELEASES)
    def test_a_release_does_not_differ_from_itself(self, release):
        assert list(diff(release, release, OFF_HEAP)) == ["differences"]

    @pytest.mark.parametrize(
        ("one", "other", "manager", "change"),
        [("2.4", "3.0", "yarn", "yarn-off-heap"), ("3.0", "3.1", "kubernetes", "kubernetes-off-heap")],
    )
    def test_off_heap_memory_joined_the_container(self, one, other, manager, change):
        found = diff(one, other, OFF_HEAP | {"cluster-manager": manager})
        row = found["container-request--off-heap-memory"]
        assert row["value"] == "0 MiB → 2,048 MiB"
        assert row["because"].startswith(f"since {other}: ")
        assert change in seen(found)
        assert row["source"]["tag"].startswith(f"v{other}.")

    def test_off_heap_memory_that_is_not_enabled_moves_no_container(self):
        inputs = {"spark.memory.offHeap.size": "2g", "java": "11"}
        assert not [name for name in moved("2.4", "4.3", inputs) if name.startswith("container-request")]

    def test_the_overhead_factor_is_read_since_3_3_and_not_before(self):
        inputs = {"spark.executor.memory": "10g", "spark.executor.memoryOverheadFactor": "0.3", "java": "11"}
        assert not [name for name in moved("3.1", "3.2", inputs) if "overhead" in name]
        found = diff("3.2", "3.3", inputs)
        assert found["container-request--memory-overhead"]["value"] == "1,024 MiB → 3,072 MiB"
        assert seen(found) == {"overhead-factor", "page-fits-region"}

    def test_the_reason_is_the_change_that_moved_it_and_none_that_happened_beside_it(self):
        """From 3.2 to 4.0 both the factor and the minimum came; only the minimum is given."""
        found = diff("3.2", "4.0", {"spark.executor.minMemoryOverhead": "1g", "java": "11"})
        assert "minimum-overhead" in seen(found)
        assert "overhead-factor" not in seen(found)

    def test_sixteen_bytes_are_shown_as_bytes(self):
        assert (
            diff("3.2", "3.3", {"java": "11"})["executor-memory--page-size"]["value"]
            == "16,777,216 bytes → 16,777,200 bytes"
        )

    def test_one_pool_in_other_units(self):
        assert diff("2.4", "4.3")["executor-memory--ui-storage-memory"]["value"] == "455.5 MB → 434.4 MiB"

    @given(st.sampled_from(list(RELEASES)), st.sampled_from(list(RELEASES)), st.integers(500, 9000), st.booleans())
    def test_the_way_back_moves_the_same_rows(self, one, other, mib, off_heap):
        inputs = {"spark.executor.memory": f"{mib}m"} | (OFF_HEAP if off_heap else {})
        assert moved(one, other, inputs) == moved(other, one, inputs)

    @given(st.sampled_from(list(RELEASES)), st.sampled_from(list(RELEASES)), st.integers(500, 9000))
    def test_it_shows_exactly_the_rows_whose_bytes_or_text_differ(self, one, other, mib):
        inputs = {"spark.executor.memory": f"{mib}m", **OFF_HEAP}
        expected = set()
        for calculator in COMPARED:
            at = [
                {row.id: (row.size_bytes, row.shown) for row in calculator.run(inputs | {"release": release})[0].rows()}
                for release in (one, other)
            ]
            expected |= {f"{calculator.id}--{row}" for row in at[0] | at[1] if at[0].get(row) != at[1].get(row)}
        assert moved(one, other, inputs) == expected


class TestRefusals:
    def test_both_texts_are_quoted_with_what_changed(self):
        found = diff("3.5", "4.3", {"spark.executor.memory": "100m"})
        row = found["executor-memory--refused-spark.executor.memory"]
        assert row["value"] == "in other words"
        assert "[INVALID_DRIVER_MEMORY] System memory 104857600 must be at least" in row["because"]
        assert "[INVALID_EXECUTOR_MEMORY.SYSTEM_MEMORY] Insufficient executor memory" in row["because"]
        assert seen(found) == {"texts-end-in-sqlstate", "memory-subconditions"}

    def test_a_suffix_that_was_refused_is_accepted(self):
        found = diff("4.1", "4.2", {"spark.executor.memory": "1GiB"})
        assert found["executor-memory--refused-spark.executor.memory"]["value"] == "refused → accepted"
        assert seen(found) == {"binary-suffixes"}

    def test_a_storage_fraction_of_one_came_to_be_refused(self):
        found = diff("2.4", "3.0", {"spark.memory.storageFraction": "1"})
        assert found["executor-memory--refused-spark.memory.storageFraction"]["value"] == "accepted → refused"
        assert "storage-fraction-checked" in seen(found)

    def test_refused_figures_are_not_compared_and_a_note_says_so(self):
        texts = {"release": "3.5", "other-release": "4.3", "spark.executor.memory": "100m"}
        notes = sparkmem.evaluate({"calculator": "release-diff", "inputs": texts})["notes"]
        assert "refused-executor-memory" in {note["id"] for note in notes}

    def test_a_fault_of_ours_is_an_error_and_no_difference(self):
        errors = sparkmem.evaluate({"calculator": "release-diff", "inputs": {"jvm-max-memory": "much"}})["errors"]
        assert [error["input"] for error in errors] == ["jvm-max-memory"]


class TestEveryAnswer:
    @pytest.mark.parametrize("one", RELEASES)
    def test_every_change_between_two_releases_is_listed_those_that_are_seen_first(self, one):
        for other in RELEASES:
            found = diff(one, other)
            listed = [name.removeprefix("change-") for name in found if name.startswith("change-")]
            changes = [change.id for change in changes_between(one, other)]
            assert listed == sorted(changes, key=lambda id: id not in seen(found))

    def test_it_takes_what_the_compared_calculators_take(self):
        names = {item.name for item in RELEASE_DIFF.inputs}
        assert names >= {item.name for calculator in COMPARED for item in calculator.inputs}

    @given(st.dictionaries(st.sampled_from([i.name for i in RELEASE_DIFF.inputs]), st.text(max_size=12)))
    def test_any_text_gets_an_answer_or_its_errors(self, inputs):
        found = sparkmem.evaluate({"calculator": "release-diff", "inputs": inputs})
        assert ("rows" in found) != ("errors" in found)
        json.dumps(found)


def test_changes_without_an_effect_are_folded_below_those_that_are_seen():
    html = json.loads(answer(json.dumps({"calculator": "release-diff", "inputs": {"release": "2.4"}})))["html"]
    before, fold, folded = html.partition('<details class="sm-unchanged sm-without-effect"')
    assert fold
    assert "seen here" in before
    assert "no effect here" not in before
    assert "seen here" not in folded
    assert f"{folded.count('>no effect here<')} changes with no effect here</summary>" in folded


def test_each_example_of_the_page_shows_a_difference():
    page = (Path(__file__).parents[2] / "docs" / "calculators" / "release-diff.md").read_text()
    queries = re.findall(r"release-diff\.md\?([^#)]+)#", page)
    assert len(queries) == 3
    for query in queries:
        result, _, _ = run({"calculator": "release-diff", "inputs": dict(parse_qsl(query))})
        assert "differ" in result.headline.replace("no difference", ""), (query, result.headline)


def test_where_nothing_differs_the_answer_names_the_release_that_says_otherwise():
    """3.3 writes the header of an array into the page size; before it nothing of these figures is another."""
    said = sparkmem.evaluate({"calculator": "release-diff", "inputs": {}})["notes"]
    assert [note["text"] for note in said] == ["Spark 3.2 is the newest earlier release that says otherwise: in 1 place."]
    for inputs in ({"release": "3.2", "other-release": "3.3"}, {"release": "2.4", "other-release": "2.4"}):
        assert not sparkmem.evaluate({"calculator": "release-diff", "inputs": inputs})["notes"]
