"""PySpark's memory: the limit of a worker, where it holds, and the room in the container."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sparkmem
from sparkmem.calculators import CALCULATORS
from sparkmem.errors import Refused
from sparkmem.release import RELEASES, since
from sparkmem.spark.settings.python import cpus_per_task

MIB = 1 << 20
KEY = "spark.executor.pyspark.memory"


def answer(**inputs: str) -> dict:
    return sparkmem.evaluate({"calculator": "pyspark-memory", "inputs": inputs})


def rows(inputs: dict[str, str]) -> dict[str, dict]:
    found = answer(**inputs)
    assert "errors" not in found, found
    return {row["id"]: row for row in found["rows"]}


# Fewer cores than a task asks for are refused.
CORES_AND_CPUS = st.integers(1, 8).flatmap(lambda cpus: st.tuples(st.integers(cpus, 64), st.just(cpus)))


@given(st.sampled_from(list(RELEASES)), st.integers(64, 100_000), CORES_AND_CPUS)
def test_workers_never_get_more_than_there_is(release, mib, cores_and_cpus):
    cores, cpus = cores_and_cpus
    inputs = {"release": release, KEY: f"{mib}m", "spark.executor.cores": str(cores), "spark.task.cpus": str(cpus)}
    found = rows(inputs)
    limit = found["worker-memory-limit"]["bytes"] // MIB
    assert limit == mib // (cores // cpus if since(release, "4.3") else cores)
    assert found["workers-together"]["bytes"] <= mib * MIB


@given(st.sampled_from(list(RELEASES)), st.integers(64, 100_000))
def test_room_is_the_difference_of_the_two_containers(release, mib):
    found = rows({"release": release, KEY: f"{mib}m"})
    assert found["total-request"]["bytes"] - found["unset-total-request"]["bytes"] == mib * MIB


def test_half_is_idle_with_two_cpus_for_each_task_until_4_2():
    inputs = {KEY: "4g", "spark.executor.cores": "4", "spark.task.cpus": "2"}
    notes = {release: [note["id"] for note in answer(release=release, **inputs)["notes"]] for release in ("4.2", "4.3")}
    assert "pyspark-memory-idle" in notes["4.2"]
    assert "pyspark-memory-idle" not in notes["4.3"]


def test_less_than_a_mebibyte_is_no_limit_until_4_2_and_refused_since():
    inputs = {KEY: "3m", "spark.executor.cores": "4"}
    assert rows({"release": "4.2", **inputs})["worker-memory-limit"]["value"] == "none"
    (error,) = answer(release="4.3", **inputs)["errors"]
    assert error["message"] == (
        "Cannot honor spark.executor.pyspark.memory=3m split across 4 concurrent task slots: each worker would get less"
        " than 1 MiB. Increase spark.executor.pyspark.memory, or reduce the executor's concurrent task capacity."
    )


@pytest.mark.parametrize(("platform", "enforced"), [("linux", "yes"), ("macos", "no"), ("windows", "no")])
def test_where_it_is_enforced(platform, enforced):
    assert rows({KEY: "1g", "platform": platform})["limit-enforced"]["value"] == enforced


@pytest.mark.parametrize(("manager", "mode", "room"), [
    ("yarn", "client", True), ("kubernetes", "cluster", True),
    ("kubernetes", "client", False), ("standalone", "client", False),
])  # fmt: skip
def test_where_there_is_room(manager, mode, room):
    inputs = {KEY: "1g", "cluster-manager": manager, "deploy-mode": mode}
    assert (rows(inputs)["pyspark-memory"]["bytes"] > 0) == room
    assert ("pyspark-not-added" in [note["id"] for note in answer(**inputs)["notes"]]) != room


def test_not_set_nothing_limits_a_worker():
    found = rows({})
    assert found["worker-memory-limit"]["value"] == "none"
    assert found["total-request"]["bytes"] == found["unset-total-request"]["bytes"]


@pytest.mark.parametrize(("release", "text", "message"), [
    ("4.2", "0", "[INVALID_CONF_VALUE.REQUIREMENT] The value '0' in the config \"spark.task.cpus\" is invalid."
     " Number of cores to allocate for each task should be positive. SQLSTATE: 22022"),
    ("4.3", "0", "[INVALID_CONF_VALUE.REQUIREMENT] The value '0' in the config \"spark.task.cpus\" is invalid."
     " Number of cores to allocate for each task must be a positive value between 1E-9 and 2147483647 (inclusive)."
     " SQLSTATE: 22022"),
    ("4.3", "x", "[INVALID_CONF_VALUE.TYPE_MISMATCH] The value 'x' in the config \"spark.task.cpus\" is invalid."
     " It should be a/an 'decimal' value. SQLSTATE: 22022"),
])  # fmt: skip
def test_cpus_per_task_in_sparks_words(release, text, message):
    with pytest.raises(Refused) as refusal:
        cpus_per_task(release).read(text, release)
    assert refusal.value.message == message


@given(st.dictionaries(st.sampled_from([i.name for i in CALCULATORS["pyspark-memory"].inputs]), st.text(max_size=12)))
def test_any_text_gets_an_answer_or_its_errors(inputs):
    found = answer(**inputs)
    assert ("rows" in found) != ("errors" in found)
    json.dumps(found)
    assert all(error["input"] and error["message"] for error in found.get("errors", []))


@pytest.mark.parametrize(("memory", "cores", "note"), [
    ("2", "1", "python-worker-too-small"), ("256m", "4", "python-worker-too-small"),
    ("146m", "1", "python-worker-too-small"),
    ("147m", "1", "python-worker-without-pandas"), ("369m", "1", "python-worker-without-pandas"), ("1480m", "4", ""),
])  # fmt: skip
def test_a_limit_below_what_a_worker_maps_before_it_holds_a_row(memory, cores, note):
    inputs = {KEY: memory, "spark.executor.cores": cores}
    found = [one["id"] for one in answer(**inputs)["notes"] if one["id"].startswith("python-worker")]
    assert found == ([note] if note else [])
    assert not [one for one in answer(**inputs, platform="macos")["notes"] if one["id"].startswith("python-worker")]
    text = f"{KEY}={memory}\nspark.executor.cores={cores}\n"
    told = sparkmem.evaluate({"calculator": "explain", "inputs": {"text": text}})
    assert [one["id"] for one in told["notes"] if one["id"].startswith("python-worker")] == found
    assert told["verdict"].startswith("Fits, but risky.") == (note == "python-worker-too-small")
