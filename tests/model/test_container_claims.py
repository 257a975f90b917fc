"""What people say of containers and overhead, put to the model; the recordings hold the model to Spark."""

import pytest

import sparkmem
from sparkmem.release import RELEASES, since
from sparkmem.spark.containers.overhead_history import OVERHEAD_RULES
from sparkmem.spark.containers.yarn import granted_mib

MIB = 1 << 20


def mib(**inputs: str) -> dict[str, int]:
    found = sparkmem.evaluate({"calculator": "container-request", "inputs": inputs})
    assert "errors" not in found, found
    return {row["id"]: row["bytes"] // MIB for row in found["rows"] if "bytes" in row}


HEAP = "spark.executor.memory"
OVERHEAD = "spark.executor.memoryOverhead"
OFF_HEAP = {"spark.memory.offHeap.enabled": "true", "spark.memory.offHeap.size": "4g"}


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize(("heap", "overhead"), [("1g", 384), ("3840m", 384), ("3850m", 385), ("32g", 3276)])
def test_a_tenth_of_the_heap_or_384(release, heap, overhead):
    for manager in ("yarn", "kubernetes"):
        assert mib(**{"release": release, "cluster-manager": manager, HEAP: heap})["memory-overhead"] == overhead


def test_seven_hundredths_ended_with_1_4():
    assert [(rule.since, rule.factor) for rule in OVERHEAD_RULES] == [("1.1", 0.0), ("1.2", 0.07), ("1.4", 0.10)]


def test_0_4_is_for_python_in_cluster_mode_only():
    python = {"cluster-manager": "kubernetes", "language": "python", HEAP: "10g"}
    assert mib(**python, **{"deploy-mode": "cluster"})["memory-overhead"] == 4096
    assert mib(**python)["memory-overhead"] == 1024
    assert mib(**{**python, "cluster-manager": "yarn"})["memory-overhead"] == 1024


@pytest.mark.parametrize("release", RELEASES)
def test_off_heap_does_not_move_the_overhead(release):
    with_it = mib(**{"release": release, HEAP: "4g", **OFF_HEAP})
    assert with_it["memory-overhead"] == mib(**{"release": release, HEAP: "4g"})["memory-overhead"] == 409
    assert with_it["total-request"] == 4505 + (4096 if since(release, "3.0") else 0)


@pytest.mark.parametrize("release", RELEASES)
def test_a_given_overhead_replaces_the_default_even_below_it(release):
    assert mib(**{"release": release, HEAP: "32g", OVERHEAD: "2g"})["total-request"] == 32768 + 2048
    assert mib(**{"release": release, HEAP: "1g", OVERHEAD: "10m"})["memory-overhead"] == 10


def test_a_raise_of_the_heap_brings_a_tenth_of_it_as_overhead_and_nothing_where_it_is_given():
    small, large = mib(**{HEAP: "8g"}), mib(**{HEAP: "16g"})
    assert large["memory-overhead"] - small["memory-overhead"] == 819
    given = {OVERHEAD: "1g"}
    assert mib(**{HEAP: "8g", **given})["memory-overhead"] == mib(**{HEAP: "16g", **given})["memory-overhead"]


def test_cores_are_no_term_of_the_request():
    requests = {mib(**{HEAP: "8g", "spark.executor.cores": cores})["total-request"] for cores in ("1", "4", "16")}
    assert len(requests) == 1


@pytest.mark.parametrize("release", RELEASES)
def test_the_old_key_is_read_and_the_new_one_wins(release):
    old = {"release": release, "spark.yarn.executor.memoryOverhead": "1g"}
    assert mib(**old)["memory-overhead"] == 1024
    assert mib(**{**old, OVERHEAD: "2g"})["memory-overhead"] == 2048


@pytest.mark.parametrize("release", RELEASES)
def test_standalone_asks_for_the_heap_alone(release):
    everything = {HEAP: "4g", OVERHEAD: "1g", **OFF_HEAP, "spark.executor.pyspark.memory": "1g", "language": "python"}
    assert mib(**{"release": release, "cluster-manager": "standalone", **everything})["total-request"] == 4096


def test_512m_becomes_896():
    assert mib(**{"cluster-manager": "kubernetes", HEAP: "512m"})["container-limit"] == 896
    assert mib(**{"cluster-manager": "kubernetes", HEAP: "512m", "spark.executor.minMemoryOverhead": "64m"})[
        "container-limit"
    ] == 576


def test_yarn_rounds_to_the_minimum_or_the_increment():
    assert granted_mib(4505, 1024, 1024, None) == 5120
    assert granted_mib(4505, 1024, 512, None) == 4608
    assert granted_mib(4505, 32, 32, None) == 4512


def test_largest_heap_below_8_gib():
    assert mib(**{HEAP: "7448m"})["total-request"] == 8192
    assert mib(**{HEAP: "7449m"})["total-request"] > 8192


def test_a_connect_server_asks_for_45056_and_a_python_application_for_49152():
    """The numbers of a public report; the server is an application in Java, whatever its clients are."""
    given = {"cluster-manager": "yarn", HEAP: "32g", OVERHEAD: "12g", "spark.executor.pyspark.memory": "4g"}
    assert mib(language="jvm", **given)["total-request"] == 45056
    assert mib(language="python", **given)["total-request"] == 49152
    for language, factor in (("jvm", 3276), ("python", 13107)):
        assert mib(**{"cluster-manager": "kubernetes", "deploy-mode": "cluster", "language": language,
                      HEAP: "32g"})["memory-overhead"] == factor  # fmt: skip


def test_emr_4743():
    inputs = {HEAP: "4743m", "spark.executor.memoryOverheadFactor": "0.1875"}
    assert (mib(**inputs)["memory-overhead"], mib(**inputs)["total-request"]) == (889, 5632)
    # 5632 MiB hold more heap with Spark's own factor
    assert mib(**{HEAP: "5120m"})["total-request"] == 5632


def test_63_by_3_gives_19():
    third = 21 * 1024
    assert mib(**{HEAP: "19g"})["total-request"] == 21401 <= third
    assert mib(**{HEAP: "20g"})["total-request"] > third
    assert mib(**{HEAP: "19549m"})["total-request"] <= third < mib(**{HEAP: "19550m"})["total-request"]


def test_4506_for_8601():
    inputs = {"cluster-manager": "kubernetes", "deploy-mode": "cluster", HEAP: "4g", **OFF_HEAP}
    assert mib(**inputs)["container-limit"] == 8601
    assert 4096 + -(-4096 // 10) == 4506


@pytest.mark.parametrize("release", RELEASES)
def test_request_and_limit_are_one_number(release):
    found = mib(**{"release": release, "cluster-manager": "kubernetes", "deploy-mode": "cluster", HEAP: "4g"})
    assert found["container-limit"] == found["total-request"] == 4505
