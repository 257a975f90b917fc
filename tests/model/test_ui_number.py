"""From a number back to the executor: each explanation, put to executor-memory, must show the number again."""

import re

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

import sparkmem
from sparkmem.calculators.ui_number.search import Search
from sparkmem.calculators.ui_number.variants import COMMON_MIB, variants
from sparkmem.jvm.collectors import COLLECTORS
from sparkmem.release import RELEASES
from sparkmem.size import bytes_to_string, ui_bytes
from sparkmem.size.shown import LOG, WEB_UI, readings

COLUMNS = {"web UI": "ui-storage-memory", "log": "memory-store-capacity"}


def answer(number: str, **inputs: str) -> dict:
    found = sparkmem.evaluate({"calculator": "ui-number", "inputs": {"number": number, **inputs}})
    assert "errors" not in found, found
    return found


def executor(**inputs: str) -> dict[str, dict]:
    found = sparkmem.evaluate({"calculator": "executor-memory", "inputs": inputs})
    assert "errors" not in found, found
    return {row["id"]: row for row in found["rows"]}


class TestKnownNumbers:
    @pytest.mark.parametrize(
        ("number", "words"),
        [
            ("366.3 MiB", "a heap of 1g under Parallel, Spark 3.0 to 4.3"),
            ("434.4 MiB", "a heap of 1g under G1, ZGC or Shenandoah, Spark 3.0 to 4.3"),
            ("413.9 MiB", "a heap of 1g under Serial, Spark 3.0 to 4.3"),
            ("956.6 MB", "a heap of 2g under Parallel, Spark 2.4"),
            ("366.3 MB", "a heap of 1g under Parallel, Spark 2.4"),
            ("384.1 MB", "a heap of 1g under Parallel, Spark 2.4"),
            ("2.2 GiB", "a heap of 4g under G1, ZGC or Shenandoah, Spark 3.0 to 4.3"),
            ("0.0 B / 912.3 MiB", "a heap of 2g under Parallel, Spark 3.0 to 4.3"),
            ("723936870", "a heap of 1g under G1, ZGC or Shenandoah and 256m off the heap, Spark 2.4 to 4.3"),
            ("553.0 MB", "a heap of 1g under G1, ZGC or Shenandoah, static memory manager, Spark 2.4"),
        ],
    )
    def test_the_first_explanation(self, number, words):
        rows = answer(number)["rows"]
        assert rows[0]["id"] == "explanation-1"
        assert words in [row["label"].partition(": ")[2] for row in rows[: 1 if "static" not in words else None]]

    @pytest.mark.parametrize(
        ("number", "words"),
        [
            ("535.0 MB", "a heap of 1g under CMS, static memory manager"),
            ("1088.0 MB", "a heap of 2g under CMS, static memory manager"),
            ("366 MB", "a heap of 1g under Parallel"),
            ("434 MiB", "a heap of 1g under G1, ZGC or Shenandoah"),
            ("2.2 GB", "a heap of 4g under G1, ZGC or Shenandoah"),
            ("2004.6 MB", "a heap of 4g under Parallel"),
        ],
    )
    def test_what_people_write_is_read_as_they_mean_it(self, number, words):
        assert words in answer(number)["rows"][0]["label"]

    def test_a_figure_that_a_person_rounded_is_explained_for_the_releases_that_write_another_unit_too(self):
        """A public report says 114 GB of an executor that shows 114.3 GiB."""
        labels = [row["label"] for row in answer("114 GB")["rows"]]
        runs = [re.search(r"any heap from (\d+)m to (\d+)m under G1.*Spark 3.0 to 4.3", label) for label in labels]
        assert any(int(run[1]) <= 195300 <= int(run[2]) for run in runs if run)
        rows = executor(**{"spark.executor.memory": "195300m", "gc": "g1"})
        assert rows["ui-storage-memory"]["text"] == "114.3 GiB"

    @pytest.mark.parametrize("text", ["free 434.1 MiB", "Added rdd_1_0 in memory on a:1 (size: 24.0 KiB, free: 434.1 MiB)"])
    def test_what_is_free_is_no_total(self, text):
        found = answer(text)
        assert "free-is-no-total" in {note["id"] for note in found["notes"]}
        assert "a heap of 1g under G1" in found["rows"][0]["label"]
        assert "free-is-no-total" not in {note["id"] for note in answer("434.1 MiB")["notes"]}

    def test_what_nothing_explains_says_so_and_gives_the_nearest(self):
        found = answer("1024.0 KB")
        assert found["notes"][0]["id"] == "nothing-explains"
        assert found["rows"][0]["id"] == "nearest-1"
        assert "a heap of 450m under G1" in found["rows"][0]["label"]

    def test_a_known_heap_gives_the_off_heap_size_that_is_missing(self):
        first = answer("2.2 GiB", heap="2g", gc="g1")["rows"][0]
        size = int(re.search(r"offHeap.size from ([\d,]+)", first["label"])[1].replace(",", ""))
        rows = executor(**{"spark.executor.memory": "2g", "gc": "g1", "spark.memory.offHeap.size": str(size)})
        assert rows["ui-storage-memory"]["text"] == "2.2 GiB"

    @pytest.mark.parametrize("number", ["", "x", "1.2.3 MiB", "-1 MiB", "9" * 50, "MiB"])
    def test_what_is_no_number_is_refused(self, number):
        found = sparkmem.evaluate({"calculator": "ui-number", "inputs": {"number": number}})
        assert number == "" or [error["input"] for error in found["errors"]] == ["number"]


