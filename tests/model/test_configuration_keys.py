"""The catalogue of keys: what each release makes of them, held against the entries that were recorded."""

import json
from pathlib import Path

import pytest

from sparkmem.release import RELEASES
from sparkmem.spark.settings.keys import KEYS, about, misspelt, nearest

RECORDED = Path(__file__).parents[1] / "oracle"


@pytest.mark.parametrize(
    ("key", "release", "status", "instead"),
    [
        ("spark.executor.memory", "2.4", "current", ""),
        ("spark.yarn.executor.memoryOverhead", "4.3", "deprecated", "spark.executor.memoryOverhead"),
        ("spark.storage.memoryFraction", "2.4", "deprecated", "spark.memory.storageFraction"),
        ("spark.storage.memoryFraction", "3.0", "ignored", "spark.memory.storageFraction"),
        ("spark.memory.useLegacyMode", "3.0", "ignored", ""),
        ("spark.kubernetes.memoryOverheadFactor", "3.2", "current", ""),
        ("spark.kubernetes.memoryOverheadFactor", "3.3", "deprecated", "spark.executor.memoryOverheadFactor"),
        ("spark.executor.memoryOverheadFactor", "3.2", "ignored", ""),
        ("spark.maxRemoteBlockSizeFetchToMem", "2.4", "current", ""),
        ("spark.reducer.maxReqSizeShuffleToMem", "2.4", "deprecated", "spark.maxRemoteBlockSizeFetchToMem"),
        ("spark.reducer.maxReqSizeShuffleToMem", "3.0", "deprecated", "spark.network.maxRemoteBlockSizeFetchToMem"),
        ("spark.akka.frameSize", "3.3", "deprecated", "spark.rpc.message.maxSize"),
        ("spark.akka.frameSize", "3.4", "ignored", "spark.rpc.message.maxSize"),
        ("spark.executor.memoryOverHead", "4.3", "unknown", "spark.executor.memoryOverhead"),
    ],
)
def test_what_a_release_makes_of_a_key(key, release, status, instead):
    remark = about(key, release)
    assert (remark.status, remark.replaced_by) == (status, instead)
    assert key in remark.text


def test_defaults_change_with_the_release():
    assert about("spark.storage.replication.proactive", "3.1").default == "false"
    assert about("spark.storage.replication.proactive", "3.2").default == "true"
    assert about("spark.executor.minMemoryOverhead", "3.5").default is None


@pytest.mark.parametrize("release", RELEASES)
def test_every_key_has_a_remark_in_every_release(release):
    for key in KEYS:
        remark = about(key, release)
        assert remark.status in ("current", "deprecated", "ignored")
        assert remark.replaced_by in KEYS or not remark.replaced_by


@pytest.mark.parametrize("path", sorted(RECORDED.glob("spark-*.json")), ids=lambda path: path.stem)
def test_defaults_are_those_that_were_recorded(path):
    recording = json.loads(path.read_text())
    release = recording["release"].rsplit(".", 1)[0]
    asked = [
        case for case in recording["cases"]
        if case["kind"] == "confget" and "value" not in case and "release" not in case and "answer" in case
    ]  # fmt: skip
    compared = 0
    for case in asked:
        value, key = case["answer"].get("value"), KEYS.get(case["key"])
        default = key.default(release) if key and key.read_by(release) else None
        if key and isinstance(value, float) and default:
            compared += 1
            assert float(default) == value
    assert compared or not asked or release == "2.4"


@pytest.mark.parametrize(
    "name", ["spark.driver.port", "spark.driver.host", "spark.shuffle.compress", "spark.python.worker.module"]
)
def test_other_keys_of_spark_are_not_taken_for_misspelt_ones(name):
    assert misspelt(name) == ""


def test_nearest_ignores_case_and_a_missing_prefix():
    assert nearest("SPARK.EXECUTOR.MEMORYOVERHEAD") == "spark.executor.memoryOverhead"
    assert nearest("executor.memory") == "spark.executor.memory"
    assert nearest("x" * 10_000) == ""
