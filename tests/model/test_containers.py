"""Containers: what must hold for every request, and the sums that readers know by heart; the recordings hold the rest."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import sparkmem
from sparkmem.calculators import CALCULATORS
from sparkmem.errors import Refused
from sparkmem.release import RELEASES, since
from sparkmem.spark.containers.off_heap import off_heap_mib
from sparkmem.spark.containers.yarn import granted_mib
from sparkmem.spark.settings.spark_conf import SparkConf

MIB = 1 << 20
TERMS = ("executor-memory", "memory-overhead", "off-heap-memory", "pyspark-memory")
DRIVER_TERMS = ("driver-memory", "driver-memory-overhead", "driver-off-heap-memory", "driver-pyspark-memory")
NAMES = [item.name for item in CALCULATORS["container-request"].inputs]
MANAGERS = ("yarn", "kubernetes", "standalone", "local")


def test_off_heap_memory_is_counted_in_32_bits():
    """``Utils.executorOffHeapMemorySizeAsMb`` gives an Int: 2^32 MiB and five more are five, and 2^31 are below zero."""
    def counted(mib: int) -> int:
        given = {"spark.memory.offHeap.enabled": "true", "spark.memory.offHeap.size": f"{mib}m"}
        return off_heap_mib(SparkConf(given, "4.3"))

    assert [counted(1), counted((1 << 31) - 1), counted((1 << 32) + 5)] == [1, (1 << 31) - 1, 5]
    with pytest.raises(Refused, match="must be at least 1MiB"):
        counted(1 << 31)


def answer(**inputs: str) -> dict:
    return sparkmem.evaluate({"calculator": "container-request", "inputs": inputs})


def mib(inputs: dict[str, str]) -> dict[str, int]:
    found = answer(**inputs)
    assert "errors" not in found, found
    return {row["id"]: row["bytes"] // MIB for row in found["rows"]}


def first_error(inputs: dict[str, str]) -> dict:
    return answer(**inputs)["errors"][0]


def note_ids(inputs: dict[str, str]) -> list[str]:
    return [note["id"] for note in answer(**inputs)["notes"]]


sizes = st.integers(1, 200_000).map(lambda n: f"{n}m")
heaps = st.integers(450, 200_000).map(lambda n: f"{n}m")  # with less Spark does not start
accepted = st.fixed_dictionaries(
    {
        "release": st.sampled_from(list(RELEASES)),
        "cluster-manager": st.sampled_from(MANAGERS),
        "deploy-mode": st.sampled_from(["client", "cluster"]),
        "language": st.sampled_from(["jvm", "python", "r"]),
        "spark.executor.memory": heaps,
    },
    optional={
        "spark.executor.memoryOverhead": sizes,
        "spark.executor.memoryOverheadFactor": st.floats(0.01, 2).map(str),
        "spark.executor.minMemoryOverhead": sizes,
        "spark.memory.offHeap.size": sizes,
        "spark.executor.pyspark.memory": sizes,
        "spark.driver.memory": heaps,
        "spark.driver.memoryOverhead": sizes,
        "spark.kubernetes.memoryOverheadFactor": st.floats(0.01, 0.99).map(str),
        "yarn-scheduler": st.sampled_from(["capacity", "fair"]),
        "yarn-minimum-allocation": st.integers(1, 5000).map(str),
        "yarn-increment-allocation": st.integers(1, 5000).map(str),
    },
).map(lambda i: i | ({"spark.memory.offHeap.enabled": "true"} if "spark.memory.offHeap.size" in i else {}))


class TestEveryAnswer:
    @given(accepted)
    def test_parts_add_up(self, inputs):
        rows = mib(inputs)
        assert sum(rows[term] for term in TERMS) == rows["total-request"]
        assert sum(rows[term] for term in DRIVER_TERMS) == rows["driver-total-request"]
        for prefix in ("", "driver-"):
            rounding = rows.get(f"{prefix}yarn-rounding", 0)
            assert rows[f"{prefix}total-request"] + rounding == rows[f"{prefix}container-limit"]

    @given(accepted, st.integers(1, 4096))
    def test_more_heap_is_never_a_smaller_container(self, inputs, more):
        smaller = mib(inputs)
        heap = int(inputs["spark.executor.memory"][:-1])
        larger = mib(inputs | {"spark.executor.memory": f"{heap + more}m"})
        assert all(larger[row] >= smaller[row] for row in (*TERMS, "total-request", "container-limit"))

    @given(accepted)
    def test_every_row_says_why_and_who_says_so(self, inputs):
        for row in answer(**inputs)["rows"]:
            assert row["because"], row
            assert row["source"]["url"].startswith("https://"), row
            assert row["see"].count("#") == 1, row

    @example({"spark.executor.pyspark.memory": "-1", "yarn-maximum-allocation": "1"})
    @given(
        st.dictionaries(
            st.sampled_from(NAMES), st.text(max_size=12) | st.sampled_from(["1g", "-1g", "true", "0.2", "8191p"])
        )
    )
    def test_any_text_gets_an_answer_or_its_errors(self, inputs):
        found = answer(**inputs)
        assert ("rows" in found) != ("errors" in found)
        json.dumps(found)
        assert all(error["input"] and error["message"] for error in found.get("errors", []))

    @given(accepted)
    def test_kubernetes_writes_its_limit_as_a_quantity(self, inputs):
        rows = {row["id"]: row for row in answer(**inputs | {"cluster-manager": "kubernetes"})["rows"]}
        limit = rows["container-limit"]
        assert limit["bytes"] == rows["total-request"]["bytes"]
        assert limit["text"].startswith(f"{limit['bytes'] // MIB}Mi ")


def test_a_figure_that_was_set_is_told_from_a_default_and_from_one_that_was_worked_out():
    found = answer(**{"spark.executor.memory": "8g", "spark.executor.memoryOverhead": "1g"})
    said = {row["id"]: row["provenance"] for row in found["rows"]}
    assert {id: said[id] for id in ("executor-memory", "memory-overhead", "driver-memory", "total-request")} == {
        "executor-memory": "set", "memory-overhead": "set", "driver-memory": "default", "total-request": "derived",
    }  # fmt: skip


class TestKnownSums:
    @pytest.mark.parametrize(
        ("inputs", "total"),
        [
            ({}, 1408),
            ({"spark.executor.memory": "512m"}, 896),
            ({"spark.executor.memory": "3849m"}, 4233),
            ({"spark.executor.memory": "3850m"}, 4235),
            ({"spark.executor.memory": "4g"}, 4505),
            ({"spark.executor.memory": "4g", "spark.executor.memoryOverhead": "100m"}, 4196),
            ({"spark.executor.memory": "4g", "language": "python", "spark.executor.pyspark.memory": "1g"}, 5529),
            ({"spark.executor.memory": "4g", "spark.executor.pyspark.memory": "1g"}, 4505),
            ({"spark.executor.memory": "4g", "profile-memory": "20g"}, 20 * 1024 + 409),
            ({"cluster-manager": "standalone", "spark.executor.memory": "4g", "spark.executor.memoryOverhead": "1g"}, 4096),
        ],
    )
    def test_executor(self, inputs, total):
        assert mib(inputs)["total-request"] == total

    @pytest.mark.parametrize("release", RELEASES)
    @pytest.mark.parametrize(("manager", "first"), [("yarn", "3.0"), ("kubernetes", "3.1")])
    def test_off_heap_joined_the_sum(self, release, manager, first):
        off_heap = {"spark.memory.offHeap.enabled": "true", "spark.memory.offHeap.size": "1g"}
        inputs = {"release": release, "cluster-manager": manager, **off_heap}
        assert mib(inputs)["off-heap-memory"] == (1024 if since(release, first) else 0)
        assert ("off-heap-not-added" in note_ids(inputs)) != since(release, first)

    @pytest.mark.parametrize("release", RELEASES)
    def test_settings_are_read_since_their_release(self, release):
        factor = mib({"release": release, "spark.executor.memory": "10g", "spark.executor.memoryOverheadFactor": "0.5"})
        assert factor["memory-overhead"] == (5120 if since(release, "3.3") else 1024)
        minimum = mib({"release": release, "spark.executor.minMemoryOverhead": "1g"})
        assert minimum["memory-overhead"] == (1024 if since(release, "4.0") else 384)

    @pytest.mark.parametrize("release", RELEASES)
    def test_python_on_kubernetes_in_both_modes(self, release):
        python = {"release": release, "cluster-manager": "kubernetes", "language": "python", "spark.executor.memory": "4g"}
        python["spark.executor.pyspark.memory"] = "1g"
        assert mib({**python, "deploy-mode": "cluster"})["total-request"] == 4096 + 1638 + 1024
        assert mib(python)["total-request"] == 4096 + 409
        assert {"pyspark-not-added", "client-mode-factor"} <= set(note_ids(python))

    def test_driver_and_application_master(self):
        in_cluster = mib({"deploy-mode": "cluster", "spark.driver.memory": "8g"})
        assert in_cluster["driver-total-request"] == 8192 + 819
        assert "am-total-request" not in in_cluster
        in_client = mib({"spark.driver.memory": "8g", "spark.driver.memoryOverhead": "1g"})
        assert (in_client["driver-total-request"], in_client["am-total-request"]) == (0, 896)

    def test_old_key_works_and_the_new_one_wins(self):
        old = {"spark.yarn.executor.memoryOverhead": "1g"}
        assert mib(old)["memory-overhead"] == 1024
        assert mib({**old, "spark.executor.memoryOverhead": "2g"})["memory-overhead"] == 2048
        assert "old-key" in note_ids(old)


class TestGranting:
    @given(st.integers(1, 1 << 24), st.integers(1, 10_000), st.integers(1, 10_000))
    def test_the_least_multiple_that_holds_request_and_minimum(self, asked, minimum, step):
        granted = granted_mib(asked, minimum, step, None)
        assert granted % step == 0
        assert granted - step < max(asked, minimum) <= granted

    def test_schedulers_differ(self):
        inputs = {"spark.executor.memory": "4g", "yarn-increment-allocation": "512"}
        assert mib(inputs)["container-limit"] == 5120
        assert mib({**inputs, "yarn-scheduler": "fair"})["container-limit"] == 4608

    def test_rounding_stops_at_the_maximum(self):
        rows = mib({"spark.executor.memory": "4g", "yarn-maximum-allocation": "4600"})
        assert (rows["total-request"], rows["container-limit"]) == (4505, 4600)


class TestRefusals:
    def test_exactly_at_the_threshold_and_one_below(self):
        inputs = {"spark.executor.memory": "4g"}
        assert "rows" in answer(**inputs, **{"yarn-maximum-allocation": "4505"})
        error = first_error({**inputs, "yarn-maximum-allocation": "4504"})
        assert error["message"] == (
            "Required executor memory (4096 MB), offHeap memory (0) MB, overhead (409 MB), and PySpark memory (0 MB) is"
            " above the max threshold (4504 MB) of this cluster! Please check the values of"
            " 'yarn.scheduler.maximum-allocation-mb' and/or 'yarn.nodemanager.resource.memory-mb'."
        )

    @given(st.sampled_from(list(RELEASES)), st.integers(1000, 100_000), st.floats(0.05, 1).map(str))
    def test_the_heap_that_is_said_to_fit_fits_and_one_more_does_not(self, release, limit, factor):
        inputs = {"release": release, "spark.executor.memory": "200g", "spark.executor.memoryOverheadFactor": factor}
        inputs |= {"yarn-maximum-allocation": str(limit)}
        heap = int(first_error(inputs)["change"].split(": ")[1].split("m ")[0])
        assert "rows" in answer(**inputs | {"spark.executor.memory": f"{heap}m"})
        assert "errors" in answer(**inputs | {"spark.executor.memory": f"{heap + 1}m"})

    @pytest.mark.parametrize(("release", "said"), [
        ("3.5", "Conversion of 9223372036854775807 exceeds Long.MAX_VALUE in GiB."),
        ("4.3", "Conversion of 9223372036854775807 GiB exceeds Long.MAX_VALUE."),
    ])  # fmt: skip
    def test_a_profile_s_request_is_refused_in_the_words_of_the_release(self, release, said):
        error = first_error({"release": release, "profile-memoryOverhead": "9223372036854775807g"})
        assert said in error["message"]
        assert error["input"] == "profile-memoryOverhead"

    def test_the_smaller_of_maximum_and_node_counts(self):
        inputs = {"spark.executor.memory": "4g", "yarn-maximum-allocation": "8g", "node-memory": "4096"}
        assert "(4096 MB) of this cluster" in first_error(inputs)["message"]

    @pytest.mark.parametrize(("release", "least"), [("3.0", "> 0"), ("4.2", "> 0"), ("4.3", "at least 1MiB")])
    def test_off_heap_that_is_enabled_and_has_no_size(self, release, least):
        error = first_error({"release": release, "spark.memory.offHeap.enabled": "true"})
        assert error["message"] == (
            f"requirement failed: spark.memory.offHeap.size must be {least} when spark.memory.offHeap.enabled == true"
        )

    def test_a_fault_is_said_once_and_with_those_of_other_keys(self):
        wrong = {"spark.executor.memory": "x", "spark.driver.memory": "1.5g", "deploy-mode": "cluster"}
        assert [error["input"] for error in answer(**wrong)["errors"]] == ["spark.driver.memory", "spark.executor.memory"]

    def test_a_size_that_cannot_be_read_is_not_said_to_be_missing_too(self):
        wrong = {"spark.memory.offHeap.enabled": "true", "spark.memory.offHeap.size": "x"}
        assert len(answer(**wrong)["errors"]) == 1

    def test_the_old_name_is_named_where_it_was_used(self):
        assert first_error({"spark.yarn.executor.memoryOverhead": "x"})["input"] == "spark.yarn.executor.memoryOverhead"

    def test_a_sum_that_overflows_is_refused(self):
        error = first_error({"spark.executor.memory": "2147483647m", "spark.executor.memoryOverhead": "1m"})
        assert "-2,147,483,648 MiB" in error["message"]

    @pytest.mark.parametrize("release", ["2.4", "3.0"])
    def test_profiles_came_with_3_1(self, release):
        assert "no resource profiles" in first_error({"release": release, "profile-memory": "2g"})["message"]

    @pytest.mark.parametrize(("manager", "release", "refused"), [
        ("standalone", "3.3", True), ("standalone", "3.4", False), ("local", "4.3", True), ("kubernetes", "3.1", False),
    ])  # fmt: skip
    def test_profiles_where_they_are_supported(self, manager, release, refused):
        found = answer(**{"cluster-manager": manager, "release": release, "profile-memory": "2g"})
        assert ("errors" in found) == refused


class TestLimits:
    @pytest.mark.parametrize("given", [("16g", "8g"), ("2049m", "2g")])
    @pytest.mark.parametrize("calculator", ["container-request", "fit-node"])
    def test_a_smallest_container_above_the_largest_is_remarked_on(self, calculator, given):
        """No ResourceManager starts with these, and they were answered without a word; how one rounds is recorded."""
        inputs = dict(zip(("yarn-minimum-allocation", "yarn-maximum-allocation"), given, strict=True))
        found = sparkmem.evaluate({"calculator": calculator, "inputs": {"cluster-manager": "yarn", **inputs}})
        (note,) = (note for note in found["notes"] if note["id"] == "smallest-above-largest")
        assert note["level"] == "warning"
        assert "larger than its largest" in note["text"]

    def test_a_driver_too_large_for_yarn_is_told_what_to_lower(self):
        inputs = {"deploy-mode": "cluster", "spark.driver.memory": "100g", "yarn-maximum-allocation": "64g"}
        (error,) = answer(**inputs)["errors"]
        assert (error["input"], error["change"]) == (
            "spark.driver.memory", "raise the limit of the cluster, or lower spark.driver.memory")  # fmt: skip


DRIVER = {"deploy-mode": "cluster", "spark.driver.memoryOverhead": "-5g"}


class TestSizesThatAreLost:
    """A master of -1,073,741,440 MiB was answered as if somebody could want one."""

    @pytest.mark.parametrize(
        ("note", "inputs", "said"),
        [
            ("container-of-nothing", {"spark.yarn.am.memory": "3221225472m"}, "-1,073,741,440 MiB for the application"),
            ("cut-to-32-bits", {"spark.yarn.am.memory": "3221225472m"}, "it asks with -1,073,741,824 MiB"),
            ("cut-to-32-bits", {**DRIVER, "spark.driver.memoryOverhead": "4294967297m"}, "asks with 1 MiB"),
            ("off-heap-not-enabled", {"spark.memory.offHeap.size": "1g"}, "Write spark.memory.offHeap.enabled=true, or"),
            ("container-of-nothing", DRIVER, "for -4,096 MiB"),
            ("container-of-nothing", {**DRIVER, "cluster-manager": "kubernetes"}, "Kubernetes takes no such pod"),
            ("cut-to-32-bits", {"spark.executor.memoryOverhead": "4294967297m", "release": "3.0"}, "asks with 1 MiB"),
        ],
    )
    def test_each_is_remarked_on(self, note, inputs, said):
        calculators = ["container-request", *(["driver-memory"] if "deploy-mode" in inputs else [])]
        for calculator in calculators:
            notes = sparkmem.evaluate({"calculator": calculator, "inputs": inputs})["notes"]
            assert any(said in found["text"] for found in notes if found["id"] == note and found["level"] == "warning")


class TestNotes:
    @pytest.mark.parametrize(
        ("note", "inputs"),
        [
            ("overhead-below-default", {"spark.executor.memory": "4g", "spark.executor.memoryOverhead": "408m"}),
            ("off-heap-not-enabled", {"spark.memory.offHeap.size": "1g"}),
            ("python-in-overhead", {"language": "python"}),
            ("pyspark-other-language", {"spark.executor.pyspark.memory": "1g"}),
            ("standalone-reserves-nothing", {"cluster-manager": "standalone"}),
            ("no-node-holds-it", {"cluster-manager": "kubernetes", "spark.executor.memory": "4g", "node-memory": "4g"}),
            ("no-node-holds-it", {"cluster-manager": "kubernetes", "deploy-mode": "cluster", "spark.driver.memory": "4g",
                                  "node-memory": "4g"}),
            ("no-node-holds-it", {"cluster-manager": "standalone", "deploy-mode": "cluster", "spark.driver.memory": "4097m",
                                  "node-memory": "4g"}),
            ("profile-overhead", {"profile-memory": "20g"}),
            ("key-ignored", {"release": "3.2", "spark.executor.memoryOverheadFactor": "0.2"}),
            ("key-ignored", {"spark.driver.memoryOverhead": "1g"}),
            ("key-ignored", {"spark.kubernetes.memoryOverheadFactor": "0.2"}),
        ],
    )
    def test_is_there_where_it_should_be(self, note, inputs):
        assert note in note_ids(inputs)

    @pytest.mark.parametrize("inputs", [
        {"deploy-mode": "cluster", "spark.executor.memory": "4g", "spark.executor.memoryOverhead": "409m"},
        {"deploy-mode": "cluster", "spark.driver.memory": "4gb"},
        {"deploy-mode": "cluster", "spark.driver.memoryOverhead": "1g", "spark.driver.minMemoryOverhead": "1g"},
    ])  # fmt: skip
    def test_is_not_there_where_nothing_is_to_be_said(self, inputs):
        assert note_ids(inputs) == []


@pytest.mark.parametrize(("inputs", "said"), [
    ({"spark.executor.memory": "449m"}, "Executor memory 470810624 must be at least 471859200"),
    ({"spark.executor.memory": "4096"}, "Executor memory 4096 must be at least 471859200"),
    ({"spark.executor.memory": "4096", "cluster-manager": "standalone"}, "Executor memory 4096 must be at least 471859200"),
    ({"spark.driver.memory": "4gb"}, "Invalid maximum heap size: -Xmx4gb"),
    ({"spark.yarn.am.memory": "0"}, "Invalid maximum heap size: -Xmx0m"),
    ({"spark.yarn.am.memory": "-5"}, "Invalid maximum heap size: -Xmx-5m"),
    ({"spark.yarn.am.memory": "1m"}, "Error occurred during initialization of VM\nToo small maximum heap"),
    ({"spark.driver.memory": "4096"}, "Too small maximum heap"),
])  # fmt: skip
def test_no_container_is_counted_for_a_jvm_that_does_not_start(inputs, said):
    (error,) = answer(**inputs)["errors"]
    assert said in error["message"]
    assert error["change"]
