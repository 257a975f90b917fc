"""The driver: the same regions as an executor's, its container, and what may come to it."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sparkmem
from sparkmem import browser
from sparkmem.calculators import CALCULATORS
from sparkmem.release import RELEASES, since

MIB = 1 << 20
OFF_HEAP = {"spark.memory.offHeap.enabled": "true", "spark.memory.offHeap.size": "1g"}


def answer(calculator: str = "driver-memory", **inputs: str) -> dict:
    return sparkmem.evaluate({"calculator": calculator, "inputs": inputs})


def rows(inputs: dict[str, str], calculator: str = "driver-memory") -> dict[str, dict]:
    found = answer(calculator, **inputs)
    assert "errors" not in found, found
    return {row["id"]: row for row in found["rows"]}


@given(st.sampled_from(list(RELEASES)), st.integers(700, 100_000), st.sampled_from(["g1", "parallel", "serial", "z"]))
def test_regions_are_those_of_an_executor_of_that_heap(release, mib, gc):
    driver = rows({"release": release, "spark.driver.memory": f"{mib}m", "gc": gc})
    executor = rows({"release": release, "spark.executor.memory": f"{mib}m", "gc": gc}, "executor-memory")
    for row in ("jvm-max-memory", "user-memory", "spark-memory", "storage-region", "execution-region"):
        assert driver[row]["bytes"] == executor[row]["bytes"]


@given(st.sampled_from(list(RELEASES)), st.sampled_from(["yarn", "kubernetes"]), st.integers(700, 100_000))
def test_container_is_that_of_container_request(release, manager, mib):
    inputs = {"release": release, "cluster-manager": manager, "deploy-mode": "cluster", "spark.driver.memory": f"{mib}m"}
    driver, request = rows(inputs), rows(inputs, "container-request")
    for row in ("driver-memory", "driver-memory-overhead", "driver-total-request", "driver-container-limit"):
        assert driver[row]["bytes"] == request[row]["bytes"]


@pytest.mark.parametrize("release", RELEASES)
def test_off_heap_memory_went_with_4_3_outside_local_mode(release):
    in_cluster = {"release": release, "deploy-mode": "cluster", **OFF_HEAP}
    assert rows(in_cluster)["off-heap-memory"]["bytes"] == (0 if since(release, "4.3") else 1 << 30)
    assert rows({"release": release, "cluster-manager": "local", **OFF_HEAP})["off-heap-memory"]["bytes"] == 1 << 30
    notes = [note["id"] for note in answer(**in_cluster)["notes"]]
    assert ("driver-no-off-heap" if since(release, "4.3") else "driver-off-heap-no-room") in notes


@pytest.mark.parametrize(("release", "hashed", "other"), [
    ("2.4", "512,000,000", "512,000,000"), ("3.1", "357,913,941", "357,913,941"), ("3.2", "357,913,941", "512,000,000"),
])  # fmt: skip
def test_rows_of_a_broadcast(release, hashed, other):
    found = rows({"release": release})
    assert (found["broadcast-hashed-rows-limit"]["value"], found["broadcast-rows-limit"]["value"]) == (hashed, other)


@pytest.mark.parametrize(("release", "limit"), [("4.0", 8 << 30), ("4.1", 1 << 30)])
def test_size_of_a_broadcast_is_a_setting_since_4_1(release, limit):
    assert rows({"release": release, "spark.sql.maxBroadcastTableSize": "1g"})["broadcast-table-limit"]["bytes"] == limit


def test_no_limit_of_results_is_a_warning():
    found = answer(**{"spark.driver.maxResultSize": "0"})
    assert {row["id"]: row for row in found["rows"]}["max-result-size"]["value"] == "no limit"
    assert ("max-result-unlimited", "warning") in [(note["id"], note["level"]) for note in found["notes"]]


@pytest.mark.parametrize(("text", "message"), [
    ("4gb", "Invalid maximum heap size: -Xmx4gb"),
    ("4096", "Error occurred during initialization of VM\nToo small maximum heap"),
])  # fmt: skip
def test_the_jvm_takes_the_text_as_it_stands_but_not_on_yarn_in_cluster_mode(text, message):
    (error,) = answer(**{"spark.driver.memory": text})["errors"]
    assert (error["message"], error["by"]) == (message, "JVM")
    assert rows({"spark.driver.memory": text, "deploy-mode": "cluster"})["driver-memory"]["bytes"] == 4 << 30


def test_a_small_heap_is_refused_in_the_drivers_words():
    (error,) = answer(**{"spark.driver.memory": "448m"})["errors"]
    assert error["input"] == "spark.driver.memory"
    assert error["message"].startswith("[INVALID_DRIVER_MEMORY.SYSTEM_MEMORY]")
    assert "spark.executor.memory" not in error.get("change", "")


def test_a_heap_that_the_jvm_rounds_up_to_the_least_starts():
    assert rows({"spark.driver.memory": "449m"})["jvm-max-memory"]["bytes"] == 450 * MIB


@given(st.dictionaries(st.sampled_from([i.name for i in CALCULATORS["driver-memory"].inputs]), st.text(max_size=12)))
def test_any_text_gets_an_answer_or_its_errors(inputs):
    found = answer(**inputs)
    assert ("rows" in found) != ("errors" in found)
    json.dumps(found)
    assert all(error["input"] and error["message"] for error in found.get("errors", []))


def test_the_java_that_is_asked_for_is_the_drivers():
    assert CALCULATORS["driver-memory"].by_name["java"].help == "The version of the JVM that runs the driver."
    assert CALCULATORS["executor-memory"].by_name["java"].help == "The version of the JVM that runs the executor."


@pytest.mark.parametrize("calculator", ["driver-memory", "container-request"])
def test_a_driver_without_a_container_has_no_rows_of_its_parts_in_sight(calculator):
    html = json.loads(browser.answer(json.dumps({"calculator": calculator, "inputs": {}})))["html"]
    rows = re.findall(rf'<li class="([^"]*)"><details id="{calculator}-answer--([^"]*)"', html)
    by_id = {id: classes for classes, id in rows}
    assert "sm-nothing" not in by_id["driver-total-request"]
    assert "sm-nothing" in by_id["driver-container-limit"]
    for part in ("memory", "memory-overhead", "off-heap-memory", "pyspark-memory"):
        assert "sm-nothing" in by_id[f"driver-{part}"]


TEN = {"spark.driver.memory": "10g"}
SHAPED = "-XX:+UseParallelGC -XX:NewRatio=1"
READ_ALIKE = [SHAPED, "-XX:+UseSerialGC -Xmn300m", "-XX:+UseConcMarkSweepGC", "-XX:+UseZGC -Xss2m"]


class TestJavaOptions:
    """The driver's options get the reader that an executor's get."""

    def test_flags_shape_the_drivers_heap(self):
        heap = rows({**TEN, "spark.driver.extraJavaOptions": SHAPED})["jvm-max-memory"]["bytes"]
        assert heap == 8_948_023_296, "8,533.5 MiB, as a JVM of Java 17 says; without the ratio 9,102.5"

    @pytest.mark.parametrize("options", READ_ALIKE)
    def test_both_processes_read_alike(self, options):
        driver = rows({"release": "3.5", **TEN, "spark.driver.extraJavaOptions": options})
        executor = rows({"release": "3.5", "spark.executor.memory": "10g", "spark.executor.extraJavaOptions": options},
                        "executor-memory")
        assert driver["jvm-max-memory"]["bytes"] == executor["jvm-max-memory"]["bytes"]

    def test_default_options_stand_before_the_others_since_3_0(self):
        inputs = {**TEN, "spark.driver.defaultJavaOptions": "-XX:+UseParallelGC -XX:NewRatio=3",
                  "spark.driver.extraJavaOptions": "-XX:NewRatio=1"}
        assert rows(inputs)["jvm-max-memory"]["bytes"] == 8_948_023_296
        assert rows({**inputs, "release": "2.4"})["jvm-max-memory"]["bytes"] == 10 << 30, "2.4 does not read the key"

    def test_a_driver_may_set_sparks_settings_by_system_properties(self):
        assert rows({"spark.driver.extraJavaOptions": "-Dspark.memory.fraction=0.5"})["jvm-max-memory"]["bytes"] == 1 << 30

    def test_refusals_name_the_drivers_key(self):
        found = answer(**{"spark.driver.extraJavaOptions": "-XX:+UseG1GC -XX:+UseSerialGC"})
        assert [error["input"] for error in found["errors"]] == ["spark.driver.extraJavaOptions"]

    @pytest.mark.parametrize("key", ["spark.driver.extraJavaOptions", "spark.driver.defaultJavaOptions"])
    def test_the_budget_and_explain_read_them_too(self, key):
        flag = "-XX:MaxMetaspaceSize=64m"
        budget = rows({"process": "driver", key: flag}, "overhead-budget")
        assert budget["metaspace"]["bytes"] == 64 * MIB
        text = f'spark-submit --driver-memory 10g --conf "{key}={SHAPED}" a.jar'
        assert rows({"text": text}, "explain")["driver-jvm-max-memory"]["bytes"] == 8_948_023_296
