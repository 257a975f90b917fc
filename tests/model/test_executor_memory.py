"""The executor-memory calculator: what must hold for every input, and the answers that readers know by heart."""

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sparkmem
from sparkmem.calculators import CALCULATORS
from sparkmem.calculators.executor_memory import EXECUTOR_MEMORY
from sparkmem.errors import BadInputs
from sparkmem.jvm.collectors import COLLECTORS
from sparkmem.release import JAVA_VERSIONS, RELEASES

MIB = 1 << 20


def answer(**inputs: str) -> dict:
    return sparkmem.evaluate({"calculator": "executor-memory", "inputs": inputs})


def sizes(inputs: dict[str, str]) -> dict[str, int]:
    found = answer(**inputs)
    assert "errors" not in found, found
    return {row["id"]: row["bytes"] for row in found["rows"]}


accepted = st.fixed_dictionaries(
    {
        "release": st.sampled_from(list(RELEASES)),
        "spark.executor.memory": st.integers(700, 200_000).map(lambda mib: f"{mib}m"),
        "gc": st.sampled_from(list(COLLECTORS)),
        "java": st.sampled_from([str(v) for v in JAVA_VERSIONS]),
    },
    optional={
        "spark.memory.fraction": st.floats(0.01, 1).map(str),
        "spark.memory.storageFraction": st.floats(0, 0.99).map(str),
        "spark.memory.offHeap.enabled": st.just("false"),
        "spark.memory.offHeap.size": st.integers(0, 1 << 40).map(str),
        "spark.executor.cores": st.integers(1, 64).map(str),
        "cluster-manager": st.sampled_from(["yarn", "kubernetes", "standalone"]),
    },
)


class TestEveryAnswer:
    @given(accepted)
    def test_parts_add_up(self, inputs):
        rows = sizes(inputs)
        assert rows["reserved-memory"] + rows["user-memory"] + rows["spark-memory"] == rows["jvm-max-memory"]
        assert rows["storage-region"] + rows["execution-region"] == rows["spark-memory"]
        assert rows["off-heap-storage-region"] + rows["off-heap-execution-region"] == rows["off-heap-memory"]
        assert rows.get("heap-held-back", 0) + rows["jvm-max-memory"] == rows.get("max-heap-size", rows["jvm-max-memory"])

    @given(accepted, st.integers(1, 4096))
    def test_more_heap_is_never_less_of_anything(self, inputs, more_mib):
        smaller = sizes(inputs)
        mib = int(inputs["spark.executor.memory"][:-1])
        larger = sizes(inputs | {"spark.executor.memory": f"{mib + more_mib}m"})
        for row in ("user-memory", "spark-memory", "storage-region", "execution-region", "ui-storage-memory"):
            assert larger[row] >= smaller[row], row

    @given(accepted)
    def test_every_row_says_why_and_who_says_so(self, inputs):
        for row in answer(**inputs)["rows"]:
            assert row["because"], row
            assert row["source"]["url"].startswith("https://"), row
            assert row["see"].count("#") == 1, row

    @given(st.dictionaries(st.sampled_from([i.name for i in CALCULATORS["executor-memory"].inputs]), st.text(max_size=20)))
    def test_any_text_gets_an_answer_or_its_errors(self, inputs):
        found = answer(**inputs)
        assert ("rows" in found) != ("errors" in found)
        json.dumps(found)
        assert all(error["input"] and error["message"] for error in found.get("errors", []))


class TestKnownAnswers:
    """Numbers that people post, with the heap and the collector that explain them."""

    @pytest.mark.parametrize(
        ("memory", "gc", "shown"),
        [
            ("1g", "parallel", "366.3 MiB"),
            ("1g", "serial", "413.9 MiB"),
            ("1g", "g1", "434.4 MiB"),
            ("2g", "parallel", "912.3 MiB"),
            ("2g", "serial", "1007.8 MiB"),
            ("2g", "g1", "1 GiB"),
        ],
    )
    def test_number_in_the_web_ui(self, memory, gc, shown):
        rows = {row["id"]: row["text"] for row in answer(**{"spark.executor.memory": memory, "gc": gc})["rows"]}
        assert rows["ui-storage-memory"] == shown

    def test_4g_to_the_byte(self):
        rows = sizes({"spark.executor.memory": "4g"})
        assert rows["reserved-memory"] == 314572800
        assert rows["user-memory"] == 1592157799
        assert rows["storage-region"] == 1194118348
        assert rows["execution-region"] == 1194118349

    def test_one_processor_means_serial(self):
        assert sizes({"processors": "1"}) == sizes({"gc": "serial"})

    def test_kubernetes_starts_the_heap_at_its_full_size(self):
        assert sizes({"spark.executor.memory": "4g", "gc": "parallel"})["jvm-max-memory"] == 3817865216
        on_kubernetes = {"spark.executor.memory": "4g", "gc": "parallel", "cluster-manager": "kubernetes"}
        assert sizes(on_kubernetes)["jvm-max-memory"] == 4116185088

    def test_sized_but_not_enabled_is_counted_and_remarked(self):
        found = answer(**{"spark.memory.offHeap.size": "256m"})
        rows = {row["id"]: row["bytes"] for row in found["rows"]}
        assert rows["ui-storage-memory"] == 723936870
        assert [note["id"] for note in found["notes"]] == ["off-heap-not-enabled"]