class TestAnyText:
    @example({"number": "3.0 PiB", "spark.memory.offHeap.size": "8191p", "spark.memory.fraction": "1e-300"})
    @example({"number": "1.0 MiB", "spark.memory.fraction": "NaN", "release": "any"})
    @given(st.fixed_dictionaries({}, optional={
        "number": st.one_of(st.text(max_size=12), st.integers(0, 1 << 70).map(str), st.just("3.0 PiB")),
        "heap": st.sampled_from(["", "x", "8m", "4g", "4096", "9999p", "3t"]),
        "spark.memory.offHeap.size": st.sampled_from(["", "0", "1", "x", "8191p", "2g"]),
        "spark.memory.fraction": st.sampled_from(["0.6", "1e-300", "5e-324", "1", "0", "NaN", "x", "1.5", "1e-3"]),
        "release": st.sampled_from(["2.4", "3.0", "4.3", "any", "1.6"]),
        "gc": st.sampled_from(["", "serial", "parallel", "x"]),
    }))  # fmt: skip
    @settings(max_examples=60)
    def test_gets_an_answer_or_its_errors(self, inputs):
        found = sparkmem.evaluate({"calculator": "ui-number", "inputs": inputs})
        assert bool(found.get("rows")) != bool(found.get("errors"))
        assert all(error["input"] and error["message"] for error in found.get("errors", []))


heaps = st.sampled_from(sorted(mib for mib in COMMON_MIB if mib >= 600))
releases = st.sampled_from(list(RELEASES))


class TestThereAndBack:
    @given(heaps, st.sampled_from(list(COLLECTORS)), releases, st.sampled_from(["web UI", "log"]))
    @settings(max_examples=40)
    def test_what_an_executor_shows_is_explained_by_that_executor(self, mib, gc, release, place):
        shown = executor(**{"spark.executor.memory": f"{mib}m", "gc": gc, "release": release, "java": "17"})[COLUMNS[place]]
        found = answer(shown["text"], release=release, gc=gc, java="17")
        labels = [row["label"] for row in found["rows"] if row["bytes"] == shown["bytes"]]
        heap = f"{mib >> 10}g" if mib % 1024 == 0 else f"{mib}m"
        assert any(f"a heap of {heap} under {COLLECTORS[gc]}," in label for label in labels), found["rows"]

    @given(st.integers(90 << 20, 1 << 36), releases, st.sampled_from([ui_bytes, bytes_to_string]))
    @example(142029620, "2.4", bytes_to_string)  # CMS reports less of 544 MiB than of 543
    @settings(max_examples=30)
    def test_every_explanation_shows_the_number(self, size, release, write):
        number = write(size, release)
        for reading in readings(number, release):
            search = Search(reading.least_bytes, reading.most_bytes, tuple(variants("", None)), 0.6)
            for one in search.explanations():
                for jvm in one.jvms:
                    cms = jvm.gc == "cms"
                    rows = executor(**{
                        "spark.executor.memory": f"{one.mib}m", "java": str(jvm.java), "release": release,
                        **({"spark.executor.extraJavaOptions": "-XX:+UseConcMarkSweepGC"} if cms else {"gc": jvm.gc}),
                        "spark.memory.offHeap.size": str(one.off_heap_bytes),
                        "cluster-manager": "kubernetes" if jvm.full else "yarn",
                    })  # fmt: skip
                    assert rows["ui-storage-memory"]["bytes"] == one.total_bytes
                    assert number in {rows[COLUMNS[place]]["text"] for place in reading.where}

    @given(st.integers(450, 100_000), st.sampled_from(["g1", "parallel", "serial"]))
    @settings(max_examples=30)
    def test_runs_end_where_the_number_changes(self, mib, gc):
        (variant,) = [v for v in variants(gc, 17) if not v.full]
        wide = Search(0, 0, (variant,), 0.6)
        size = wide.shown(variant.max_memory(mib))
        assume(size >= 0)
        (reading,) = readings(ui_bytes(size))[:1]
        search = Search(reading.least_bytes, reading.most_bytes, (variant,), 0.6)
        runs = [one for one in search.explanations() if one.mib != one.last_mib and not one.off_heap_bytes]
        for run in runs:
            assert run.mib <= mib <= run.last_mib
            for inside in (run.mib, run.last_mib):
                assert reading.least_bytes <= search.shown(variant.max_memory(inside)) <= reading.most_bytes
            for outside in (run.mib - 1, run.last_mib + 1):
                shown = search.shown(variant.max_memory(outside))
                assert outside < 450 or not reading.least_bytes <= shown <= reading.most_bytes


class TestReadings:
    @example(size=1 << 50, release="3.0", place=(WEB_UI, ui_bytes))
    @example(size=2_871_044_762_448_692, release="3.5", place=(LOG, bytes_to_string))
    @example(size=(1 << 50) - 40, release="4.3", place=(WEB_UI, ui_bytes))
    @given(st.integers(2 << 10, 1 << 59), releases, st.sampled_from([(WEB_UI, ui_bytes), (LOG, bytes_to_string)]))
    def test_a_written_size_is_read_with_exact_borders(self, size, release, place):
        where, write = place
        text = write(size, release)
        found = [r for r in readings(text, release) if where in r.where]
        assert len(found) == 1
        reading = found[0]
        assert reading.least_bytes <= size <= reading.most_bytes
        assert write(reading.least_bytes, release) == write(reading.most_bytes, release) == text
        assert write(reading.most_bytes + 1, release) != text
        assert write(reading.least_bytes - 1, release) != text
