"""The static memory manager: shares, least heap, and what it takes that others refuse; 2.4.8 is in the recordings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sparkmem
from sparkmem.spark.settings.static_shares import SHARES


def answer(**inputs: str) -> dict:
    return sparkmem.evaluate({"calculator": "legacy-memory", "inputs": inputs})


def sizes(**inputs: str) -> dict[str, int]:
    found = answer(**inputs)
    assert "errors" not in found, found
    return {row["id"]: row["bytes"] for row in found["rows"]}


fractions = st.floats(0, 1).map(str)
shares = st.fixed_dictionaries(
    {"jvm-max-memory": st.integers(32 << 20, 1 << 40).map(str)},
    optional=dict.fromkeys((entry.key for entry in SHARES), fractions),
)


class TestEveryAnswer:
    @given(shares)
    def test_parts_add_up(self, inputs):
        rows = sizes(**inputs)
        assert rows["storage-memory"] + rows["execution-memory"] + rows["unmanaged-memory"] == rows["jvm-max-memory"]
        margins = rows["storage-safety-margin"] + rows["execution-safety-margin"] + rows["other-memory"]
        assert margins == rows["unmanaged-memory"]
        assert 0 <= rows["unroll-memory"] <= rows["storage-memory"]

    @given(shares, st.integers(1, 1 << 30))
    def test_more_heap_is_never_less_of_anything(self, inputs, more):
        smaller = sizes(**inputs)
        larger = sizes(**inputs | {"jvm-max-memory": str(int(inputs["jvm-max-memory"]) + more)})
        for row in ("storage-memory", "execution-memory", "unroll-memory"):
            assert larger[row] >= smaller[row], row

    @given(shares)
    def test_every_row_says_why_and_who_says_so(self, inputs):
        for row in answer(**inputs)["rows"]:
            assert row["because"]
            assert "/v2.4.8/" in row["source"]["url"] or "openjdk" in row["source"]["url"]

    @given(
        st.dictionaries(
            st.sampled_from(["spark.storage.memoryFraction", "spark.memory.useLegacyMode", "gc"]), st.text(max_size=9)
        )
    )
    def test_any_text_gets_an_answer_or_its_errors(self, inputs):
        found = answer(**inputs)
        assert ("rows" in found) != ("errors" in found)


class TestBorders:
    def test_1g_to_the_byte(self):
        rows = sizes(**{"spark.executor.memory": "1g", "gc": "g1"})
        assert (rows["storage-memory"], rows["execution-memory"], rows["unroll-memory"]) == (579820584, 171798691, 115964116)

    def test_the_least_heap_and_one_byte_less(self):
        assert sizes(**{"jvm-max-memory": "33554432"})["storage-memory"] == 18119393
        (error,) = answer(**{"jvm-max-memory": "33554431"})["errors"]
        assert error["message"].startswith("System memory 33554431 must be at least 33554432. Please increase heap size")

    def test_execution_may_have_nothing(self):
        assert sizes(**{"spark.shuffle.memoryFraction": "0"})["execution-memory"] == 0

    def test_a_negative_share_is_refused_with_no_more_words_than_spark_has(self):
        (error,) = answer(**{"spark.storage.memoryFraction": "-1"})["errors"]
        assert error["message"] == "requirement failed"

    @pytest.mark.parametrize(("enabled", "page"), [("false", 4 << 20), ("true", 8 << 20)])
    def test_the_page_off_the_heap_is_settled_before_storages_part_is_joined(self, enabled, page):
        rows = sizes(**{
            "jvm-max-memory": "1073741824", "spark.executor.cores": "4",
            "spark.memory.offHeap.enabled": enabled, "spark.memory.offHeap.size": "1g",
        })  # fmt: skip
        assert (rows["page-size"], rows["off-heap-execution-region"]) == (page, 1 << 30)

    def test_a_share_above_one_gets_the_words_of_spark_context(self):
        (error,) = answer(**{"spark.storage.unrollFraction": "2"})["errors"]
        assert error["message"] == "spark.storage.unrollFraction should be between 0 and 1 (was '2.0')."

    def test_later_releases_have_no_such_manager(self):
        assert [error["input"] for error in answer(release="3.0")["errors"]] == ["release"]