class TestBorders:
    @pytest.mark.parametrize("release", RELEASES)
    def test_the_least_setting_is_accepted_and_one_mib_less_is_refused(self, release):
        assert sizes({"release": release, "spark.executor.memory": "450m"})["jvm-max-memory"] == 450 * MIB
        (error,) = answer(**{"release": release, "spark.executor.memory": "449m"})["errors"]
        assert "Executor memory 470810624 must be at least 471859200" in error["message"].replace("executor", "Executor")

    def test_the_least_heap_and_one_byte_less(self):
        assert "rows" in answer(**{"jvm-max-memory": "471859200"})
        refused = answer(**{"jvm-max-memory": "471859199"})["errors"]
        assert [error["input"] for error in refused] == ["jvm-max-memory"]

    def test_a_bare_number_is_explained(self):
        (error,) = answer(**{"spark.executor.memory": "4096"})["errors"]
        assert error["message"].startswith("[INVALID_EXECUTOR_MEMORY.CONFIG_MEMORY]")
        assert "write 4096m" in error["change"]

    def test_all_faults_at_once_in_sparks_order(self):
        wrong = {
            "spark.memory.offHeap.size": "-1",
            "spark.memory.fraction": "x",
            "spark.executor.memory": "1.5g",
            "spark.memory.storageFraction": "1",
            "spark.executor.cores": "0",
        }
        assert [error["input"] for error in answer(**wrong)["errors"]] == [
            "spark.executor.memory",
            "spark.memory.fraction",
            "spark.memory.storageFraction",
            "spark.memory.offHeap.size",
            "spark.executor.cores",
        ]

    def test_an_unknown_input_is_named_with_what_may_be_meant(self):
        (error,) = answer(**{"spark.memory.fractoin": "0.6"})["errors"]
        assert error["input"] == "spark.memory.fractoin"
        assert "spark.memory.fraction" in error["change"]

    def test_an_unknown_release_names_those_there_are(self):
        (error,) = answer(release="1.6")["errors"]
        assert "4.3" in error["message"]


class TestCommandLine:
    def run(self, *words: str, stdin: str = "") -> subprocess.CompletedProcess:
        return subprocess.run([sys.executable, "-m", "sparkmem", *words], input=stdin, capture_output=True, text=True)

    def test_json_is_what_evaluate_says(self):
        done = self.run("executor-memory", "--spark.executor.memory", "8g", "--json")
        assert done.returncode == 0
        assert json.loads(done.stdout) == answer(**{"spark.executor.memory": "8g"})

    def test_errors_go_to_standard_error_and_exit_with_2(self):
        done = self.run("executor-memory", "--spark.executor.memory=8x")
        assert (done.returncode, done.stdout) == (2, "")
        assert 'Invalid suffix: "x"' in done.stderr

    def test_an_option_without_a_value_is_named_and_under_it_what_to_write(self):
        assert self.run("executor-memory", "--gc").stderr == "gc: --gc has no value\n  write --gc VALUE\n"

    def test_help_lists_every_input(self):
        shown = self.run("executor-memory", "--help").stdout
        assert all(f"--{item.name} " in shown for item in CALCULATORS["executor-memory"].inputs)

    def test_batch_answers_in_order_and_stops_at_nothing(self):
        good = json.dumps({"calculator": "executor-memory", "inputs": {"gc": "z"}})
        lines = [good, "{", "[]", '{"calculator": "nope"}', '{"calculator": "executor-memory", "inputs": {"gc": 1}}', good]
        done = self.run("batch", stdin="\n".join(lines))
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        assert (done.returncode, done.stderr, len(answers)) == (0, "", 6)
        assert answers[0] == answers[5] == answer(gc="z")
        assert all("errors" in found for found in answers[1:5])


class TestRelease24:
    """Where 2.4 differs; the recording of 2.4.8 holds the rest."""

    def test_web_ui_and_log_write_the_same_bytes_differently(self):
        rows = {
            row["id"]: row["text"]
            for row in answer(**{"release": "2.4", "spark.executor.memory": "2g", "gc": "parallel"})["rows"]
        }
        assert (rows["ui-storage-memory"], rows["memory-store-capacity"]) == ("956.6 MB", "912.3 MB")

    def test_execution_may_be_left_nothing(self):
        assert sizes({"release": "2.4", "spark.memory.storageFraction": "1"})["execution-region"] == 0

    def test_a_pool_below_nothing_is_refused_off_the_heap_too(self):
        given = {"release": "2.4", "spark.memory.fraction": "0", "spark.memory.storageFraction": "2"}
        with pytest.raises(BadInputs, match="requirement failed"):
            EXECUTOR_MEMORY.alone(given | {"spark.memory.offHeap.size": "1g"})
        assert {line.id: line.size_bytes for line in EXECUTOR_MEMORY.alone(given).rows()}["execution-region"] == 0
        (error,) = answer(**given)["errors"]
        assert error["message"] == "spark.memory.storageFraction should be between 0 and 1 (was '2.0')."

    def test_the_static_manager_is_another_calculator(self):
        (error,) = answer(**{"release": "2.4", "spark.memory.useLegacyMode": "true"})["errors"]
        assert "legacy-memory" in error["change"]
        later = answer(**{"release": "3.0", "spark.memory.useLegacyMode": "true"})
        assert [note["id"] for note in later["notes"]] == ["legacy-mode-gone"]

    def test_a_fraction_above_one_is_taken_by_the_manager_and_refused_by_spark_context(self):
        given = {"spark.memory.fraction": "1.5"}
        (note,) = EXECUTOR_MEMORY.alone(given).notes
        (error,) = answer(**given)["errors"]
        assert error["message"] == "spark.memory.fraction should be between 0 and 1 (was '1.5')."
        assert error["message"] in note.text

    def test_a_heap_that_starts_full_and_is_too_small_is_advised_and_does_not_break(self):
        flags = {"spark.executor.extraJavaOptions": "-Xms455m"}
        (error,) = answer(**{"spark.executor.memory": "455m", "gc": "parallel"}, **flags)["errors"]
        assert "505m is enough" in error["change"]
